//! Every route of the API.

use actix_web::web::ServiceConfig;

use super::{
    attempts, courses, lessons, marking, people, reference, regrades, review, stats, teach, tokens,
};

/// Adds them.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(tokens::routes)
        .configure(people::routes)
        .configure(courses::routes)
        .configure(lessons::routes)
        .configure(attempts::routes)
        .configure(review::routes)
        .configure(teach::routes)
        .configure(marking::routes)
        .configure(regrades::routes)
        .configure(stats::routes)
        .configure(reference::routes);
}
