//! Courses: published as immutable versions, found, and shown in the catalogue.

mod store;
pub mod cover;
pub mod card;
pub mod published;
pub mod watched;
mod library;
pub mod filter;
pub mod folder;
pub mod history;
pub mod publish;
pub mod base;
pub mod copies;
pub mod trainers;
mod pages;

pub use card::Card;
pub use cover::Cover;
pub use library::{Cards, Library};
pub use pages::{duration, routes};
pub use published::Published;
