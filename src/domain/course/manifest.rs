//! `course.yml` and `module.yml`.

use std::ops::Range;

use uuid::Uuid;

use super::award::{ReadCompletion, ReadForms, read_certificate, read_completion, read_forms};
use super::conditions::{Placed, read_condition};
use super::licence::{is_known, meant};
use super::model::{Certificate, Level, Outcome, Theme};
use super::yaml::{FLAG, Fields, Node, Value, list, one_of, parsed, text, texts};
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::locale::{Locale, Texts};
use crate::slug::is_id;

/// What `course.yml` says; a field that could not be read holds something harmless, and an error was reported.
#[derive(Debug)]
pub(super) struct Manifest {
    pub(super) id: Uuid,
    pub(super) slug: String,
    pub(super) source: Locale,
    pub(super) languages: Vec<Locale>,
    pub(super) title: Texts,
    pub(super) summary: Texts,
    pub(super) audience: Texts,
    pub(super) theme: Theme,
    pub(super) level: Level,
    pub(super) hours: u32,
    pub(super) licence: String,
    pub(super) authors: Vec<String>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) outcomes_place: Option<Place>,
    pub(super) order: Option<Vec<(String, Range<usize>)>>,
    pub(super) certificate: Option<Certificate>,
    pub(super) asks: Asks,
    pub(super) draft: bool,
    /// Languages that a native editor has not checked yet.
    pub(super) unchecked: Vec<Locale>,
}

/// What can only be checked when the lessons are read, with its places.
#[derive(Debug)]
pub(super) struct Asks {
    pub(super) completion: ReadCompletion,
    pub(super) pretest: Option<ReadForms>,
    pub(super) posttest: Option<ReadForms>,
    pub(super) prerequisites: Option<Placed>,
    pub(super) cover: Option<(String, Range<usize>)>,
    /// Where each outcome is declared.
    pub(super) outcomes: Vec<Range<usize>>,
}

const THEMES: &[(&str, Theme)] = &[
    ("innovation", Theme::Innovation),
    ("ecosystem", Theme::Ecosystem),
    ("industry", Theme::Industry),
    ("environment", Theme::Environment),
    ("energy", Theme::Energy),
    ("teaching", Theme::Teaching),
];

const LEVELS: &[(&str, Level)] = &[
    ("beginner", Level::Beginner),
    ("intermediate", Level::Intermediate),
    ("advanced", Level::Advanced),
];

/// Reads `course.yml`; `None` if it cannot be read at all.
pub(super) fn read_manifest(source: &Source, out: &mut Diagnostics) -> Option<Manifest> {
    let mut fields = Fields::read(source, 0..source.text.len(), out)?;
    let language = fields
        .need("source", parsed(Locale::parse, "a language, `az`, `en` or `ru`"))
        .unwrap_or(Locale::En);
    let languages = fields.need("languages", languages).unwrap_or_default();
    let outcomes_node = fields.node("outcomes");
    let places = outcomes_node.as_ref().map(names).unwrap_or_default();
    let mut manifest = Manifest {
        unchecked: Vec::new(),
        id: fields.need("id", parsed(|id| Uuid::parse_str(id).ok(), "a UUID")).unwrap_or_default(),
        slug: fields.need("slug", parsed(id, "an address, `[a-z0-9-]`")).unwrap_or_default(),
        source: language,
        title: fields.need("title", texts).unwrap_or_default(),
        summary: fields.need("summary", texts).unwrap_or_default(),
        audience: fields.take("audience", texts).unwrap_or_default(),
        theme: fields.need("theme", one_of(THEMES)).unwrap_or(Theme::Innovation),
        level: fields.need("level", one_of(LEVELS)).unwrap_or(Level::Beginner),
        hours: fields.need("hours", parsed(number, "a whole number above 0")).unwrap_or(1),
        licence: read_licence(&mut fields, source, out),
        authors: fields.take("authors", list).map(plain).unwrap_or_default(),
        outcomes_place: outcomes_node.as_ref().map(|node| source.place(node.at.clone())),
        outcomes: outcomes_node.map(|node| read_outcomes(source, node, out)).unwrap_or_default(),
        order: fields.take("modules", list),
        certificate: read_certificate(&mut fields, source, out),
        asks: read_asks(&mut fields, places, source, out),
        draft: fields.take("draft", one_of(FLAG)).unwrap_or(false),
        languages: with_source(language, languages),
    };
    if let Some(node) = fields.node("native_review") {
        manifest.unchecked = read_reviews(source, node, out);
    }
    fields.finish(out);
    check_texts(&manifest, source, out);
    Some(manifest)
}

fn read_asks(
    fields: &mut Fields<'_>,
    outcomes: Vec<Range<usize>>,
    source: &Source,
    out: &mut Diagnostics,
) -> Asks {
    let prerequisites = fields.node("prerequisites");
    Asks {
        completion: read_completion(fields, source, out),
        pretest: read_forms("pretest", fields, source, out),
        posttest: read_forms("posttest", fields, source, out),
        prerequisites: prerequisites.and_then(|node| read_condition(&node, source, out)),
        cover: fields.take("cover", |node| Ok((text(node)?, node.at.clone()))),
        outcomes,
    }
}

