//! Marks, in whole units so that sums are exact.

use serde::{Deserialize, Serialize};

/// Units in one whole mark.
pub const WHOLE: i64 = 10_000_000;

/// Marks or points, in units of 1e-7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Marks(pub i64);

/// A share of an item's marks, in units of 1e-7, from −1 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fraction(pub i64);

/// How an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Full marks.
    Right,
    /// Some marks.
    Partly,
    /// No marks.
    Wrong,
    /// Nothing was answered.
    Unanswered,
}

/// The judgement of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// The share earned.
    pub fraction: Fraction,
    /// In a word.
    pub verdict: Verdict,
}
