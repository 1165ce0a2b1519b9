//! A course folder, compiled.

pub mod model;
