//! What can be answered, by shape rather than by kind of question.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// The id of an option, as written in the course file: `[a-z0-9][a-z0-9-]{0,63}`.
    OptionId
}
id! {
    /// The label of a gap, unique in its question.
    GapId
}
id! {
    /// The id of an item (question), unique in its course.
    ItemId
}
id! {
    /// The id of a quiz, unique in its course.
    QuizId
}

/// An answer as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// Nothing was answered.
    #[default]
    Blank,
    /// The options that were ticked.
    Picks(BTreeSet<OptionId>),
    /// Free text, as typed.
    Text(String),
    /// What was typed into a number field, and how it was understood.
    Number {
        /// As typed, so that the learner meets the own words again.
        typed: String,
        /// The value and unit, if it could be read as a number.
        value: Option<Quantity>,
    },
    /// Steps in the order given.
    Order(Vec<OptionId>),
    /// Rows with the choice given to each.
    Pairs(BTreeMap<OptionId, OptionId>),
    /// Gaps with what was written into each, or the id of the entry that was picked.
    Gaps(BTreeMap<GapId, String>),
    /// Files in the order in which they were handed over.
    Files(Vec<HandedFile>),
}

/// A file that was handed over. Its content is kept elsewhere, under the id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedFile {
    /// Under which the content is kept.
    pub id: Uuid,
    /// As its owner calls it, cleaned.
    pub name: String,
    /// What it is by its content: the ending of its kind.
    pub kind: String,
    /// Bytes.
    pub size: u64,
}

/// A number with an optional unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// The unit as typed, without spaces around it.
    pub unit: Option<String>,
}
