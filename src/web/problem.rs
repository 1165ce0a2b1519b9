//! Problem documents of RFC 9457: what programs are told when something goes wrong.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::{Map, Value, json};

/// A problem with a stable code, a sentence for people, and what else belongs to it.
pub fn problem(
    status: StatusCode,
    code: &str,
    title: &str,
    more: Map<String, Value>,
) -> HttpResponse {
    let mut body = json!({
        "type": "about:blank",
        "status": status.as_u16(),
        "code": code,
        "title": title,
    });
    if let Some(members) = body.as_object_mut() {
        members.extend(more);
    }
    let mut response = HttpResponse::build(status);
    response
        .content_type("application/problem+json")
        .insert_header((header::CACHE_CONTROL, "no-store"));
    match status {
        StatusCode::UNAUTHORIZED => {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            response.insert_header((header::RETRY_AFTER, "5"));
        }
        _ => {}
    }
    response.body(body.to_string())
}
