//! Quizzes that are checked question by question, that ask how sure one is, that close late or ask for a password; and
//! that no page knows more of the key than it may.

use std::collections::BTreeMap;
use std::path::Path;

use bilik::catalogue::{folder, publish};
use serde_json::{Value, json};

use crate::api::Client;
use crate::harness::{App, Browser, Page};

const QUIZ: &str = "/en/courses/kinds/quizzes/check-1/attempts";
const RULES: &str = "{#check-1 .quiz pass=70% attempts=3}";

/// The course that has every kind of question once, with other rules for its quiz.
fn course(rules: &str) -> BTreeMap<String, Vec<u8>> {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/courses/kinds");
    let mut files = folder::read(&at).unwrap();
    for (path, bytes) in &mut files {
        if !path.ends_with(".md") {
            continue;
        }
        let text = String::from_utf8(bytes.clone()).unwrap();
        let text = text.replace(RULES, &format!("{{#check-1 .quiz {rules}}}"));
        *bytes = text.into_bytes();
    }
    files
}

async fn published(app: &App, files: &BTreeMap<String, Vec<u8>>) {
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    publish::publish(conn, files, now).await.unwrap();
    app.library.refresh(conn).await.unwrap();
}

/// A learner of the course with these rules.
async fn joined(rules: &str) -> (App, Browser) {
    let app = App::start().await;
    published(&app, &course(rules)).await;
    let browser = app.learner("leyla").await;
    app.enrol(browser.person(), "kinds").await;
    (app, browser)
}

/// Presses the button that checks a question, with an option chosen by its text.
async fn check(browser: &Browser, page: &Page, place: u16, chosen: &[&str]) -> Page {
    let mut form = page.form(&page.path);
    for text in chosen {
        form = form.choose(text);
    }
    let mut fields = form.fields().to_vec();
    fields.push(("check".to_owned(), place.to_string()));
    let path = format!("{}/responses/{place}/check", page.path);
    browser.post_bare(&path, &fields).await
}

#[actix_web::test]
async fn a_checked_question_is_locked_and_told() {
    let (app, browser) = joined("pass=70% behaviour=immediate attempts=1").await;
    let page = browser.post(QUIZ, &[]).await;
    page.is(200);
    assert!(!page.source().contains("no mould has to be cut"));
    let told = check(&browser, &page, 0, &["Raw material"]).await;
    told.is(200).says("Powder and filament").says("Tooling is a fixed cost");
    assert!(!told.has("#q0 input[type=radio]"), "it is locked");
    assert!(told.has("#q1 input[type=checkbox]"), "the others are not");
    // Checking again changes nothing.
    check(&browser, &page, 0, &["Tooling"]).await.is(200);
    let checks = "select count(*) as value from attempt_events where kind = 'check'";
    assert_eq!(app.number(checks).await, 1);
    let review = browser.post(&format!("{}/finish", page.path), &[]).await;
    review.says("Marks: 0 of 1");
    assert_eq!(app.number("select marks as value from slot_marks where slot = 0").await, 0);
}

#[actix_web::test]
async fn a_wrong_try_is_followed_by_a_hint_and_costs_a_third() {
    let (app, browser) = joined("pass=70% behaviour=tries tries=3").await;
    let page = browser.post(QUIZ, &[]).await;
    let told = check(&browser, &page, 1, &["A patent that nobody uses"]).await;
    told.says("Tries left: 2").says("A patent alone is an").says("Two words decide it");
    assert!(told.has("#q1 input[type=checkbox]"), "it may be tried again");
    assert!(!told.source().contains("opt--missed"));
    let empty = check(&browser, &page, 3, &[]).await;
    empty.says("Give an answer first");
    let mut form = told.form(&page.path);
    form = form.untick("A patent that nobody uses");
    form = form.choose("A new product put on the market");
    form = form.choose("A new business process brought into use");
    let fields = form.fields().to_vec();
    let right = browser.post_bare(&format!("{}/responses/1/check", page.path), &fields).await;
    right.is(200);
    assert!(!right.has("#q1 input[type=checkbox]"), "right is the end of it");
    let review = browser.post(&format!("{}/finish", page.path), &[]).await;
    review.says("Right at try 2: 2 of 3.").says("Hints used: 1.");
    let marks = "select marks as value from slot_marks where slot = 1";
    assert_eq!(app.number(marks).await, 20_000_001, "two thirds of three marks, to the unit");
}

#[actix_web::test]
async fn certainty_is_asked_kept_and_paid() {
    let (app, browser) = joined("pass=70% behaviour=certainty").await;
    let page = browser.post(QUIZ, &[]).await;
    page.says("How sure are you?");
    let form = page.form(&page.path).choose("Tooling").set("s0", "high").set("s1", "mid");
    let kept = form.choose("A patent that nobody uses").press("Save answers").await;
    assert_eq!(kept.attribute("input[name=s0][checked]", "value"), "high");
    let review = browser.post(&format!("{}/finish", page.path), &[]).await;
    review.says("How sure you were: Very sure.");
    let marks = |slot| format!("select marks as value from slot_marks where slot = {slot}");
    assert_eq!(app.number(&marks(0)).await, 10_000_000);
    assert_eq!(app.number(&marks(1)).await, -20_000_001, "wrong and fairly sure: two thirds lost");
}

