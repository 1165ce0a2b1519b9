//! One learner's copy of a quiz: drawn once when the attempt starts, stored, and never worked out again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::grade::Marks;
use super::item::{Choice, Cloze, Item, Kind, Quiz, QuizPart};
use super::kinds::Order;
use super::response::{ItemId, OptionId};
use super::seed::Seed;

/// How often a learner has met questions before.
pub type Seen = BTreeMap<ItemId, u32>;

/// The questions of one attempt in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// One per question; a slot is named by its place, from 0.
    pub slots: Vec<Slot>,
}

/// One question of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The question.
    pub item: ItemId,
    /// Its scoring hash when the attempt started.
    pub version: String,
    /// Marks for a full answer.
    pub points: Marks,
    /// Options in the order in which they are shown; empty for questions without options.
    pub options: Vec<OptionId>,
}

impl Paper {
    /// Draws the paper of one attempt. From a pool, the questions that the learner has met least often come first, by
    /// chance among equals.
    pub fn draw(quiz: &Quiz, seed: &Seed, seen: &Seen) -> Paper {
        let mut slots = slots(quiz, seed, seen);
        if quiz.rules.shuffle {
            seed.shuffle("slots", &mut slots);
        }
        Paper { slots }
    }

    /// The slot at a place.
    pub fn slot(&self, number: u16) -> Option<&Slot> {
        self.slots.get(usize::from(number))
    }

    /// The slots with their places.
    pub fn numbered(&self) -> impl Iterator<Item = (u16, &Slot)> {
        (0_u16..).zip(&self.slots)
    }

    /// Does the paper ask what the quiz asks now, in its present version?
    pub fn fits(&self, quiz: &Quiz) -> bool {
        let is_asked = |slot: &Slot| {
            let same = |item: &Item| item.id == slot.item && item.scoring_hash == slot.version;
            quiz.items.iter().any(same)
        };
        self.slots.len() == quiz.n_asked() && self.slots.iter().all(is_asked)
    }

    /// All marks that can be earned.
    pub fn max(&self) -> Marks {
        self.slots.iter().fold(Marks::ZERO, |sum, slot| sum.plus(slot.points))
    }
}

/// The questions asked, in the order of the quiz. A question is asked once, however many pools hold it.
fn slots(quiz: &Quiz, seed: &Seed, seen: &Seen) -> Vec<Slot> {
    if quiz.parts.is_empty() {
        return quiz.items.iter().map(|item| slot(item, item.points, seed)).collect();
    }
    let chosen = choose(quiz, seed, seen);
    let mut slots = Vec::new();
    for part in &quiz.parts {
        let points = match part {
            QuizPart::One(_) => None,
            QuizPart::Some { points, .. } => *points,
        };
        let ids = chosen.get(part.id()).map_or(&[][..], Vec::as_slice);
        let items = ids.iter().filter_map(|id| quiz.items.iter().find(|item| item.id == *id));
        slots.extend(items.map(|item| slot(item, points.unwrap_or(item.points), seed)));
    }
    slots
}

/// The questions of each part. Single questions are taken first and then the smallest pool, because it has the least
/// choice; a pool whose questions are all taken asks fewer.
fn choose<'q>(quiz: &'q Quiz, seed: &Seed, seen: &Seen) -> BTreeMap<&'q str, Vec<ItemId>> {
    let mut order: Vec<&QuizPart> = quiz.parts.iter().collect();
    order.sort_by_key(|part| part.candidates().len());
    let mut taken: BTreeSet<ItemId> = BTreeSet::new();
    let mut chosen = BTreeMap::new();
    for part in order {
        let mut free: Vec<&ItemId> =
            part.candidates().iter().filter(|id| !taken.contains(*id)).collect();
        seed.shuffle(part.id(), &mut free);
        free.sort_by_key(|id| seen.get(*id).copied().unwrap_or(0));
        let items: Vec<ItemId> = free.into_iter().take(part.pick()).cloned().collect();
        taken.extend(items.iter().cloned());
        chosen.insert(part.id(), items);
    }
    chosen
}

impl Quiz {
    /// How many questions an attempt asks.
    pub fn n_asked(&self) -> usize {
        match self.parts.as_slice() {
            [] => self.items.len(),
            parts => parts.iter().map(QuizPart::pick).sum(),
        }
    }
}

impl QuizPart {
    /// The name of the pool or draw; of a single question its own.
    pub fn id(&self) -> &str {
        match self {
            QuizPart::One(item) => item.as_str(),
            QuizPart::Some { id, .. } => id,
        }
    }

    /// The questions that may be asked.
    pub fn candidates(&self) -> &[ItemId] {
        match self {
            QuizPart::One(item) => std::slice::from_ref(item),
            QuizPart::Some { from, .. } => from,
        }
    }

    /// How many of them are asked.
    pub fn pick(&self) -> usize {
        match self {
            QuizPart::One(_) => 1,
            QuizPart::Some { pick, .. } => usize::try_from(*pick).unwrap_or(usize::MAX),
        }
    }
}

fn slot(item: &Item, points: Marks, seed: &Seed) -> Slot {
    let label = item.id.as_str();
    let options = match &item.kind {
        Kind::Choice(choice) => options(choice, label, seed),
        Kind::Hotspot(hotspot) => hotspot.choice.options.iter().map(|o| o.id.clone()).collect(),
        Kind::Match(question) => shuffled(&question.choices, label, seed),
        Kind::Order(question) => steps(question, label, seed),
        Kind::Cloze(question) => entries(question, label, seed),
        Kind::Survey(survey) => survey.options.clone(),
        Kind::Number(_) | Kind::Text(_) | Kind::Essay(_) | Kind::Upload(_) => Vec::new(),
    };
    Slot { item: item.id.clone(), version: item.scoring_hash.clone(), points, options }
}

fn shuffled(options: &[OptionId], label: &str, seed: &Seed) -> Vec<OptionId> {
    let mut options = options.to_vec();
    seed.shuffle(label, &mut options);
    options
}

/// Steps are never shown in the right order already: then the first goes to the end.
fn steps(question: &Order, label: &str, seed: &Seed) -> Vec<OptionId> {
    let mut steps = shuffled(&question.steps, label, seed);
    if steps == question.steps && steps.len() > 1 {
        steps.rotate_left(1);
    }
    steps
}

/// The entries of all lists of a cloze, gap by gap.
fn entries(question: &Cloze, label: &str, seed: &Seed) -> Vec<OptionId> {
    let mut entries = Vec::new();
    for gap in &question.gaps {
        let options: Vec<OptionId> = gap.key.options().cloned().collect();
        entries.extend(shuffled(&options, &format!("{label} {}", gap.id), seed));
    }
    entries
}

/// Options change places among themselves; a pinned one keeps the place it has in the file.
fn options(choice: &Choice, label: &str, seed: &Seed) -> Vec<OptionId> {
    let fixed = choice.keep_order || choice.true_false;
    let mut loose: Vec<&OptionId> =
        choice.options.iter().filter(|option| !option.pinned).map(|option| &option.id).collect();
    if !fixed {
        seed.shuffle(label, &mut loose);
    }
    let mut loose = loose.into_iter();
    choice
        .options
        .iter()
        .filter_map(|option| if option.pinned { Some(&option.id) } else { loose.next() })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests;
