//! What there is on the platform, in a few figures.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store;
use super::teaching::ACTIVE;
use crate::db::{self, Conn};

/// The figures of the administrators' first page.
#[derive(Clone, Debug)]
pub struct Overview {
    pub people: i64,
    /// People who did something in a course lately.
    pub active: i64,
    pub courses: i64,
    pub completed: i64,
    /// Courses that have a trainer.
    pub trained: Vec<Uuid>,
}

/// Reads them.
pub async fn read(conn: &mut Conn, now: DateTime<Utc>) -> Result<Overview, db::Error> {
    let (people, active, courses, completed) = store::overview(conn, now - ACTIVE).await?;
    let trained = store::trained_courses(conn).await?;
    Ok(Overview { people, active, courses, completed, trained })
}
