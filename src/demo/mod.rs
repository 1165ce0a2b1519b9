//! A living platform at first sight: people who never were and a year of their learning, by the rules of the house.

mod chance;
mod name_lists;
mod names;
mod calendar;
mod people;
mod answers;
mod record;
mod learning;
mod sign_ins;
mod copy;
mod tables;
mod store;
pub mod make;

pub use make::{Making, Step, Wish, make};
pub use sign_ins::{SignIn, sign_ins};
pub use store::{Standing, standing};
