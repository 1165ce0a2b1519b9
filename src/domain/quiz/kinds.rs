//! The keys of questions that are matched, ordered, pointed at, marked by people, or have no key.

use serde::{Deserialize, Serialize};

use super::grade::Marks;
use super::response::OptionId;

/// Rows to be matched with choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// In the order of the file.
    pub rows: Vec<MatchRow>,
    /// What a row can be matched with, right ones and distractors, each once, in the order of the file.
    pub choices: Vec<OptionId>,
    /// How partial credit is worked out.
    #[serde(default)]
    pub scoring: PartScoring,
}

/// One row and the choice that belongs to it. Its text stands in `ItemText::options` under `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchRow {
    /// Survives edits and reordering.
    pub id: OptionId,
    /// The choice that is right.
    pub right: OptionId,
}

/// Partial credit of questions made of parts: rows, gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartScoring {
    /// Every part earns its share.
    #[default]
    Each,
    /// Everything or nothing.
    All,
}

/// Steps to be put in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// In the right order.
    pub steps: Vec<OptionId>,
    /// How partial credit is worked out.
    #[serde(default)]
    pub scoring: OrderScoring,
}

/// Partial credit of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderScoring {
    /// The share of steps at their own place.
    #[default]
    Position,
    /// The share of neighbours that follow each other as they should.
    Adjacent,
    /// The longest part, gaps allowed, that is in the right order.
    Longest,
    /// Everything or nothing.
    All,
}

/// A region of a picture, in hundredths of a percent of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// From the corner at the top left to the one at the bottom right.
    Rect {
        /// From the left.
        left: u32,
        /// From the top.
        top: u32,
        /// From the left.
        right: u32,
        /// From the top.
        bottom: u32,
    },
    /// Around a middle; the radius is a part of the width.
    Circle {
        /// Middle, from the left.
        x: u32,
        /// Middle, from the top.
        y: u32,
        /// Radius.
        radius: u32,
    },
}

impl Shape {
    /// The middle and the radii of a circle as an ellipse of a picture that is so wide and so high; `None` for others.
    pub fn ellipse(self, width: u32, height: u32) -> Option<(u32, u32, u32, u32)> {
        match self {
            Shape::Circle { x, y, radius } => {
                let down = u64::from(radius) * u64::from(width) / u64::from(height.max(1));
                Some((x, y, radius, u32::try_from(down).unwrap_or(u32::MAX)))
            }
            Shape::Rect { .. } => None,
        }
    }
}

/// A text that a person marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Essay {
    /// Fewest and most words that are asked for.
    pub words: Option<(u32, u32)>,
    /// How it is marked; empty when there is no rubric.
    pub rubric: Vec<Criterion>,
}

/// Files that a person marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Endings that are taken, without the dot, in lower case.
    pub accept: Vec<String>,
    /// Most files.
    pub max: u32,
    /// Most bytes of one file.
    pub size: u64,
    /// How they are marked.
    pub rubric: Vec<Criterion>,
}

/// A row of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Survives edits.
    pub id: OptionId,
    /// How often its points count.
    pub weight: u32,
    /// Points of each level, in the order of the file.
    pub levels: Vec<Marks>,
}

/// A question without a key and without marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// In the order of the file; empty asks for words.
    pub options: Vec<OptionId>,
    /// May several be ticked?
    pub many: bool,
    /// Are the options steps of a scale, drawn as one row?
    pub scale: bool,
}