#[actix_web::test]
async fn programs_check_too() {
    let (app, _) = joined("pass=70% behaviour=tries tries=2").await;
    let client = Client::person(&app, "nigar", bilik::accounts::actions::Standing::Ordinary).await;
    client.post("/api/v1/courses/kinds/enrolments", &json!({ "language": "en" })).await;
    let told = client.post("/api/v1/courses/kinds/quizzes/check-1/attempts", &json!({})).await;
    assert_eq!((told.status, &told.body["behaviour"]), (201, &json!("tries")), "{told:?}");
    let slot = &told.body["slots"][0];
    assert_eq!(slot["check"]["tries_left"], json!(2));
    assert_eq!(slot["check"]["verdict"], Value::Null);
    let option = slot["options"].as_array().unwrap().iter();
    let wrong = option.clone().find(|it| it["html"] == "Raw material").unwrap()["id"].clone();
    let id = told.body["id"].as_str().unwrap();
    let path = format!("/api/v1/attempts/{id}/responses/0/check");
    let checked = client.post(&path, &json!({ "picks": [wrong], "rev": 0 })).await;
    assert_eq!(checked.status, 200, "{checked:?}");
    assert_eq!(checked.body["check"]["verdict"], "wrong");
    assert_eq!(checked.body["check"]["tries_left"], json!(1));
    assert_eq!(checked.body["check"]["locked"], json!(false));
}

#[actix_web::test]
async fn who_hands_in_late_may_do_so_in_the_time_of_grace_only() {
    let (app, browser) = joined("pass=70% time=20m overdue=10m").await;
    let page = browser.post(QUIZ, &[]).await;
    app.sql("update attempts set deadline = now() - interval '2 minutes'").await;
    let late = browser.get(&page.path).await;
    late.is(200).says("Time is up. Answers cannot be changed");
    assert!(late.path.ends_with("/finish"));
    late.form("/finish").press("Hand in").await.says("Result:");
    assert_eq!(app.word("select state as value from attempts").await, "finished");

    let again = browser.post(QUIZ, &[]).await;
    app.sql("update attempts set deadline = now() - interval '12 minutes' where state = 'open'")
        .await;
    let over = browser.get(&again.path).await;
    over.says("It does not count");
    assert_eq!(
        app.number("select count(*) as value from attempts where state = 'abandoned'").await,
        1
    );
    assert_eq!(app.number("select attempts::bigint as value from quiz_grades").await, 1);
}

#[actix_web::test]
async fn an_outage_gives_its_time_back_once() {
    let (app, browser) = joined("pass=70% time=20m").await;
    let page = browser.post(QUIZ, &[]).await;
    app.sql(
        "update attempts set started_at = now() - interval '40 minutes', deadline = now() - interval '20 minutes'; \
         insert into pulse (at) values (now() - interval '30 minutes') \
         on conflict (id) do update set at = excluded.at",
    )
    .await;
    let on = browser.get(&page.path).await;
    assert!(on.path.ends_with("/review") || on.path == page.path, "{}", on.path);
    let on = browser.get(&page.path).await;
    assert_eq!(on.path, page.path, "it goes on");
    on.says("You got 30 minutes more because the platform was not reachable.");
    let left = "select extract(epoch from deadline - now())::bigint / 60 as value from attempts";
    assert!((9..=10).contains(&app.number(left).await));
    browser.get(&page.path).await;
    assert_eq!(app.number("select count(*) as value from outages").await, 1);
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'extend'").await,
        1
    );
}

#[actix_web::test]
async fn a_trainer_gives_one_learner_more_time_and_everyone_a_password() {
    let (app, browser) = joined("pass=70% time=20m attempts=1").await;
    let trainer = app.trainer("tural", "kinds").await;
    let page = browser.post(QUIZ, &[]).await;
    let terms = "/en/teach/kinds/quizzes/check-1/terms";
    let form = trainer.get(terms).await;
    form.says("Time: 20 minutes");
    let nothing = form.form(terms).press("Save").await;
    nothing.is(422).says("Write a reason");
    let given = form
        .form(terms)
        .set("email", "leyla@example.az")
        .set("minutes", "30")
        .set("attempts", "2")
        .set("reason", "Agreed extra time")
        .press("Save")
        .await;
    given.is(200).says("Agreed extra time").says("tural");
    let limit = "select extract(epoch from deadline - started_at)::bigint as value from attempts";
    assert_eq!(app.number(limit).await, 1800, "the open attempt has it at once");
    browser.post(&format!("{}/finish", page.path), &[]).await.says("Attempts left: 1");

    let form = trainer
        .get(terms)
        .await
        .form(terms)
        .set("password", "sirr 2026")
        .set("reason", "Exam")
        .press("Save")
        .await;
    form.says("With a password");
    assert!(!form.source().contains("sirr 2026"));
    let asked = browser.post(QUIZ, &[]).await;
    asked.is(422).says("This quiz needs a password");
    let wrong = asked.form("/attempts").set("password", "sirr").press("Start the quiz").await;
    wrong.is(422).says("That is not the password");
    let right = wrong.form("/attempts").set("password", "sirr 2026").press("Start the quiz").await;
    right.is(200).says("Attempt 2.");
    assert_eq!(app.number("select count(*) as value from quiz_terms").await, 2);
}

