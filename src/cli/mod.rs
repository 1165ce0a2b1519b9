//! The command line: what an operator does with the program.

mod say;
mod start;
mod tables;
mod courses;
mod fmt;
mod explain;
mod check;
mod watch;
mod serve;
mod import;
mod plan;
mod people_import;
mod regrade;
mod people;
mod demo;
mod args;

pub use args::run;
pub use serve::application;
pub use watch::Watching;
