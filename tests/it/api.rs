//! The JSON API as a program meets it: tokens, a learner's whole way, and what is refused.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use bilik::accounts::actions::Standing;
use bilik::clock;
use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{App, PASSWORD};

const COURSE: &str = "/api/v1/courses/innovation-management";
const TEST: &str = "/api/v1/courses/innovation-management/quizzes/module-1-test/attempts";

/// A program that calls the API, signed in or not.
#[derive(Clone)]
pub struct Client {
    pub app: App,
    token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub body: Value,
}

impl Client {
    /// Nobody yet.
    pub fn of(app: &App) -> Client {
        Client { app: app.clone(), token: None }
    }

    /// A new person who is signed in.
    pub async fn person(app: &App, name: &str, standing: Standing) -> Client {
        app.person(name, standing).await;
        Client::of(app).signed_in(name).await
    }

    /// The same program with this person's access token.
    pub async fn signed_in(&self, name: &str) -> Client {
        self.with(&self.tokens(name).await["access_token"])
    }

    async fn tokens(&self, name: &str) -> Value {
        let who = json!({ "email": format!("{name}@example.az"), "password": PASSWORD });
        let told = self.call(Method::POST, "/api/v1/tokens", &who).await;
        assert_eq!(told.status, 200, "{told:?}");
        told.body
    }

    fn with(&self, token: &Value) -> Client {
        Client { app: self.app.clone(), token: token.as_str().map(str::to_owned) }
    }

