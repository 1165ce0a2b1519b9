//! Around every request: forms of other sites are refused, safe headers are set, requests are counted and logged.

use std::sync::LazyLock;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::Cookie;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::fault::Fault;
use super::page::forget;
use super::shell::FLASH_COOKIE;
use super::site::Site;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     media-src 'self'; frame-src https://www.youtube-nocookie.com https://player.vimeo.com; \
     manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every answer carries them, so their names and values are read once.
static HEADERS: LazyLock<[(HeaderName, HeaderValue); 6]> = LazyLock::new(|| {
    [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ]
    .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
});

/// Refuses every request that changes something unless it comes from our own pages, and sets the headers.
///
/// Requests with a bearer token are exempt: no browser adds one by itself.
pub async fn guard(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let site = req.app_data::<web::Data<Site>>().cloned();
    let https = site.as_ref().is_some_and(|site| site.is_https());
    let changes = !matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let forged = changes
        && !is_api(req.path())
        && !is_ours(req.headers(), site.as_ref().map_or("", |site| site.config.url.as_str()));
    let mut response = match forged {
        true => req.into_response(HttpResponse::from_error(Fault::Forged)),
        false => next.call(req).await?.map_into_boxed_body(),
    };
    if let Some(gone) = site.as_ref().and_then(|site| told(site, &response)) {
        // A removal of our own cookie can always be written as a header.
        let _ = response.response_mut().add_cookie(&gone);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS.iter() {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if site.is_some_and(|site| site.is_draining()) {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

/// The message of the last action is shown on one page only: once a page was drawn with it, it goes.
fn told(site: &Site, response: &ServiceResponse<BoxBody>) -> Option<Cookie<'static>> {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/html"));
    let shown = is_page && response.status().is_success();
    (shown && response.request().cookie(FLASH_COOKIE).is_some()).then(|| forget(site, FLASH_COOKIE))
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Does a request come from a page of ours? Browsers say so in `Sec-Fetch-Site` or `Origin`.
fn is_ours(headers: &HeaderMap, url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some("same-origin"), _, _) => true,
        (Some(_), _, _) => false,
        (None, Some(origin), host) => {
            origin == url
                || host.is_some_and(|host| {
                    origin.split_once("://").is_some_and(|(_, from)| from == host)
                })
        }
        (None, None, _) => false,
    }
}

/// Counts and logs each answer: route, status, time; nothing of the person.
pub async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let start = Instant::now();
    let method = req.method().clone();
    let site = req.app_data::<web::Data<Site>>().cloned();
    let response = next.call(req).await?;
    let took = start.elapsed();
    let route = response.request().match_pattern().unwrap_or_else(|| "(none)".to_owned());
    let status = response.status().as_u16();
    if let Some(site) = site {
        site.metrics.answered(method.as_str(), &route, status, took);
    }
    tracing::debug!(%method, route, status, duration_ms = took.as_millis(), "request answered");
    Ok(response)
}
