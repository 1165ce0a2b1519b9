//! A course folder, compiled.

pub mod model;
mod yaml;
mod limits;
mod attributes;
mod manifest;
mod svg;
mod media;
mod questions;
mod front;
pub mod translation;
mod places;
mod reading;
mod lesson;
mod languages;
mod compare;
mod parallel;
mod folders;
mod compile;
pub mod canonical;
mod together;
#[cfg(test)]
mod growth;
pub mod identity;

pub use compile::{compile, content_hash};
pub use together::compile_all;
