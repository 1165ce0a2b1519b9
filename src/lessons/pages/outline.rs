//! Modules and lessons of a course with the learner's marks, as the syllabus and the outline show them.

use std::collections::BTreeSet;

use super::missing::count;
use super::said::Said;
use crate::catalogue::Published;
use crate::domain::course::model::{Lesson, Module};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::lesson::lesson_done;
use crate::progress_log::Standing;

/// A module.
pub struct ModuleLine<'a> {
    pub number: String,
    pub title: Said<'a>,
    /// For example `2/5`; empty for those who have not joined.
    pub done: String,
    pub minutes: String,
    pub lessons: Vec<LessonLine<'a>>,
}

/// A lesson.
pub struct LessonLine<'a> {
    pub id: &'a str,
    pub title: Said<'a>,
    pub minutes: String,
    /// `done`, `now` or `todo`, as the diamond.
    pub mark: &'static str,
    pub is_here: bool,
    /// New, or with other words, since the learner passed the course.
    pub is_unread: bool,
}

/// What a person has done in a course; nothing for those who have not joined.
#[derive(Clone, Copy)]
pub struct Learnt<'s> {
    pub standing: Option<&'s Standing>,
    /// Lessons that are new or say something else since the person passed.
    pub unread: &'s BTreeSet<String>,
}

/// The modules that learners see. `here` is the lesson on the page.
pub fn modules<'a>(
    published: &'a Published,
    learner: Learnt<'_>,
    here: Option<&str>,
    lang: Locale,
) -> Vec<ModuleLine<'a>> {
    let source = published.course.source;
    let module_line = |(place, module): (usize, &'a Module)| {
        let lessons: Vec<LessonLine<'a>> =
            seen(module).map(|lesson| lesson_line(lesson, learner, here, (lang, source))).collect();
        let n_done = lessons.iter().filter(|line| line.mark == "done").count();
        ModuleLine {
            number: count(lang, place + 1),
            title: Said::of(&module.title, lang, source),
            done: learner
                .standing
                .map(|_| format!("{}/{}", count(lang, n_done), count(lang, lessons.len())))
                .unwrap_or_default(),
            minutes: format::integer(
                lang,
                seen(module).map(|lesson| i64::from(lesson.minutes)).sum(),
            ),
            lessons,
        }
    };
    published
        .modules()
        .filter(|module| seen(module).next().is_some())
        .enumerate()
        .map(module_line)
        .collect()
}

fn seen(module: &Module) -> impl Iterator<Item = &Lesson> {
    module.lessons.iter().filter(|lesson| !lesson.draft)
}

fn lesson_line<'a>(
    lesson: &'a Lesson,
    learner: Learnt<'_>,
    here: Option<&str>,
    (lang, source): (Locale, Locale),
) -> LessonLine<'a> {
    let is_here = here == Some(lesson.id.as_str());
    let is_done = learner.standing.is_some_and(|standing| lesson_done(lesson, &standing.facts));
    LessonLine {
        id: &lesson.id,
        title: Said::title(lesson, lang, source),
        minutes: format::integer(lang, lesson.minutes.into()),
        mark: match (is_done, is_here) {
            (true, _) => "done",
            (false, true) => "now",
            (false, false) => "todo",
        },
        is_here,
        is_unread: learner.unread.contains(&lesson.id),
    }
}
