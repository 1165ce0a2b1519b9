//! How grave a remark is.

use serde::Serialize;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The course cannot be published.
    Error,
    /// It can, but somebody should look.
    Warning,
    /// Good to know.
    Info,
}

impl Level {
    /// The word at the head of a line.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}
