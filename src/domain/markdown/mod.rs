//! Markdown to safe markup: the text as a flat tree, links and pictures resolved, the result sanitised.

pub mod words;
mod dollar;
pub mod tree;
mod escape;
mod math;
mod highlight;
mod anchor;
pub mod target;
pub mod clean;
pub mod page;
mod fact;
mod fragment;
mod bare;
mod raw;
mod picture;
mod video;
mod footnote;
mod blocks;
pub mod write;
mod apart;
pub mod remark;
pub mod reading;
#[cfg(test)]
mod spec;
#[cfg(test)]
mod floods;

pub use anchor::Anchors;
pub use page::{FarLink, Page, Zone};
pub use target::{Fact, MediaTarget, Targets};
pub use tree::{Document, Spot};
