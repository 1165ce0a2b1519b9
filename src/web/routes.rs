//! Routes that belong to no capability: assets, appearance, probes for operators.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;

use super::assets;
use super::fault::{Answer, Fault};
use super::lang::{self, Lang};
use super::page::{cookie, forget, inside, see_other};
use super::posted::Posted;
use super::shell::THEME_COOKIE;
use super::site::Site;
use crate::domain::course::model::Theme;
use crate::domain::digest::sha256;

/// Adds these routes.
pub fn routes(app: &mut ServiceConfig) {
    app.service(root)
        .service(set_theme)
        .service(asset)
        .service(service_worker)
        .service(offline)
        .service(favicon)
        .service(robots)
        .service(cover)
        .service(art);
    app.service(healthz).service(readyz).service(metrics);
}

/// `/` leads to the home page in the visitor's language.
#[get("/")]
async fn root(req: HttpRequest, site: Data<Site>) -> HttpResponse {
    let locale = lang::of_request(&req, site.config.default_language());
    let mut answer = see_other(&format!("/{}/", locale.code()));
    answer
        .headers_mut()
        .insert(header::VARY, header::HeaderValue::from_static("Accept-Language, Cookie"));
    answer
}

#[post("/{lang}/theme")]
async fn set_theme(_lang: Lang, site: Data<Site>, form: Posted) -> HttpResponse {
    let back = inside(form.text("to"), "/");
    let mut answer = see_other(&back);
    let chosen = match form.text("theme") {
        "light" | "dark" => readable(cookie(&site, THEME_COOKIE, form.text("theme").to_owned())),
        _ => forget(&site, THEME_COOKIE),
    };
    let _ = answer.add_cookie(&chosen);
    answer
}

/// The script reads the appearance to switch without a new page.
fn readable(mut cookie: actix_web::cookie::Cookie<'static>) -> actix_web::cookie::Cookie<'static> {
    cookie.set_http_only(false);
    cookie.make_permanent();
    cookie
}

/// The policy of what is part of pages: the page's own decides what it may do. The long one would cost a first visit 3 KB.
const ALONE: &str = "default-src 'none'";

#[get("/assets/{name}")]
async fn asset(req: HttpRequest, name: Path<String>) -> Answer {
    let found = assets::find(&name).ok_or(Fault::NotFound)?;
    let mut answer = HttpResponse::Ok();
    let kept = if found.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer
        .content_type(found.content_type)
        .insert_header((header::CACHE_CONTROL, kept))
        .insert_header((header::VARY, "Accept-Encoding"));
    if !found.content_type.starts_with("text/html") {
        answer.insert_header((header::CONTENT_SECURITY_POLICY, ALONE));
    }
    Ok(encoded(&req, answer, found))
}

/// The smallest form of an asset that the browser reads. The form is final, so nothing compresses it again.
fn encoded(
    req: &HttpRequest,
    mut answer: actix_web::HttpResponseBuilder,
    found: &assets::Asset,
) -> HttpResponse {
    let accepted = req
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (encoding, body) = match (found.br, found.gz) {
        (Some(br), _) if accepted.contains("br") => ("br", br),
        (_, Some(gz)) if accepted.contains("gzip") => ("gzip", gz),
        _ => ("identity", found.raw),
    };
    answer.insert_header((header::CONTENT_ENCODING, encoding)).body(body)
}

#[get("/sw.js")]
async fn service_worker(req: HttpRequest) -> Answer {
    let found = assets::find("sw.js").ok_or(Fault::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/javascript; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-cache"));
    Ok(encoded(&req, answer, found))
}

#[get("/{lang}/offline")]
async fn offline(req: HttpRequest, lang: Lang) -> Answer {
    let address = assets::href(&format!("offline.{}.html", lang.0.code()));
    let found = assets::find(address.trim_start_matches("/assets/")).ok_or(Fault::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    Ok(encoded(&req, answer, found))
}

#[get("/favicon.ico")]
async fn favicon() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, assets::href("favicon.svg")))
        .finish()
}

/// What search engines leave alone, and where the map of the rest is, which must be a whole address.
#[get("/robots.txt")]
async fn robots(site: Data<Site>) -> Answer {
    let found = assets::find("robots.txt").ok_or(Fault::NotFound)?;
    let rules = String::from_utf8_lossy(found.raw);
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(format!("{}\nSitemap: {}/sitemap.xml\n", rules.trim_end(), site.config.url)))
}

#[derive(Deserialize)]
struct CoverOf {
    theme: Theme,
}

/// A course's cover, drawn from its name and theme; the address holds all that decides it.
#[get("/covers/{slug}.svg")]
async fn cover(slug: Path<String>, query: Query<CoverOf>) -> HttpResponse {
    let svg = super::cover::cover_svg(&slug, query.theme);
    HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(svg)
}

/// The pictures that belong to no course, by a name that changes with the drawing.
#[get("/covers/art/{name}.svg")]
async fn art(name: Path<String>) -> Answer {
    static HERO: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(super::hero::hero_svg()));
    static THEMES: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(super::cover::themes_svg()));
    let svg = match name.as_str() {
        "window-1" => HERO.clone(),
        "themes-1" => THEMES.clone(),
        _ => return Err(Fault::NotFound),
    };
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(svg))
}

/// The program runs.
#[get("/healthz")]
async fn healthz() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body("ok\n")
}

/// The program can do its work: the database answers and it is not about to stop.
#[get("/readyz")]
async fn readyz(site: Data<Site>) -> HttpResponse {
    let (ready, word) = match (site.is_draining(), site.pool.get().await) {
        (true, _) => (false, "draining\n"),
        (false, Err(_)) => (false, "database unavailable\n"),
        (false, Ok(_)) => (true, "ready\n"),
    };
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.content_type("text/plain").insert_header((header::CACHE_CONTROL, "no-store")).body(word)
}

/// Counters, for those who run the program; to others there is no such page.
#[get("/metrics")]
async fn metrics(req: HttpRequest, site: Data<Site>) -> Answer {
    if !may_collect(&req, site.config.metrics_token.as_deref()) {
        return Err(Fault::NotFound);
    }
    Ok(HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(site.metrics.text()))
}

/// With a token, who presents it; without one, who asks on this machine itself and not through a proxy on it.
fn may_collect(req: &HttpRequest, token: Option<&str>) -> bool {
    let headers = req.headers();
    match token {
        Some(token) => {
            let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
            // Digests are compared, so that the time taken tells nothing of the token.
            sha256(sent.as_bytes()) == sha256(token.as_bytes())
        }
        None => {
            let is_passed_on =
                ["forwarded", "x-forwarded-for"].iter().any(|name| headers.contains_key(*name));
            !is_passed_on && req.peer_addr().is_none_or(|peer| peer.ip().is_loopback())
        }
    }
}
