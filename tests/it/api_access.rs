//! Who may call what of the API: one row per route, one column per person. Each route stands in the description too.

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use bilik::accounts::actions::Standing;
use bilik::catalogue::trainers;
use serde_json::json;

use crate::api::Client;
use crate::harness::App;

/// Method, route, and the answers to an empty body of: nobody, the learner whose things these are, another
/// learner, a trainer of the course, an administrator.
type Row = (&'static str, &'static str, [u16; 5]);

const OPEN: [u16; 5] = [200; 5];
const SIGNED_IN: [u16; 5] = [401, 200, 200, 200, 200];
const OWN: [u16; 5] = [401, 200, 404, 404, 404];
const TEACHING: [u16; 5] = [401, 404, 404, 200, 200];

const ROWS: &[Row] = &[
    ("GET", "/api/docs", OPEN),
    ("GET", "/api/v1/openapi.json", OPEN),
    ("POST", "/api/v1/tokens", [400; 5]),
    ("POST", "/api/v1/tokens/refresh", [400; 5]),
    ("POST", "/api/v1/people", [422; 5]),
    ("GET", "/api/v1/me", SIGNED_IN),
    ("PATCH", "/api/v1/me", SIGNED_IN),
    ("GET", "/api/v1/me/enrolments", SIGNED_IN),
    ("GET", "/api/v1/courses", OPEN),
    ("GET", "/api/v1/courses/{course}", OPEN),
    ("GET", "/api/v1/courses/{course}/lessons/{lesson}", OPEN),
    ("POST", "/api/v1/courses/{course}/quizzes/{quiz}/attempts", [401, 201, 403, 403, 403]),
    ("POST", "/api/v1/courses/{course}/lessons/{lesson}/events", [401, 400, 400, 400, 400]),
    ("GET", "/api/v1/attempts/{id}", OWN),
    ("PUT", "/api/v1/attempts/{id}/responses/{slot}", OWN),
    ("POST", "/api/v1/attempts/{id}/responses/{slot}/check", [401, 404, 404, 404, 404]),
    ("POST", "/api/v1/attempts/{id}/finish", OWN),
    ("GET", "/api/v1/attempts/{id}/review", OWN),
    ("GET", "/api/v1/teach/courses/{course}/gradebook", TEACHING),
    ("GET", "/api/v1/teach/courses/{course}/items", TEACHING),
    ("GET", "/api/v1/teach/courses/{course}/marking", TEACHING),
    // The question is none that people mark, so it is not there for its trainer either.
    ("GET", "/api/v1/teach/courses/{course}/marking/{id}/{slot}", [401, 404, 404, 404, 404]),
    ("POST", "/api/v1/teach/courses/{course}/marking/{id}/{slot}", [401, 404, 404, 404, 404]),
    ("POST", "/api/v1/teach/courses/{course}/marking/hand-back", TEACHING),
    ("GET", "/api/v1/teach/courses/{course}/regrades", TEACHING),
    ("POST", "/api/v1/teach/courses/{course}/regrades", [401, 404, 404, 422, 422]),
    ("POST", "/api/v1/teach/courses/{course}/regrades/{regrade}/back", [401, 404, 404, 422, 422]),
    ("GET", "/api/v1/stats/completion", [401, 403, 403, 403, 200]),
    ("POST", "/api/v1/courses/{course}/enrolments", [401, 201, 201, 201, 201]),
    ("DELETE", "/api/v1/tokens", [401, 204, 204, 204, 204]),
];

#[actix_web::test]
async fn everybody_may_call_what_the_table_says_and_no_more() {
    let app = App::start().await;
    let learner = Client::person(&app, "learner", Standing::Ordinary).await;
    let other = Client::person(&app, "other", Standing::Ordinary).await;
    let teacher = app.person("teacher", Standing::Ordinary).await;
    let course = app.library.cards().by_slug("innovation-management").unwrap().id;
    trainers::add(&mut *app.conn().await, course, teacher, app.site.clock.now()).await.unwrap();
    let teacher = Client::of(&app).signed_in("teacher").await;
    let admin = Client::person(&app, "admin", Standing::Administrator).await;
    let people = [Client::of(&app), learner.clone(), other, teacher, admin];

    learner.post("/api/v1/courses/innovation-management/enrolments", &json!({})).await;
    let start = "/api/v1/courses/innovation-management/quizzes/module-1-test/attempts";
    let attempt = learner.post(start, &json!({})).await.body["id"].clone();
    let mut wrong = Vec::new();
    for (method, route, expected) in ROWS {
        let path = route
            .replace("{course}", "innovation-management")
            .replace("{lesson}", "idea-invention-innovation")
            .replace("{quiz}", "module-1-test")
            .replace("{slot}", "0")
            .replace("{regrade}", attempt.as_str().unwrap())
            .replace("{id}", attempt.as_str().unwrap());
        for (client, expected) in people.iter().zip(expected) {
            let request = TestRequest::default().method(method.parse().unwrap());
            let told = client.ask(request.set_json(json!({})), &path).await;
            if told.status != *expected {
                wrong.push(format!("{method} {route}: {told:?} instead of {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_call_is_described_and_every_description_has_its_call() {
    let document = serde_json::to_value(bilik::api::openapi::document()).unwrap();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, calls)| {
            let methods = calls.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let undescribed = ["GET /api/docs", "GET /api/v1/openapi.json"];
    let rows: BTreeSet<String> = ROWS
        .iter()
        .map(|(method, path, _)| format!("{method} {path}"))
        .filter(|row| !undescribed.contains(&row.as_str()))
        .collect();
    assert_eq!(described, rows);
}
