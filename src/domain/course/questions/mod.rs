//! Quiz sections of one file: headings, options, accepted answers and notes, with every mistake at its place.

pub(super) mod amount;
pub(super) mod parsed;
pub(super) mod item_line;
pub(super) mod options;
mod answers;
mod question;
pub(super) mod quiz;
