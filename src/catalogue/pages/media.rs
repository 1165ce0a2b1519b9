//! Pictures, films and attachments of courses, by the hash of their bytes.

use actix_web::http::header::{self, Range};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get};

use crate::catalogue::store;
use crate::web::{Answer, Fault, Site};

pub fn routes(app: &mut ServiceConfig) {
    app.service(media);
}

/// SVG files may style themselves and nothing else: no script, no outside address, no access to the site.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

#[get("/media/{hash}/{file}")]
async fn media(req: HttpRequest, path: Path<(String, String)>, site: Data<Site>) -> Answer {
    let (hash, file) = path.into_inner();
    let kind = mime_guess::from_path(&file).first_or_octet_stream();
    let shown = kind.type_() == "image" || kind == mime_guess::mime::APPLICATION_PDF;
    let bytes = store::media(&mut *site.pool.get().await?, &hash).await?.ok_or(Fault::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(kind.essence_str())
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CONTENT_DISPOSITION, if shown { "inline" } else { "attachment" }))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ACCEPT_RANGES, "bytes"));
    Ok(asked_part(&req, answer, bytes))
}

/// The part that is asked for, if it is one: some browsers play no film without. Parts are never compressed, since they
/// are counted in bytes of the whole.
fn asked_part(req: &HttpRequest, mut answer: HttpResponseBuilder, bytes: Vec<u8>) -> HttpResponse {
    let asked = req.headers().get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some(Ok(Range::Bytes(parts))) = asked.map(str::parse::<Range>) else {
        return answer.body(bytes);
    };
    let [part] = parts.as_slice() else { return answer.body(bytes) };
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    let place = part.to_satisfiable_range(length);
    let slice = place.and_then(|(first, last)| {
        let (first, last) = (usize::try_from(first).ok()?, usize::try_from(last).ok()?);
        bytes.get(first..=last).map(<[u8]>::to_vec)
    });
    match (place, slice) {
        (Some((first, last)), Some(slice)) => answer
            .status(actix_web::http::StatusCode::PARTIAL_CONTENT)
            .insert_header((header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}")))
            .body(slice),
        _ => answer
            .status(actix_web::http::StatusCode::RANGE_NOT_SATISFIABLE)
            .insert_header((header::CONTENT_RANGE, format!("bytes */{length}")))
            .finish(),
    }
}
