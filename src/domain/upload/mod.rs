//! Files that learners hand in: what they are by their content, and what they may be called.

pub mod kind;
pub mod sniff;
pub mod name;
