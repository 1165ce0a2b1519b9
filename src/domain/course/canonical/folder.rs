//! A whole course: every file in the canonical form, ids for what has none, and translations that stay as fresh as
//! they were.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::fields::set;
use super::file::tidy;
use super::names::{Names, name, written};
use super::sections::{Quiz, quizzes};
use super::view::View;
use crate::course::bank::bank_files;
use crate::course::folders::{Files, ordered, read_folders};
use crate::course::front::{Origin, split, written_origin};
use crate::course::languages::is_made_from;
use crate::course::lesson::text_hash;
use crate::course::manifest::{Manifest, read_manifest};
use crate::course::translation::stamp;
use crate::diagnostic::{Diagnostics, Source};
use crate::edit::Edit;
use crate::locale::Locale;

/// The field in which a translation keeps the hashes of what it was made from.
const ORIGIN: &str = "translated_from";

/// The edits that bring a course folder to the canonical form, by file; files that are in it already are left out.
pub fn format(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<Edit>> {
    let mut drafts = BTreeMap::new();
    for (path, bytes) in files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if path.ends_with(".md") || path.ends_with(".yml") {
            let mut draft = Draft::new(text);
            if text.starts_with('\u{feff}') {
                draft.make(&[Edit::remove(0..'\u{feff}'.len_utf8())]);
            }
            tidy(path, &mut draft, None);
            drafts.insert(path.clone(), draft);
        }
    }
    give_ids(&mut drafts);
    keep_fresh(files, &mut drafts);
    let edits = drafts.into_iter().map(|(path, draft)| (path, draft.edits()));
    edits.filter(|(_, edits)| !edits.is_empty()).collect()
}

/// The edit that marks a translation as made from its source as it is now; `None` if the file is no translation.
pub fn mark_translated(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Option<Edit> {
    let sources = sources(files);
    let (manifest, lessons) = lessons(&sources)?;
    let lesson = lessons.iter().find(|lesson| lesson.texts.values().any(|text| text == path))?;
    let original = lesson.texts.get(&manifest.source).filter(|original| *original != path)?;
    let hashes = stamp(&sources.get(original)?.text).join(", ");
    let translation = sources.get(path)?;
    let (yaml, _) = split(translation)?;
    Some(set(translation, &yaml, ORIGIN, &format!("[{hashes}]")))
}

fn sources(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Source> {
    let text = |(path, bytes): (&String, &Vec<u8>)| {
        let text = std::str::from_utf8(bytes).ok()?.to_owned();
        (path.ends_with(".md") || path.ends_with(".yml"))
            .then(|| (path.clone(), Source::new(path, text)))
    };
    files.iter().filter_map(text).collect()
}

/// The lessons in the order in which the compiler gives out ids.
fn lessons(sources: &BTreeMap<String, Source>) -> Option<(Manifest, Vec<Files>)> {
    let mut silent = Diagnostics::default();
    let source = sources.get("course.yml")?;
    let manifest = read_manifest(source, &mut silent)?;
    let folders = read_folders(sources, manifest.source, &mut silent);
    let folders = ordered(folders, &manifest, source, &mut silent);
    let lessons = folders.into_iter().flat_map(|folder| folder.lessons.into_values()).collect();
    Some((manifest, lessons))
}

fn give_ids(drafts: &mut BTreeMap<String, Draft>) {
    let sources: BTreeMap<String, Source> = drafts
        .iter()
        .map(|(path, draft)| (path.clone(), Source::new(path, draft.text().to_owned())))
        .collect();
    let Some((manifest, lessons)) = lessons(&sources) else { return };
    let banks = bank_files(&sources).into_values();
    let texts: Vec<_> = banks.chain(lessons.into_iter().map(|lesson| lesson.texts)).collect();
    let sections = |path: &String| -> Vec<Quiz> {
        let view = sources.get(path).and_then(View::of);
        view.map(|view| quizzes(&view)).unwrap_or_default()
    };
    let original = |texts: &BTreeMap<Locale, String>| texts.get(&manifest.source).map(sections);
    let originals: Vec<Vec<Quiz>> =
        texts.iter().map(|texts| original(texts).unwrap_or_default()).collect();
    let mut taken: BTreeSet<String> =
        originals.iter().flat_map(|quizzes| written(quizzes)).cloned().collect();
    for (texts, quizzes) in texts.iter().zip(&originals) {
        let names: Vec<Names> = name(quizzes, &mut taken);
        for path in texts.values().filter(|_| !names.is_empty()) {
            if let Some(draft) = drafts.get_mut(path) {
                tidy(path, draft, Some(&names));
            }
        }
    }
}

/// Where a source text was changed by nothing but this, its translations still say what it says.
fn keep_fresh(files: &BTreeMap<String, Vec<u8>>, drafts: &mut BTreeMap<String, Draft>) {
    let before = sources(files);
    let Some((manifest, lessons)) = lessons(&before) else { return };
    for lesson in &lessons {
        let Some(original) = lesson.texts.get(&manifest.source) else { continue };
        let (Some(old), Some(new)) = (before.get(original), drafts.get(original)) else { continue };
        let (old, new) = (old.text.clone(), new.text().to_owned());
        for (_, path) in lesson.texts.iter().filter(|(locale, _)| **locale != manifest.source) {
            if let Some(draft) = drafts.get_mut(path).filter(|_| old != new) {
                renew(path, draft, &old, &new);
            }
        }
    }
}

/// Puts the hashes of the new source text for those of the old one.
fn renew(path: &str, draft: &mut Draft, old: &str, new: &str) {
    let source = Source::new(path, draft.text().to_owned());
    let Some((yaml, _)) = split(&source) else { return };
    let value = match written_origin(&source) {
        Origin::Whole(hash) if is_made_from(&hash, &text_hash(old)) => {
            text_hash(new).get(..hash.len()).unwrap_or_default().to_owned()
        }
        Origin::Blocks(recorded) => {
            let (before, after) = (stamp(old), stamp(new));
            if before.len() != after.len() {
                return;
            }
            let renewed: BTreeMap<String, String> = before.into_iter().zip(after).collect();
            let hash = |hash: String| renewed.get(&hash).cloned().unwrap_or(hash);
            format!("[{}]", recorded.into_iter().map(hash).collect::<Vec<_>>().join(", "))
        }
        Origin::Whole(_) | Origin::Unsaid => return,
    };
    let edit = set(&source, &yaml, ORIGIN, &value);
    if source.slice(edit.range.clone()) != edit.text {
        draft.make(&[edit]);
    }
}
