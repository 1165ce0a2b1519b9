//! Quizzes as learners meet them: one attempt at a time, answers that are never lost, a clock that only the
//! database reads, and no key on any page before its time.

use bilik::domain::locale::Locale;
use bilik::domain::quiz::item::Item;
use bilik::domain::quiz::response::QuizId;
use bilik::enrolment;
use bilik::quizzes::finishing::{Whose, settle_all};
use futures_util::future::join_all;
use serde_json::Value;

use crate::harness::{App, Browser, Page};

const COURSE: &str = "/en/courses/innovation-management";
const TEST: &str = "/en/courses/innovation-management/quizzes/module-1-test/attempts";
const PRACTICE: &str = "/en/courses/innovation-management/idea-invention-innovation/practice/check-idea-invention-innovation";

/// A learner who has joined the shipped course.
async fn joined(app: &App, name: &str) -> Browser {
    let browser = app.learner(name).await;
    let course = app.library.cards().by_slug("innovation-management").expect("it is shipped").id;
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    enrolment::enrol(conn, browser.person(), course, Locale::En, now).await.unwrap();
    browser
}

/// The page of a new attempt.
async fn begun(browser: &Browser) -> Page {
    let page = browser.post(TEST, &[]).await;
    page.is(200);
    assert!(page.path.starts_with("/en/attempts/"), "{}", page.path);
    page
}

/// The first choice question of an attempt page: its place and the values of its options.
fn first_choice(page: &Page) -> (String, Vec<String>) {
    let name = page.attribute("input[type=radio]", "name");
    let values = page.attributes(&format!("input[name={name}]"), "value");
    (name.trim_start_matches('a').to_owned(), values)
}

/// Sends one answer as a script does.
async fn save(
    browser: &Browser,
    path: &str,
    place: &str,
    value: &str,
    rev: &str,
    op: &str,
) -> (u16, Value) {
    let fields = [("a", value), ("rev", rev), ("op", op)];
    let page = browser.clone().post_only(&format!("{path}/responses/{place}"), &fields).await;
    (page.status, serde_json::from_str(&page.source()).unwrap_or(Value::Null))
}

fn op(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000000{number:02}")
}

#[actix_web::test]
async fn starting_twenty_times_at_once_starts_one_attempt() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let starts = (0..20).map(|_| async { browser.post_only(TEST, &[]).await.header("location") });
    let mut places = join_all(starts).await;
    places.dedup();
    assert_eq!(places.len(), 1, "{places:?}");
    assert_eq!(app.number("select count(*) as value from attempts").await, 1);
    assert_eq!(app.number("select count(*) as value from attempt_events").await, 1);
}

#[actix_web::test]
async fn an_answer_sent_twice_is_one_answer() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let page = begun(&browser).await;
    let script = app.browser_of(browser.person()).await.with_header("accept", "application/json");
    let (place, values) = first_choice(&page);
    let sends = (0..10).map(|_| {
        save(&script, &page.path, &place, &values[0], "0", "00000000-0000-4000-8000-000000000001")
    });
    for (status, reply) in join_all(sends).await {
        assert_eq!((status, &reply["rev"]), (200, &Value::from(1)));
    }
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'save'").await,
        1
    );
    let shown = browser.get(&page.path).await;
    assert_eq!(shown.attribute("input[checked]", "value"), values[0]);
    shown.says("Saved, ");
}

#[actix_web::test]
async fn an_old_page_is_shown_both_answers_and_loses_none() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let page = begun(&browser).await;
    let script = app.browser_of(browser.person()).await.with_header("accept", "application/json");
    let (place, values) = first_choice(&page);
    save(&script, &page.path, &place, &values[0], "0", &op(1)).await;
    let (status, reply) = save(&script, &page.path, &place, &values[1], "0", &op(2)).await;
    assert_eq!(status, 409);
    let both = browser.get(reply["page"].as_str().unwrap()).await;
    both.is(409).says("Two answers to the same question");
    let kept = both.form(&page.path).press("Keep the chosen answers").await;
    kept.is(200);
    assert_eq!(kept.attribute("input[checked]", "value"), values[1]);
    assert_eq!(app.number("select rev::bigint as value from saved_answers").await, 2);
}

#[actix_web::test]
async fn a_page_without_scripts_keeps_what_another_tab_changed() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let old = begun(&browser).await;
    let (place, values) = first_choice(&old);
    let name = format!("a{place}");
    let other = browser.get(&old.path).await;
    other.form(&old.path).set(&name, &values[0]).press("Save answers").await.is(200);
    let untouched = old.form(&old.path).press("Save answers").await;
    assert_eq!(untouched.attribute("input[checked]", "value"), values[0]);
    let clash = old.form(&old.path).set(&name, &values[1]).press("Save answers").await;
    clash.is(409).says("Your answer on this page");
}

