//! A course folder, compiled.

pub mod model;
mod yaml;
mod attributes;
mod manifest;
mod media;
mod questions;
mod front;
pub mod translation;
mod places;
mod lesson;
mod languages;
mod compare;
mod parallel;
mod folders;
mod compile;
pub mod canonical;

pub use compile::{compile, content_hash};
