//! What there is on the platform.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{course_trainers, courses, enrolments, people};
use crate::db::{Conn, QueryResult};

/// How many people there are, how many were active since, how many courses and enrolments.
pub async fn overview(conn: &mut Conn, since: DateTime<Utc>) -> QueryResult<(i64, i64, i64, i64)> {
    let n_people = people::table.count().get_result(conn).await?;
    let n_active = enrolments::table
        .filter(enrolments::last_at.ge(since))
        .select(diesel::dsl::count(enrolments::person_id).aggregate_distinct())
        .get_result(conn)
        .await?;
    let n_completed = enrolments::table
        .filter(enrolments::completed_at.is_not_null())
        .count()
        .get_result(conn)
        .await?;
    let n_published =
        courses::table.filter(courses::version_id.is_not_null()).count().get_result(conn).await?;
    Ok((n_people, n_active, n_published, n_completed))
}

/// The courses that have a trainer.
pub async fn trained_courses(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    course_trainers::table.select(course_trainers::course_id).distinct().load(conn).await
}
