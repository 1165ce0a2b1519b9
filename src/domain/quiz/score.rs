//! The marks of an attempt: the paper, the questions and the answers, added up.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::attempt::Responses;
use super::grade::{Fraction, Grade, Marks};
use super::item::{Item, QuizRules};
use super::paper::{Paper, Slot};
use super::response::{ItemId, Response};

/// The marks of one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// In the order of the paper.
    pub slots: Vec<SlotScore>,
    /// The sum, never below nothing.
    pub raw: Marks,
    /// What could be earned.
    pub max: Marks,
}

/// The marks of one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotScore {
    /// The judgement.
    pub grade: Grade,
    /// Marks earned.
    pub marks: Marks,
    /// Marks that could be earned.
    pub of: Marks,
}

/// The paper asks a question that was not handed in with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownItem(pub ItemId);

impl fmt::Display for UnknownItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the paper asks for the unknown question `{}`", self.0)
    }
}

impl std::error::Error for UnknownItem {}

/// Judges the answers of an attempt. A slot without an answer is unanswered.
pub fn score(paper: &Paper, items: &[Item], responses: &Responses) -> Result<Score, UnknownItem> {
    let slots = paper
        .numbered()
        .map(|(number, slot)| {
            let item = find(items, slot)?;
            Ok(slot_score(item, slot, responses.get(&number).unwrap_or(&Response::Blank)))
        })
        .collect::<Result<Vec<SlotScore>, UnknownItem>>()?;
    let raw = slots.iter().fold(Marks::ZERO, |sum, slot| sum.plus(slot.marks)).max(Marks::ZERO);
    Ok(Score { slots, raw, max: paper.max() })
}

/// The question of a slot.
pub fn find<'a>(items: &'a [Item], slot: &Slot) -> Result<&'a Item, UnknownItem> {
    items.iter().find(|item| item.id == slot.item).ok_or_else(|| UnknownItem(slot.item.clone()))
}

/// Judges the answer of one slot.
pub fn slot_score(item: &Item, slot: &Slot, response: &Response) -> SlotScore {
    let grade = item.grade(response);
    SlotScore { grade, marks: slot.points.share(grade.fraction), of: slot.points }
}

impl Score {
    /// What part of the marks was earned.
    pub fn share(&self) -> Fraction {
        self.raw.part_of(self.max).unwrap_or(Fraction::ZERO)
    }

    /// Is the quiz passed? Without a pass mark there is nothing to pass.
    pub fn passed(&self, rules: &QuizRules) -> Option<bool> {
        rules.pass.map(|pass| self.max > Marks::ZERO && self.share() >= pass)
    }
}
