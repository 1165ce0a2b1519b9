//! The rules of Bilik: pure functions over values. No clock, no database, no files.
//! Order is architecture: a module may use only modules declared above it.

pub mod locale;
pub mod html;
pub mod fold;
pub mod format;
pub mod search;
pub mod profile;
pub mod password;
pub mod slug;
pub mod digest;
pub mod edit;
pub mod fact;
pub mod diff;
pub mod diagnostic;
pub mod markdown;
pub mod upload;
pub mod quiz;
pub mod course;
pub mod grading;
pub mod regrade;
pub mod marking;
pub mod analysis;
pub mod progress;
pub mod access;
pub mod journal;
pub mod privacy;
#[cfg(test)]
mod shipped;
