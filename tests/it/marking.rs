//! Marking by people: an essay is handed in, judged, handed back, and only then counts.

use actix_web::test::TestRequest;
use bilik::accounts::actions::Standing;
use bilik::catalogue::publish::{self, Files};
use serde_json::json;

use crate::api::Client;
use crate::harness::{App, Browser, Page};

const MANIFEST: &str = "\
id: 5b1c7a44-0a44-4a57-9f0e-0d6c3f0a7b50
slug: pitches
source: en
languages: [en]
title: { en: Pitches }
summary: { en: One essay. }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
completion: { lessons: required }
";
const ESSAY: &str = "### Pitch your pilot. {#pitch .essay points=6}

Describe one pilot project.

| Criterion               | 0          | 1         | 2                   |
| ----------------------- | ---------- | --------- | ------------------- |
| Problem {#problem}      | Not stated | Stated    | Stated with numbers |
| Evidence {#evidence x2} | None       | Anecdotal | Measured            |

> A strong answer names one number.

";
const FREE: &str = "### Name one risk. {#risk .essay points=4}\n\nOne sentence.\n\n";
const START: &str = "/en/courses/pitches/quizzes/hand-in/attempts";
const QUEUE: &str = "/en/teach/pitches/marking";

/// A course whose only lesson is complete when its quiz of these questions, with these attributes, is passed.
fn course(attributes: &str, questions: &[&str]) -> Files {
    let lesson = format!(
        "---\ntitle: Pitch\nminutes: 5\ncomplete: quiz\n---\n\nSay it.\n\n## Hand in {{#hand-in .quiz {attributes}}}\n\n{}",
        questions.concat()
    );
    [
        ("course.yml", MANIFEST),
        ("1-begin/module.yml", "title: { en: Begin }\n"),
        ("1-begin/1-pitch.en.md", &lesson),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .collect()
}

async fn published(attributes: &str, questions: &[&str]) -> App {
    let app = App::start().await;
    publish(&app, attributes, questions).await;
    app
}

/// An essay that waits in a course of its own: the id of its attempt. Somebody else wrote it.
pub async fn waiting(app: &App) -> String {
    publish(app, "pass=60%", &[ESSAY]).await;
    let (_, attempt) = handed_in(app, "writer", "We asked ten farmers.").await;
    attempt.rsplit('/').next().unwrap().to_owned()
}

async fn publish(app: &App, attributes: &str, questions: &[&str]) {
    let (conn, now) = (&mut *app.conn().await, app.site.clock.now());
    publish::publish(conn, &course(attributes, questions), now).await.unwrap();
    app.library.refresh(conn).await.unwrap();
}

/// A learner who hands in this answer to every question; the path of the attempt.
async fn handed_in(app: &App, name: &str, answer: &str) -> (Browser, String) {
    let learner = app.learner(name).await;
    app.enrol(learner.person(), "pitches").await;
    let page = learner.post(START, &[]).await;
    let places = page.attributes("textarea", "name");
    let form = places.iter().fold(page.form(&page.path), |form, place| form.set(place, answer));
    form.press("Hand in").await.is(200).says("Handed in");
    let path = page.path.clone();
    (learner, path)
}

/// The address of the form for an answer.
fn answer(attempt: &str, slot: u16) -> String {
    format!("{QUEUE}/{}/{slot}", attempt.rsplit('/').next().unwrap())
}

/// Sends a judgement by the rubric with a button.
async fn judge(page: &Page, levels: [&str; 2], comment: &str, button: &str) -> Page {
    let action = page.attribute("form.stack", "action");
    page.form(&action)
        .set("row-problem", levels[0])
        .set("row-evidence", levels[1])
        .set("comment", comment)
        .press(button)
        .await
}

async fn is_complete(app: &App) -> i64 {
    app.number("select count(*) as value from enrolments where completed_at is not null").await
}

#[actix_web::test]
async fn an_essay_is_handed_in_marked_handed_back_and_passed() {
    let app = published("pass=60%", &[ESSAY]).await;
    let trainer = app.trainer("tofig", "pitches").await;
    let (learner, attempt) =
        handed_in(&app, "leyla", "We asked ten farmers.\nNine said yes.").await;
    let review = learner.get(&format!("{attempt}/review")).await;
    review.says("1 answer waits for a trainer").says("Waits for a person");
    review.does_not_say("Passed").does_not_say("Not passed");
    assert_eq!(app.number("select count(*) as value from attempts where raw is null").await, 1);
    assert_eq!(is_complete(&app).await, 0);

    trainer.get("/en/teach").await.says("1 waits");
    let queue = trainer.get("/en/marking").await;
    queue.is(200).says("Pitches").says("less than an hour");
    let list = queue.follow("Hand in").await;
    list.is(200).says("leyla");
    let form = list.follow("Pitch your pilot.").await;
    form.is(200).says("We asked ten farmers.").says("Nine said yes.").says("7 words");
    form.says("A strong answer names one number.").says("leyla");
    let missing = form.form(&form.attribute("form.stack", "action")).set("row-problem", "2");
    let again = missing.set("comment", "Kept *words*").press("Save and next").await;
    again.is(422).says("Choose a level for each row.").says("Kept *words*");
    assert!(again.has("input[name=row-problem][value='2'][checked]"));

    let done = judge(&again, ["2", "1"], "Good **start**.", "Save and next").await;
    done.is(200).says("The mark is saved.");
    let review = learner.get(&format!("{attempt}/review")).await;
    review.says("waits for a trainer").does_not_say("start").does_not_say("Anecdotal.");
    assert_eq!(is_complete(&app).await, 0);

    let list = trainer.get(QUEUE).await;
    let back = list.form(&format!("{QUEUE}/hand-back")).press("Hand back everything").await;
    back.is(200).says("The marks are handed back.").says("Nothing waits for marking");
    let review = learner.get(&format!("{attempt}/review")).await;
    review
        .says("Passed")
        .says("67%")
        .says("Good start.")
        .says("Anecdotal")
        .says("Stated with numbers");
    assert!(review.source().contains("<strong>start</strong>"));
    assert_eq!(is_complete(&app).await, 1);
    assert_eq!(app.number("select raw as value from attempts").await, 40_000_000);
    let kept = "select string_agg(kind, ' ' order by seq) as value from attempt_events where actor is not null";
    assert_eq!(app.word(kept).await, "mark release");
}

#[actix_web::test]
async fn a_mark_that_is_changed_later_keeps_its_history_and_counts_when_it_is_handed_back() {
    let app = published("pass=60%", &[FREE]).await;
    let trainer = app.trainer("tofig", "pitches").await;
    let (learner, attempt) = handed_in(&app, "leyla", "Rain.").await;
    let address = answer(&attempt, 0);
    let send = async |marks: &str, how: &str| {
        let page = trainer.get(&address).await;
        let action = page.attribute("form.stack", "action");
        page.form(&action).set("marks", marks).press(how).await
    };
    for (typed, status) in [("", 422), ("many", 422), ("4,5", 422), ("-1", 422), ("1,5", 200)] {
        let sent = send(typed, "Save and hand back").await;
        sent.is(status);
        if status == 422 {
            assert_eq!(sent.attribute("#marks", "value"), typed);
        }
    }
    learner.get(&format!("{attempt}/review")).await.says("Not passed yet").says("Marks: 1.5 of 4");
    assert_eq!(is_complete(&app).await, 0);
    send("3", "Save and next").await.is(200);
    learner.get(&format!("{attempt}/review")).await.says("Marks: 1.5 of 4");
    send("3", "Save and hand back").await.says("The mark is handed back.");
    learner.get(&format!("{attempt}/review")).await.says("Passed").says("Marks: 3 of 4");
    assert_eq!(is_complete(&app).await, 1);
    let kept = "select string_agg(kind, ' ' order by seq) as value from attempt_events where actor is not null";
    assert_eq!(app.word(kept).await, "mark release mark release");
    let verdicts = "select string_agg(verdict, ' ') as value from slot_marks";
    assert_eq!(app.word(verdicts).await, "partly");
}

#[actix_web::test]
async fn a_slower_marker_is_shown_the_faster_one_and_loses_no_word() {
    let app = published("pass=60%", &[ESSAY]).await;
    let (fast, slow) = (app.trainer("fast", "pitches").await, app.trainer("slow", "pitches").await);
    let (_, attempt) = handed_in(&app, "leyla", "We asked.").await;
    let (first, second) =
        (fast.get(&answer(&attempt, 0)).await, slow.get(&answer(&attempt, 0)).await);
    judge(&first, ["2", "2"], "From the fast one", "Save and next").await.is(200);
    let both = judge(&second, ["0", "1"], "From the slow one", "Save and next").await;
    both.is(409).says("Somebody saved a mark").says("From the fast one").says("From the slow one");
    assert!(both.has("input[name=row-evidence][value='1'][checked]"));
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'mark'").await,
        1
    );
    judge(&both, ["0", "1"], "From the slow one", "Save and next").await.is(200);
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'mark'").await,
        2
    );
    let twice = judge(&both, ["0", "1"], "From the slow one", "Save and next").await;
    twice.is(200);
    assert_eq!(
        app.number("select count(*) as value from attempt_events where kind = 'mark'").await,
        2
    );
}

#[actix_web::test]
async fn two_markers_judge_apart_and_a_third_settles_what_differs() {
    let app = published("pass=60% markers=2 agree=10% anonymous", &[ESSAY]).await;
    let [one, two, three] = ["one", "two", "three"];
    let one = app.trainer(one, "pitches").await;
    let two = app.trainer(two, "pitches").await;
    let three = app.trainer(three, "pitches").await;
    let (learner, attempt) = handed_in(&app, "leyla", "We asked.").await;
    let address = answer(&attempt, 0);
    one.get(QUEUE).await.says("Learner 1").does_not_say("leyla");
    let page = one.get(&address).await;
    page.says("Name hidden").does_not_say("leyla");
    judge(&page, ["2", "2"], "Full from one", "Save and hand back")
        .await
        .says("The mark is saved.");
    let page = two.get(&address).await;
    page.does_not_say("Full from one").says("One mark is missing");
    judge(&page, ["0", "0"], "Nothing from two", "Save and hand back").await.is(200);
    learner.get(&format!("{attempt}/review")).await.says("waits for a trainer");
    let page = three.get(&address).await;
    page.says("The marks differ").says("Full from one").says("Nothing from two");
    judge(&page, ["2", "1"], "Settled", "Save and hand back").await.says("handed back");
    let review = learner.get(&format!("{attempt}/review")).await;
    review.says("Passed").says("Settled").does_not_say("Full from one");
    three.get(&address).await.says("leyla").says("Decision");
}

#[actix_web::test]
async fn nobody_marks_answers_of_their_own_or_of_other_courses() {
    let app = published("pass=60%", &[ESSAY]).await;
    let (_, attempt) = handed_in(&app, "leyla", "We asked.").await;
    let address = answer(&attempt, 0);
    app.sql("insert into course_trainers select a.course_id, a.person_id, now() from attempts a")
        .await;
    let person = app.word("select person_id::text as value from attempts").await;
    let own = app.browser_of(person.parse().unwrap()).await;
    own.get(&address).await.is(409).says("Nobody marks answers of their own");
    own.get(QUEUE).await.is(200).says("Nothing waits for marking");
    app.trainer("other", "sound").await.get(&address).await.is(404);
    let other = app.trainer("tofig", "sound").await;
    let id = attempt.rsplit('/').next().unwrap();
    other.get(&format!("/en/teach/sound/marking/{id}/0")).await.is(404);
    let open = app.learner("open").await;
    app.enrol(open.person(), "pitches").await;
    let page = open.post(START, &[]).await;
    let admin = app.admin("admin").await;
    admin.get(&answer(&page.path, 0)).await.is(409).says("not handed in yet");
    admin.get(&answer(&attempt, 9)).await.is(404);
    admin.get(&address).await.is(200);
}

#[actix_web::test]
async fn one_goes_through_a_quiz_by_question_or_by_person() {
    let app = published("pass=60%", &[FREE, ESSAY]).await;
    let trainer = app.trainer("tofig", "pitches").await;
    let (_, first) = handed_in(&app, "leyla", "From Leyla.").await;
    let (_, second) = handed_in(&app, "murad", "From Murad.").await;
    let marked = async |path: &str| {
        let page = trainer.get(path).await;
        let action = page.attribute("form.stack", "action");
        page.form(&action).set("marks", "2").press("Save and next").await.path
    };
    let by_question = marked(&format!("{}?by=question", answer(&first, 0))).await;
    assert_eq!(by_question, format!("{}?by=question", answer(&second, 0)));
    let by_person = marked(&format!("{}?by=person", answer(&second, 0))).await;
    assert_eq!(by_person, format!("{}?by=person", answer(&second, 1)));
    let form = trainer.get(&answer(&first, 1)).await;
    let skipped = trainer.get(&form.attribute("a[href*='/next?']", "href")).await;
    assert_eq!(skipped.path, format!("{}?by=question", answer(&second, 1)));
}

const UPLOAD: &str =
    "### Hand in your plan. {#plan .upload accept=pdf,txt max=2 size=300KB points=4}\n\n";
const BOUNDARY: &str = "bilik-boundary";

/// Sends files as a browser without script does.
async fn sent(browser: &Browser, path: &str, files: &[(&str, &[u8])]) -> Page {
    let (body, kind) = (multipart(&browser.token().await, files), "multipart/form-data");
    let request = TestRequest::post()
        .insert_header(("origin", "http://bilik.test"))
        .insert_header(("content-type", format!("{kind}; boundary={BOUNDARY}")))
        .set_payload(body);
    let answer = browser.ask(request, path).await;
    Page::new(browser.clone(), path.to_owned(), answer)
}

fn multipart(token: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let sum: u32 = files.iter().flat_map(|(name, _)| name.bytes()).map(u32::from).sum();
    let op = &format!("00000000-0000-4000-8000-{sum:012}");
    let mut body = Vec::new();
    for (name, value) in [("csrf", token), ("op", op)] {
        let part = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: text/html\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

#[actix_web::test]
async fn files_are_handed_over_taken_back_judged_and_leave_only_as_attachments() {
    let app = published("pass=50% anonymous", &[UPLOAD, FREE]).await;
    let trainer = app.trainer("tofig", "pitches").await;
    let learner = app.learner("leyla").await;
    app.enrol(learner.person(), "pitches").await;
    let page = learner.post(START, &[]).await;
    page.says("Hand in files (pdf, txt). At most 2, each up to 300");
    let (attempt, typed) = (page.path.clone(), page.attribute("textarea", "name"));
    let files = page.form(&attempt).set(&typed, "Typed before.").press("Choose files").await;
    assert_eq!(files.path, format!("{attempt}/files/0"));
    let upload =
        async |name: &str, bytes: &[u8]| sent(&learner, &files.path, &[(name, bytes)]).await;

    for (name, bytes, says) in [
        ("plan.pdf", &b"<script>alert(1)</script>"[..], "is not what its name says"),
        ("plan.exe", b"MZ", "not asked for"),
        ("plan.html", b"<html>", "not asked for"),
        ("empty.txt", b"", "empty"),
        ("large.txt", &vec![b'a'; 400 * 1024], "too large"),
    ] {
        upload(name, bytes).await.is(422).says(says);
    }
    assert_eq!(app.number("select count(*) as value from answer_files").await, 0);
    sent(&learner, &files.path, &[]).await.is(422).says("Choose a file first.");

    let long = [b"%PDF-1.7 ".as_slice(), &vec![b'x'; 290 * 1024]].concat();
    upload("../Biznes planı Отчёт.pdf", &long).await.is(303);
    upload("../Biznes planı Отчёт.pdf", &long).await.is(303);
    assert_eq!(app.number("select count(*) as value from answer_files").await, 1, "sent twice");
    assert_eq!(app.number("select count(*) as value from answer_pieces").await, 2, "in pieces");
    let listed = learner.get(&files.path).await;
    listed.says("Biznes planı Отчёт.pdf").says("290");
    let back = listed.form(&format!("{}/take-back", files.path)).press("Take back").await;
    back.is(200).says("No file is handed over yet.");
    assert_eq!(app.number("select count(*) as value from answer_files").await, 0);
    app.sql("delete from answer_files").await;
    upload("Leyla.pdf", &long).await.is(303);

    let paper = learner.get(&attempt).await;
    paper.says("Leyla.pdf").says("Typed before.");
    paper.form(&attempt).press("Save answers").await.is(200).says("Leyla.pdf");
    let address = learner.get(&files.path).await.attribute("a[href*='/file/']", "href");
    learner.post(&format!("{attempt}/finish"), &[]).await.says("2 answers wait");
    upload("late.txt", b"late").await.is(409);

    let form = trainer.get(&answer(&attempt, 0)).await;
    form.is(200).does_not_say("Leyla");
    assert_eq!(form.attribute("a[href*='/file/']", "href"), address);
    for (reader, name) in [(&learner, "Leyla.pdf"), (&trainer, ".pdf")] {
        let file = reader.get_only(&address).await;
        file.is(200);
        assert_eq!(file.header("content-type"), "application/pdf");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.header("content-security-policy").contains("sandbox"));
        let disposition = file.header("content-disposition");
        assert!(
            disposition.starts_with("attachment;") && disposition.contains(name),
            "{disposition}"
        );
        assert_eq!(file.header("content-length"), long.len().to_string());
    }
    assert!(!trainer.get_only(&address).await.header("content-disposition").contains("Leyla"));
    for stranger in [app.learner("murad").await, app.trainer("other", "sound").await] {
        stranger.get_only(&address).await.is(404);
        stranger.get_only(&files.path).await.is(404);
        sent(&stranger, &files.path, &[("a.txt", b"a")]).await.is(404);
    }
    app.sql("delete from people where name = 'leyla'").await;
    assert_eq!(app.number("select count(*) as value from answer_pieces").await, 0);
}

#[actix_web::test]
async fn programs_see_the_queue_judge_and_hand_back() {
    let app = published("pass=60%", &[ESSAY]).await;
    let trainer = Client::person(&app, "tofig", Standing::Administrator).await;
    let (_, attempt) = handed_in(&app, "leyla", "We asked.").await;
    let base = "/api/v1/teach/courses/pitches/marking";
    let queue = trainer.get(base).await;
    assert_eq!((queue.status, &queue.body["items"][0]["task"]), (200, &json!("judge")));
    assert_eq!(queue.body["items"][0]["learner"], "leyla");
    let address = format!("{base}/{}/0", attempt.rsplit('/').next().unwrap());
    let told = trainer.get(&address).await;
    assert_eq!((&told.body["text"], &told.body["rev"]), (&json!("We asked."), &json!(0)));
    assert_eq!(told.body["rubric"][1]["levels"][2], json!({"html": "Measured", "points": "4"}));
    let judged = json!({"rev": 0, "levels": {"problem": 1, "evidence": 1}, "comment": "So."});
    assert_eq!(trainer.post(&address, &json!({"rev": 0})).await.status, 422);
    let noted = trainer.post(&address, &judged).await;
    assert_eq!((noted.status, &noted.body["standing"]), (200, &json!("ready")));
    let stale = json!({"rev": 0, "levels": {"problem": 2, "evidence": 2}});
    let stale = trainer.post(&address, &stale).await;
    assert_eq!((stale.status, &stale.body["stored"]["judgements"][0]["marks"]), (409, &json!("3")));
    let back = trainer.post(&format!("{base}/hand-back"), &json!({"quiz": "hand-in"})).await;
    assert_eq!(back.body["handed_back"], 1);
    assert_eq!(app.number("select raw as value from attempts").await, 30_000_000);
}
