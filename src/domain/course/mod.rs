//! A course folder, compiled.

pub mod condition;
pub mod model;
mod yaml;
mod limits;
mod attributes;
mod conditions;
mod facts;
mod award;
mod licence;
mod manifest;
mod svg;
mod media;
mod questions;
mod front;
pub mod translation;
mod places;
mod reading;
mod fact_uses;
mod lesson;
mod kept;
mod languages;
mod compare;
mod keyed;
mod parallel;
mod bank;
mod folders;
mod shown;
mod forms;
mod rules;
mod compile;
pub mod canonical;
mod between;
mod together;
pub mod identity;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod worked_examples;

pub use compile::{compile, compile_again, compile_with, content_hash, version_hash};
pub use facts::{FACTS_FILE, read_facts};
pub use kept::Kept;
pub use media::media_address;
pub use together::{compile_all, compile_all_with};
