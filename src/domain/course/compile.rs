//! The compiler: the files of a course folder in, the course and everything there is to say about it out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::award::ReadForms;
use super::bank::{Known, read_banks};
use super::compare::Version;
use super::facts::{Shelf, drawn};
use super::folders::{Files, Folder, check_folders, lesson_addresses, ordered, read_folders};
use super::front::Around;
use super::kept::{Kept, Surroundings};
use super::languages::{Written, check_languages, state};
use super::lesson::Part;
use super::limits::too_large;
use super::manifest::{ModuleManifest, read_manifest, read_module};
use super::media::{can_be_kept, check_use, media_texts, read_media, target};
use super::model::{Block, Course, Lesson, LessonText, Module};
use super::parallel::{Banks, Ids, Merger};
use super::places::{Places, quiz_ids};
use super::rules::{Lock, check_lesson, check_rules};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::digest::sha256;
use crate::fact::Facts;
use crate::markdown::Targets;
use crate::quiz::item::Quiz;

/// Compiles a course from its files by path relative to the course folder, with `/` between names.
/// There is a course as soon as `course.yml` can be read; it may be published if there are no errors.
pub fn compile(files: &BTreeMap<String, Vec<u8>>) -> (Option<Course>, Diagnostics) {
    compile_with(files, &Facts::new(), None)
}

/// The same with the facts that its texts may show, and, if overdue ones are to be reported, the day.
pub fn compile_with(
    files: &BTreeMap<String, Vec<u8>>,
    facts: &Facts,
    today: Option<NaiveDate>,
) -> (Option<Course>, Diagnostics) {
    compile_again(files, facts, today, &mut Kept::default())
}

/// The same for editors, which compile after every change: what was read the last time is read again only if it has
/// changed since. The result is that of [`compile_with`].
pub fn compile_again(
    files: &BTreeMap<String, Vec<u8>>,
    facts: &Facts,
    today: Option<NaiveDate>,
    kept: &mut Kept,
) -> (Option<Course>, Diagnostics) {
    compile_beside(files, Shelf { facts, today }, None, kept)
}

/// The same, with the addresses of other courses and their lessons, as [`Targets::courses`] has them.
pub(super) fn compile_beside(
    files: &BTreeMap<String, Vec<u8>>,
    shelf: Shelf<'_>,
    beside: Option<&BTreeMap<String, String>>,
    kept: &mut Kept,
) -> (Option<Course>, Diagnostics) {
    let mut out = Diagnostics::default();
    let sources = read_sources(files, &mut out);
    let around = Beside { sources: &sources, shelf, courses: beside };
    let course = compile_course(files, around, kept, &mut out);
    sources.into_values().for_each(|source| out.know(Arc::new(source)));
    out.sort();
    (course, out)
}

/// The address of a course, and those of its lessons by the paths of their files.
pub(super) fn addresses(
    files: &BTreeMap<String, Vec<u8>>,
) -> Option<(String, BTreeMap<String, String>)> {
    let mut unheard = Diagnostics::default();
    let sources = read_sources(files, &mut unheard);
    let manifest = read_manifest(sources.get("course.yml")?, &mut unheard)?;
    let folders = read_folders(&sources, manifest.source, &mut unheard);
    let course = format!("/{}/courses/{}", manifest.source.code(), manifest.slug);
    Some((course, lesson_addresses(&folders, &manifest)))
}

/// SHA-256 over the names and contents of all files, in hex: equal folders have equal hashes.
pub fn content_hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut text = String::new();
    for (path, bytes) in files {
        text.push_str(&format!("{} {path:?}\n", sha256(bytes)));
    }
    sha256(text.as_bytes())
}

/// The same for a version: the facts that it shows are part of it.
pub fn version_hash(files: &BTreeMap<String, Vec<u8>>, facts: &Facts) -> String {
    let hash = content_hash(files);
    if facts.is_empty() {
        return hash;
    }
    let facts =
        serde_json::to_string(facts).expect("maps have text keys, so this always serialises");
    sha256(format!("{hash} {facts}").as_bytes())
}

/// The texts among the files; bad names and unreadable texts are reported.
fn read_sources(
    files: &BTreeMap<String, Vec<u8>>,
    out: &mut Diagnostics,
) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for (path, bytes) in files {
        if !can_be_kept(path) {
            let message = "this name leads out of the course folder or cannot be kept";
            out.push(Diagnostic::of_file("C006", Level::Error, path, message));
            continue;
        }
        if !path.ends_with(".md") && !path.ends_with(".yml") {
            continue;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                if let Some(message) = too_large(text) {
                    out.push(Diagnostic::of_file("C009", Level::Error, path, message));
                    continue;
                }
                sources.insert(path.clone(), Source::new(path, text.to_owned()));
            }
            Err(error) => {
                let message = format!("this file is not UTF-8 text (byte {})", error.valid_up_to());
                out.push(Diagnostic::of_file("C008", Level::Error, path, message));
            }
        }
    }
    sources
}

