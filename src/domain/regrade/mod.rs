//! Regrading after a key was mended: what changed, what is done about it, and what that does to people.

pub mod change;
pub mod policy;
pub mod effect;
#[cfg(test)]
mod tests;