#[actix_web::test]
async fn the_next_attempt_waits() {
    let (app, browser) = joined("pass=70% wait=1h").await;
    let page = browser.post(QUIZ, &[]).await;
    browser.post(&format!("{}/finish", page.path), &[]).await;
    browser.post(QUIZ, &[]).await.is(409).says("a little later");
    browser.get("/en/courses/kinds/kinds").await.says("You can start again in 60 minutes.");
    app.sql("update attempts set finished_at = now() - interval '2 hours'").await;
    browser.post(QUIZ, &[]).await.is(200);
}

/// The document of a course with another key and other feedback for every question.
fn permuted(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(permuted),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                change(name, value);
                permuted(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Changes a value that belongs to a key or to feedback.
fn change(name: &str, value: &mut Value) {
    match (name, &mut *value) {
        ("options" | "pick" | "rows", Value::Array(all)) => {
            let mut keys: Vec<Value> = all.iter().map(|one| one["right"].clone()).collect();
            let by = keys.len().min(1);
            keys.rotate_left(by);
            for (one, key) in all.iter_mut().zip(keys).filter(|(one, _)| one.get("right").is_some())
            {
                one["right"] = key;
            }
        }
        ("steps", Value::Array(all)) => all.reverse(),
        ("range", Value::Array(_)) => *value = json!(["1000", "2000"]),
        ("equal" | "regex", Value::String(_)) => *value = json!("zzz"),
        ("answers", Value::Object(said)) => {
            said.values_mut().for_each(|said| *said = json!("<p>another word</p>"));
        }
        (
            "feedback" | "explanation" | "model" | "if_right" | "if_partly" | "if_wrong",
            Value::String(text),
        ) if text.starts_with('<') => *value = json!("<p>another word</p>"),
        _ => {}
    }
}

/// The same attempt, drawn by a program that has another key, is the same to the byte.
#[actix_web::test]
async fn pages_and_documents_are_the_same_under_another_key() {
    for rules in [
        "pass=70%",
        "pass=70% behaviour=immediate",
        "pass=70% behaviour=tries tries=3",
        "pass=70% behaviour=adaptive",
        "pass=70% behaviour=points-list",
        "pass=70% behaviour=certainty",
        "pass=70% feedback=never",
    ] {
        let (app, browser) = joined(rules).await;
        let page = browser.post(QUIZ, &[]).await;
        let form = page.form(&page.path).choose("Tooling").choose("A patent that nobody uses");
        form.press("Save answers").await.is(200);
        let before = views(&app, &browser, &page.path).await;
        let changed = with_other_key(&app).await;
        let other = changed.browser_of(browser.person()).await;
        let after = views(&changed, &other, &page.path).await;
        for (one, two) in before.iter().zip(&after) {
            assert_eq!(one, two, "{rules}");
        }
        assert!(before.iter().all(|view| !view.contains("mould has to be cut")), "{rules}");
    }
}

/// What shows an attempt while it goes on, without what every sign-in has of its own.
async fn views(app: &App, browser: &Browser, path: &str) -> Vec<String> {
    let program = Client::of(app).signed_in("leyla").await;
    let document = program.get(&path.replace("/en/", "/api/v1/")).await;
    assert_eq!(document.status, 200, "{document:?}");
    let mut views = vec![document.body.to_string()];
    for suffix in ["", "/finish"] {
        let page = browser.get(&format!("{path}{suffix}")).await;
        page.is(200);
        let own = page.attribute("input[name=csrf]", "value");
        let kept = page.source().replace(&own, "");
        let lines = kept.lines().filter(|line| !line.contains("data-remaining"));
        views.push(lines.collect::<Vec<&str>>().join("\n"));
    }
    views
}

/// A program on the same database whose course has another key.
async fn with_other_key(app: &App) -> App {
    let query = "select document as value from course_versions v join courses c on c.version_id = v.id where c.slug = 'kinds'";
    let own = app.word(query).await;
    let mut document: Value = serde_json::from_str(&own).unwrap();
    permuted(&mut document);
    let other = document.to_string();
    assert!(own.contains("no mould has to be cut") && !other.contains("no mould has to be cut"));
    let quoted = other.replace('\'', "''");
    app.sql(&format!(
        "update course_versions v set document = '{quoted}' from courses c where c.version_id = v.id and c.slug = 'kinds'"
    ))
    .await;
    App::on(app.site.config.database_url.as_deref().unwrap_or_default()).await
}