/// The texts of a course, and the courses beside it if they are known.
#[derive(Clone, Copy)]
struct Beside<'c> {
    sources: &'c BTreeMap<String, Source>,
    shelf: Shelf<'c>,
    courses: Option<&'c BTreeMap<String, String>>,
}

fn compile_course(
    files: &BTreeMap<String, Vec<u8>>,
    Beside { sources, shelf: Shelf { facts, today }, courses }: Beside<'_>,
    kept: &mut Kept,
    out: &mut Diagnostics,
) -> Option<Course> {
    let Some(source) = sources.get("course.yml") else {
        if !files.contains_key("course.yml") {
            let remark =
                Diagnostic::of_file("C001", Level::Error, "course.yml", "the manifest is missing");
            out.push(remark.help("a course folder needs a `course.yml`"));
        }
        return None;
    };
    let manifest = read_manifest(source, out)?;
    let media = read_media(files, out);
    let folders = check_folders(read_folders(sources, manifest.source, out), out);
    let folders = ordered(folders, &manifest, source, out);
    check_use(&media, &manifest.languages, sources.values(), out);
    let targets = Targets {
        media: media.iter().map(|(path, media)| (path.clone(), target(path, media))).collect(),
        texts: media_texts(files),
        lessons: lesson_addresses(&folders, &manifest),
        quizzes: sources.iter().map(|(path, source)| (path.clone(), quiz_ids(source))).collect(),
        courses: courses.cloned(),
        facts: drawn(facts),
    };
    let outcomes: Vec<String> =
        manifest.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
    kept.surround(
        Surroundings { manifest: source, targets: &targets, shelf: Shelf { facts, today } },
        sources,
    );
    let around = Around {
        manifest: &manifest,
        outcomes: &outcomes,
        targets: &targets,
        shelf: Shelf { facts, today },
        id: "",
        locale: manifest.source,
        outline: &[],
    };
    let (mut ids, mut places) = (Ids::default(), Places::default());
    let known = Known { ids: &mut ids, places: &mut places };
    let banks = read_banks(sources, around, known, out);
    let mut modules = Modules {
        kept,
        around,
        sources,
        banks: &banks,
        ids,
        places,
        locks: Vec::new(),
        facts: BTreeSet::new(),
    };
    let found = folders.iter().map(|folder| modules.read(folder, out)).collect();
    modules.places.check(out);
    let (locks, used, unnamed) = (modules.locks, modules.facts, modules.ids.unnamed);
    let asks = manifest.asks;
    let forms = |read: &Option<ReadForms>| read.as_ref().map(|read| read.forms.clone());
    let course = Course {
        id: manifest.id,
        slug: manifest.slug,
        source: manifest.source,
        languages: manifest.languages,
        title: manifest.title,
        summary: manifest.summary,
        audience: manifest.audience,
        theme: manifest.theme,
        level: manifest.level,
        hours: manifest.hours,
        licence: manifest.licence,
        authors: manifest.authors,
        outcomes: manifest.outcomes,
        modules: found,
        completion: asks.completion.completion.clone(),
        draft: manifest.draft,
        unchecked: manifest.unchecked,
        media,
        cover: asks.cover.as_ref().map(|(path, _)| path.clone()),
        prerequisites: asks.prerequisites.as_ref().map(|read| read.condition.clone()),
        pretest: forms(&asks.pretest),
        posttest: forms(&asks.posttest),
        certificate: manifest.certificate,
        facts: used
            .into_iter()
            .filter_map(|id| Some((id.clone(), facts.get(&id)?.clone())))
            .collect(),
        unnamed,
    };
    check_rules(&course, &asks, source, &locks, out);
    Some(course)
}

/// What is the same for all modules, and the ids given out so far.
struct Modules<'m, 'c> {
    kept: &'m mut Kept,
    around: Around<'m>,
    sources: &'c BTreeMap<String, Source>,
    banks: &'m Banks,
    ids: Ids,
    places: Places<'c>,
    locks: Vec<Lock<'c>>,
    /// Ids of the facts that lessons show.
    facts: BTreeSet<String>,
}

