//! How questions do: the figures of classical item analysis, and what they mean in words.

pub mod moments;
pub mod answers;
pub mod quiz;
pub mod item;
pub mod options;
pub mod finding;
