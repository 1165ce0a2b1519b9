//! The catalogue, and the pictures of courses.

mod list;
mod media;
mod sitemap;
mod watched;

pub use list::duration;

use actix_web::web::ServiceConfig;

/// Adds these pages.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(list::routes)
        .configure(media::routes)
        .configure(sitemap::routes)
        .configure(watched::routes);
}
