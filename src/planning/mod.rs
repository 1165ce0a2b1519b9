//! What publishing a folder would do to people, before it is done.

mod store;
pub mod plan;
mod told;

pub use plan::{Plan, plan};
