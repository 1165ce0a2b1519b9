//! Pages of signing in, joining and one's own profile.

mod sign_in;
mod sign_up;
mod profile;
mod sessions;
mod reset;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(sign_in::routes)
        .configure(sign_up::routes)
        .configure(profile::routes)
        .configure(sessions::routes)
        .configure(reset::routes);
}
