//! One remark: code, place, message and a way on.

use super::level::Level;
use super::place::Place;
use crate::edit::Edit;

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// For example `Q002`.
    pub code: &'static str,
    /// How grave.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A second place that belongs to it, for example the first use of an id.
    pub related: Option<Related>,
    /// A change of the file that mends it and means nothing else, if there is one. Its bytes are those of
    /// `Source::text`.
    pub fix: Option<Edit>,
}

/// A place that belongs to a remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, in a few words.
    pub says: &'static str,
}

impl Diagnostic {
    /// A remark about a place.
    pub fn at(
        code: &'static str,
        level: Level,
        place: Place,
        message: impl Into<String>,
    ) -> Diagnostic {
        let message = message.into();
        Diagnostic { code, level, place, message, help: None, related: None, fix: None }
    }

    /// A remark about a file as a whole.
    pub fn of_file(
        code: &'static str,
        level: Level,
        file: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::at(code, level, Place::of_file(file), message)
    }

    /// The same with advice.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    pub fn related(self, place: Place) -> Diagnostic {
        self.related_as(place, "see here")
    }

    /// The same with a second place, and what is there.
    pub fn related_as(mut self, place: Place, says: &'static str) -> Diagnostic {
        self.related = Some(Related { place, says });
        self
    }

    /// The same with a change that mends it.
    pub fn fix(mut self, edit: Edit) -> Diagnostic {
        self.fix = Some(edit);
        self
    }
}
