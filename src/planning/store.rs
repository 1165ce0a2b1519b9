//! The statements behind a plan. They only read.

use diesel::sql_types::{Array, BigInt, Nullable, Text, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, QueryResult};

/// How many people take a course.
#[derive(Clone, Copy, Debug, Default, QueryableByName)]
pub struct People {
    #[diesel(sql_type = BigInt)]
    pub enrolled: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
}

pub async fn people(conn: &mut Conn, course: Uuid) -> QueryResult<People> {
    sql_query(
        "select count(*) as enrolled, count(completed_at) as completed \
         from enrolments where course_id = $1",
    )
    .bind::<SqlUuid, _>(course)
    .get_result(conn)
    .await
}

/// How many people know a lesson.
#[derive(Clone, Debug, QueryableByName)]
pub struct LessonPeople {
    #[diesel(sql_type = Text)]
    pub lesson: String,
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
    #[diesel(sql_type = BigInt)]
    pub done: i64,
}

pub async fn lessons(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<LessonPeople>> {
    sql_query(
        "select p.lesson, count(*) as opened, count(p.done_at) as done \
         from lesson_progress p join enrolments e on e.id = p.enrolment_id \
         where e.course_id = $1 group by p.lesson",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// How many people are in the middle of a quiz.
#[derive(Clone, Debug, QueryableByName)]
pub struct Sitting {
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
}

/// Graded attempts whose time is not over.
pub async fn sittings(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<Sitting>> {
    sql_query(
        "select quiz, count(distinct person_id) as people from attempts \
         where course_id = $1 and state = 'open' and not practice and (deadline is null or now() < deadline) \
         group by quiz order by quiz",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// An answer that was marked.
#[derive(Clone, Debug, QueryableByName)]
pub struct Marked {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub fraction: i64,
    #[diesel(sql_type = Nullable<Text>)]
    pub response: Option<String>,
}

/// The answers of finished attempts to some questions.
pub async fn marked(conn: &mut Conn, course: Uuid, items: &[&str]) -> QueryResult<Vec<Marked>> {
    sql_query(
        "select m.item, m.item_version, m.fraction, s.response \
         from attempts a join slot_marks m on m.attempt_id = a.id \
           left join saved_answers s on s.attempt_id = m.attempt_id and s.slot = m.slot \
         where a.course_id = $1 and a.state = 'finished' and m.item = any($2)",
    )
    .bind::<SqlUuid, _>(course)
    .bind::<Array<Text>, _>(items)
    .load(conn)
    .await
}
