//! All there is to say about a course. Nothing stops at the first mistake.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::level::Level;
use super::remark::Diagnostic;
use super::source::Source;

/// All remarks about a course, and the texts they speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    sources: BTreeMap<String, Arc<Source>>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds a text, so that remarks can show its lines.
    pub fn know(&mut self, source: Arc<Source>) {
        self.sources.insert(source.file.clone(), source);
    }

    /// The text of a file, if it is known.
    pub fn source(&self, file: &str) -> Option<&Source> {
        self.sources.get(file).map(Arc::as_ref)
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
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, remarks: T) {
        self.list.extend(remarks);
    }
}
