//! Marking by people: what waits, the judgement of one answer, handing back.

mod store;
pub mod refusal;
pub mod rights;
pub mod queue;
pub mod judging;
mod pages;

pub use pages::routes;