#[actix_web::test]
async fn handing_in_names_what_is_unanswered_and_counts_once() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let page = begun(&browser).await;
    let (place, values) = first_choice(&page);
    let form = page.form(&page.path).set(&format!("a{place}"), &values[0]);
    let ask = form.press("Hand in").await;
    ask.says("11 questions have no answer");
    let review = ask.form("/finish").press("Hand in").await;
    assert!(review.path.ends_with("/review"), "{}", review.path);
    review.says("Not passed yet").says("Start a new attempt");
    let again = browser.post(&format!("{}/finish", page.path), &[]).await;
    assert_eq!(again.path, review.path);
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'finish'").await,
        1
    );
    assert_eq!(app.number("select count(*) as value from slot_marks").await, 12);
    assert_eq!(app.number("select sum(marks)::bigint - max(raw) as value from slot_marks join attempts on id = attempt_id").await, 0);
    assert_eq!(app.number("select attempts::bigint as value from quiz_grades").await, 1);
    assert_eq!(
        app.word("select string_agg(verb, ' ' order by id) as value from journal").await,
        "attempted finished failed"
    );
}

#[actix_web::test]
async fn only_the_databases_clock_decides_what_is_late() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let script = app.browser_of(browser.person()).await.with_header("accept", "application/json");
    let page = begun(&browser).await;
    let (place, values) = first_choice(&page);
    app.sql("update attempts set deadline = now() - interval '30 seconds'").await;
    let (status, reply) = save(&script, &page.path, &place, &values[0], "0", &op(1)).await;
    assert_eq!((status, &reply["left"]), (200, &Value::from(0)), "in the slack of a minute");
    app.sql("update attempts set deadline = now() - interval '61 seconds'").await;
    let (status, reply) = save(&script, &page.path, &place, &values[1], "1", &op(2)).await;
    assert_eq!(status, 422, "{reply}");
    assert!(reply["text"].as_str().unwrap().starts_with("Time is up"));
    let settled = "select count(*) as value from attempts where state = 'finished' and finished_at = deadline";
    assert_eq!(app.number(settled).await, 1);
    let aside = "select count(*) as value from attempt_events where kind = 'aside'";
    assert_eq!(app.number(aside).await, 1, "what came late is kept as evidence");
    assert!(browser.get(&page.path).await.path.ends_with("/review"));
}

#[actix_web::test]
async fn an_attempt_that_nobody_comes_back_to_is_settled_once() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    begun(&browser).await;
    app.sql("update attempts set deadline = now() - interval '2 minutes'").await;
    let sweeps = (0..3).map(|_| async {
        settle_all(&mut *app.conn().await, &app.library, Whose::Anybody).await.unwrap()
    });
    join_all(sweeps).await;
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'finish'").await,
        1
    );
    let again = browser.post(TEST, &[]).await;
    again.says("Attempt 2.");
}

#[actix_web::test]
async fn an_attempt_that_cannot_be_read_holds_up_no_other() {
    let app = App::start().await;
    begun(&joined(&app, "leyla").await).await;
    begun(&joined(&app, "murad").await).await;
    app.sql("update attempts set deadline = now() - interval '2 minutes'").await;
    let broken = "update attempts set paper = '{}', deadline = deadline - interval '1 hour' \
         where id = (select min(id::text)::uuid from attempts)";
    app.sql(broken).await;
    settle_all(&mut *app.conn().await, &app.library, Whose::Anybody).await.unwrap();
    let states = "select count(*) as value from attempts where state = ";
    assert_eq!(app.number(&format!("{states} 'finished'")).await, 1);
    assert_eq!(app.number(&format!("{states} 'open'")).await, 1);
}

#[actix_web::test]
async fn attempts_are_their_learners_own() {
    let app = App::start().await;
    let (leyla, murad) = (joined(&app, "leyla").await, app.learner("murad").await);
    let page = begun(&leyla).await;
    for path in ["", "/finish", "/review", "/compare?slot=0"] {
        assert_eq!(murad.get_only(&format!("{}{path}", page.path)).await.status, 404, "{path}");
    }
    assert_eq!(murad.post_only(&page.path, &[]).await.status, 404);
    assert_eq!(murad.post_only(&format!("{}/finish", page.path), &[]).await.status, 404);
    let refused = murad.post_only(TEST, &[]).await;
    refused.is(403).says("Join the course to answer");
    assert_eq!(refused.attribute("main a.btn--primary", "href"), COURSE);
}

