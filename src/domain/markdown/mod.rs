//! Markdown to safe markup: the text as a flat tree, links and pictures resolved, the result sanitised.

pub mod words;
pub mod tree;
pub mod target;
pub mod clean;
pub mod page;
mod bare;
mod picture;
pub mod write;

pub use page::Page;
pub use target::{MediaTarget, Targets};
pub use tree::{Document, Spot};
