//! People: who they are, how they sign in, what they may.

mod store;
pub mod passwords;
mod throttle;
pub mod sessions;
pub mod visitor;
pub mod tokens;
pub mod replies;
pub mod forgetting;
pub mod actions;
pub mod manage;
mod pages;

pub use pages::routes;
pub use sessions::Session;
pub use store::{PERSON_OF_SESSION, PersonRow};
pub use visitor::{Admin, Arriving, Cx, Learner, Sent, Visitor};
