//! The language of a request: the first segment of its path, else a cookie, else what the browser asks for.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};

use super::fault::Fault;
use crate::domain::locale::Locale;

/// Cookie that keeps the language somebody chose.
pub const LANGUAGE_COOKIE: &str = "language";

/// The language in the path. Any other first segment is a page that does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Lang(pub Locale);

impl FromRequest for Lang {
    type Error = Fault;
    type Future = Ready<Result<Lang, Fault>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(in_path(req.path()).map(Lang).ok_or(Fault::NotFound))
    }
}

/// The language in which to talk to whoever sent this request.
pub fn of_request(req: &HttpRequest, default: Locale) -> Locale {
    in_path(req.path()).or_else(|| in_cookie(req)).or_else(|| in_header(req)).unwrap_or(default)
}

fn in_path(path: &str) -> Option<Locale> {
    Locale::parse(path.split('/').nth(1)?)
}

fn in_cookie(req: &HttpRequest) -> Option<Locale> {
    Locale::parse(req.cookie(LANGUAGE_COOKIE)?.value())
}

/// The first of our languages that `Accept-Language` names with the highest weight.
fn in_header(req: &HttpRequest) -> Option<Locale> {
    let value = req.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(f32, Locale)> = value.split(',').filter_map(weighted).collect();
    wanted.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    wanted.first().map(|(_, locale)| *locale)
}

fn weighted(entry: &str) -> Option<(f32, Locale)> {
    let mut parts = entry.split(';');
    let code = parts.next()?.trim().split('-').next()?.to_ascii_lowercase();
    let weight = parts
        .find_map(|part| part.trim().strip_prefix("q="))
        .map_or(Some(1.0), |q| q.parse().ok())?;
    Locale::parse(&code).map(|locale| (weight, locale))
}
