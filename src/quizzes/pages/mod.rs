//! Pages of attempts, and the parts that lesson pages show of quizzes.

mod parts;
mod begin;
mod attempt;
mod response;
mod check;
mod finish;
mod files;
mod review;
mod terms;
pub mod start_part;
pub mod practice;

use std::sync::Arc;

use actix_web::web::{Data, ServiceConfig};

use super::sheet::Sheets;

pub use parts::sure_words;

/// Adds these pages, and the memory of sheets that they share.
pub fn routes(app: &mut ServiceConfig) {
    app.app_data(Data::from(Arc::new(Sheets::default())));
    app.configure(begin::routes).configure(attempt::routes).configure(response::routes);
    app.configure(check::routes).configure(finish::routes).configure(review::routes);
    app.configure(files::routes);
    app.configure(practice::routes).configure(terms::routes);
}
