//! A text with its line table, which turns bytes into lines and columns.

use std::ops::Range;

use super::level::Level;
use super::place::Place;
use super::remark::Diagnostic;

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
            end_column: column + width + 1,
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
}
