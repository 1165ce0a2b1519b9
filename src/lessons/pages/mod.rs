//! Pages of learners: course, lesson, own courses, help, what the course compiler says.

mod find;
pub mod said;
pub mod missing;
pub mod needs;
mod outline;
mod regraded;
mod course;
mod locked;
mod rule;
mod body;
mod opening;
mod complete;
mod lesson;
mod mine;
mod help;
mod codes;
mod code;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(course::routes)
        .configure(lesson::routes)
        .configure(complete::routes)
        .configure(mine::routes)
        .configure(help::routes)
        .configure(codes::routes)
        .configure(code::routes);
}