#[actix_web::test]
async fn practice_tells_at_once_and_may_be_tried_again() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await.with_header("x-fragment", "one");
    let question = browser.post_only(&format!("{PRACTICE}/0"), &[("do", "again")]).await;
    let values = question.attributes("input[name=a]", "value");
    let blank = browser.post_only(&format!("{PRACTICE}/0"), &[]).await;
    assert!(blank.source().contains("Give an answer first"));
    assert_eq!(
        app.number("select count(*) as value from attempts").await,
        0,
        "looking writes nothing"
    );
    for value in [&values[0], &values[1]] {
        let told = browser.post_only(&format!("{PRACTICE}/0"), &[("a", value)]).await;
        assert!(told.source().contains("Explanation"), "{}", told.source());
        assert!(told.has("[data-focus]"));
    }
    for place in 1..3 {
        let path = format!("{PRACTICE}/{place}");
        let asked = browser.post_only(&path, &[("do", "again")]).await;
        let value =
            asked.attribute("input[name=a][type=radio], input[name=a][type=checkbox]", "value");
        let value = if value.is_empty() { "5".to_owned() } else { value };
        browser.post_only(&path, &[("a", &value)]).await.is(200);
        browser.post_only(&path, &[("a", &value)]).await.is(200);
    }
    assert_eq!(app.number("select count(*) as value from quiz_grades where answered").await, 1);
    assert_eq!(
        app.number("select count(*) as value from journal where verb = 'answered'").await,
        1
    );
}

/// All that may be read of an item only after answering.
fn secrets(item: &Item) -> Vec<String> {
    let texts = item.texts.values();
    let told = texts.flat_map(|text| {
        let options = text.options.values().filter_map(|option| option.feedback.clone());
        let answers = text.answers.values().cloned();
        let notes = [&text.explanation, &text.if_right, &text.if_partly, &text.if_wrong];
        let notes = notes.into_iter().flatten().cloned();
        options.chain(answers).chain(notes).collect::<Vec<_>>()
    });
    told.map(|html| html.as_str().to_owned()).filter(|text| text.len() > 30).collect()
}

/// Turns the key of a stored course round: what was right is wrong, what is told after answering says something else.
fn turn(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                match (name.as_str(), &*value) {
                    ("right", Value::Bool(right)) => *value = Value::Bool(!right),
                    (
                        "feedback" | "explanation" | "if_right" | "if_wrong" | "if_partly",
                        Value::String(text),
                    ) if text.contains('<') => *value = Value::from("<p>turned round</p>"),
                    _ => turn(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(turn),
        _ => {}
    }
}

#[actix_web::test]
async fn no_page_depends_on_the_key_before_its_time() {
    let app = App::start().await;
    let browser = joined(&app, "leyla").await;
    let path = begun(&browser).await.path;
    let lesson = "/en/courses/innovation-management/idea-invention-innovation";
    browser.get(lesson).await;
    let (attempt, practice) =
        (browser.get(&path).await.source(), browser.get(lesson).await.source());
    let published = app
        .library
        .current(&mut *app.conn().await, "innovation-management")
        .await
        .unwrap()
        .unwrap();
    for (_, quiz) in published
        .lessons()
        .flat_map(|(_, lesson)| lesson.quizzes.iter().map(|quiz| (&quiz.id, quiz)))
    {
        for secret in quiz.items.iter().flat_map(secrets) {
            assert!(!attempt.contains(&secret), "{}: {secret}", quiz.id);
            assert!(!practice.contains(&secret), "{}: {secret}", quiz.id);
        }
    }
    assert!(published.quiz(&QuizId("module-1-test".to_owned())).is_some());
    let document = app.word("select document as value from course_versions v join courses c on c.version_id = v.id where slug = 'innovation-management'").await;
    let mut turned: Value = serde_json::from_str(&document).unwrap();
    turn(&mut turned);
    assert_ne!(turned.to_string(), document);
    let quoted = turned.to_string().replace('\'', "''");
    app.sql(&format!("update course_versions v set document = '{quoted}' from courses c where c.version_id = v.id and slug = 'innovation-management'")).await;
    let other = App::on(app.site.config.database_url.as_deref().unwrap()).await;
    let elsewhere = other.browser();
    elsewhere.set_cookie("session", &browser.cookie("session"));
    assert_eq!(elsewhere.get(&path).await.source(), attempt);
    assert_eq!(elsewhere.get(lesson).await.source(), practice);
}
