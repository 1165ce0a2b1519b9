//! What regrades need of these tables: exact grades, and many learners at once.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, QueryResult};

/// Takes back what was noted as complete at one moment: lessons, half of the course, the course.
pub async fn forget_reached(
    conn: &mut Conn,
    enrolment: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::sql_query("delete from lesson_progress where enrolment_id = $1 and viewed_at = $2 and done_at = $2 and marked_at is null")
        .bind::<SqlUuid, _>(enrolment)
        .bind::<Timestamptz, _>(at)
        .execute(conn)
        .await?;
    diesel::sql_query(
        "update lesson_progress set done_at = null where enrolment_id = $1 and done_at = $2",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "update enrolments set halfway_at = nullif(halfway_at, $2), \
           completed_version = case when completed_at = $2 then null else completed_version end, \
           completed_at = nullif(completed_at, $2) where id = $1",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// All that the learner of one of many enrolments has done.
#[derive(Clone, Debug, QueryableByName)]
pub struct ManyFacts {
    #[diesel(sql_type = SqlUuid)]
    pub enrolment_id: Uuid,
    #[diesel(sql_type = Bool)]
    pub completed: bool,
    #[diesel(sql_type = Array<Text>)]
    pub viewed: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub done: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub marked: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    pub quizzes: Vec<String>,
    #[diesel(sql_type = Array<Nullable<BigInt>>)]
    pub fractions: Vec<Option<i64>>,
    #[diesel(sql_type = Array<Bool>)]
    pub passed: Vec<bool>,
    #[diesel(sql_type = Array<Bool>)]
    pub answered: Vec<bool>,
}

/// What the learners of some enrolments have done, in one statement.
pub async fn facts_of(conn: &mut Conn, enrolments: &[Uuid]) -> QueryResult<Vec<ManyFacts>> {
    diesel::sql_query(
        "select e.id as enrolment_id, e.completed_at is not null as completed, viewed, done, marked, quizzes, \
           fractions, passed, answered \
         from enrolments e, \
           lateral (select coalesce(array_agg(lesson), '{}') as viewed, \
             coalesce(array_agg(lesson) filter (where done_at is not null), '{}') as done, \
             coalesce(array_agg(lesson) filter (where marked_at is not null), '{}') as marked \
             from lesson_progress where enrolment_id = e.id) lessons, \
           lateral (select coalesce(array_agg(quiz), '{}') as quizzes, coalesce(array_agg(fraction), '{}') as fractions, \
             coalesce(array_agg(passed), '{}') as passed, coalesce(array_agg(answered), '{}') as answered \
             from quiz_grades where enrolment_id = e.id) grades \
         where e.id = any($1)",
    )
    .bind::<Array<SqlUuid>, _>(enrolments)
    .load(conn)
    .await
}
