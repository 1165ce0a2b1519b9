//! Where a remark points.

use std::fmt;

use serde::Serialize;

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
