//! What was granted. Rows are only ever added.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{attempts, people, quiz_terms};
use crate::db::{Conn, QueryResult};
use crate::quizzes::store::AttemptRow;

/// What was granted, as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = quiz_terms)]
pub struct TermsRow {
    pub id: Uuid,
    pub course_id: Uuid,
    pub quiz: String,
    pub scope: String,
    pub person_id: Option<Uuid>,
    pub open_at: Option<DateTime<Utc>>,
    pub close_at: Option<DateTime<Utc>>,
    pub time: Option<i32>,
    pub attempts: Option<i32>,
    pub password: Option<String>,
    pub reason: String,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// What was granted in a course to everyone and to one person, first to last.
pub async fn of_person(conn: &mut Conn, course: Uuid, person: Uuid) -> QueryResult<Vec<TermsRow>> {
    let theirs = quiz_terms::scope.eq("everyone").or(quiz_terms::person_id.eq(person));
    quiz_terms::table
        .filter(quiz_terms::course_id.eq(course))
        .filter(theirs)
        .order((quiz_terms::at, quiz_terms::id))
        .select(TermsRow::as_select())
        .load(conn)
        .await
}

/// Names and addresses of some people.
pub async fn people(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String, String)>> {
    let found = people::table.filter(people::id.eq_any(ids));
    found.select((people::id, people::name, people::email)).load(conn).await
}

/// All that was ever granted for a quiz, last to first.
pub async fn of_quiz(conn: &mut Conn, course: Uuid, quiz: &str) -> QueryResult<Vec<TermsRow>> {
    quiz_terms::table
        .filter(quiz_terms::course_id.eq(course).and(quiz_terms::quiz.eq(quiz)))
        .order((quiz_terms::at.desc(), quiz_terms::id.desc()))
        .select(TermsRow::as_select())
        .load(conn)
        .await
}

pub async fn insert(conn: &mut Conn, row: &TermsRow) -> QueryResult<()> {
    diesel::insert_into(quiz_terms::table).values(row).execute(conn).await?;
    Ok(())
}

/// Open attempts at a quiz, of everyone or of one person, locked.
pub async fn open(
    conn: &mut Conn,
    course: Uuid,
    quiz: &str,
    person: Option<Uuid>,
) -> QueryResult<Vec<AttemptRow>> {
    let mut query = attempts::table
        .filter(attempts::course_id.eq(course).and(attempts::quiz.eq(quiz)))
        .filter(attempts::state.eq("open").and(attempts::practice.eq(false)))
        .into_boxed();
    if let Some(person) = person {
        query = query.filter(attempts::person_id.eq(person));
    }
    query.order(attempts::id).select(AttemptRow::as_select()).load(conn).await
}

pub async fn move_deadline(
    conn: &mut Conn,
    attempt: Uuid,
    deadline: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    let open = attempts::table.find(attempt).filter(attempts::state.eq("open"));
    diesel::update(open).set(attempts::deadline.eq(deadline)).execute(conn).await?;
    Ok(())
}
