//! What there is to say: code, place, message and a way on. Nothing stops at the first mistake.

use std::fmt;

use serde::Serialize;

use super::level::Level;
use super::place::Place;

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// For example `Q002`.
    pub code: &'static str,
    /// How grave.
    pub level: Level,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The line of the file, if there is one.
    pub excerpt: Option<String>,
    /// A second place that belongs to it, for example the first use of an id.
    pub related: Option<Place>,
}

impl Diagnostic {
    /// A remark about a file as a whole.
    pub fn of_file(
        code: &'static str,
        level: Level,
        file: &str,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = Place { file: file.to_owned(), line: 1, column: 1, end_column: 1 };
        Diagnostic {
            code,
            level,
            place,
            message: message.into(),
            help: None,
            excerpt: None,
            related: None,
        }
    }

    /// The same with advice.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with a second place.
    pub fn related(mut self, place: Place) -> Diagnostic {
        self.related = Some(place);
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}[{}]: {}", self.level.word(), self.code, self.message)?;
        let margin = " ".repeat(self.place.line.to_string().len());
        writeln!(f, "{margin}--> {}", self.place)?;
        if let Some(excerpt) = &self.excerpt {
            writeln!(f, "{margin} |")?;
            writeln!(f, "{} | {}", self.place.line, excerpt.replace('\t', " "))?;
            writeln!(f, "{margin} | {}", caret(excerpt, &self.place))?;
        }
        if let Some(place) = &self.related {
            writeln!(f, "{margin} = see {place}")?;
        }
        if let Some(help) = &self.help {
            writeln!(f, "{margin} = help: {help}")?;
        }
        Ok(())
    }
}

/// Spaces and carets under the marked part of a line, counted in characters as a terminal shows them.
fn caret(excerpt: &str, place: &Place) -> String {
    let mut column = 1;
    let mut line = String::new();
    for letter in excerpt.chars() {
        if column >= place.end_column.max(place.column + 1) {
            break;
        }
        line.push(if column < place.column { ' ' } else { '^' });
        column += u32::try_from(letter.len_utf16()).unwrap_or(1);
    }
    if !line.ends_with('^') {
        line.push('^');
    }
    line
}

/// All remarks about a course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Puts them in the order of file, line and column, and drops what was said twice.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (&a.place, a.level, a.code, &a.message).cmp(&(&b.place, b.level, b.code, &b.message))
        });
        self.list.dedup();
    }

    /// Must the course not be published?
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Is there nothing to say?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// As JSON, a list of objects.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and numbers always serialise")
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.list {
            writeln!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}
