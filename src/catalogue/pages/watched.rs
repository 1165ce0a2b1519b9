//! The script of a development server that loads a page again when its course was saved. Nowhere else is it there.

use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::catalogue::library::Library;
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(script).service(stamp);
}

#[get("/watch/script.js")]
async fn script(library: Data<Library>) -> Answer {
    match library.watched.is_empty() {
        true => Err(Fault::NotFound),
        false => Ok(told("text/javascript; charset=utf-8", include_str!("watched.js").to_owned())),
    }
}

/// Rises with every save.
#[get("/watch/{course}")]
async fn stamp(path: Path<String>, library: Data<Library>) -> Answer {
    let remarks = library.watched.of(&path).ok_or(Fault::NotFound)?;
    Ok(told("text/plain; charset=utf-8", remarks.stamp.to_string()))
}

fn told(kind: &str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body)
}
