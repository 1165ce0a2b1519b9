//! What changed between the version of a question that was answered and the present one.

use serde::Serialize;

use crate::course::identity::options::Kept;
use crate::course::identity::questions::{Fate, fate, kind};
use crate::quiz::item::Item;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Nothing, or only what is read: marks are not touched.
    Text,
    /// What decides marks: the key, the method, a tolerance, weights, points.
    Marks,
    /// Options were added or taken out; old answers are judged as far as they fit.
    Structure,
    /// The question is of another kind, or was taken out: old answers cannot be judged by it.
    Gone,
}

impl Change {
    /// The name under which it is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Change::Text => "text",
            Change::Marks => "marks",
            Change::Structure => "structure",
            Change::Gone => "gone",
        }
    }

    /// The change of a stored name.
    pub fn parse(code: &str) -> Option<Change> {
        [Change::Text, Change::Marks, Change::Structure, Change::Gone]
            .into_iter()
            .find(|change| change.code() == code)
    }
}

/// What changed from one version of a question to another. `kept` tells which option is which.
pub fn change(before: &Item, now: Option<&Item>, kept: &Kept) -> Change {
    let Some(now) = now else { return Change::Gone };
    if kind(before) != kind(now) {
        return Change::Gone;
    }
    match fate(before, now, kept) {
        Fate::Unchanged | Fate::Wording => Change::Text,
        Fate::Scoring => Change::Marks,
        Fate::Structure => Change::Structure,
        Fate::New | Fate::Revived | Fate::Retired => Change::Gone,
    }
}
