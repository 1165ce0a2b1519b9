//! How questions were answered in the first finished attempt of each learner.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, QueryResult};

/// How a version of a question was answered.
#[derive(Clone, Debug, QueryableByName)]
pub struct ItemRow {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub answers: i64,
    #[diesel(sql_type = BigInt)]
    pub right: i64,
}

/// Answers per question in the first finished attempt of each learner.
pub async fn items(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<ItemRow>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (a.person_id, m.item, m.item_version) m.item, m.item_version, m.verdict \
           from attempts a join slot_marks m on m.attempt_id = a.id \
           where a.course_id = $1 and a.state = 'finished' and a.raw is not null \
           order by a.person_id, m.item, m.item_version, a.finished_at, a.id) \
         select item, item_version, count(*) as answers, \
           count(*) filter (where verdict = 'right') as \"right\" \
         from first group by item, item_version",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// How often the same was answered.
#[derive(Clone, Debug, QueryableByName)]
pub struct ResponseRow {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = Text)]
    pub response: String,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
}

/// The answers behind `items`, alike ones together; only ticks, never what was typed.
pub async fn responses(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<ResponseRow>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (a.person_id, m.item, m.item_version) a.id, m.slot, m.item, m.item_version \
           from attempts a join slot_marks m on m.attempt_id = a.id \
           where a.course_id = $1 and a.state = 'finished' and a.raw is not null \
           order by a.person_id, m.item, m.item_version, a.finished_at, a.id) \
         select f.item, f.item_version, s.response, count(*) as people \
         from first f join saved_answers s on s.attempt_id = f.id and s.slot = f.slot \
         where s.response like '{\"picks\"%' group by f.item, f.item_version, s.response",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// The marks of one question in the first finished attempt of a learner.
#[derive(Clone, Debug, QueryableByName)]
pub struct FirstMark {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub marks: i64,
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    /// What was ticked; never what was typed.
    #[diesel(sql_type = Nullable<Text>)]
    pub response: Option<String>,
}

/// The marks of all questions in the first finished attempts at the graded quizzes of a course.
pub async fn first_marks(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<FirstMark>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (person_id, quiz) id, quiz from attempts \
           where course_id = $1 and state = 'finished' and not practice and raw is not null \
           order by person_id, quiz, finished_at, id) \
         select f.id as attempt, f.quiz, m.item, m.item_version, m.marks, m.\"of\", \
           case when s.response like '{\"picks\"%' then s.response end as response \
         from first f join slot_marks m on m.attempt_id = f.id \
         left join saved_answers s on s.attempt_id = f.id and s.slot = m.slot",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}
