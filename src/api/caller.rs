//! Who calls: like `Visitor`, `Learner` and `Admin` of the pages, but known by a bearer token and never by a cookie.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::access;
use crate::accounts::visitor::Who;
use crate::accounts::{Cx, Visitor, tokens};
use crate::domain::locale::Locale;
use crate::web::Fault;

/// The caller, as far as a handler asks.
pub struct Caller<W>(pub W);

impl<W: Who + 'static> FromRequest for Caller<W> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Caller<W>, Fault>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { W::of(visitor(&req).await?).map(Caller) })
    }
}

/// Anybody, whatever token they hold: for calls that need none and must work with one that is over.
pub struct Stranger(pub Cx);

impl FromRequest for Stranger {
    type Error = Fault;
    type Future = Ready<Result<Stranger, Fault>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Cx::of(req).map(|mut cx| {
            speak(&mut cx, asked_language(req));
            Stranger(cx)
        }))
    }
}

async fn visitor(req: &HttpRequest) -> Result<Visitor, Fault> {
    let mut cx = Cx::of(req)?;
    let Some(token) = bearer(req)? else {
        speak(&mut cx, asked_language(req));
        return Ok(Visitor { cx, person: None });
    };
    let now = cx.now;
    let claims = access::read(&cx.site.key, token, now).ok_or_else(refused)?;
    let person = tokens::person(cx.conn().await?, claims.sid, now).await?;
    let person = person.filter(|person| person.id == claims.sub).ok_or_else(refused)?;
    let own = (!req.headers().contains_key(header::ACCEPT_LANGUAGE)).then_some(person.language);
    speak(&mut cx, asked_language(req).or(own));
    Ok(Visitor { cx, person: Some(person) })
}

/// The token of a request, if it has one.
fn bearer(req: &HttpRequest) -> Result<Option<&str>, Fault> {
    let Some(value) = req.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let (scheme, token) =
        value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(refused)?;
    match scheme.eq_ignore_ascii_case("bearer") {
        true => Ok(Some(token.trim())),
        false => Err(refused()),
    }
}

fn refused() -> Fault {
    Fault::Refused { status: StatusCode::UNAUTHORIZED, words: "api-token-refused", onward: None }
}

/// The language of `?lang=`.
fn asked_language(req: &HttpRequest) -> Option<Locale> {
    let pairs = url::form_urlencoded::parse(req.query_string().as_bytes());
    let code = pairs.filter(|(name, _)| name == "lang").map(|(_, value)| value).last();
    Locale::parse(&code?)
}

fn speak(cx: &mut Cx, lang: Option<Locale>) {
    if let Some(lang) = lang {
        cx.lang = lang;
        cx.shell.lang = lang;
    }
}
