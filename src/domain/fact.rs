//! Facts that go stale: a value with its date and source, defined once for all languages and courses.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::locale::Texts;
use crate::slug::is_id;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// As a text shows it, per language.
    pub value: Texts,
    /// The day on which it was so.
    pub as_of: NaiveDate,
    /// The title of the source, per language.
    pub source: Texts,
    /// The address of the source, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day on which somebody should look whether it is still so.
    pub next_check: NaiveDate,
}

/// Facts by id.
pub type Facts = BTreeMap<String, Fact>;

/// The id in a code span of the form `{some-fact}`.
pub fn fact_id(code: &str) -> Option<&str> {
    code.strip_prefix('{')?.strip_suffix('}').filter(|id| is_id(id))
}
