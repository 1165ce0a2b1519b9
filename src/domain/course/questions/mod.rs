//! Quiz sections of one file: headings, options, accepted answers and notes, with every mistake at its place.

pub(super) mod amount;
pub(super) mod parsed;
mod named;
pub(super) mod item_line;
pub(super) mod options;
mod numbers;
mod words;
mod answers;
mod pairs;
mod steps;
mod spots;
mod rubric;
mod survey;
mod gap;
mod gaps;
mod classes;
mod reader;
mod body;
mod question;
mod identity;
mod pools;
mod rules;
pub(super) mod quiz;
pub(super) mod slots;
