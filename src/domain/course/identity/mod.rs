//! What became of each part from one version of a course to the next: found again by id, by what it was called
//! before, or by its content, never by its place.

#[cfg(test)]
pub(crate) mod samples;
pub mod similar;
pub mod reading;
pub mod options;
pub mod questions;
pub mod lessons;
pub mod rules;
pub mod adopt;
pub mod numbers;
pub mod remarks;
