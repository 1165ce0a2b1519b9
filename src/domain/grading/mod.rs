//! From attempts to grades: of a quiz, and of a course.

pub mod quiz;
pub mod course;
pub mod regrade;
