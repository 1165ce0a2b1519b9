//! What a caller sends as JSON. Unknown fields are ignored; anything else that cannot be read is a clear 400.

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use crate::web::Fault;

/// The largest body, in bytes.
const LARGEST: usize = 64 * 1024;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Body<T>, Fault>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = req
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        let bytes = Bytes::from_request(req, payload);
        Box::pin(async move {
            if !is_json {
                return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "api-json-needed"));
            }
            let too_large = |_| refused(StatusCode::PAYLOAD_TOO_LARGE, "api-body-large");
            let bytes = bytes.await.map_err(too_large)?;
            if bytes.len() > LARGEST {
                return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "api-body-large"));
            }
            let unreadable = |_| refused(StatusCode::BAD_REQUEST, "api-json-unreadable");
            serde_json::from_slice(&bytes).map(Body).map_err(unreadable)
        })
    }
}

/// A refusal with a status of its own.
pub fn refused(status: StatusCode, words: &'static str) -> Fault {
    Fault::Refused { status, words, onward: None }
}
