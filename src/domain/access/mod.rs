//! Who may do what.

pub mod rules;
