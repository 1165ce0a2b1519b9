//! New ids for what has none: the first words, in the letters of addresses; the same in every language of a lesson.

use std::collections::BTreeSet;

use super::reading::Change;
use super::sections::{Question, Quiz};
use crate::course::keyed::free;
use crate::course::questions::slots::{Place, Slot};
use crate::edit::Edit;
use crate::slug::made_from;

/// The ids of a quiz section, one for each place; none where something else stands.
#[derive(Clone, Debug)]
pub(super) struct Names {
    /// Of the section itself, if it is no bank.
    quiz: Vec<Option<String>>,
    pools: Vec<Option<String>>,
    /// Of its questions, each with those of its parts.
    questions: Vec<(Option<String>, Vec<Option<String>>)>,
}

/// All ids of quizzes, pools and questions that are written in these sections.
pub(super) fn written(quizzes: &[Quiz]) -> impl Iterator<Item = &String> {
    let questions = quizzes.iter().flat_map(|quiz| &quiz.questions).map(|question| &question.slot);
    let heads = quizzes.iter().flat_map(|quiz| quiz.slot.iter().chain(&quiz.pools));
    heads.chain(questions).filter_map(|slot| slot.written.as_ref())
}

/// Names everything in these sections, in the order in which the compiler does; what is new is none of `taken`, and is
/// taken from now on.
pub(super) fn name(quizzes: &[Quiz], taken: &mut BTreeSet<String>) -> Vec<Names> {
    let mut all = Vec::new();
    for quiz in quizzes {
        let name = quiz.slot.iter().map(|slot| name_slot(slot, taken)).collect();
        let mut questions = Vec::new();
        for question in &quiz.questions {
            questions.push((name_slot(&question.slot, taken), name_parts(question)));
        }
        let pools = quiz.pools.iter().map(|slot| name_slot(slot, taken)).collect();
        all.push(Names { quiz: name, pools, questions });
    }
    all
}

fn name_parts(question: &Question) -> Vec<Option<String>> {
    let written = question.parts.slots.iter().filter_map(|part| part.written.as_ref());
    let mut inside = written.chain(&question.parts.others).cloned().collect();
    question.parts.slots.iter().map(|part| name_slot(part, &mut inside)).collect()
}

fn name_slot(slot: &Slot, taken: &mut BTreeSet<String>) -> Option<String> {
    if slot.written.is_some() || slot.place == Place::Taken {
        return slot.written.clone();
    }
    let id = free(&made_from(&slot.words, slot.what), |id| taken.contains(id));
    taken.insert(id.clone());
    Some(id)
}

/// Writes the names where none is written. Sections of another shape than the names were made for are left alone.
pub(super) fn write(quizzes: &[Quiz], names: &[Names]) -> Vec<Change> {
    let mut changes = Vec::new();
    if quizzes.len() != names.len() {
        return changes;
    }
    for (quiz, names) in quizzes.iter().zip(names) {
        changes.extend(write_all(quiz.slot.as_slice(), &names.quiz));
        changes.extend(write_all(&quiz.pools, &names.pools));
        if quiz.questions.len() != names.questions.len() {
            continue;
        }
        for (question, (id, parts)) in quiz.questions.iter().zip(&names.questions) {
            changes.extend(id.as_ref().and_then(|id| write_slot(&question.slot, id)));
            changes.extend(write_all(&question.parts.slots, parts));
        }
    }
    changes
}

/// Names slots that stand side by side; a name that one of them bears is not given to another.
fn write_all(slots: &[Slot], names: &[Option<String>]) -> Vec<Change> {
    if slots.len() != names.len() {
        return Vec::new();
    }
    let borne = |id: &String| slots.iter().any(|slot| slot.written.as_ref() == Some(id));
    let free = slots.iter().zip(names).filter_map(|(slot, id)| Some((slot, id.as_ref()?)));
    free.filter(|(_, id)| !borne(id)).filter_map(|(slot, id)| write_slot(slot, id)).collect()
}

fn write_slot(slot: &Slot, id: &str) -> Option<Change> {
    if slot.written.is_some() {
        return None;
    }
    Some(vec![match slot.place {
        Place::Inside(at) => Edit::insert(at, format!("#{id} ")),
        Place::Behind(at) => Edit::insert(at, format!(" {{#{id}}}")),
        Place::Label { at, blanks } => Edit::replace(at..at + blanks, format!("{id}: ")),
        Place::Taken => return None,
    }])
}
