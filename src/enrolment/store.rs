//! The table of enrolments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::enrolments;
use crate::db::{Conn, QueryResult};

/// An enrolment as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = enrolments)]
pub struct Row {
    pub id: Uuid,
    pub person_id: Uuid,
    pub course_id: Uuid,
    pub language: String,
    pub enrolled_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub halfway_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub percent: i16,
    pub last_lesson: Option<String>,
    pub last_at: Option<DateTime<Utc>>,
    pub completed_version: Option<Uuid>,
}

pub async fn find(conn: &mut Conn, person: Uuid, course: Uuid) -> QueryResult<Option<Row>> {
    enrolments::table
        .filter(enrolments::person_id.eq(person).and(enrolments::course_id.eq(course)))
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()
}

pub async fn by_id(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Option<Row>> {
    enrolments::table.find(enrolment).select(Row::as_select()).first(conn).await.optional()
}

/// Locks an enrolment, so that two facts about it are weighed one after the other.
pub async fn lock(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Row> {
    enrolments::table.find(enrolment).for_update().select(Row::as_select()).first(conn).await
}

/// Locks several enrolments, always in the same order, so that no two who do so wait for each other.
pub async fn lock_all(conn: &mut Conn, enrolments: &[Uuid]) -> QueryResult<usize> {
    let locked: Vec<Uuid> = enrolments::table
        .filter(enrolments::id.eq_any(enrolments))
        .order(enrolments::id)
        .for_update()
        .select(enrolments::id)
        .load(conn)
        .await?;
    Ok(locked.len())
}

/// Adds an enrolment; says no if there is one.
pub async fn insert(
    conn: &mut Conn,
    id: Uuid,
    person: Uuid,
    course: Uuid,
    language: &str,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    let n_rows = diesel::insert_into(enrolments::table)
        .values((
            enrolments::id.eq(id),
            enrolments::person_id.eq(person),
            enrolments::course_id.eq(course),
            enrolments::language.eq(language),
            enrolments::enrolled_at.eq(at),
        ))
        .on_conflict((enrolments::person_id, enrolments::course_id))
        .do_nothing()
        .execute(conn)
        .await?;
    Ok(n_rows == 1)
}

/// The enrolments of a person, last used first.
pub async fn all_of(conn: &mut Conn, person: Uuid) -> QueryResult<Vec<Row>> {
    enrolments::table
        .filter(enrolments::person_id.eq(person))
        .order((enrolments::last_at.desc().nulls_last(), enrolments::enrolled_at.desc()))
        .select(Row::as_select())
        .load(conn)
        .await
}
