//! The three languages, and texts that exist in some of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A language of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Azerbaijani, Latin script.
    Az,
    /// English.
    En,
    /// Russian.
    Ru,
}

impl Locale {
    /// All languages in the order in which they are offered.
    pub const ALL: [Locale; 3] = [Locale::Az, Locale::En, Locale::Ru];

    /// The BCP 47 code: `az`, `en` or `ru`.
    pub fn code(self) -> &'static str {
        match self {
            Locale::Az => "az",
            Locale::En => "en",
            Locale::Ru => "ru",
        }
    }

    /// The language of a code, or `None` for any other text.
    pub fn parse(code: &str) -> Option<Locale> {
        Locale::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The name that speakers of the language use for it.
    pub fn native_name(self) -> &'static str {
        match self {
            Locale::Az => "Azərbaycan dili",
            Locale::En => "English",
            Locale::Ru => "Русский",
        }
    }
}

/// A short text in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Locale, String>);

impl Texts {
    /// The text in `wanted`, else in `source`, else in any language, else empty.
    pub fn get(&self, wanted: Locale, source: Locale) -> &str {
        self.0
            .get(&wanted)
            .or_else(|| self.0.get(&source))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}
