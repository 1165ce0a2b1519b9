//! The demo: it fills an empty database once, and what it fills in is what the real actions would have written.

use bilik::accounts::actions::Standing as Rights;
use bilik::catalogue::Published;
use bilik::db::Conn;
use bilik::demo::make::courses;
use bilik::demo::{Making, Standing, Wish, make, sign_ins};
use bilik::domain::grading::quiz::{Earned, final_grade};
use bilik::domain::quiz::event::{Content, Event, EventKind, fold};
use bilik::domain::quiz::grade::Marks;
use bilik::domain::quiz::paper::Paper;
use bilik::domain::quiz::response::QuizId;
use bilik::domain::quiz::score::score;
use bilik::progress_log::{self, GradeFact, Passed};
use bilik::{clock, enrolment};
use chrono::{DateTime, Utc};
use diesel::sql_types::{
    Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::harness::App;

async fn fill(app: &App) -> Standing {
    let config = &app.site.config;
    let url = config.database_url.as_deref().unwrap();
    let making = Making { url, zone: config.time_zone, now: clock::now() };
    let wish = Wish { n_people: 120, seed: "test".to_owned() };
    make(&mut *app.conn().await, &app.library, making, &wish, &mut |_| {}).await.unwrap()
}

async fn counts(app: &App) -> String {
    let tables = ["people", "enrolments", "attempts", "attempt_events", "journal", "slot_marks"];
    let counted: Vec<String> =
        tables.iter().map(|table| format!("(select count(*) from {table})")).collect();
    app.word(&format!("select concat_ws(' ', {}) as value", counted.join(", "))).await
}

#[actix_web::test]
async fn an_empty_database_is_filled_once() {
    let app = App::start().await;
    assert_eq!(fill(&app).await, Standing::Demo);
    let filled = counts(&app).await;
    assert!(filled.starts_with("123 "), "{filled}");
    assert_eq!(fill(&app).await, Standing::Demo);
    assert_eq!(counts(&app).await, filled);
    let late = "select count(*) as value from journal where at > now()";
    assert_eq!(app.number(late).await, 0);
}

#[actix_web::test]
async fn people_who_are_there_are_left_alone() {
    let app = App::start().await;
    app.person("leyla", Rights::Ordinary).await;
    assert_eq!(fill(&app).await, Standing::Others);
    assert!(counts(&app).await.starts_with("1 0 0"));
}

#[actix_web::test]
async fn the_three_sign_in_and_the_learner_is_half_through_the_first_course() {
    let app = App::start().await;
    fill(&app).await;
    for known in sign_ins() {
        let browser = app.browser();
        let page = browser.get("/en/sign-in").await;
        let form = page.form("/sign-in").fill("E-mail", known.email);
        form.fill("Password", known.password).submit().await;
        assert!(!browser.cookie("session").is_empty(), "{}", known.role);
    }
    let first = courses(&mut *app.conn().await, &app.library).await.unwrap().remove(0);
    let learner = app
        .word(&format!(
            "select concat_ws(' ', halfway_at is not null, completed_at is not null, last_lesson is not null, \
             percent >= 50) as value from enrolments join people on people.id = person_id \
             where email = '{}' and course_id = '{}'",
            sign_ins()[0].email,
            first.course.id
        ))
        .await;
    assert_eq!(learner, "t f t t");
    let trained = "select count(*) as value from course_trainers";
    let n_courses = courses(&mut *app.conn().await, &app.library).await.unwrap().len();
    assert_eq!(usize::try_from(app.number(trained).await), Ok(n_courses));
}

#[derive(QueryableByName)]
struct Attempt {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    course_id: Uuid,
    #[diesel(sql_type = Text)]
    quiz: String,
    #[diesel(sql_type = Text)]
    paper: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    raw: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    max: Option<i64>,
    #[diesel(sql_type = Nullable<Bool>)]
    passed: Option<bool>,
    #[diesel(sql_type = Array<BigInt>)]
    marks: Vec<i64>,
}

#[derive(QueryableByName)]
struct EventRow {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<SmallInt>)]
    slot: Option<i16>,
    #[diesel(sql_type = Nullable<Text>)]
    response: Option<String>,
}

async fn events(conn: &mut Conn, attempt: Uuid) -> Vec<Event> {
    let query =
        "select at, kind, slot, response from attempt_events where attempt_id = $1 order by seq";
    let rows: Vec<EventRow> =
        sql_query(query).bind::<SqlUuid, _>(attempt).load(conn).await.unwrap();
    let read = |(seq, row): (u32, EventRow)| {
        let response = row.response.map(|text| serde_json::from_str(&text).unwrap());
        let content = Content { response, ..Content::default() };
        let kind = EventKind::read(&row.kind, content).unwrap();
        Event { seq, at: row.at, slot: row.slot.map(|slot| slot.try_into().unwrap()), kind }
    };
    (0..).zip(rows).map(read).collect()
}

#[actix_web::test]
async fn marks_are_what_the_events_add_up_to() {
    let app = App::start().await;
    fill(&app).await;
    let conn = &mut *app.conn().await;
    let query = "select id, course_id, quiz, paper, raw, max, passed, array(select marks from slot_marks \
                 where attempt_id = id order by slot) as marks from attempts where state = 'finished'";
    let attempts: Vec<Attempt> = sql_query(query).load(conn).await.unwrap();
    assert!(attempts.len() > 30, "{}", attempts.len());
    for attempt in attempts {
        let published = app.library.current_of(conn, attempt.course_id).await.unwrap().unwrap();
        let (_, quiz) = published.quiz(&QuizId(attempt.quiz.clone())).unwrap();
        let paper: Paper = serde_json::from_str(&attempt.paper).unwrap();
        let state = fold(&events(conn, attempt.id).await);
        let score = score(&paper, &quiz.items, &state.responses).unwrap();
        assert!(state.finished.is_some());
        assert_eq!((Some(score.raw.0), Some(score.max.0)), (attempt.raw, attempt.max));
        assert_eq!(score.passed(&quiz.rules), attempt.passed);
        assert_eq!(score.slots.iter().map(|slot| slot.marks.0).collect::<Vec<_>>(), attempt.marks);
    }
}

