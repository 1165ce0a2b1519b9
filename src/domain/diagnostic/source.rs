//! A text with its line table, which turns bytes into lines and columns.

use std::ops::Range;

use memchr::memchr2_iter;

use super::level::Level;
use super::place::Place;
use super::remark::Diagnostic;

/// A text file with its line table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the course folder.
    pub file: String,
    /// The text, without a byte order mark.
    pub text: String,
    starts: Vec<usize>,
    /// Bytes of the file before the text.
    skipped: usize,
    /// Where a letter is a byte, columns need no counting, however many remarks a line has.
    ascii: bool,
}

/// Some editors write it at the beginning of a file.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    /// Reads the line table of a text.
    pub fn new(file: &str, text: String) -> Source {
        let (text, skipped) = match text.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (rest.to_owned(), BYTE_ORDER_MARK.len_utf8()),
            None => (text, 0),
        };
        // A carriage return of its own ends a line too, for the parser as for editors.
        let bytes = text.as_bytes();
        let ends = memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        let ascii = text.is_ascii();
        Source { file: file.to_owned(), text, starts, skipped, ascii }
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

    /// Where the line behind that of the byte begins; the end of the text behind the last one.
    pub fn next_line(&self, at: usize) -> usize {
        self.starts.get(self.line_index(at) + 1).copied().unwrap_or(self.text.len())
    }

    /// The byte range of a line by its number from 1.
    pub fn numbered_line(&self, line: u32) -> Range<usize> {
        let index = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
        self.line_range(self.starts.get(index).copied().unwrap_or(self.text.len()))
    }

    /// Lines and columns of a byte range.
    pub fn place(&self, range: Range<usize>) -> Place {
        let (line, column) = self.position(range.start);
        let (end_line, end_column) = self.position(range.end.max(range.start));
        Place {
            file: self.file.clone(),
            line,
            column,
            end_line,
            end_column,
            start: range.start + self.skipped,
            end: range.end.max(range.start) + self.skipped,
        }
    }

    /// The byte range of a place of this file.
    pub fn range(&self, place: &Place) -> Range<usize> {
        let within = |byte: usize| byte.saturating_sub(self.skipped).min(self.text.len());
        within(place.start)..within(place.end)
    }

    /// The byte range without white space at its end.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        range.start..range.start + self.slice(range.clone()).trim_end().len()
    }

    /// A remark about a byte range.
    pub fn diagnostic(
        &self,
        code: &'static str,
        level: Level,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::at(code, level, self.place(self.trimmed(range)), message)
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

    /// Line and column of a byte.
    fn position(&self, at: usize) -> (u32, u32) {
        let index = self.line_index(at);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let before = start..at.min(self.text.len());
        let column = if self.ascii { before.len() } else { utf16(self.slice(before)) };
        let column = u32::try_from(column).unwrap_or(u32::MAX - 1);
        (u32::try_from(index + 1).unwrap_or(u32::MAX), column + 1)
    }

    fn line_index(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

/// Most lines with many remarks are plain, and of these nothing needs to be counted.
fn utf16(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_editors() {
        let source = Source::new("a.md", "\u{feff}bir\n\t😀 şübhəli {#Id}\nson\n".to_owned());
        for (text, expected) in [
            ("bir", (1, 1, 1, 4, 3, 6)),
            ("😀", (2, 2, 2, 4, 8, 12)),
            ("{#Id}", (2, 13, 2, 18, 24, 29)),
            ("{#Id}\nson", (2, 13, 3, 4, 24, 33)),
        ] {
            let at = source.text.find(text).unwrap();
            let place = source.place(at..at + text.len());
            let found = (place.line, place.column, place.end_line, place.end_column);
            assert_eq!((found.0, found.1, found.2, found.3, place.start, place.end), expected);
            assert_eq!(source.slice(source.range(&place)), text);
        }
    }

    #[test]
    fn lines_end_as_the_parser_reads_them() {
        let source = Source::new("a.md", "a\rb\r\nc\r\r\nd\n".to_owned());
        let lines: Vec<&str> = (1..=6).map(|n| source.slice(source.numbered_line(n))).collect();
        assert_eq!(lines, ["a", "b", "c", "", "d", ""]);
        let at = source.text.find('d').unwrap();
        assert_eq!((source.place(at..at).line, source.next_line(at)), (5, source.text.len()));
    }

    #[test]
    fn any_range_has_a_place() {
        let source = Source::new("a.md", "ə\n".to_owned());
        for (start, end) in [(0, 0), (1, 1), (2, 1), (3, 3), (9, 99)] {
            let place = source.place(start..end);
            assert!(place.line >= 1 && place.end_line >= place.line, "{place:?}");
            let _ = source.slice(source.range(&place));
        }
    }
}
