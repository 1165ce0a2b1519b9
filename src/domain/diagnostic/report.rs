//! Remarks for programs: JSON, annotations of GitHub, and the counts that end a report.
//!
//! The JSON is stable, and only ever grows: `{version, courses: [{folder, diagnostics: [{code, level, file, range:
//! {start: {line, column}, end}, bytes: {start, end}, message, help, related: [{file, range, bytes, message}], fix:
//! {edits: [{file, range, bytes, text}]}}]}], errors, warnings, infos}`. Lines and columns count from 1, columns in UTF-16.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::level::Level;
use super::list::Diagnostics;
use super::place::Place;
use super::print::joined;
use super::remark::{Diagnostic, Related};

/// What was found in one or more courses.
#[derive(Clone, Debug, Default)]
pub struct Report<'d> {
    /// The folder of each course, as its paths are to be written, and the remarks about it.
    pub courses: Vec<(String, &'d Diagnostics)>,
}

impl Report<'_> {
    /// As JSON.
    pub fn json(&self) -> String {
        let course = |(folder, diagnostics): &(String, &Diagnostics)| Course {
            folder: folder.clone(),
            diagnostics: diagnostics
                .iter()
                .map(|remark| remark_for_programs(folder, remark, diagnostics))
                .collect(),
        };
        let document = Document {
            version: 1,
            courses: self.courses.iter().map(course).collect(),
            errors: self.count(Level::Error),
            warnings: self.count(Level::Warning),
            infos: self.count(Level::Info),
        };
        serde_json::to_string_pretty(&document).expect("strings and numbers always serialise")
    }

    /// As lines that GitHub shows beside the changed files.
    pub fn github(&self) -> String {
        let mut lines = String::new();
        for (folder, remark) in self.remarks() {
            let word = match remark.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info => "notice",
            };
            let Place { line, column, end_line, end_column, .. } = remark.place;
            let file = property(&joined(folder, &remark.place.file));
            let help = remark.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
            let text = data(&format!("{}{help}", remark.message));
            let _ = writeln!(
                lines,
                "::{word} file={file},line={line},endLine={end_line},col={column},endColumn={end_column},title={}::{text}",
                remark.code
            );
        }
        lines
    }

    /// How many of each level, in how many files; `None` if there is nothing to say.
    pub fn summary(&self) -> Option<String> {
        let levels = [
            (Level::Error, "error", "errors"),
            (Level::Warning, "warning", "warnings"),
            (Level::Info, "remark", "remarks"),
        ];
        let counted: Vec<String> = levels
            .iter()
            .map(|(level, one, many)| (self.count(*level), one, many))
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        let files: BTreeSet<String> =
            self.remarks().map(|(folder, remark)| joined(folder, &remark.place.file)).collect();
        let files = match files.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        (!counted.is_empty()).then(|| format!("{} in {files}", counted.join(", ")))
    }

    /// The codes that occur, and how often.
    pub fn codes(&self) -> BTreeMap<&'static str, usize> {
        let mut codes = BTreeMap::new();
        for (_, remark) in self.remarks() {
            *codes.entry(remark.code).or_insert(0) += 1;
        }
        codes
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.courses.iter().map(|(_, diagnostics)| diagnostics.count(level)).sum()
    }

    fn remarks(&self) -> impl Iterator<Item = (&str, &Diagnostic)> {
        self.courses.iter().flat_map(|(folder, diagnostics)| {
            diagnostics.iter().map(move |remark| (folder.as_str(), remark))
        })
    }
}

#[derive(Serialize)]
struct Document {
    version: u8,
    courses: Vec<Course>,
    errors: usize,
    warnings: usize,
    infos: usize,
}

#[derive(Serialize)]
struct Course {
    folder: String,
    diagnostics: Vec<Remark>,
}

#[derive(Serialize)]
struct Remark {
    code: &'static str,
    level: Level,
    #[serde(flatten)]
    at: At,
    message: String,
    help: Option<String>,
    related: Vec<Message>,
    fix: Option<Fix>,
}

#[derive(Serialize)]
struct Message {
    #[serde(flatten)]
    at: At,
    message: &'static str,
}

#[derive(Serialize)]
struct Fix {
    edits: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    #[serde(flatten)]
    at: At,
    text: String,
}

#[derive(Serialize)]
struct At {
    file: String,
    range: Span<Position>,
    bytes: Span<usize>,
}

#[derive(Serialize)]
struct Span<T> {
    start: T,
    end: T,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

fn remark_for_programs(folder: &str, remark: &Diagnostic, all: &Diagnostics) -> Remark {
    let change = || {
        let edit = remark.fix.as_ref()?;
        let place = all.source(&remark.place.file)?.place(edit.range.clone());
        Some(Fix { edits: vec![Change { at: at(folder, &place), text: edit.text.clone() }] })
    };
    let message =
        |related: &Related| Message { at: at(folder, &related.place), message: related.says };
    Remark {
        code: remark.code,
        level: remark.level,
        at: at(folder, &remark.place),
        message: remark.message.clone(),
        help: remark.help.clone(),
        related: remark.related.iter().map(message).collect(),
        fix: change(),
    }
}

fn at(folder: &str, place: &Place) -> At {
    At {
        file: joined(folder, &place.file),
        range: Span {
            start: Position { line: place.line, column: place.column },
            end: Position { line: place.end_line, column: place.end_column },
        },
        bytes: Span { start: place.start, end: place.end },
    }
}

/// A text after `::`: as GitHub escapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
