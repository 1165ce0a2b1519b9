//! What trainers and administrators see: learners of a course, questions, people, completion.

mod store;
pub mod completion;
pub mod people;
pub mod teaching;
pub mod analysis;
pub mod overview;
pub mod pages;

pub use pages::routes;
