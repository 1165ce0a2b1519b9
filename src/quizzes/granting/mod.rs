//! What trainers grant: other times, more attempts, a password; for everyone or for one person, always with a reason.

pub(super) mod store;
pub mod actions;

pub use actions::{Granted, NewGrant, Noted, Scope, grant, grant_of, granted, history};