/// What `module.yml` says.
#[derive(Debug, Default)]
pub(super) struct ModuleManifest {
    pub(super) title: Texts,
    pub(super) draft: bool,
    pub(super) unlock: Option<Placed>,
}

/// Reads `module.yml`.
pub(super) fn read_module(
    source: &Source,
    manifest: &Manifest,
    out: &mut Diagnostics,
) -> ModuleManifest {
    let Some(mut fields) = Fields::read(source, 0..source.text.len(), out) else {
        return ModuleManifest::default();
    };
    let unlock = fields.node("unlock");
    let module = ModuleManifest {
        title: fields.need("title", texts).unwrap_or_default(),
        draft: fields.take("draft", one_of(FLAG)).unwrap_or(false),
        unlock: unlock.and_then(|node| read_condition(&node, source, out)),
    };
    fields.finish(out);
    missing_languages("title", &module.title, manifest, source, out);
    module
}

fn read_licence(fields: &mut Fields<'_>, source: &Source, out: &mut Diagnostics) -> String {
    let read = fields.need("licence", |node| Ok((text(node)?, node.at.clone())));
    let Some((licence, at)) = read else { return String::new() };
    if !is_known(&licence) {
        let remark = source.warning("C063", at, format!("`{licence}` is no name of a licence"));
        out.push(match meant(&licence) {
            Some(known) => remark.help(format!("did you mean `{known}`?")),
            None => remark.help(
                "use a name of SPDX such as `CC-BY-4.0`, or `LicenseRef-` and a name of your own",
            ),
        });
    }
    licence
}

/// Where the fields of a map begin.
fn names(node: &Node) -> Vec<Range<usize>> {
    match &node.value {
        Value::Map(fields) => fields.iter().map(|(_, at, _)| at.clone()).collect(),
        Value::Nothing | Value::Text(_) | Value::List(_) => Vec::new(),
    }
}

/// A whole number from 1 to 100 000.
pub(super) fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| (1..=100_000).contains(number))
}

fn id(text: &str) -> Option<String> {
    is_id(text).then(|| text.to_owned())
}

fn plain(list: Vec<(String, Range<usize>)>) -> Vec<String> {
    list.into_iter().map(|(text, _)| text).collect()
}

fn languages(node: &Node) -> Result<Vec<Locale>, String> {
    let read = |(code, _): (String, Range<usize>)| {
        Locale::parse(&code).ok_or_else(|| format!("`{code}` is not a language of the platform"))
    };
    list(node)?.into_iter().map(read).collect()
}

/// The languages of the course, its source among them, each once.
fn with_source(source: Locale, languages: Vec<Locale>) -> Vec<Locale> {
    let mut all = Vec::new();
    for locale in languages.into_iter().chain([source]) {
        if !all.contains(&locale) {
            all.push(locale);
        }
    }
    all
}

fn read_outcomes(source: &Source, node: Node, out: &mut Diagnostics) -> Vec<Outcome> {
    let at = node.at.clone();
    let Value::Map(fields) = node.value else {
        out.push(source.error(
            "C005",
            at,
            "`outcomes`: expected an id with a text per language for each",
        ));
        return Vec::new();
    };
    let mut outcomes = Vec::new();
    for (id, _, node) in fields {
        match texts(&node) {
            Ok(text) => outcomes.push(Outcome { id, text }),
            Err(message) => {
                out.push(source.error("C005", node.at, format!("outcome `{id}`: {message}")))
            }
        }
    }
    outcomes
}

/// The languages of which the review by a native editor is pending.
fn read_reviews(source: &Source, node: Node, out: &mut Diagnostics) -> Vec<Locale> {
    let at = node.at.clone();
    let Value::Map(fields) = node.value else {
        out.push(source.error(
            "C005",
            at,
            "`native_review`: expected `az: pending`, one line per language",
        ));
        return Vec::new();
    };
    let mut pending = Vec::new();
    for (name, place, node) in fields {
        let locale = Locale::parse(&name);
        if locale.is_none() {
            let message = format!("`{name}` is not a language of the platform");
            out.push(source.error("C005", place, message));
        }
        match one_of(&[("pending", true), ("done", false)])(&node) {
            Ok(is_pending) => pending.extend(locale.filter(|_| is_pending)),
            Err(message) => {
                out.push(source.error("C005", node.at, format!("`native_review`: {message}")));
            }
        }
    }
    pending
}

fn check_texts(manifest: &Manifest, source: &Source, out: &mut Diagnostics) {
    let fields = [
        ("title", &manifest.title),
        ("summary", &manifest.summary),
        ("audience", &manifest.audience),
    ];
    for (name, texts) in fields.into_iter().filter(|(_, texts)| !texts.0.is_empty()) {
        missing_languages(name, texts, manifest, source, out);
    }
    for outcome in &manifest.outcomes {
        missing_languages(&format!("outcome {}", outcome.id), &outcome.text, manifest, source, out);
    }
}

fn missing_languages(
    name: &str,
    texts: &Texts,
    manifest: &Manifest,
    source: &Source,
    out: &mut Diagnostics,
) {
    for locale in manifest.languages.iter().filter(|locale| !texts.0.contains_key(locale)) {
        let message = format!("{name}: the text in `{}` is missing", locale.code());
        out.push(match *locale == manifest.source {
            true => source.error("C004", 0..0, message),
            false => source.warning("C030", 0..0, message),
        });
    }
}
