//! What is done with answers that were judged by an earlier key.

use serde::{Deserialize, Serialize};

use super::change::Change;
use crate::quiz::grade::{Fraction, Grade, Marks, Verdict};
use crate::quiz::score::SlotScore;

/// A decision about the old answers to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// The better of what the old key gave and what the new one gives: nobody loses anything.
    KeepBest,
    /// What the new key gives, more or less than before.
    Recompute,
    /// Everybody who was asked gets full marks.
    FullMarks,
    /// The question counts for nobody who was asked, neither as earned nor as asked.
    Void,
    /// Everything stays as it is.
    None,
}

impl Policy {
    /// All of them; the one that is offered first stands first.
    pub const ALL: [Policy; 5] =
        [Policy::KeepBest, Policy::Recompute, Policy::FullMarks, Policy::Void, Policy::None];

    /// The name under which it is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Policy::KeepBest => "keep-best",
            Policy::Recompute => "recompute",
            Policy::FullMarks => "full-marks",
            Policy::Void => "void",
            Policy::None => "none",
        }
    }

    /// The policy of a name.
    pub fn parse(code: &str) -> Option<Policy> {
        Policy::ALL.into_iter().find(|policy| policy.code() == code)
    }

    /// The policies that make sense after a change: an answer that cannot be judged anew is not judged anew.
    pub fn fitting(change: Change) -> impl Iterator<Item = Policy> {
        Policy::ALL.into_iter().filter(move |policy| policy.fits(change))
    }

    /// Does it make sense after this change?
    pub fn fits(self, change: Change) -> bool {
        match (self, change) {
            (Policy::KeepBest | Policy::Recompute, Change::Marks | Change::Structure) => true,
            (Policy::KeepBest | Policy::Recompute, Change::Text | Change::Gone) => false,
            (Policy::FullMarks | Policy::Void | Policy::None, _) => true,
        }
    }

    /// What a question of an attempt is worth from now on. `now` is what the new key gives for the same answer, `None`
    /// if it cannot say.
    pub fn decide(self, before: SlotScore, now: Option<Grade>) -> SlotScore {
        let earning = |grade: Grade| SlotScore {
            marks: before.of.share(grade.fraction),
            of: before.of,
            grade,
        };
        match (self, now) {
            (Policy::None, _) | (Policy::Recompute | Policy::KeepBest, None) => before,
            (Policy::Recompute, Some(now)) if is_same(before.grade, now) => before,
            (Policy::Recompute, Some(now)) => earning(now),
            (Policy::KeepBest, Some(now)) if now.fraction > before.grade.fraction => earning(now),
            (Policy::KeepBest, Some(_)) => before,
            (Policy::FullMarks, _) => match before.of > Marks::ZERO {
                true => earning(Grade { fraction: Fraction::ONE, verdict: Verdict::Right }),
                false => before,
            },
            (Policy::Void, _) => SlotScore { marks: Marks::ZERO, of: Marks::ZERO, ..before },
        }
    }
}

/// Two judgements that earn the same are the same; so are answers that wait for a person.
fn is_same(before: Grade, now: Grade) -> bool {
    before.fraction == now.fraction
}
