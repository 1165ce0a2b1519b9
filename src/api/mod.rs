//! The JSON API: what the pages do, for programs.

pub mod decimal;
pub mod access;
mod caller;
mod body;
mod reply;
mod list;
mod said;
mod tokens;
mod people;
mod gate;
mod courses;
mod lessons;
mod attempt_sheet;
mod attempts;
mod review;
mod teach;
mod marking;
mod regrades;
mod stats;
pub mod openapi;
mod reference;
mod routes;

pub use routes::routes;
