//! The tables of lesson progress, quiz grades and the journal.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamptz, Uuid as SqlUuid};
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{enrolments, journal, lesson_progress, quiz_grades};
use crate::db::{Conn, QueryResult};

/// Lessons of an enrolment: id, was it called done?
pub async fn lessons(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Vec<(String, bool)>> {
    lesson_progress::table
        .filter(lesson_progress::enrolment_id.eq(enrolment))
        .select((lesson_progress::lesson, lesson_progress::marked_at.is_not_null()))
        .load(conn)
        .await
}

/// Results of an enrolment: quiz, grade, passed, answered.
pub async fn grades(
    conn: &mut Conn,
    enrolment: Uuid,
) -> QueryResult<Vec<(String, Option<i64>, bool, bool)>> {
    quiz_grades::table
        .filter(quiz_grades::enrolment_id.eq(enrolment))
        .select((
            quiz_grades::quiz,
            quiz_grades::fraction,
            quiz_grades::passed,
            quiz_grades::answered,
        ))
        .load(conn)
        .await
}

/// A lesson is opened.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Id of the line in the journal, if there will be one.
    pub id: Uuid,
    pub enrolment: Uuid,
    pub person: Uuid,
    pub course: Uuid,
    pub lesson: &'a str,
    pub language: &'a str,
    pub at: DateTime<Utc>,
}

/// Notes that a lesson is opened: where to resume, and, the first time, a fact and a line of the journal.
/// One statement, so that it costs a page as little as a write can. `true` the first time.
pub async fn view(conn: &mut Conn, view: &View<'_>) -> QueryResult<bool> {
    let n_rows = diesel::sql_query(
        "with opened as ( \
           insert into lesson_progress (enrolment_id, lesson, viewed_at) values ($1, $2, $3) \
           on conflict do nothing returning 1), \
         placed as ( \
           update enrolments set last_lesson = $2, last_at = $3, language = $7, started_at = coalesce(started_at, $3) where id = $1) \
         insert into journal (id, at, person_id, verb, course_id, object) \
         select $4, $3, $5, 'viewed', $6, $2 from opened",
    )
    .bind::<SqlUuid, _>(view.enrolment)
    .bind::<Text, _>(view.lesson)
    .bind::<Timestamptz, _>(view.at)
    .bind::<SqlUuid, _>(view.id)
    .bind::<SqlUuid, _>(view.person)
    .bind::<SqlUuid, _>(view.course)
    .bind::<Text, _>(view.language)
    .execute(conn)
    .await?;
    Ok(n_rows == 1)
}

/// What was reached at last count. Moments once reached stay, whatever a later version of the course asks for.
#[derive(Clone, Copy, Debug, AsChangeset)]
#[diesel(table_name = enrolments)]
pub struct Milestones {
    pub halfway_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub percent: i16,
}

pub async fn note_milestones(
    conn: &mut Conn,
    enrolment: Uuid,
    reached: &Milestones,
) -> QueryResult<usize> {
    diesel::update(enrolments::table.find(enrolment)).set(reached).execute(conn).await
}

/// Notes that the learner called a lesson done; `false` if they did before.
pub async fn mark(
    conn: &mut Conn,
    enrolment: Uuid,
    lesson: &str,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    let n_rows = diesel::sql_query(
        "insert into lesson_progress (enrolment_id, lesson, viewed_at, marked_at) values ($1, $2, $3, $3) \
         on conflict (enrolment_id, lesson) do update set marked_at = $3 where lesson_progress.marked_at is null",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Text, _>(lesson)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await?;
    Ok(n_rows == 1)
}

/// What was reached in a quiz.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = quiz_grades)]
pub struct Reached<'a> {
    pub enrolment_id: Uuid,
    pub quiz: &'a str,
    pub fraction: Option<i64>,
    pub passed: bool,
    pub answered: bool,
    pub attempts: i32,
    pub graded_at: DateTime<Utc>,
}

/// Writes what was reached in a quiz. A pass once reached stays.
pub async fn upsert_grade(conn: &mut Conn, reached: &Reached<'_>) -> QueryResult<usize> {
    diesel::insert_into(quiz_grades::table)
        .values(reached)
        .on_conflict((quiz_grades::enrolment_id, quiz_grades::quiz))
        .do_update()
        .set((
            quiz_grades::fraction.eq(reached.fraction),
            quiz_grades::passed.eq(quiz_grades::passed.or(excluded(quiz_grades::passed))),
            quiz_grades::answered.eq(quiz_grades::answered.or(excluded(quiz_grades::answered))),
            quiz_grades::attempts.eq(reached.attempts),
            quiz_grades::graded_at.eq(reached.graded_at),
        ))
        .execute(conn)
        .await
}

/// A line of the journal.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = journal)]
pub struct Line<'a> {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub person_id: Option<Uuid>,
    pub verb: &'a str,
    pub course_id: Option<Uuid>,
    pub object: &'a str,
    pub detail: &'a str,
}

pub async fn append(conn: &mut Conn, line: &Line<'_>) -> QueryResult<usize> {
    diesel::insert_into(journal::table).values(line).execute(conn).await
}
