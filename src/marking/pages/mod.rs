//! Pages of marking.

mod parts;
mod queue;
mod course;
mod answer;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(queue::routes).configure(course::routes).configure(answer::routes);
}
