//! The marks of an attempt: the paper, the questions and the answers, added up.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::event::{Released, Responses, State, Worth};
use super::grade::{Fraction, Grade, Marks, Verdict};
use super::item::{Item, QuizRules};
use super::paper::{Paper, Slot};
use super::play::Play;
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
    Ok(Score::of(slots))
}

/// Judges an attempt from all that happened in it: the answers as the quiz is played, then what regrades decided, then
/// what people handed back, which outlives a new key. With other versions of the questions it tells what these would
/// have made of the same answers.
pub fn replay(
    paper: &Paper,
    items: &[Item],
    play: &Play,
    state: &State,
) -> Result<Score, UnknownItem> {
    let slots = paper
        .numbered()
        .map(|(number, slot)| {
            let played = play.outcome(find(items, slot)?, &state.given(number)).grade;
            Ok(ruled(state, number, slot, played))
        })
        .collect::<Result<Vec<SlotScore>, UnknownItem>>()?;
    Ok(Score::of(slots))
}

/// The marks of a slot that was played so, after what was decided about them. A question that was taken out counts for
/// nobody.
pub fn ruled(state: &State, number: u16, slot: &Slot, played: Grade) -> SlotScore {
    let of = slot.points;
    let worth = state.regraded.get(&number).map_or(Worth::Played, |ruling| ruling.worth);
    match (worth, state.released.get(&number)) {
        (Worth::Void, _) => SlotScore { grade: played, marks: Marks::ZERO, of: Marks::ZERO },
        (_, Some(mark)) => SlotScore { grade: mark.grade(of), marks: mark.marks, of },
        (Worth::Share(fraction), None) => {
            SlotScore { grade: Grade::earned(fraction), marks: of.share(fraction), of }
        }
        (Worth::Played, None) => SlotScore { grade: played, marks: of.share(played.fraction), of },
    }
}

fn sum(slots: &[SlotScore]) -> Marks {
    slots.iter().fold(Marks::ZERO, |sum, slot| sum.plus(slot.marks)).max(Marks::ZERO)
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
    fn of(slots: Vec<SlotScore>) -> Score {
        let max = slots.iter().fold(Marks::ZERO, |sum, slot| sum.plus(slot.of));
        Score { raw: sum(&slots), slots, max }
    }

    /// The same with the judgements of people that were handed back; they stand above those of the rules.
    pub fn judged(mut self, released: &Released) -> Score {
        for (slot, place) in self.slots.iter_mut().zip(0_u16..) {
            if let Some(mark) = released.get(&place) {
                *slot = SlotScore { grade: mark.grade(slot.of), marks: mark.marks, of: slot.of };
            }
        }
        self.raw = sum(&self.slots);
        self
    }

    /// Does an answer wait for a person? Until then there is no total.
    pub fn waits(&self) -> bool {
        let waits = |slot: &SlotScore| slot.grade.verdict == Verdict::Waiting;
        self.slots.iter().any(|slot| waits(slot) && slot.of > Marks::ZERO)
    }

    /// The marks of the attempt, once every answer is judged.
    pub fn total(&self) -> Option<Marks> {
        (!self.waits()).then_some(self.raw)
    }

    /// What part of the marks was earned.
    pub fn share(&self) -> Fraction {
        self.raw.part_of(self.max).unwrap_or(Fraction::ZERO)
    }

    /// Is the quiz passed? Without a pass mark there is nothing to pass; while an answer waits nobody knows.
    pub fn passed(&self, rules: &QuizRules) -> Option<bool> {
        let pass = rules.pass.filter(|_| !self.waits());
        pass.map(|pass| self.max > Marks::ZERO && self.share() >= pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::item::Kind;
    use crate::quiz::kinds::Essay;
    use crate::quiz::mark::{Judged, Mark};
    use crate::quiz::paper::Seen;
    use crate::quiz::samples::{SHUFFLED, item, quiz};
    use crate::quiz::seed::Seed;

    #[test]
    fn an_attempt_has_no_total_while_an_answer_waits() {
        let essay = || Kind::Essay(Essay::default());
        let quiz = quiz(vec![item("a", essay()), item("b", essay())], QuizRules::default());
        let paper = Paper::draw(&quiz, &Seed([1; 32]), &Seen::new());
        let rules = QuizRules { pass: Some(Fraction::percent(50)), ..SHUFFLED };
        let written = Responses::from([(0, Response::Text("x".into()))]);
        let score = score(&paper, &quiz.items, &written).unwrap();
        assert_eq!((score.total(), score.passed(&rules)), (None, None));
        let of = score.slots[0].of;
        let mark = |marks| -> Mark {
            Judged { marks: Some(marks), ..Judged::default() }.mark(&quiz.items[0], of).unwrap()
        };
        let full = score.clone().judged(&Released::from([(0, mark(of))]));
        assert_eq!((full.total(), full.passed(&rules)), (Some(of), Some(true)));
        assert_eq!(full.slots[1].grade, Grade::UNANSWERED);
        let none = full.judged(&Released::from([(0, mark(Marks::ZERO))]));
        assert_eq!((none.total(), none.passed(&rules)), (Some(Marks::ZERO), Some(false)));
    }
}
