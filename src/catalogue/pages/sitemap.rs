//! The map of public pages for search engines: each page in each language, and which of them are the same page.

use std::fmt::Write;

use actix_web::http::header;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::catalogue::library::Library;
use crate::domain::locale::Locale;
use crate::web::Site;

pub fn routes(app: &mut ServiceConfig) {
    app.service(sitemap);
}

#[get("/sitemap.xml")]
async fn sitemap(library: Data<Library>, site: Data<Site>) -> HttpResponse {
    let cards = library.cards();
    let courses = cards.shown().map(|card| format!("courses/{}", card.slug));
    let pages = ["", "courses", "help"].map(str::to_owned).into_iter().chain(courses);
    HttpResponse::Ok()
        .content_type("application/xml; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(map(&site.config.url, pages))
}

/// Addresses of courses are letters, digits and hyphens and need no escape.
fn map(base: &str, pages: impl Iterator<Item = String>) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
        .to_owned();
    for page in pages {
        let address = |locale: Locale| format!("{base}/{}/{page}", locale.code());
        let others = Locale::ALL.map(|locale| {
            let (code, address) = (locale.code(), address(locale));
            format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{address}\"/>")
        });
        for locale in Locale::ALL {
            let (here, others) = (address(locale), others.concat());
            writeln!(text, "<url><loc>{here}</loc>{others}</url>")
                .expect("writing to a string cannot fail");
        }
    }
    text + "</urlset>\n"
}
