//! What new marks do: to an attempt, to the grade of a learner, and to all of them together.

use serde::Serialize;

use crate::grading::quiz::{Earned, final_grade};
use crate::quiz::grade::{Fraction, Marks, Verdict};
use crate::quiz::item::GradeBy;
use crate::quiz::score::SlotScore;

/// What the questions of an attempt add up to, before the sum is kept from falling below nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Marks earned.
    pub marks: Marks,
    /// Marks that could be earned.
    pub of: Marks,
    /// Answers that wait for a person.
    pub waiting: i64,
}

impl Sum {
    /// The sum with one more question.
    pub fn plus(self, slot: &SlotScore) -> Sum {
        Sum {
            marks: self.marks.plus(slot.marks),
            of: self.of.plus(slot.of),
            waiting: self.waiting.saturating_add(waits(slot)),
        }
    }

    /// The sum with one question fewer.
    pub fn less(self, slot: &SlotScore) -> Sum {
        let less = |marks: Marks| Marks(marks.0.saturating_neg());
        Sum {
            marks: self.marks.plus(less(slot.marks)),
            of: self.of.plus(less(slot.of)),
            waiting: self.waiting.saturating_sub(waits(slot)),
        }
    }

    /// What the attempt earned; `None` while an answer waits.
    pub fn earned(self) -> Option<Earned> {
        (self.waiting <= 0)
            .then(|| Earned { raw: self.marks.max(Marks::ZERO), max: self.of.max(Marks::ZERO) })
    }

    /// Does it reach a pass mark? Nobody knows while an answer waits.
    pub fn reaches(self, pass: Fraction) -> Option<bool> {
        self.earned().map(|earned| earned.max > Marks::ZERO && earned.share() >= pass)
    }
}

/// What counts for nothing waits for nobody.
fn waits(slot: &SlotScore) -> i64 {
    i64::from(slot.grade.verdict == Verdict::Waiting && slot.of > Marks::ZERO)
}

/// Which way a learner crosses the pass mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Crossing {
    /// Reaches it now.
    Up,
    /// Reached it before and would not any more.
    Down,
    /// Stays on the same side.
    Stays,
}

/// The grade of a learner in a quiz, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Before.
    pub before: Option<Fraction>,
    /// After.
    pub after: Option<Fraction>,
    /// On which side of the pass mark.
    pub crossing: Crossing,
}

/// How a quiz makes a grade of attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which attempt counts.
    pub by: GradeBy,
    /// The pass mark.
    pub pass: Fraction,
}

impl Effect {
    /// Compares the same attempts, first to last, before and after.
    pub fn of(rule: Rule, before: &[Earned], after: &[Earned]) -> Effect {
        let (before, after) = (final_grade(rule.by, before), final_grade(rule.by, after));
        let reaches = |grade: Option<Fraction>| grade.is_some_and(|grade| grade >= rule.pass);
        let crossing = match (reaches(before), reaches(after)) {
            (false, true) => Crossing::Up,
            (true, false) => Crossing::Down,
            (true, true) | (false, false) => Crossing::Stays,
        };
        Effect { before, after, crossing }
    }
}

/// What a regrade does to answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Answers that were looked at.
    pub answers: usize,
    /// Would earn more, or count for less when they earned nothing.
    pub raised: usize,
    /// Would earn less.
    pub lowered: usize,
    /// Earn the same share but count for something else, or for nothing.
    pub other: usize,
    /// Were marked by a person and keep that mark.
    pub by_people: usize,
}

impl Tally {
    /// Counts one answer.
    pub fn count(&mut self, before: &SlotScore, after: &SlotScore) {
        self.answers += 1;
        match (before.of == after.of, after.marks.cmp(&before.marks)) {
            (true, std::cmp::Ordering::Greater) => self.raised += 1,
            (true, std::cmp::Ordering::Less) => self.lowered += 1,
            (true, std::cmp::Ordering::Equal) => {}
            (false, _) => self.other += 1,
        }
    }

    /// Answers whose marks change.
    pub fn changed(&self) -> usize {
        self.raised + self.lowered + self.other
    }
}

/// A mean of shares, in whole units, rounded down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    sum: i128,
    count: i128,
}

impl Mean {
    /// One more share.
    pub fn add(&mut self, share: Fraction) {
        self.sum += i128::from(share.0);
        self.count += 1;
    }

    /// The mean; `None` of nothing.
    pub fn value(self) -> Option<Fraction> {
        let units = self.sum.checked_div_euclid(self.count)?;
        i64::try_from(units).ok().map(Fraction)
    }
}
