//! Pages on which trainers decide about answers that were judged by an earlier key.

mod parts;
mod regrade;
mod trial;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(trial::routes).configure(regrade::routes);
}
