//! Pages of learners: course, lesson, own courses, help.

mod find;
pub mod said;
pub mod missing;
mod outline;
mod course;
mod lesson;
mod mine;
mod help;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(course::routes)
        .configure(lesson::routes)
        .configure(mine::routes)
        .configure(help::routes);
}
