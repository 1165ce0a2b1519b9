//! Courses: published as immutable versions, found, and shown in the catalogue.

mod store;
pub mod card;
pub mod published;
mod library;
pub mod filter;
pub mod folder;
pub mod publish;
pub mod trainers;
mod pages;

pub use card::Card;
pub use library::{Cards, Library};
pub use pages::{duration, routes};
pub use published::Published;
