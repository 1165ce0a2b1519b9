//! New ids for what has none: the first words, in the letters of addresses; the same in every language of a lesson.

use std::collections::BTreeSet;

use super::reading::Change;
use super::sections::{Place, Quiz, Slot};
use crate::course::keyed::free;
use crate::edit::Edit;
use crate::slug::made_from;

/// The ids of a quiz section, one for each place.
#[derive(Clone, Debug)]
pub(super) struct Names {
    quiz: String,
    questions: Vec<(String, Vec<String>)>,
}

/// All ids of quizzes and questions that are written in these sections.
pub(super) fn written(quizzes: &[Quiz]) -> impl Iterator<Item = &String> {
    let questions = quizzes.iter().flat_map(|quiz| &quiz.questions).map(|question| &question.slot);
    let slots = quizzes.iter().map(|quiz| &quiz.slot).chain(questions);
    slots.filter_map(|slot| slot.written.as_ref())
}

/// Names everything in these sections; what is new is none of `taken`, and is taken from now on.
pub(super) fn name(quizzes: &[Quiz], taken: &mut BTreeSet<String>) -> Vec<Names> {
    let mut all = Vec::new();
    for quiz in quizzes {
        let id = name_slot(&quiz.slot, taken);
        let mut questions = Vec::new();
        for question in &quiz.questions {
            let id = name_slot(&question.slot, taken);
            let mut inside =
                question.parts.iter().filter_map(|part| part.written.clone()).collect();
            let parts = question.parts.iter().map(|part| name_slot(part, &mut inside)).collect();
            questions.push((id, parts));
        }
        all.push(Names { quiz: id, questions });
    }
    all
}

fn name_slot(slot: &Slot, taken: &mut BTreeSet<String>) -> String {
    if let Some(written) = &slot.written {
        return written.clone();
    }
    let id = free(&made_from(&slot.words, slot.what), |id| taken.contains(id));
    taken.insert(id.clone());
    id
}

/// Writes the names where none is written. Sections of another shape than the names were made for are left alone.
pub(super) fn write(quizzes: &[Quiz], names: &[Names]) -> Vec<Change> {
    let mut changes = Vec::new();
    if quizzes.len() != names.len() {
        return changes;
    }
    for (quiz, names) in quizzes.iter().zip(names) {
        changes.extend(write_slot(&quiz.slot, &names.quiz));
        if quiz.questions.len() != names.questions.len() {
            continue;
        }
        for (question, (id, parts)) in quiz.questions.iter().zip(&names.questions) {
            changes.extend(write_slot(&question.slot, id));
            if question.parts.len() == parts.len() {
                let parts = question.parts.iter().zip(parts);
                changes.extend(parts.filter_map(|(part, id)| write_slot(part, id)));
            }
        }
    }
    changes
}

fn write_slot(slot: &Slot, id: &str) -> Option<Change> {
    if slot.written.is_some() {
        return None;
    }
    Some(vec![match slot.place {
        Place::Inside(at) => Edit::insert(at, format!("#{id} ")),
        Place::Behind(at) => Edit::insert(at, format!(" {{#{id}}}")),
    }])
}
