//! Joining a course and noting how far one is.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store::{self, Row};
use crate::clock;
use crate::db::{self, Conn};
use crate::domain::locale::Locale;

/// A person's place in a course.
#[derive(Clone, Debug)]
pub struct Enrolment {
    pub id: Uuid,
    pub person_id: Uuid,
    pub course_id: Uuid,
    /// The language last read.
    pub language: Locale,
    pub enrolled_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub halfway_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub percent: i16,
    /// Where to resume.
    pub last_lesson: Option<String>,
    pub last_at: Option<DateTime<Utc>>,
    /// The version of the course that was shown when it was completed.
    pub completed_version: Option<Uuid>,
}

impl From<Row> for Enrolment {
    fn from(row: Row) -> Self {
        Enrolment {
            id: row.id,
            person_id: row.person_id,
            course_id: row.course_id,
            language: Locale::parse(&row.language).unwrap_or(Locale::Az),
            enrolled_at: row.enrolled_at,
            started_at: row.started_at,
            halfway_at: row.halfway_at,
            completed_at: row.completed_at,
            percent: row.percent,
            last_lesson: row.last_lesson,
            last_at: row.last_at,
            completed_version: row.completed_version,
        }
    }
}

/// A person's enrolment in a course.
pub async fn find(
    conn: &mut Conn,
    person: Uuid,
    course: Uuid,
) -> Result<Option<Enrolment>, db::Error> {
    Ok(store::find(conn, person, course).await?.map(Enrolment::from))
}

/// An enrolment by its id.
pub async fn by_id(conn: &mut Conn, enrolment: Uuid) -> Result<Option<Enrolment>, db::Error> {
    Ok(store::by_id(conn, enrolment).await?.map(Enrolment::from))
}

/// An enrolment, locked until the transaction ends.
pub async fn lock(conn: &mut Conn, enrolment: Uuid) -> Result<Enrolment, db::Error> {
    Ok(store::lock(conn, enrolment).await?.into())
}

/// Locks several enrolments until the transaction ends.
pub async fn lock_all(conn: &mut Conn, enrolments: &[Uuid]) -> Result<(), db::Error> {
    store::lock_all(conn, enrolments).await?;
    Ok(())
}

/// Was the enrolment made just now, or was it there?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    Now,
    Before,
}

/// Joins a course; joining twice is joining once.
pub async fn enrol(
    conn: &mut Conn,
    person: Uuid,
    course: Uuid,
    lang: Locale,
    now: DateTime<Utc>,
) -> Result<(Enrolment, Joined), db::Error> {
    let joined = if store::insert(conn, clock::new_id(), person, course, lang.code(), now).await? {
        Joined::Now
    } else {
        Joined::Before
    };
    let found = store::find(conn, person, course)
        .await?
        .ok_or_else(|| db::Error::Corrupt("an enrolment vanished".to_owned()))?;
    Ok((found.into(), joined))
}

/// A person's enrolments, last used first.
pub async fn all_of(conn: &mut Conn, person: Uuid) -> Result<Vec<Enrolment>, db::Error> {
    Ok(store::all_of(conn, person).await?.into_iter().map(Enrolment::from).collect())
}
