//! One learner's copy of a quiz: drawn once when the attempt starts, stored, and never worked out again.

use serde::{Deserialize, Serialize};

use super::grade::Marks;
use super::item::{Choice, Item, Kind, Quiz};
use super::response::{ItemId, OptionId};
use super::seed::Seed;

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
    /// Draws the paper of one attempt.
    pub fn draw(quiz: &Quiz, seed: &Seed) -> Paper {
        let mut slots: Vec<Slot> = quiz.items.iter().map(|item| slot(item, seed)).collect();
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

    /// All marks that can be earned.
    pub fn max(&self) -> Marks {
        self.slots.iter().fold(Marks::ZERO, |sum, slot| sum.plus(slot.points))
    }
}

fn slot(item: &Item, seed: &Seed) -> Slot {
    let options = match &item.kind {
        Kind::Choice(choice) => options(choice, item.id.as_str(), seed),
        Kind::Number(_) | Kind::Text(_) => Vec::new(),
    };
    Slot { item: item.id.clone(), version: item.scoring_hash.clone(), points: item.points, options }
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
