//! When a lesson and a course are complete, and what is missing.

pub mod facts;
pub mod lesson;
pub mod course;
pub mod unlock;
pub mod form;
