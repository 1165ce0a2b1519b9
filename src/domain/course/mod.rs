//! A course folder, compiled.

pub mod model;
mod yaml;
mod manifest;
mod media;
mod attributes;
mod questions;
mod lesson;
mod parallel;
mod compile;

pub use compile::{compile, content_hash};
