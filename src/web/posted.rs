//! What a form sent: names and values, read once and bounded.

use std::collections::BTreeMap;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use super::fault::Fault;

/// The largest form, in bytes.
const LARGEST: usize = 1024 * 1024;

/// The fields of a form, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    fields: BTreeMap<String, Vec<String>>,
}

impl Posted {
    /// Fields of a body in the form `name=value&…`.
    pub fn parse(body: &[u8]) -> Posted {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        Posted { fields }
    }

    /// The first value of a field as it was typed, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// The first value of a field without spaces around it.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// Was a field sent at all?
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// All names with their values, for a form that is offered again.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.as_str(), value.as_str())))
    }

    /// The key that makes sending this form twice the same as sending it once.
    pub fn op(&self) -> Option<Uuid> {
        Uuid::parse_str(self.text("op")).ok()
    }

    /// The form without its token, to be sent again later with a new one.
    pub fn without_token(mut self) -> Posted {
        self.fields.remove("csrf");
        self
    }

    /// Adds a value, for callers that build a form themselves.
    pub fn with(mut self, name: &str, value: &str) -> Posted {
        self.fields.entry(name.to_owned()).or_default().push(value.to_owned());
        self
    }
}

impl FromRequest for Posted {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Posted, Fault>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
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
    Fault::Refused { status: actix_web::http::StatusCode::PAYLOAD_TOO_LARGE, words: "fault-form-unreadable", onward: None }
}
