//! Modules and lessons of a course with the learner's marks, as the syllabus and the outline show them.

use std::collections::BTreeSet;

use super::missing::count;
use super::needs::{Need, needs};
use super::said::Said;
use crate::catalogue::{Cards, Published};
use crate::domain::course::model::{Lesson, Module};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::lesson::lesson_done;
use crate::progress_log::{Gate, Standing};

/// A module.
pub struct ModuleLine<'a> {
    pub number: String,
    pub title: Said<'a>,
    /// For example `2/5`; empty for those who have not joined.
    pub done: String,
    pub minutes: String,
    pub lessons: Vec<LessonLine<'a>>,
    /// What opens it; empty if it is open.
    pub needs: Vec<Need>,
}

impl ModuleLine<'_> {
    /// Are its lessons listed beside a lesson? Learners see all of them; visitors those of the module that they read,
    /// so that a first visit stays small.
    pub fn is_listed(&self) -> bool {
        !self.done.is_empty() || self.lessons.iter().any(|line| line.is_here)
    }

    /// Where it begins.
    pub fn first(&self) -> &str {
        self.lessons.first().map_or("", |line| line.id)
    }
}

/// A lesson.
pub struct LessonLine<'a> {
    pub id: &'a str,
    pub title: Said<'a>,
    pub minutes: String,
    /// `done`, `now` or `todo`, as the diamond.
    pub mark: &'static str,
    pub is_here: bool,
    pub is_locked: bool,
    /// New, or with other words, since the learner passed the course.
    pub is_unread: bool,
}

/// Who looks at a course, from where.
#[derive(Clone, Copy)]
pub struct Viewer<'a> {
    pub standing: Option<&'a Standing>,
    pub gate: &'a Gate,
    /// Lessons that are new or say something else since the person passed.
    pub unread: &'a BTreeSet<String>,
    pub cards: &'a Cards,
    /// The lesson on the page.
    pub here: Option<&'a str>,
    pub lang: Locale,
}

/// The modules that learners see.
pub fn modules<'a>(published: &'a Published, viewer: Viewer<'_>) -> Vec<ModuleLine<'a>> {
    published
        .modules()
        .filter(|module| seen(module).next().is_some())
        .enumerate()
        .map(|(place, module)| module_line(published, (place, module), viewer))
        .collect()
}

fn module_line<'a>(
    published: &'a Published,
    (place, module): (usize, &'a Module),
    viewer: Viewer<'_>,
) -> ModuleLine<'a> {
    let lang = viewer.lang;
    let lessons: Vec<LessonLine<'a>> =
        seen(module).map(|lesson| lesson_line(published, (module, lesson), viewer)).collect();
    let n_done = lessons.iter().filter(|line| line.mark == "done").count();
    let lock = viewer.gate.module(published, module);
    ModuleLine {
        number: count(lang, place + 1),
        title: Said::of(&module.title, lang, published.course.source),
        done: viewer
            .standing
            .map(|_| format!("{}/{}", count(lang, n_done), count(lang, lessons.len())))
            .unwrap_or_default(),
        minutes: format::integer(lang, seen(module).map(|lesson| i64::from(lesson.minutes)).sum()),
        needs: lock
            .filter(|_| lessons.iter().any(|line| line.is_locked))
            .map(|lock| needs(&lock, published, viewer.cards, lang))
            .unwrap_or_default(),
        lessons,
    }
}

fn seen(module: &Module) -> impl Iterator<Item = &Lesson> {
    module.lessons.iter().filter(|lesson| !lesson.draft)
}

fn lesson_line<'a>(
    published: &'a Published,
    (module, lesson): (&'a Module, &'a Lesson),
    viewer: Viewer<'_>,
) -> LessonLine<'a> {
    let is_here = viewer.here == Some(lesson.id.as_str());
    let is_done = viewer.standing.is_some_and(|standing| lesson_done(lesson, &standing.facts));
    LessonLine {
        id: &lesson.id,
        title: Said::title(lesson, viewer.lang, published.course.source),
        minutes: format::integer(viewer.lang, lesson.minutes.into()),
        mark: match (is_done, is_here) {
            (true, _) => "done",
            (false, true) => "now",
            (false, false) => "todo",
        },
        is_here,
        is_locked: viewer.gate.lesson(published, module, lesson).is_some(),
        is_unread: viewer.unread.contains(&lesson.id),
    }
}
