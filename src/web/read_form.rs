//! Reads a form from a request, once and bounded.

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::fault::Fault;
use super::posted::Posted;

/// The largest form, in bytes.
const LARGEST: usize = 1024 * 1024;

impl FromRequest for Posted {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Posted, Fault>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        let body = Bytes::from_request(req, payload);
        Box::pin(async move {
            let body = body.await.map_err(|_too_large| too_large())?;
            match (is_form || body.is_empty(), body.len() <= LARGEST) {
                (true, true) => Ok(Posted::parse(&body)),
                _ => Err(too_large()),
            }
        })
    }
}

fn too_large() -> Fault {
    Fault::Refused {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        words: "fault-form-unreadable",
        onward: None,
    }
}
