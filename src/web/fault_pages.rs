//! Draws the page, or the problem document of the API, that tells a person what went wrong and where to go on.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;

use super::fault::Fault;
use super::posted::Posted;
use super::problem::problem;
use super::shell::{self, Shell, ShellVisitor};
use super::sign::hex;
use super::site::Site;
use crate::clock;

/// The number that a person can quote and that stands in the log.
struct Reference(String);

#[derive(Template)]
#[template(path = "web/fault.html")]
struct View<'a> {
    shell: Shell,
    status: u16,
    title: &'a str,
    text: &'a str,
    onward: Option<&'a str>,
    reference: Option<&'a str>,
    kept: Option<Kept<'a>>,
}

/// A form that could not be taken, offered again.
struct Kept<'a> {
    action: &'a str,
    fields: Vec<(&'a str, &'a str)>,
}

/// Replaces the bare answer of a fault by a page.
pub async fn draw_faults(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(req).await?.map_into_boxed_body();
    let wants_page = response.status().is_client_error() || response.status().is_server_error();
    if !wants_page
        || response.headers().contains_key(header::CONTENT_TYPE)
            && response.response().error().is_none()
    {
        return Ok(response);
    }
    let (request, original) = response.into_parts();
    let drawn = draw(&request, &original);
    let mut drawn = drawn.unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in original.headers() {
        let of_the_old_body = *name == header::CONTENT_ENCODING || *name == header::CONTENT_LENGTH;
        if *name == header::SET_COOKIE || !of_the_old_body && !drawn.headers().contains_key(name) {
            drawn.headers_mut().append(name.clone(), value.clone());
        }
    }
    if drawn.status().is_server_error() {
        let cause = original.error().map(ToString::to_string).unwrap_or_default();
        let reference = request
            .extensions()
            .get::<Reference>()
            .map(|found| found.0.clone())
            .unwrap_or_default();
        tracing::error!(
            route = request.match_pattern(),
            status = drawn.status().as_u16(),
            reference,
            cause,
            "request failed"
        );
    }
    Ok(ServiceResponse::new(request, drawn))
}

fn draw(req: &HttpRequest, original: &HttpResponse) -> Result<HttpResponse, askama::Error> {
    let status = original.status();
    let fault = original.error().and_then(|error| error.as_error::<Fault>());
    let mut shell = frame(req);
    let for_program = req.path().starts_with("/api/") || wants_json(req);
    if let (false, Some(Fault::SignIn(kept))) = (for_program, fault) {
        return sign_in(req, &shell, kept.as_deref());
    }
    let key = key(status, fault);
    let reference = status.is_server_error().then(|| hex(&clock::random::<4>()));
    if let Some(reference) = &reference {
        req.extensions_mut().insert(Reference(reference.clone()));
    }
    if for_program {
        return Ok(problem(status, key, &shell.t(key), serde_json::Map::new()));
    }
    shell.flash = None;
    let (title, text) = (shell.t(title_key(status)), shell.t(key));
    let onward = onward(fault);
    let kept = kept(req, fault);
    let view = View {
        status: status.as_u16(),
        title: &title,
        text: &text,
        onward,
        reference: reference.as_deref(),
        kept,
        shell,
    };
    let mut response = HttpResponse::build(status);
    response
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    Ok(response.body(view.render()?))
}

/// Does a script of ours ask, rather than a person?
fn wants_json(req: &HttpRequest) -> bool {
    req.headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"))
}

/// To the sign-in page and back. A form that was sent comes along, so that nothing typed is lost.
fn sign_in(
    req: &HttpRequest,
    shell: &Shell,
    kept: Option<&Posted>,
) -> Result<HttpResponse, askama::Error> {
    let back: String = url::form_urlencoded::byte_serialize(shell.here_path().as_bytes()).collect();
    let to = format!("/{}/sign-in?to={back}", shell.code());
    match kept {
        None => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, to))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()),
        Some(form) => {
            let view = KeptView {
                shell: shell.clone(),
                action: req.path(),
                fields: form.pairs().filter(|(name, _)| *name != "csrf").collect(),
            };
            Ok(HttpResponse::Unauthorized()
                .content_type("text/html; charset=utf-8")
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .body(view.render()?))
        }
    }
}

/// Signing in with a form in hand: the fields travel hidden to the sign-in page.
#[derive(Template)]
#[template(path = "web/kept.html")]
struct KeptView<'a> {
    shell: Shell,
    action: &'a str,
    fields: Vec<(&'a str, &'a str)>,
}

fn frame(req: &HttpRequest) -> Shell {
    let site = req.app_data::<web::Data<Site>>();
    let (default, base) = site.map_or((crate::domain::locale::Locale::Az, ""), |site| {
        (site.config.default_language(), site.config.url.as_str())
    });
    let mut shell = shell::outside(req, default, base);
    if let Some(found) = req.extensions().get::<(ShellVisitor, String)>() {
        shell.visitor = Some(found.0.clone());
        shell.csrf.clone_from(&found.1);
    }
    shell
}

fn kept<'a>(req: &'a HttpRequest, fault: Option<&'a Fault>) -> Option<Kept<'a>> {
    match fault {
        Some(Fault::Unavailable(Some(form))) => {
            Some(Kept { action: req.path(), fields: form.pairs_with_token().collect() })
        }
        _ => None,
    }
}

fn onward(fault: Option<&Fault>) -> Option<&str> {
    match fault {
        Some(Fault::Refused { onward, .. }) => onward.as_deref(),
        _ => None,
    }
}

fn key(status: StatusCode, fault: Option<&Fault>) -> &'static str {
    match fault {
        Some(Fault::Refused { words, .. }) => words,
        Some(Fault::Forged) => "fault-forged",
        _ => text_key(status),
    }
}

fn title_key(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "fault-title-sign-in",
        403 => "fault-title-forbidden",
        404 | 405 => "fault-title-not-found",
        409 => "fault-title-conflict",
        429 => "fault-title-too-many",
        503 => "fault-title-unavailable",
        400..=499 => "fault-title-refused",
        _ => "fault-title-broken",
    }
}

fn text_key(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "fault-sign-in",
        403 => "fault-forbidden",
        404 | 405 => "fault-not-found",
        409 => "fault-conflict",
        429 => "fault-too-many",
        503 => "fault-unavailable",
        400..=499 => "fault-refused",
        _ => "fault-broken",
    }
}
