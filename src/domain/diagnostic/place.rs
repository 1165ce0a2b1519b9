//! Where a remark points.

use std::fmt;

/// A place in a file. Lines and columns count from 1; columns are UTF-16 code units, as editors count them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path relative to the course folder; a file of the course beside it begins with `../`.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last one, in the last line.
    pub end_column: u32,
    /// First byte of the file.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

impl Place {
    /// A file as a whole.
    pub fn of_file(file: &str) -> Place {
        let file = file.to_owned();
        Place { file, line: 1, column: 1, end_line: 1, end_column: 1, start: 0, end: 0 }
    }

    /// Is the file meant, or its very beginning?
    pub fn is_whole_file(&self) -> bool {
        self.end == 0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
