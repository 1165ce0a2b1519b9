//! Grades of a course: the book in which they stand, and regrading after a key was mended.

mod store;
pub mod refusal;
pub mod mended;
pub mod trial;
pub mod applying;
pub mod batches;
pub mod taking_back;
pub mod people;
pub mod report;
pub mod pages;

pub use pages::routes;
pub use refusal::RegradeRefusal;