#[derive(QueryableByName)]
struct Fact {
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    verb: String,
    #[diesel(sql_type = Text)]
    object: String,
}

/// What the replay does again; the rest follows from it.
async fn replayed(conn: &mut Conn, original: &enrolment::Enrolment) -> Vec<Fact> {
    let query = "select at, verb, object from journal where person_id = $1 and course_id = $2 and verb in \
                 ('viewed', 'completed-lesson', 'answered', 'passed', 'failed') order by at";
    let query = sql_query(query).bind::<SqlUuid, _>(original.person_id);
    query.bind::<SqlUuid, _>(original.course_id).load(conn).await.unwrap()
}

/// The finished attempts at a quiz up to a moment, first to last.
async fn earned(conn: &mut Conn, enrolment: Uuid, quiz: &str, until: DateTime<Utc>) -> Vec<Earned> {
    let query = "select id, course_id, quiz, paper, raw, max, passed, array[]::bigint[] as marks from attempts \
                 where enrolment_id = $1 and quiz = $2 and finished_at <= $3 order by number";
    let query = sql_query(query).bind::<SqlUuid, _>(enrolment).bind::<Text, _>(quiz);
    let rows: Vec<Attempt> = query.bind::<Timestamptz, _>(until).load(conn).await.unwrap();
    rows.iter()
        .map(|row| Earned { raw: Marks(row.raw.unwrap()), max: Marks(row.max.unwrap()) })
        .collect()
}

async fn replay(
    conn: &mut Conn,
    published: &Published,
    original: &enrolment::Enrolment,
    copy: Uuid,
) {
    for fact in replayed(conn, original).await {
        let present = enrolment::by_id(conn, copy).await.unwrap().unwrap();
        let quiz = QuizId(fact.object.clone());
        match fact.verb.as_str() {
            "viewed" => {
                let lang = original.language;
                let (person, course) = (present.person_id, present.course_id);
                let standing = progress_log::standing(conn, person, course).await.unwrap().unwrap();
                progress_log::viewed(conn, published, &standing, &fact.object, lang, fact.at)
                    .await
                    .unwrap();
            }
            "completed-lesson" => {
                progress_log::completed(conn, published, &present, &fact.object, fact.at)
                    .await
                    .unwrap();
            }
            "answered" => {
                progress_log::answered(conn, published, copy, &quiz, fact.at).await.unwrap();
            }
            _ => {
                let (_, rules) = published.quiz(&quiz).map(|(_, quiz)| ((), &quiz.rules)).unwrap();
                let earned = earned(conn, original.id, &fact.object, fact.at).await;
                let fraction = final_grade(rules.grade, &earned).unwrap();
                let passed = if fraction >= rules.pass.unwrap() { Passed::Yes } else { Passed::No };
                let attempts = earned.len().try_into().unwrap();
                let grade = GradeFact { quiz: &quiz, fraction, passed, attempts };
                progress_log::graded(conn, published, copy, grade, fact.at).await.unwrap();
            }
        }
    }
}

/// All that is stored of a person's progress, in words.
async fn stored(app: &App, person: Uuid) -> String {
    app.word(&format!(
        "select concat_ws(E'\\n', \
         (select (started_at, halfway_at, completed_at, percent, last_lesson, last_at, language, completed_version)::text \
          from enrolments where person_id = '{person}'), \
         (select string_agg((lesson, viewed_at, marked_at, done_at, seen_version)::text, E'\\n' order by lesson) from lesson_progress \
          join enrolments on id = enrolment_id where person_id = '{person}'), \
         (select string_agg((quiz, fraction, passed, answered, attempts, graded_at)::text, E'\\n' order by quiz) \
          from quiz_grades join enrolments on id = enrolment_id where person_id = '{person}'), \
         (select string_agg((at, verb, object)::text, E'\\n' order by at, verb, object) from journal \
          where person_id = '{person}' and verb not in ('enrolled', 'attempted', 'finished'))) as value"
    ))
    .await
}

#[derive(QueryableByName)]
struct Sample {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

#[actix_web::test]
async fn progress_is_what_the_real_actions_make_of_the_same_facts() {
    let app = App::start().await;
    fill(&app).await;
    let conn = &mut *app.conn().await;
    let query = "select (array_agg(id))[1] as id from enrolments group by person_id having count(*) = 1 \
                 order by md5(person_id::text) limit 24";
    let samples: Vec<Sample> = sql_query(query).load(conn).await.unwrap();
    assert_eq!(samples.len(), 24);
    for (number, sample) in samples.iter().enumerate() {
        let original = enrolment::by_id(conn, sample.id).await.unwrap().unwrap();
        let published = app.library.current_of(conn, original.course_id).await.unwrap().unwrap();
        let person = app.person(&format!("copy{number}"), Rights::Ordinary).await;
        let (course, at) = (original.course_id, original.enrolled_at);
        let (copy, _) =
            enrolment::enrol(conn, person, course, original.language, at).await.unwrap();
        replay(conn, &published, &original, copy.id).await;
        assert_eq!(stored(&app, person).await, stored(&app, original.person_id).await);
    }
}