impl<'c> Modules<'_, 'c> {
    fn read(&mut self, folder: &Folder, out: &mut Diagnostics) -> Module {
        let file = format!("{}/module.yml", folder.name);
        let manifest = match self.sources.get(&file) {
            Some(source) => read_module(source, self.around.manifest, out),
            None => {
                let message = "this module has no `module.yml` with its titles";
                out.push(Diagnostic::of_file("C001", Level::Error, &file, message));
                ModuleManifest::default()
            }
        };
        let mut lessons = Vec::new();
        for files in folder.lessons.values() {
            lessons.extend(self.read_lesson(files, &manifest, out));
        }
        if lessons.is_empty() && !manifest.draft {
            out.push(Diagnostic::of_file(
                "C013",
                Level::Warning,
                &file,
                "this module has no lessons",
            ));
        }
        let (id, unlock) = (folder.id.clone(), manifest.unlock);
        if let (Some(placed), Some(source)) = (unlock.clone(), self.sources.get(&file)) {
            self.locks.push(Lock { module: id.clone(), source, placed });
        }
        Module {
            id,
            title: manifest.title,
            draft: manifest.draft,
            lessons,
            unlock: unlock.map(|placed| placed.condition),
        }
    }

    fn read_lesson(
        &mut self,
        files: &Files,
        module: &ModuleManifest,
        out: &mut Diagnostics,
    ) -> Option<Lesson> {
        let id = files.id.as_str();
        let mut versions: Vec<Written<'c>> = Vec::new();
        // The source first: its headings name those of the translations.
        let mut texts: Vec<_> = files.texts.iter().collect();
        texts.sort_by_key(|(locale, _)| **locale != self.around.manifest.source);
        for (locale, path) in texts {
            let Some(source) = self.sources.get(path) else { continue };
            if !self.around.manifest.languages.contains(locale) {
                let message =
                    format!("`{}` is not among the `languages` of course.yml", locale.code());
                out.push(Diagnostic::of_file("C033", Level::Error, path, message));
            }
            let outline = versions.first().map_or(&[][..], |first| &first.file.linked.outline);
            let locale = *locale;
            let around = Around { id, locale, outline, ..self.around };
            let file = self.kept.read(source, around, out);
            self.places.add(source, &file.linked);
            self.facts.extend(file.facts.iter().map(|used| used.id.clone()));
            versions.push(Written { locale, source, file });
        }
        let (original, translations) = versions.split_first()?;
        if original.locale != self.around.manifest.source {
            let message = format!(
                "lesson `{id}` has no text in the source language `{}`",
                self.around.manifest.source.code()
            );
            out.push(Diagnostic::of_file("C013", Level::Error, &original.source.file, message));
            return None;
        }
        let front = &original.file.front;
        if !module.draft && !front.draft {
            check_languages(original, translations, &self.around.manifest.languages, out);
            check_lesson(original, self.around.outcomes, out);
        }
        let draft = self.around.manifest.draft || module.draft || front.draft;
        let others: Vec<Version<'_>> = translations.iter().map(quizzes).collect();
        let (ids, banks) = (&mut self.ids, self.banks);
        let mut merger = Merger { original: quizzes(original), ids, banks, draft, out };
        let quizzes = merger.quizzes(&others);
        Some(Lesson {
            id: id.to_owned(),
            minutes: front.minutes.unwrap_or(1),
            outcomes: front.outcomes.clone(),
            required: front.required.unwrap_or(true),
            complete: front.complete.unwrap_or_default(),
            draft: front.draft,
            texts: versions
                .iter()
                .map(|version| (version.locale, lesson_text(version, original, &quizzes)))
                .collect(),
            quizzes,
        })
    }
}

/// The quizzes of a lesson in one language.
fn quizzes<'v>(version: &'v Written<'_>) -> Version<'v> {
    Version { locale: version.locale, source: version.source, quizzes: &version.file.quizzes }
}

fn lesson_text(version: &Written<'_>, original: &Written<'_>, quizzes: &[Quiz]) -> LessonText {
    let block = |part: &Part| match part {
        Part::Prose(html) => Some(Block::Prose(html.clone())),
        Part::Quiz(index) => quizzes.get(*index).map(|quiz| Block::Quiz(quiz.id.clone())),
    };
    let (state, translation) = state(original, version);
    LessonText {
        title: version.file.front.title.clone(),
        blocks: version.file.parts.iter().filter_map(block).collect(),
        headings: version.file.headings.clone(),
        reading: version.file.reading,
        sources: version.file.sources.clone(),
        source_hash: version.file.hash.clone(),
        state,
        translation,
    }
}

#[cfg(test)]
pub(super) mod tests;
