//! What the product says, in three languages: Fluent texts that lie beside the code that uses them.

mod sources;
mod engine;

pub use engine::{Args, t, ta, tn};
#[cfg(test)]
mod tests;
