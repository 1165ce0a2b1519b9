//! What became of modules, lessons and quizzes from one version of a course to the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::questions::{Pair, Questions};
use super::reading::reading;
use super::similar::PERHAPS;
use crate::course::model::{Course, Lesson, Module};
use crate::quiz::response::QuizId;

/// What became of a lesson or module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Learners see it for the first time.
    New,
    /// It says something else.
    Changed,
    /// Learners do not see it any more.
    Removed,
}

/// A lesson or module that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Its title in the language of the course.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
}

/// A new part that may be one that was taken out: a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The new one.
    pub now: String,
    /// The one that it may be.
    pub before: String,
    /// How much of it is the same, in percent.
    pub likeness: u32,
}

/// The lessons that learners see for the first time, with other words, or not any more.
pub fn lessons(before: &Course, now: &Course) -> Vec<Change> {
    let (old, new) = (reading(before), reading(now));
    let fate = |id: &str, hash: &String| match old.get(id) {
        None => Some(Fate::New),
        Some(known) if known != hash => Some(Fate::Changed),
        Some(_) => None,
    };
    let kept = shown(now).filter_map(|(_, lesson)| {
        let fate = fate(&lesson.id, new.get(&lesson.id)?)?;
        Some(Change { id: lesson.id.clone(), title: title(now, lesson), fate })
    });
    let gone =
        shown(before).filter(|(_, lesson)| !new.contains_key(&lesson.id)).map(|(_, lesson)| {
            Change { id: lesson.id.clone(), title: title(before, lesson), fate: Fate::Removed }
        });
    kept.chain(gone).collect()
}

/// The modules that learners see for the first time or not any more; their lessons stand for what they say.
pub fn modules(before: &Course, now: &Course) -> Vec<Change> {
    let missing = |course: &Course, id: &str| !visible(course).any(|module| module.id == id);
    let change = |course: &Course, module: &Module, fate| Change {
        id: module.id.clone(),
        title: module.title.get(course.source, course.source).to_owned(),
        fate,
    };
    let new = visible(now).filter(|module| missing(before, &module.id));
    let gone = visible(before).filter(|module| missing(now, &module.id));
    new.map(|module| change(now, module, Fate::New))
        .chain(gone.map(|module| change(before, module, Fate::Removed)))
        .collect()
}

/// New lessons that say exactly what a removed one said: most likely its file was renamed.
pub fn moved_lessons(before: &Course, now: &Course) -> Vec<Proposal> {
    let (old, new) = (reading(before), reading(now));
    let gone: BTreeMap<&String, &String> =
        old.iter().filter(|(id, _)| !new.contains_key(*id)).map(|(id, hash)| (hash, id)).collect();
    let fresh = new.iter().filter(|(id, _)| !old.contains_key(*id));
    fresh
        .filter_map(|(id, hash)| {
            let before = (*gone.get(hash)?).clone();
            Some(Proposal { now: id.clone(), before, likeness: 100 })
        })
        .collect()
}

/// New quizzes most of whose questions come from one quiz that was taken out.
pub fn moved_quizzes(before: &Course, now: &Course, questions: &Questions<'_>) -> Vec<Proposal> {
    let (old, new) = (quiz_sizes(before), quiz_sizes(now));
    let origins = origins(before, &questions.pairs);
    let fresh = new.iter().filter(|(id, _)| !old.contains_key(*id));
    fresh
        .filter_map(|(id, size)| {
            let (origin, shared) = origins.get(*id)?.iter().max_by_key(|(_, shared)| **shared)?;
            let likeness = u32::try_from(shared * 100 / (*size).max(1)).ok()?;
            (!new.contains_key(origin) && likeness >= PERHAPS).then(|| Proposal {
                now: id.0.clone(),
                before: origin.0.clone(),
                likeness,
            })
        })
        .collect()
}

/// For each quiz of the new version, how many of its questions stood in which quiz before.
pub(super) fn origins<'c>(
    before: &'c Course,
    pairs: &[Pair<'c>],
) -> BTreeMap<&'c QuizId, BTreeMap<&'c QuizId, usize>> {
    let stood: BTreeMap<_, _> =
        super::questions::all(before).map(|(quiz, item)| (&item.id, &quiz.id)).collect();
    let mut origins: BTreeMap<&QuizId, BTreeMap<&QuizId, usize>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.now.is_some()) {
        if let Some(quiz) = pair.before.and_then(|item| stood.get(&item.id)) {
            *origins.entry(pair.quiz).or_default().entry(*quiz).or_default() += 1;
        }
    }
    origins
}

fn quiz_sizes(course: &Course) -> BTreeMap<&QuizId, usize> {
    let lessons = course.modules.iter().flat_map(|module| &module.lessons);
    lessons.flat_map(|lesson| &lesson.quizzes).map(|quiz| (&quiz.id, quiz.items.len())).collect()
}

fn visible(course: &Course) -> impl Iterator<Item = &Module> {
    course.modules.iter().filter(|module| !module.draft)
}

/// The lessons that learners see, in order.
pub(super) fn shown(course: &Course) -> impl Iterator<Item = (&Module, &Lesson)> {
    visible(course).flat_map(|module| {
        module.lessons.iter().filter(|lesson| !lesson.draft).map(move |lesson| (module, lesson))
    })
}

/// The title of a lesson in the language of the course.
pub(super) fn title(course: &Course, lesson: &Lesson) -> String {
    lesson.texts.get(&course.source).map_or_else(|| lesson.id.clone(), |text| text.title.clone())
}
