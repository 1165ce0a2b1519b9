//! Puts the capabilities together: one line each.

use actix_web::web::{ServiceConfig, to};

use crate::web::Fault;
use crate::{accounts, api, catalogue, grades, lessons, marking, quizzes, reporting, web};

/// Every route of the program.
pub fn routes(app: &mut ServiceConfig) {
    // The router tries them one by one, so what is asked for most stands first.
    app.configure(lessons::routes);
    app.configure(quizzes::routes);
    app.configure(web::routes);
    app.configure(accounts::routes);
    app.configure(catalogue::routes);
    app.configure(marking::routes);
    app.configure(reporting::routes);
    app.configure(grades::routes);
    app.configure(api::routes);
    app.default_service(to(nowhere));
}

async fn nowhere() -> Result<&'static str, Fault> {
    Err(Fault::NotFound)
}
