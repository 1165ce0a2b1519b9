//! Modules that open when something else is done, lessons that take their time, tests in two forms.

use std::collections::BTreeMap;

use bilik::catalogue::publish;
use bilik::domain::progress::form::{posttest, pretest};
use chrono::Duration;

use crate::harness::{App, Browser};

const COURSE: &str = "/en/courses/steps";

const MANIFEST: &str = "\
id: 7c0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b22
slug: steps
source: en
languages: [en]
title: { en: Steps }
summary: { en: One after the other }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
";

fn quiz(id: &str) -> String {
    format!(
        "## {id} {{#{id} .quiz pass=60%}}\n\n### Why? {{#{id}-why}}\n\n- [x] One {{#one}}\n- [ ] Two {{#two}}\n\n"
    )
}

/// An app with a course of three steps: `warm`, then `dwell` once that is done, then `last` with both forms of a test.
async fn app(manifest: &str) -> App {
    let lesson = |front: &str, body: &str| {
        format!("---\ntitle: Title of {front}\nminutes: 5\n---\n\nText of {front}.\n\n{body}")
    };
    let files = BTreeMap::from([
        ("course.yml", format!("{MANIFEST}{manifest}")),
        ("1-first/module.yml", "title: { en: First }\n".to_owned()),
        ("1-first/1-warm.en.md", lesson("warm", "")),
        ("2-second/module.yml", "title: { en: Second }\nunlock: { lesson: warm }\n".to_owned()),
        ("2-second/1-dwell.en.md", lesson("dwell\ncomplete: dwell=2m", &quiz("middle"))),
        ("3-third/module.yml", "title: { en: Third }\n".to_owned()),
        (
            "3-third/1-forms.en.md",
            lesson("forms\nrequired: false", &(quiz("form-a") + &quiz("form-b"))),
        ),
    ]);
    let files =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let app = App::start().await;
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    publish::publish(conn, &files, now).await.unwrap();
    app.library.refresh(conn).await.unwrap();
    app
}

async fn joined(app: &App, name: &str) -> Browser {
    let browser = app.learner(name).await;
    app.enrol(browser.person(), "steps").await;
    browser
}

#[actix_web::test]
async fn a_closed_lesson_says_what_opens_it_and_leaves_no_trace() {
    let app = app("").await;
    let browser = joined(&app, "leyla").await;
    browser.get(COURSE).await.says("To open it:").says("Complete the lesson “Title of warm”");
    let page = browser.get(&format!("{COURSE}/dwell")).await;
    page.is(403).says("not open yet").does_not_say("Text of dwell");
    assert!(page.has(&format!("a[href='{COURSE}/warm']")));
    assert_eq!(app.number("select count(*) as value from lesson_progress").await, 0);
    app.browser().get(&format!("{COURSE}/dwell")).await.is(403).says("sign in");
    browser.post(&format!("{COURSE}/quizzes/middle/attempts"), &[]).await.is(409);
    assert_eq!(app.number("select count(*) as value from attempts").await, 0);
    browser.post(&format!("{COURSE}/warm/complete"), &[]).await.is(200).says("Text of dwell");
    browser.get(COURSE).await.does_not_say("To open it:");
    let attempt = browser.post(&format!("{COURSE}/quizzes/middle/attempts"), &[]).await;
    assert!(attempt.path.starts_with("/en/attempts/"), "{}", attempt.path);
}

#[actix_web::test]
async fn those_who_teach_read_ahead_and_those_who_were_there_stay() {
    let app = app("").await;
    let trainer = app.trainer("rena", "steps").await;
    trainer.get(&format!("{COURSE}/dwell")).await.is(200).says("Text of dwell");
    let browser = joined(&app, "leyla").await;
    app.sql(
        "insert into lesson_progress (enrolment_id, lesson, viewed_at) select id, 'dwell', now() from enrolments",
    )
    .await;
    browser.get(&format!("{COURSE}/dwell")).await.is(200).says("Text of dwell");
}

#[actix_web::test]
async fn a_lesson_that_takes_its_time_cannot_be_hurried() {
    let app = app("").await;
    let browser = joined(&app, "leyla").await;
    browser.post(&format!("{COURSE}/warm/complete"), &[]).await.is(200);
    let page = browser.get(&format!("{COURSE}/dwell")).await;
    page.says("open for 2:00 minutes").says("Time left:");
    let early = page.form(&format!("{COURSE}/dwell/complete")).submit().await;
    assert_eq!(early.path, format!("{COURSE}/dwell"));
    early.says("not complete yet");
    let marked = "select count(*) as value from lesson_progress where marked_at is not null";
    assert_eq!(app.number(marked).await, 1);
    app.site.clock.advance(Duration::seconds(121));
    let page = browser.get(&format!("{COURSE}/dwell")).await;
    page.does_not_say("Time left:");
    page.form(&format!("{COURSE}/dwell/complete")).submit().await.is(200);
    assert_eq!(app.number(marked).await, 2);
}

#[actix_web::test]
async fn prerequisites_keep_from_joining_until_they_are_met() {
    let app = app("prerequisites: { course: innovation-management }\n").await;
    let browser = app.learner("leyla").await;
    let page = browser.get(COURSE).await;
    page.says("Before you can join").says("Innovation management essentials");
    assert!(!page.has(&format!("form[action='{COURSE}/enrol']")));
    browser.post(&format!("{COURSE}/enrol"), &[]).await.is(409);
    app.enrol(browser.person(), "innovation-management").await;
    app.sql("update enrolments set completed_at = now()").await;
    browser.get(COURSE).await.form(&format!("{COURSE}/enrol")).submit().await.is(200);
}

#[actix_web::test]
async fn everybody_gets_one_form_before_and_the_other_after() {
    let app = app("pretest: { A: form-a, B: form-b }\nposttest: { A: form-a, B: form-b }\n").await;
    let browser = joined(&app, "leyla").await;
    let published = app.library.current(&mut *app.conn().await, "steps").await.unwrap().unwrap();
    let course = &published.course;
    let before = pretest(course, browser.person()).unwrap();
    assert_ne!(Some(before), posttest(course, browser.person()));
    let page = browser.get(COURSE).await;
    page.says("Before you begin").says("At the end");
    assert!(page.has(&format!("a[href='{COURSE}/forms#{before}']")));
    page.says("Completed: 0 of 2 lessons");
    let stranger = app.browser().get(&format!("{COURSE}/forms")).await;
    stranger.is(200).does_not_say("form-a").does_not_say("form-b");
}

#[actix_web::test]
async fn only_the_own_form_can_be_taken() {
    let files = "pretest: { A: form-a, B: form-b }\n";
    let app = app(files).await;
    let browser = joined(&app, "leyla").await;
    let published = app.library.current(&mut *app.conn().await, "steps").await.unwrap().unwrap();
    let own = pretest(&published.course, browser.person()).unwrap().as_str();
    let other = if own == "form-a" { "form-b" } else { "form-a" };
    browser.get(&format!("{COURSE}/forms")).await.says(own).does_not_say(other);
    browser.post(&format!("{COURSE}/quizzes/{other}/attempts"), &[]).await.is(409);
    let attempt = browser.post(&format!("{COURSE}/quizzes/{own}/attempts"), &[]).await;
    assert!(attempt.path.starts_with("/en/attempts/"), "{}", attempt.path);
}