    pub async fn get(&self, path: &str) -> Told {
        self.ask(TestRequest::get(), path).await
    }

    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Told {
        self.ask(TestRequest::default().method(method).set_json(body), path).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Told {
        self.call(Method::POST, path, body).await
    }

    pub async fn ask(&self, request: TestRequest, path: &str) -> Told {
        let mut request = request.uri(path).insert_header(("accept-language", "en"));
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        let answer = self.app.answer(request).await;
        if answer.status == 401 {
            let way = answer.headers.get("www-authenticate");
            assert!(way.is_some_and(|way| way.as_bytes().starts_with(b"Bearer")), "{path}");
        }
        Told {
            status: answer.status,
            body: serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
        }
    }
}

#[actix_web::test]
async fn a_learner_signs_up_reads_and_takes_a_test() {
    let app = App::start().await;
    let who = json!({ "name": "Leyla", "email": "leyla@example.az", "password": PASSWORD, "language": "az" });
    assert_eq!(Client::of(&app).post("/api/v1/people", &who).await.status, 201);
    let again = Client::of(&app).post("/api/v1/people", &who).await;
    assert_eq!((again.status, &again.body["errors"][0]["code"]), (422, &json!("email-taken")));
    let leyla = Client::of(&app).signed_in("leyla").await;
    assert_eq!(leyla.get("/api/v1/me").await.body["language"], "az");

    let outline = leyla.get(COURSE).await.body;
    let lesson = outline["modules"][0]["lessons"][0]["id"].as_str().unwrap().to_owned();
    let enrolled = leyla.post(&format!("{COURSE}/enrolments"), &json!({})).await;
    assert_eq!((enrolled.status, &enrolled.body["state"]), (201, &json!("enrolled")));
    assert_ne!(enrolled.body["missing"], json!([]));
    let read = leyla.get(&format!("{COURSE}/lessons/{lesson}?lang=az")).await.body;
    assert_eq!((&read["lang"], &read["progress"]["viewed"]), (&json!("az"), &json!(false)));
    let events = format!("{COURSE}/lessons/{lesson}/events");
    let viewed = leyla.post(&events, &json!({ "kind": "viewed" })).await;
    assert_eq!(viewed.body["lesson"]["viewed"], true, "{viewed:?}");
    assert_eq!(leyla.post(&events, &json!({ "kind": "danced" })).await.status, 422);

    let started = leyla.post(TEST, &json!({})).await;
    assert_eq!(started.status, 201, "{started:?}");
    let id = started.body["id"].as_str().unwrap();
    assert_eq!(leyla.post(TEST, &json!({})).await.body["id"], started.body["id"], "resumed");
    let text = started.body.to_string();
    for secret in ["\"right\"", "feedback", "explanation", "weight"] {
        assert!(!text.contains(secret), "{secret} left before review");
    }
    assert_eq!(leyla.get(&format!("/api/v1/attempts/{id}/review")).await.status, 409);
    answer_and_finish(&leyla, &started.body).await;
    let review = leyla.get(&format!("/api/v1/attempts/{id}/review")).await;
    assert_eq!(review.status, 200, "{review:?}");
    assert!(review.body["score"].is_string() && review.body["of"].is_string());
    let mine = leyla.get("/api/v1/me/enrolments").await.body;
    assert_eq!((&mine["items"][0]["state"], &mine["next"]), (&json!("started"), &Value::Null));
}

/// Saves an answer, meets a stale one, and hands in.
async fn answer_and_finish(client: &Client, attempt: &Value) {
    let path = format!("/api/v1/attempts/{}", attempt["id"].as_str().unwrap());
    let slots = attempt["slots"].as_array().unwrap();
    let slot = slots.iter().find(|slot| slot["kind"] == "single").unwrap();
    let (place, options) = (&slot["slot"], &slot["options"]);
    let put = async |rev: i64, option: &Value| {
        let answer = json!({ "rev": rev, "picks": [option["id"]] });
        client.call(Method::PUT, &format!("{path}/responses/{place}"), &answer).await
    };
    let saved = put(0, &options[0]).await;
    assert_eq!((saved.status, &saved.body["rev"]), (200, &json!(1)), "{saved:?}");
    let stale = put(0, &options[1]).await;
    assert_eq!((stale.status, &stale.body["code"]), (409, &json!("api-answer-stale")));
    assert_eq!(stale.body["stored"]["response"]["picks"], json!([options[0]["id"]]));
    assert_eq!(put(1, &json!({ "id": "made-up" })).await.status, 422);
    let finished = client.post(&format!("{path}/finish"), &json!({})).await;
    assert_eq!((finished.status, &finished.body["state"]), (200, &json!("finished")));
    assert_eq!(put(1, &options[1]).await.body["code"], "quiz-finished-already");
}

#[actix_web::test]
async fn a_refresh_token_works_once_and_a_used_one_ends_the_session() {
    let app = App::start().await;
    app.person("leyla", Standing::Ordinary).await;
    let nobody = Client::of(&app);
    let first = nobody.tokens("leyla").await;
    let renew = async |token: &Value| {
        nobody.post("/api/v1/tokens/refresh", &json!({ "refresh_token": token })).await
    };
    let second = renew(&first["refresh_token"]).await;
    assert_eq!(second.status, 200, "{second:?}");
    let leyla = nobody.with(&second.body["access_token"]);
    assert_eq!(leyla.get("/api/v1/me").await.status, 200);
    assert_eq!(renew(&first["refresh_token"]).await.status, 401, "used before");
    assert_eq!(leyla.get("/api/v1/me").await.status, 401, "the session is over");
    assert_eq!(renew(&second.body["refresh_token"]).await.status, 401);
}

#[actix_web::test]
async fn tokens_end_when_they_should() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    let other = leyla.signed_in("leyla").await;
    let out = leyla.ask(TestRequest::delete(), "/api/v1/tokens").await;
    assert_eq!(out.status, 204);
    assert_eq!(leyla.get("/api/v1/me").await.status, 401, "signed out");
    assert_eq!(other.get("/api/v1/me").await.status, 200, "another session goes on");
    app.site.clock.advance(Duration::minutes(16));
    assert_eq!(other.get("/api/v1/me").await.status, 401, "expired");
    let wrong = json!({ "email": "leyla@example.az", "password": "not it at all" });
    assert_eq!(leyla.post("/api/v1/tokens", &wrong).await.status, 401);
    for forged in ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."] {
        assert_eq!(other.with(&json!(forged)).get("/api/v1/me").await.status, 401, "{forged}");
    }
    let session = app.learner("rauf").await.get_only("/api/v1/me").await;
    assert_eq!(session.status, 401, "a cookie is no token");
}

#[actix_web::test]
async fn the_same_key_brings_the_same_answer() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    leyla.post(&format!("{COURSE}/enrolments"), &json!({})).await;
    let key = clock::new_id().to_string();
    let start = async |path: &str| {
        let request = TestRequest::post().insert_header(("idempotency-key", key.as_str()));
        leyla.ask(request, path).await
    };
    let first = start(TEST).await;
    answer_and_finish(&leyla, &first.body).await;
    let again = start(TEST).await;
    assert_eq!((again.status, again.body), (201, first.body));
    assert_eq!(app.number("select count(*) as value from attempts").await, 1);
    let elsewhere = start(&format!("{COURSE}/enrolments")).await;
    assert_eq!((elsewhere.status, &elsewhere.body["code"]), (422, &json!("api-key-used")));
}

