//! Every kind of question as learners answer it, without script.

use std::path::Path;

use bilik::catalogue::{folder, publish};

use crate::harness::{App, Browser, Page};

const QUIZ: &str = "/en/courses/kinds/quizzes/check-1/attempts";
const LESSON: &str = "/en/courses/kinds/kinds";
const SPRINT: [&str; 5] =
    ["Map the problem", "Sketch solutions", "Decide", "Build a prototype", "Test with users"];

/// A learner of the course that has every kind of question once.
async fn joined() -> (App, Browser) {
    let app = App::start().await;
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/courses/kinds");
    let files = folder::read(&course).unwrap();
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    publish::publish(conn, &files, now).await.unwrap();
    app.library.refresh(conn).await.unwrap();
    let browser = app.learner("leyla").await;
    app.enrol(browser.person(), "kinds").await;
    (app, browser)
}

/// The value of the entry with this text in the lists of a name.
fn entry(page: &Page, name: &str, text: &str) -> String {
    let entries = format!("select[name={name}] option");
    let (texts, values) = (page.texts(&entries), page.attributes(&entries, "value"));
    let found = texts.iter().zip(values).find(|(known, _)| *known == text);
    found.unwrap_or_else(|| panic!("no entry “{text}” in {texts:?}")).1
}

/// The steps of the sprint, each with its right place, in the order in which the page shows them.
fn in_order(page: &Page, name: &str) -> Vec<String> {
    let labels = page.attributes(&format!("select[name={name}]"), "aria-label");
    let values = page.attributes(&format!("select[name={name}] option"), "value");
    let first = values.iter().skip(1).step_by(SPRINT.len() + 1);
    let place = |label: &String| {
        SPRINT.iter().position(|step| label.ends_with(step)).expect("the page shows these steps")
            + 1
    };
    labels
        .iter()
        .zip(first)
        .map(|(label, value)| format!("{}:{}", value.split(':').next().unwrap(), place(label)))
        .collect()
}

/// All that would be sent, with right answers to the nine questions that are in no pool.
fn answered(page: &Page) -> Vec<(String, String)> {
    let form = page
        .form(&page.path)
        .choose("Tooling")
        .choose("A new product put on the market")
        .choose("A new business process brought into use")
        .choose("Flue gas")
        .set("a3", "1 kWh")
        .set("a4", "Research & Development");
    let mut fields = form.fields().to_vec();
    let parts: [(&str, Vec<String>); 4] = [
        ("a2", page.attributes("input[name=a2]", "value").into_iter().skip(1).take(1).collect()),
        (
            "a5",
            [
                "Proof of concept in the laboratory",
                "Prototype shown in a relevant environment",
                "System proven in operation",
            ]
            .map(|text| entry(page, "a5", text))
            .to_vec(),
        ),
        ("a6", in_order(page, "a6")),
        ("a7", vec![entry(page, "a7", "moves"), "cop".to_owned(), "3,0 kWh".to_owned()]),
    ];
    for (name, values) in parts {
        fields.retain(|(known, _)| known != name);
        fields.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }
    fields
}

async fn send(browser: &Browser, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

#[actix_web::test]
async fn every_kind_is_answered_kept_and_marked() {
    let (app, browser) = joined().await;
    let page = browser.post(QUIZ, &[]).await;
    page.is(200).says("Choose the match for each row.").says("Fill in the gaps.");
    for secret in ["no mould has to be cut", "Joules per second", "Demand is proved"] {
        assert!(!page.source().contains(secret), "{secret}");
    }
    let mut fields = answered(&page);
    fields.push(("do".to_owned(), "save".to_owned()));
    let kept = send(&browser, &page.path, &fields).await;
    kept.is(200);
    let chosen = kept.texts("select[name=a5] option[selected]");
    assert_eq!(chosen.len(), 3, "{chosen:?}");
    assert_eq!(in_order(&kept, "a6"), kept.attributes("select[name=a6] option[selected]", "value"));
    let review = browser.post(&format!("{}/finish", page.path), &[]).await;
    review.says("Passed");
    let right = "select count(*) as value from slot_marks where slot < 9 and verdict = 'right'";
    assert_eq!(app.number(right).await, 9, "{}", review.text());
    assert_eq!(app.number("select count(*) as value from slot_marks").await, 13);
    review.says("System proven in operation").says("no mould has to be cut");
}

#[actix_web::test]
async fn essays_and_opinions_are_noted_with_what_a_good_answer_holds() {
    let (_app, browser) = joined().await;
    let lesson = browser.get(LESSON).await;
    lesson.is(200).says("Write 150 to 400 words.").says("Named and spoken to");
    assert!(!lesson.source().contains("one number and one date"));
    let essay =
        browser.post(&format!("{LESSON}/practice/words/0"), &[("a", "First.\r\nSecond.")]).await;
    essay.is(200).says("one number and one date").says("Thank you, noted");
    let scale = lesson.attributes("input[type=radio]", "value");
    let opinion = browser.post(&format!("{LESSON}/practice/words/1"), &[("a", &scale[2])]).await;
    opinion.is(200).says("Thank you, noted");
}
