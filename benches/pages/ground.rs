//! What both sides stand on: a private Postgres that keeps what it confirms, courses, people with sessions.

use std::path::{Path, PathBuf};

use bilik::catalogue::{folder, publish};
use bilik::clock;
use bilik::db::private::{Durability, PrivatePostgres};
use bilik::db::{self, Conn};
use bilik::domain::course::read_facts;
use bilik::domain::fact::Facts;
use bilik::outcome::Failed;
use bilik::web::sign::{hex, token_hash};
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, sql_query};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::Fallible;
use crate::courses;
use crate::report::say;

/// People who read lessons for the first time; each reads all lessons of one course.
pub const N_NEW: u64 = 12_000;
/// People who come back to a lesson.
pub const N_BACK: u64 = 2_000;
/// People who answer the questions of a quiz.
pub const N_ANSWERING: u64 = 256;
/// The first person of each kind.
pub const FIRST_BACK: u64 = N_NEW;
pub const FIRST_ANSWERING: u64 = N_NEW + N_BACK;
/// Everybody.
const N_PEOPLE: u64 = N_NEW + N_BACK + N_ANSWERING;
/// The lesson that people come back to.
pub const KNOWN_LESSON: u64 = 3;
/// The size of the minimum's page.
pub const PAGE: u64 = 20 * 1024;

/// The prepared database.
pub struct Ground {
    postgres: PrivatePostgres,
    pub url: String,
    pub data: PathBuf,
}

impl Ground {
    /// Starts and fills it.
    pub async fn prepare(data: &Path) -> Fallible<Ground> {
        say("preparing: Postgres, courses, people");
        let postgres = PrivatePostgres::start(data, Durability::Safe).await?;
        let url = postgres.url();
        db::migrate(&url).await?;
        let mut conn = db::connect(&url).await?;
        publish_all(&mut conn).await?;
        conn.batch_execute(&people()).await?;
        conn.batch_execute(&minimum()).await?;
        conn.batch_execute("vacuum analyze").await?;
        conn.batch_execute("checkpoint").await?;
        Ok(Ground { postgres, url, data: data.to_owned() })
    }

    /// A connection for counting.
    pub async fn conn(&self) -> Fallible<Conn> {
        Ok(db::connect(&self.url).await?)
    }

    /// Stops Postgres; the data folder stays.
    pub async fn stop(self) -> PathBuf {
        self.postgres.stop().await;
        self.data
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The number that a statement counts as `n`.
pub async fn count(conn: &mut Conn, statement: &str) -> Fallible<u64> {
    let row: Count = sql_query(statement).get_result(conn).await?;
    Ok(u64::try_from(row.n)?)
}

async fn publish_all(conn: &mut Conn) -> Fallible<()> {
    for found in folder::courses_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/courses")))? {
        let (facts, _) = read_facts(&folder::facts_beside(&found)?);
        publish_one(conn, &folder::read(&found)?, &facts).await?;
    }
    for course in 0..courses::N_COURSES {
        publish_one(conn, &courses::files(course), &Facts::new()).await?;
    }
    Ok(())
}

async fn publish_one(conn: &mut Conn, files: &publish::Files, facts: &Facts) -> Fallible<()> {
    match publish::publish_with(conn, files, facts, clock::now()).await {
        Ok(_) => Ok(()),
        Err(Failed::Refused(publish::PublishRefusal::Errors(found))) => {
            Err(found.to_string().into())
        }
        Err(Failed::Refused(refusal)) => Err(format!("{refusal:?}").into()),
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

/// The secret of a person's session.
fn token(person: u64) -> Vec<u8> {
    token_hash(format!("person {person}").as_bytes())
}

/// The cookie of a person.
pub fn cookie(person: u64) -> String {
    format!("session={}", hex(&token(person)))
}

/// People, sessions and enrolments by SQL, as many and as quick as the measurement needs.
fn people() -> String {
    let (course, known) = (courses::id(0), courses::lesson(KNOWN_LESSON));
    format!(
        "insert into people (id, email, email_key, name, password_hash, language, time_zone, registered_at) \
           select md5('person' || i)::uuid, i || '@example.org', i || '@example.org', 'Person ' || i, '', 'en', 'Asia/Baku', now() \
           from generate_series(0, {N_PEOPLE} - 1) i; \
         insert into sessions (id, token_hash, person_id, kind, created_at, seen_at, expires_at, device) \
           select md5('session' || i)::uuid, sha256(sha256(convert_to('person ' || i, 'UTF8'))), md5('person' || i)::uuid, 'web', now(), now(), \
             now() + interval '30 days', 'Firefox, Linux' \
           from generate_series(0, {N_PEOPLE} - 1) i; \
         insert into enrolments (id, person_id, course_id, language, enrolled_at) \
           select md5('enrolment' || i)::uuid, md5('person' || i)::uuid, '{course}', 'en', now() \
           from generate_series(0, {N_PEOPLE} - 1) i; \
         insert into lesson_progress (enrolment_id, lesson, viewed_at) \
           select md5('enrolment' || i)::uuid, '{known}', now() from generate_series({FIRST_BACK}, {FIRST_ANSWERING} - 1) i; \
         update enrolments set started_at = now(), last_lesson = '{known}', last_at = now() \
           where id in (select enrolment_id from lesson_progress)"
    )
}

/// The minimum's own tables: lessons as finished pages, and what its writes go to.
fn minimum() -> String {
    let n_lessons = courses::N_LESSONS;
    format!(
        "create table minimum_lessons (id text primary key, page text not null); \
         insert into minimum_lessons select 'lesson-' || i, repeat('a', {PAGE}) from generate_series(0, {n_lessons} - 1) i; \
         alter table minimum_lessons alter page set storage external; \
         update minimum_lessons set page = page || ''; \
         create table minimum_progress (person_id uuid, lesson text, viewed_at timestamptz not null, primary key (person_id, lesson)); \
         create table minimum_answers (attempt_id uuid, slot smallint, rev integer not null, response text not null, \
           saved_at timestamptz not null, primary key (attempt_id, slot))"
    )
}
