//! Time that learners lost because the platform was not there is given back.

mod store;
pub mod actions;

pub use actions::beat;
