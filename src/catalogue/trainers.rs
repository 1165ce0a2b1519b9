//! Who teaches which course.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use crate::db::{self, Conn};

/// Does a person teach a course?
pub async fn is_trainer(conn: &mut Conn, course: Uuid, person: Uuid) -> Result<bool, db::Error> {
    Ok(store::is_trainer(conn, course, person).await?)
}

/// Makes a person a trainer of a course.
pub async fn add(
    conn: &mut Conn,
    course: Uuid,
    person: Uuid,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    store::add_trainer(conn, course, person, now).await?;
    Ok(())
}

/// Takes the course from a trainer.
pub async fn remove(conn: &mut Conn, course: Uuid, person: Uuid) -> Result<(), db::Error> {
    store::remove_trainer(conn, course, person).await?;
    Ok(())
}

/// The courses that a person teaches.
pub async fn courses_of(conn: &mut Conn, person: Uuid) -> Result<Vec<Uuid>, db::Error> {
    Ok(store::courses_of_trainer(conn, person).await?)
}
