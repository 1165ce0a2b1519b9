//! Reading a course: its page, its lessons, one's own courses, and help.

pub mod actions;
mod pages;

pub use pages::{missing, needs, routes, said};
