//! The learners of courses, their grades and attempts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Int2, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::folding::folded;
use crate::db::schema::{attempts, people};
use crate::db::{Conn, QueryResult};

/// How many people take, take part in and complete a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct CourseFigures {
    #[diesel(sql_type = SqlUuid)]
    pub course: Uuid,
    #[diesel(sql_type = BigInt)]
    pub learners: i64,
    #[diesel(sql_type = BigInt)]
    pub active: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
}

pub async fn course_figures(
    conn: &mut Conn,
    since: DateTime<Utc>,
) -> QueryResult<Vec<CourseFigures>> {
    diesel::sql_query(
        "select course_id as course, count(*) as learners, \
           count(*) filter (where last_at >= $1) as active, \
           count(*) filter (where completed_at is not null) as completed \
         from enrolments group by course_id",
    )
    .bind::<Timestamptz, _>(since)
    .load(conn)
    .await
}

/// A learner of a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct LearnerRow {
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub person: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Int2)]
    pub percent: i16,
    #[diesel(sql_type = Timestamptz)]
    pub enrolled_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub completed_at: Option<DateTime<Utc>>,
}

/// Learners of a course by name, after one of them, whose folded name or address contains `like`.
pub async fn learners(
    conn: &mut Conn,
    course: Uuid,
    like: &str,
    after: Option<Uuid>,
    limit: i64,
) -> QueryResult<Vec<LearnerRow>> {
    diesel::sql_query(concat!(
        "select e.id as enrolment, p.id as person, p.name, p.email, e.percent, e.enrolled_at, e.last_at, e.completed_at \
         from enrolments e join people p on p.id = e.person_id \
         where e.course_id = $1 and ($3 is null or (p.name collate person_names, p.id) > \
             (select q.name collate person_names, q.id from people q where q.id = $3)) \
           and ($2 = '' or position($2 in ",
        folded!("p.name"),
        ") > 0 or position($2 in p.email_key) > 0) order by p.name collate person_names, p.id limit $4"
    ))
    .bind::<SqlUuid, _>(course)
    .bind::<Text, _>(like)
    .bind::<Nullable<SqlUuid>, _>(after)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
}

/// A learner's grade in a quiz.
#[derive(Clone, Debug, QueryableByName)]
pub struct GradeRow {
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = BigInt)]
    pub fraction: i64,
    #[diesel(sql_type = Bool)]
    pub passed: bool,
}

pub async fn grades(conn: &mut Conn, enrolments: &[Uuid]) -> QueryResult<Vec<GradeRow>> {
    diesel::sql_query(
        "select enrolment_id as enrolment, quiz, fraction, passed from quiz_grades \
         where enrolment_id = any($1) and fraction is not null",
    )
    .bind::<Array<SqlUuid>, _>(enrolments)
    .load(conn)
    .await
}

/// One attempt in a quiz.
#[derive(Clone, Debug, Queryable)]
pub struct AttemptRow {
    pub quiz: String,
    pub number: i32,
    pub practice: bool,
    pub state: String,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub raw: Option<i64>,
    pub max: Option<i64>,
    pub passed: Option<bool>,
}

pub async fn attempts_of(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Vec<AttemptRow>> {
    attempts::table
        .filter(attempts::enrolment_id.eq(enrolment))
        .order(attempts::started_at.desc())
        .select((
            attempts::quiz,
            attempts::number,
            attempts::practice,
            attempts::state,
            attempts::started_at,
            attempts::finished_at,
            attempts::raw,
            attempts::max,
            attempts::passed,
        ))
        .load(conn)
        .await
}

/// The name and address of a person.
pub async fn name_of(conn: &mut Conn, person: Uuid) -> QueryResult<Option<(String, String)>> {
    people::table.find(person).select((people::name, people::email)).first(conn).await.optional()
}
