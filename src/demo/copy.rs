//! The text format of Postgres' COPY: one line per row, tabs between, `\N` for nothing.

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

/// Rows of one table on their way into the database.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The statement that takes them.
    pub statement: &'static str,
    /// What is being loaded, in a word.
    pub what: &'static str,
    pub text: String,
}

impl Rows {
    /// No rows yet.
    pub fn new(what: &'static str, statement: &'static str) -> Rows {
        Rows { statement, what, text: String::new() }
    }

    /// Adds a row of cells.
    pub fn add<const N: usize>(&mut self, cells: [Cell; N]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.text.push('\t');
            }
            match &cell.0 {
                Some(text) => escape(text, &mut self.text),
                None => self.text.push_str("\\N"),
            }
        }
        self.text.push('\n');
    }
}

/// One value as text, or nothing.
#[derive(Clone, Debug)]
pub struct Cell(Option<String>);

/// A text, number, truth value or id.
pub fn is(value: impl ToString) -> Cell {
    Cell(Some(value.to_string()))
}

/// A value that may be missing.
pub fn maybe(value: Option<impl ToString>) -> Cell {
    Cell(value.map(|value| value.to_string()))
}

/// A moment.
pub fn at(moment: DateTime<Utc>) -> Cell {
    Cell(Some(moment.to_rfc3339_opts(SecondsFormat::Micros, true)))
}

/// A moment that may be missing.
pub fn maybe_at(moment: Option<DateTime<Utc>>) -> Cell {
    Cell(moment.map(|moment| moment.to_rfc3339_opts(SecondsFormat::Micros, true)))
}

/// An id.
pub fn id(id: Uuid) -> Cell {
    Cell(Some(id.hyphenated().to_string()))
}

/// Bytes, given in lower-case hex.
pub fn hex(hex: &str) -> Cell {
    Cell(Some(format!("\\x{hex}")))
}

/// What would end a cell or a row is written with a backslash; a zero byte cannot be stored and is left out.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\0' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_as_postgres_reads_them() {
        let mut rows = Rows::new("tests", "copy tests (a, b, c) from stdin");
        rows.add([is("tab\there"), maybe(None::<i32>), is("back\\slash")]);
        rows.add([is("two\nlines\r"), is("\\N"), is("\\.")]);
        rows.add([is(""), hex("00ff"), is("zero\0 byte")]);
        let lines: Vec<&str> = rows.text.lines().collect();
        assert_eq!(
            lines,
            [
                "tab\\there\t\\N\tback\\\\slash",
                "two\\nlines\\r\t\\\\N\t\\\\.",
                "\t\\\\x00ff\tzero byte",
            ]
        );
    }

    #[test]
    fn moments_keep_their_microseconds() {
        let moment = "2026-11-23T12:00:00.123456Z".parse().unwrap();
        assert_eq!(at(moment).0.as_deref(), Some("2026-11-23T12:00:00.123456Z"));
    }
}
