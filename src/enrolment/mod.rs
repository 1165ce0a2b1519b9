//! Who takes which course.

mod store;
pub mod actions;

pub use actions::{Enrolment, Joined, all_of, by_id, enrol, find, lock, lock_all};
