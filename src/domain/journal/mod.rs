//! The words for what happened.

pub mod verb;
