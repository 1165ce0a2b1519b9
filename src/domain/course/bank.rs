//! Question banks: files that hold nothing but questions, for quizzes to draw from.

use std::collections::BTreeMap;

use super::compare::Version;
use super::front::{Around, split};
use super::limits::too_rich;
use super::parallel::{Banks, Ids, Merger};
use super::places::{Linked, Places};
use super::questions::parsed::ParsedQuiz;
use super::questions::quiz::{Reader, read_bank};
use super::yaml::{Fields, Node, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::locale::Locale;
use crate::markdown::tree::{MAX_DEPTH, siblings};
use crate::markdown::{Document, Page, Zone};
use crate::slug::is_id;

/// The files of the banks, by name and language.
pub(super) type BankFiles = BTreeMap<String, BTreeMap<Locale, String>>;

/// The name and language in `banks/name.az.md`.
pub(super) fn bank_file(file: &str) -> Option<(&str, Locale)> {
    let (name, code) = file.strip_suffix(".md")?.rsplit_once('.')?;
    is_id(name).then_some((name, Locale::parse(code)?))
}

/// The bank files among the texts of a course.
pub(super) fn bank_files(sources: &BTreeMap<String, Source>) -> BankFiles {
    let mut banks = BankFiles::new();
    for path in sources.keys() {
        if let Some((name, locale)) = path.strip_prefix("banks/").and_then(bank_file) {
            banks.entry(name.to_owned()).or_default().insert(locale, path.clone());
        }
    }
    banks
}

/// What is known of the course so far.
pub(super) struct Known<'k, 'c> {
    pub(super) ids: &'k mut Ids,
    pub(super) places: &'k mut Places<'c>,
}

/// Reads all banks and puts their languages together.
pub(super) fn read_banks<'c>(
    sources: &'c BTreeMap<String, Source>,
    around: Around<'_>,
    known: Known<'_, 'c>,
    out: &mut Diagnostics,
) -> Banks {
    let mut banks = Banks::new();
    for (name, files) in bank_files(sources) {
        let mut versions: Vec<(Locale, &Source, [ParsedQuiz; 1])> = Vec::new();
        for (locale, path) in &files {
            let Some(source) = sources.get(path) else { continue };
            if !around.manifest.languages.contains(locale) {
                let message =
                    format!("`{}` is not among the `languages` of course.yml", locale.code());
                out.push(Diagnostic::of_file("C033", Level::Error, path, message));
            }
            let around = Around { id: &name, locale: *locale, ..around };
            let (bank, linked) = read_file(source, around, out);
            known.places.add(source, &linked);
            versions.push((*locale, source, [bank]));
        }
        versions.sort_by_key(|(locale, ..)| *locale != around.manifest.source);
        check_languages(&name, &versions, around, out);
        let mut all = versions.iter().map(|(locale, source, quizzes)| Version {
            locale: *locale,
            source,
            quizzes: quizzes.as_slice(),
        });
        let Some(original) = all.next() else { continue };
        let others: Vec<Version<'_>> = all.collect();
        let none = Banks::new();
        let mut merger = Merger { original, ids: &mut *known.ids, banks: &none, draft: true, out };
        banks.insert(name, merger.bank(&others));
    }
    banks
}

/// The source text must be there; translations should be.
fn check_languages(
    name: &str,
    versions: &[(Locale, &Source, [ParsedQuiz; 1])],
    around: Around<'_>,
    out: &mut Diagnostics,
) {
    let Some((first, source, _)) = versions.first() else { return };
    let language = around.manifest.source;
    if *first != language {
        let message =
            format!("bank `{name}` has no text in the source language `{}`", language.code());
        out.push(Diagnostic::of_file("C013", Level::Error, &source.file, message));
    }
    for locale in &around.manifest.languages {
        if !versions.iter().any(|(known, ..)| known == locale) {
            let message = format!("the translation into `{}` is missing", locale.code());
            out.push(Diagnostic::of_file("C030", Level::Warning, &source.file, message));
        }
    }
}

fn read_file(source: &Source, around: Around<'_>, out: &mut Diagnostics) -> (ParsedQuiz, Linked) {
    let body = read_front(source, out);
    let document = Document::parse(&source.text, body);
    let nodes = siblings(&document.spots);
    let mut page = Page::new(source, around.locale, around.targets, &document);
    page.zone = Zone::Quiz;
    let deep = document.depth > MAX_DEPTH;
    if deep {
        let message = format!("lists and quotes are nested more than {MAX_DEPTH} deep");
        out.push(source.error("C027", body..body, message));
    }
    let rich = too_rich(&document);
    if let Some(message) = &rich {
        out.push(source.error("C009", body..body, message));
    }
    let mut reader = Reader {
        page: &mut page,
        outcomes: around.outcomes,
        outcomes_place: around.manifest.outcomes_place.as_ref(),
        decimal_mark: None,
        out,
    };
    let bank = read_bank(if deep || rich.is_some() { &[] } else { &nodes }, &mut reader);
    page.check_fragments();
    let linked = Linked::of(&mut page);
    std::mem::take(&mut page.remarks).into_iter().for_each(|remark| out.push(remark));
    (bank, linked)
}

/// The byte where the text begins. Of a bank only its title is told, and that it is one.
fn read_front(source: &Source, out: &mut Diagnostics) -> usize {
    let Some((yaml, body)) = split(source) else {
        let remark = source.error("C010", 0..0, "the front matter is missing or not closed");
        out.push(
            remark.help("begin the file with `---`, `kind: bank`, `title: …` and another `---`"),
        );
        return 0;
    };
    let Some(mut fields) = Fields::read(source, yaml, out) else { return body };
    let is_bank = |node: &Node| match text(node)?.as_str() {
        "bank" => Ok(()),
        other => Err(format!("a file in `banks/` is of the kind `bank`, not `{other}`")),
    };
    let _: Option<()> = fields.need("kind", is_bank);
    let _: Option<String> = fields.need("title", text);
    fields.finish(out);
    body
}
