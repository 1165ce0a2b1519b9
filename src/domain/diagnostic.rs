//! What the compiler has to say about a file: code, place, message and a way on. Nothing stops at the first mistake.

use std::fmt;
use std::ops::Range;

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

/// A place in a file. Lines and columns count from 1; columns are UTF-16 code units, as editors count them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Path relative to the course folder.
    pub file: String,
    /// Line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Column after the last one, on the same line.
    pub end_column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

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

/// A text file with its line table.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the course folder.
    pub file: String,
    /// The text.
    pub text: String,
    starts: Vec<usize>,
}

impl Source {
    /// Reads the line table of a text.
    pub fn new(file: &str, text: String) -> Source {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Source { file: file.to_owned(), text, starts }
    }

    /// The text of a byte range; empty if the range does not fit.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The byte range of the line that holds the byte, without its end.
    pub fn line_range(&self, at: usize) -> Range<usize> {
        let index = self.line_index(at);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let end = start + self.slice(start..end).trim_end_matches('\r').len();
        start..end
    }

    /// The byte range of a line by its number from 1.
    pub fn numbered_line(&self, line: u32) -> Range<usize> {
        let index = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
        self.line_range(self.starts.get(index).copied().unwrap_or(self.text.len()))
    }

    /// Line and columns of a byte range; a range over several lines ends with its first.
    pub fn place(&self, range: Range<usize>) -> Place {
        let line = self.line_range(range.start);
        let column = utf16(self.slice(line.start..range.start.min(line.end).max(line.start)));
        let width = utf16(self.slice(range.start..range.end.min(line.end)));
        Place {
            file: self.file.clone(),
            line: u32::try_from(self.line_index(range.start) + 1).unwrap_or(u32::MAX),
            column: column + 1,
            end_column: column + width.max(1) + 1,
        }
    }

    /// A remark about a byte range.
    pub fn diagnostic(
        &self,
        code: &'static str,
        level: Level,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let excerpt = Some(self.slice(self.line_range(range.start)).to_owned());
        let place = self.place(range);
        Diagnostic {
            code,
            level,
            place,
            message: message.into(),
            help: None,
            excerpt,
            related: None,
        }
    }

    /// An error about a byte range.
    pub fn error(
        &self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.diagnostic(code, Level::Error, range, message)
    }

    /// A warning about a byte range.
    pub fn warning(
        &self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.diagnostic(code, Level::Warning, range, message)
    }

    fn line_index(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The known word nearest to a mistyped one, if one is near.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = word.chars().count().div_ceil(3).max(1);
    known
        .iter()
        .map(|candidate| (edits(word, candidate), *candidate))
        .filter(|(edits, _)| *edits <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions and substitutions between two words.
fn edits(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut last = i + 1;
        let mut next = vec![last];
        for (b, pair) in right.chars().zip(row.windows(2)) {
            let (above_left, above) =
                (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            last = (above_left + usize::from(a != b)).min(above + 1).min(last + 1);
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_like_a_compiler() {
        let source = Source::new("1-a/1-b.az.md", "birinci\n\t😀 şübhəli {#Id}\nson".to_owned());
        let at = source.text.find("{#Id}").unwrap();
        let diagnostic = source
            .error("Q004", at..at + 5, "id may hold only a–z, 0–9 and `-`")
            .help("write `#id`");
        assert_eq!(
            (diagnostic.place.line, diagnostic.place.column, diagnostic.place.end_column),
            (2, 13, 18)
        );
        insta::assert_snapshot!(diagnostic, @r"
        error[Q004]: id may hold only a–z, 0–9 and `-`
         --> 1-a/1-b.az.md:2:13
          |
        2 |  😀 şübhəli {#Id}
          |            ^^^^^
          = help: write `#id`
        ");
    }

    #[test]
    fn nearest_word() {
        assert_eq!(nearest("shufle", &["pass", "shuffle", "grade"]), Some("shuffle"));
        assert_eq!(nearest("xyz", &["pass", "shuffle", "grade"]), None);
    }
}