#[actix_web::test]
async fn a_key_makes_signing_up_happen_once() {
    let app = App::start().await;
    let stranger = Client::of(&app);
    let person =
        json!({ "name": "Leyla", "email": "leyla@example.az", "password": "yaşıl çay və limon" });
    let sign_up = async |key: &str, body: &Value| {
        let request = TestRequest::post().insert_header(("idempotency-key", key)).set_json(body);
        stranger.ask(request, "/api/v1/people").await
    };
    let (key, other) = (clock::new_id().to_string(), clock::new_id().to_string());
    let first = sign_up(&key, &person).await;
    let again = sign_up(&key, &person).await;
    assert_eq!((first.status, again.status, &again.body), (201, 201, &first.body));
    let taken = sign_up(&other, &person).await;
    assert_eq!((taken.status, &taken.body["errors"][0]["code"]), (422, &json!("email-taken")));
    assert_eq!(sign_up("x", &person).await.status, 400);
    assert_eq!(app.number("select count(*) as value from people").await, 1);
}

#[actix_web::test]
async fn a_write_whose_reply_cannot_be_kept_is_not_done() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    app.sql("alter table replies add constraint full_disk check (false) not valid").await;
    let key = clock::new_id().to_string();
    let enrol = async || {
        let request = TestRequest::post().insert_header(("idempotency-key", key.as_str()));
        leyla.ask(request, &format!("{COURSE}/enrolments")).await.status
    };
    assert_eq!(enrol().await, 500);
    assert_eq!(app.number("select count(*) as value from enrolments").await, 0);
    app.sql("alter table replies drop constraint full_disk").await;
    assert_eq!((enrol().await, enrol().await), (201, 201));
    assert_eq!(app.number("select count(*) as value from enrolments").await, 1);
}

#[actix_web::test]
async fn a_key_sent_twice_at_once_acts_once() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    let key = clock::new_id().to_string();
    let enrol = async || {
        let request = TestRequest::post().insert_header(("idempotency-key", key.as_str()));
        leyla.ask(request, &format!("{COURSE}/enrolments")).await
    };
    let (one, two) = futures_util::future::join(enrol(), enrol()).await;
    assert_eq!((one.status, two.status), (201, 201));
    assert_eq!(one.body, two.body);
    assert_eq!(app.number("select count(*) as value from replies").await, 1);
}

#[actix_web::test]
async fn bad_input_is_a_clear_problem() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    let raw = |body: &'static str| {
        TestRequest::post().insert_header(("content-type", "application/json")).set_payload(body)
    };
    for body in ["", "{", "[]", "\"\"", "{\"email\": 1}"] {
        let told = leyla.ask(raw(body), "/api/v1/tokens").await;
        assert_eq!(
            (told.status, &told.body["code"]),
            (400, &json!("api-json-unreadable")),
            "{body}"
        );
    }
    let form = TestRequest::post().set_form([("email", "x")]);
    assert_eq!(leyla.ask(form, "/api/v1/tokens").await.status, 415);
    for path in ["/api/v1/nowhere", "/api/v1/attempts/x", "/api/v1/courses/nothing"] {
        let told = leyla.get(path).await;
        assert_eq!((told.status, &told.body["status"]), (404, &json!(404)), "{path}");
    }
    let bad = json!({ "time_zone": "Mars/Olympus", "birth_year": 3 });
    let told = leyla.call(Method::PATCH, "/api/v1/me", &bad).await;
    let fields: Vec<&Value> =
        told.body["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!((told.status, fields), (422, vec![&json!("time_zone"), &json!("birth_year")]));
    let renamed = leyla.call(Method::PATCH, "/api/v1/me", &json!({ "name": "Leyla A." })).await;
    assert_eq!((renamed.status, &renamed.body["name"]), (200, &json!("Leyla A.")));
}

#[actix_web::test]
async fn the_reference_is_a_page() {
    let app = App::start().await;
    let page = app.browser().get_only("/api/docs").await;
    assert_eq!(page.status, 200);
    assert_eq!(Client::of(&app).get("/api/v1/openapi.json").await.status, 200);
}

#[actix_web::test]
async fn a_profile_is_never_changed_to_what_nobody_said() {
    let app = App::start().await;
    let leyla = Client::person(&app, "leyla", Standing::Ordinary).await;
    for (field, value, code) in [
        ("language", "de", "language-unknown"),
        ("region", "atlantis", "choice-unknown"),
        ("sex", "yes", "choice-unknown"),
    ] {
        let told = leyla
            .call(Method::PATCH, "/api/v1/me", &json!({ field: value, "consent": true }))
            .await;
        assert_eq!(told.status, 422, "{told:?}");
        let error = &told.body["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!(field), &json!(code)));
    }
    assert_eq!(leyla.get("/api/v1/me").await.body["language"], "en");
}
