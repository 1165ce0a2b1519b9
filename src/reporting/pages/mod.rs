//! Pages of trainers and administrators.

mod csv;
mod parts;
mod teach;
mod learners;
mod learner;
mod questions;
mod translations;
mod overview;
mod completion;
mod people;
mod person;

use actix_web::web::ServiceConfig;

pub use parts::teach_trail;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(teach::routes)
        .configure(learners::routes)
        .configure(learner::routes)
        .configure(questions::routes)
        .configure(translations::routes)
        .configure(overview::routes)
        .configure(completion::routes)
        .configure(people::routes)
        .configure(person::routes);
}
