//! Pictures and attachments of courses, by the hash of their bytes.

use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use crate::catalogue::store;
use crate::web::{Answer, Fault, Site};

pub fn routes(app: &mut ServiceConfig) {
    app.service(media);
}

/// SVG files may style themselves and nothing else: no script, no outside address, no access to the site.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

#[get("/media/{hash}/{file}")]
async fn media(path: Path<(String, String)>, site: Data<Site>) -> Answer {
    let (hash, file) = path.into_inner();
    let kind = mime_guess::from_path(&file).first_or_octet_stream();
    let shown = kind.type_() == "image" || kind == mime_guess::mime::APPLICATION_PDF;
    let bytes = store::media(&mut *site.pool.get().await?, &hash).await?.ok_or(Fault::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(kind.essence_str())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CONTENT_DISPOSITION, if shown { "inline" } else { "attachment" }))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes))
}
