//! The canonical form of course files: one way to write each thing, as edits of the text that is there.
//!
//! Every pass looks for what is written otherwise and answers with edits. They are made only if the text reads as
//! before with them: a pass that misjudges a corner of Markdown leaves it as it was, it cannot spoil it.

mod draft;
mod reading;
mod view;
mod headings;
mod rules;
mod markers;
mod indents;
mod tables;
mod lines;
mod sections;
mod braces;
mod amounts;
mod arrows;
mod names;
mod fields;
mod file;
mod folder;
mod diff;

pub use diff::diff;
pub use file::format_file;
pub use folder::{format, mark_translated};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod properties;
