//! Parts whose id nobody wrote keep the id that they had, so that an edited word or a moved question loses nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::lessons::origins;
use super::options;
use super::questions::{Fate, questions};
use crate::course::keyed::{scoring_hash, wording_hash};
use crate::course::model::{Block, Course, Unnamed};
use crate::quiz::item::{Item, QuizPart};
use crate::quiz::response::{ItemId, OptionId, QuizId};

/// The new version with old ids where nobody wrote new ones. `retired` are the questions of earlier versions.
pub fn adopt(before: &Course, retired: &[(QuizId, Item)], now: Course) -> Course {
    let names = Names::find(before, retired, &now);
    let mut course = now;
    course.unnamed = Unnamed::default();
    for lesson in course.modules.iter_mut().flat_map(|module| &mut module.lessons) {
        for block in lesson.texts.values_mut().flat_map(|text| &mut text.blocks) {
            if let Block::Quiz(id) = block {
                names.quizzes.get(id).into_iter().for_each(|old| id.clone_from(old));
            }
        }
        for quiz in &mut lesson.quizzes {
            names.quizzes.get(&quiz.id).into_iter().for_each(|old| quiz.id = old.clone());
            quiz.items.iter_mut().for_each(|item| names.give(item));
            for id in quiz.parts.iter_mut().flat_map(asked) {
                names.items.get(id).into_iter().for_each(|old| id.clone_from(old));
            }
        }
    }
    course
}

/// The questions that a part of a quiz asks or draws from.
fn asked(part: &mut QuizPart) -> &mut [ItemId] {
    match part {
        QuizPart::One(id) => std::slice::from_mut(id),
        QuizPart::Some { from, .. } => from,
    }
}

/// New ids by the ids that were made from the words.
#[derive(Default)]
struct Names {
    quizzes: BTreeMap<QuizId, QuizId>,
    items: BTreeMap<ItemId, ItemId>,
    options: BTreeMap<ItemId, options::Kept>,
}

impl Names {
    fn find(before: &Course, retired: &[(QuizId, Item)], now: &Course) -> Names {
        let compared = questions(before, retired, now);
        let mut names = Names::default();
        let mut used: BTreeSet<String> = BTreeSet::new();
        used.extend(quiz_ids(now).map(|id| id.0.clone()));
        used.extend(retired.iter().map(|(_, item)| item.id.0.clone()));
        used.extend(compared.pairs.iter().flat_map(|pair| {
            let written = pair.now.filter(|item| !now.unnamed.items.contains(&item.id));
            [written, pair.before].into_iter().flatten().map(|item| item.id.0.clone())
        }));
        for pair in &compared.pairs {
            let Some(item) = pair.now.filter(|item| now.unnamed.items.contains(&item.id)) else {
                continue;
            };
            let id = match pair.before.filter(|_| pair.fate != Fate::New) {
                Some(before) => before.id.clone(),
                None => ItemId(free(&item.id.0, &used)),
            };
            used.insert(id.0.clone());
            names.items.insert(item.id.clone(), id);
        }
        for pair in &compared.pairs {
            let Some(item) = pair.now else { continue };
            let loose =
                |id: &OptionId| now.unnamed.options.contains(&(item.id.clone(), id.clone()));
            let kept = pair.kept.iter().filter(|(new, old)| new != old && loose(new));
            let kept: options::Kept = kept.map(|(new, old)| (new.clone(), old.clone())).collect();
            names.options.insert(item.id.clone(), without_clashes(item, kept));
        }
        names.quizzes = quizzes(before, now, &origins(before, &compared.pairs));
        names
    }

    fn give(&self, item: &mut Item) {
        if let Some(kept) = self.options.get(&item.id).filter(|kept| !kept.is_empty()) {
            *item = options::renamed(item, kept);
            item.scoring_hash = scoring_hash(&item.kind, item.points, item.hint_cost);
            item.wording_hash = wording_hash(item);
        }
        if let Some(id) = self.items.get(&item.id) {
            item.id = id.clone();
        }
    }
}

/// Options that are new take no id that an old one is given.
fn without_clashes(item: &Item, mut kept: options::Kept) -> options::Kept {
    let given: BTreeSet<OptionId> = kept.values().cloned().collect();
    let mut used: BTreeSet<String> = given.iter().map(|id| id.0.clone()).collect();
    used.extend(options::ids(item).into_iter().map(|id| id.0.clone()));
    for id in options::ids(item) {
        if given.contains(id) && !kept.contains_key(id) {
            let other = free(&id.0, &used);
            used.insert(other.clone());
            kept.insert(id.clone(), OptionId(other));
        }
    }
    kept
}

/// A quiz without a written id is the one that most of its questions come from.
fn quizzes(
    before: &Course,
    now: &Course,
    origins: &BTreeMap<&QuizId, BTreeMap<&QuizId, usize>>,
) -> BTreeMap<QuizId, QuizId> {
    let old: BTreeSet<QuizId> = quiz_ids(before).cloned().collect();
    let (unnamed, written): (Vec<QuizId>, Vec<QuizId>) =
        quiz_ids(now).cloned().partition(|id| now.unnamed.quizzes.contains(id));
    let mut used: BTreeSet<String> = written.iter().map(|id| id.0.clone()).collect();
    let mut names = BTreeMap::new();
    for id in &unnamed {
        let from =
            origins.get(id).and_then(|origins| origins.iter().max_by_key(|(_, shared)| **shared));
        if let Some((from, _)) = from.filter(|(from, _)| used.insert(from.0.clone())) {
            names.insert(id.clone(), (*from).clone());
        }
    }
    for id in unnamed.iter().filter(|id| old.contains(id)) {
        if !names.contains_key(id) && used.insert(id.0.clone()) {
            names.insert(id.clone(), id.clone());
        }
    }
    used.extend(old.into_iter().map(|id| id.0));
    for id in unnamed {
        let other = free(&id.0, &used);
        names.entry(id).or_insert_with(|| {
            used.insert(other.clone());
            QuizId(other)
        });
    }
    names
}

fn quiz_ids(course: &Course) -> impl Iterator<Item = &QuizId> {
    let lessons = course.modules.iter().flat_map(|module| &module.lessons);
    lessons.flat_map(|lesson| &lesson.quizzes).map(|quiz| &quiz.id)
}

/// The name itself, or with the first number that makes it free.
fn free(base: &str, used: &BTreeSet<String>) -> String {
    let mut name = base.to_owned();
    let mut n = 2_u32;
    while used.contains(&name) {
        name = format!("{base}-{n}");
        n += 1;
    }
    name
}

#[cfg(test)]
mod tests;
