//! The tables of lesson progress, quiz grades and the journal.

pub mod regraded;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Bytea, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::accounts::{PERSON_OF_SESSION, PersonRow, Session};
use crate::db::schema::{enrolments, journal, lesson_progress, quiz_grades};
use crate::db::{Conn, QueryResult, prepared};
use crate::domain::locale::Locale;

/// Lessons of an enrolment: id, was it called done, was it ever complete?
pub async fn lessons(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Vec<(String, bool, bool)>> {
    lesson_progress::table
        .filter(lesson_progress::enrolment_id.eq(enrolment))
        .select((
            lesson_progress::lesson,
            lesson_progress::marked_at.is_not_null(),
            lesson_progress::done_at.is_not_null(),
        ))
        .load(conn)
        .await
}

/// Was the course of an enrolment ever complete?
pub async fn is_completed(conn: &mut Conn, enrolment: Uuid) -> QueryResult<bool> {
    enrolments::table
        .find(enrolment)
        .select(enrolments::completed_at.is_not_null())
        .first(conn)
        .await
}

/// Results of an enrolment: quiz, grade, passed, answered.
pub async fn grades(
    conn: &mut Conn,
    enrolment: Uuid,
) -> QueryResult<Vec<(String, Option<i64>, bool, bool)>> {
    quiz_grades::table
        .filter(quiz_grades::enrolment_id.eq(enrolment))
        .select((
            quiz_grades::quiz,
            quiz_grades::fraction,
            quiz_grades::passed,
            quiz_grades::answered,
        ))
        .load(conn)
        .await
}

/// What one page needs to know of a learner in a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct Standing {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub course_id: Uuid,
    #[diesel(sql_type = Text)]
    pub language: String,
    #[diesel(sql_type = Timestamptz)]
    pub enrolled_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub started_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub halfway_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub completed_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = SmallInt)]
    pub percent: i16,
    #[diesel(sql_type = Nullable<Text>)]
    pub last_lesson: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub completed_version: Option<Uuid>,
    #[diesel(sql_type = Array<Text>)]
    pub viewed: Vec<String>,
    #[diesel(sql_type = Array<Nullable<SqlUuid>>)]
    pub seen: Vec<Option<Uuid>>,
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
    #[diesel(sql_type = Bool)]
    pub attempted: bool,
}

/// An enrolment `e` with all its facts.
const STANDING_COLUMNS: &str = "\
    e.*, viewed, seen, done, marked, quizzes, fractions, passed, answered, \
    exists(select from attempts where enrolment_id = e.id) as attempted";

/// Where the facts come from.
const STANDING_FACTS: &str = "\
    lateral (select coalesce(array_agg(lesson), '{}') as viewed, coalesce(array_agg(seen_version), '{}') as seen, \
      coalesce(array_agg(lesson) filter (where done_at is not null), '{}') as done, \
      coalesce(array_agg(lesson) filter (where marked_at is not null), '{}') as marked \
      from lesson_progress where enrolment_id = e.id) lessons, \
    lateral (select coalesce(array_agg(quiz), '{}') as quizzes, coalesce(array_agg(fraction), '{}') as fractions, \
      coalesce(array_agg(passed), '{}') as passed, coalesce(array_agg(answered), '{}') as answered \
      from quiz_grades where enrolment_id = e.id) grades";

fn standings_where(condition: &str) -> String {
    format!("select {STANDING_COLUMNS} from enrolments e, {STANDING_FACTS} where {condition}")
}

/// Where a person stands in a course.
pub async fn standing(
    conn: &mut Conn,
    person: Uuid,
    course: Uuid,
) -> QueryResult<Option<Standing>> {
    let statement = diesel::sql_query(standings_where("e.person_id = $1 and e.course_id = $2"))
        .bind::<SqlUuid, _>(person)
        .bind::<SqlUuid, _>(course);
    prepared(statement).get_result(conn).await.optional()
}

/// Somebody with a living session, and where they stand in a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct Arrived {
    #[diesel(embed)]
    pub person: PersonRow,
    #[diesel(embed)]
    pub standing: Option<Standing>,
}

/// The person of a session and where they stand in a course, in one statement: the two are what every lesson page asks.
pub async fn arrived(
    conn: &mut Conn,
    session: Session<'_>,
    course: Uuid,
) -> QueryResult<Option<Arrived>> {
    let statement = diesel::sql_query(format!(
        "with who as ({PERSON_OF_SESSION}) select who.*, {STANDING_COLUMNS} \
         from who left join enrolments e on e.person_id = who.person and e.course_id = $4, {STANDING_FACTS}"
    ))
    .bind::<Bytea, _>(session.token_hash)
    .bind::<Text, _>(Session::KIND)
    .bind::<Timestamptz, _>(session.at)
    .bind::<SqlUuid, _>(course);
    prepared(statement).get_result(conn).await.optional()
}

/// Where a person stands in all their courses, last used first.
pub async fn standings(conn: &mut Conn, person: Uuid) -> QueryResult<Vec<Standing>> {
    let statement = diesel::sql_query(standings_where(
        "e.person_id = $1 order by e.last_at desc nulls last, e.enrolled_at desc",
    ));
    prepared(statement.bind::<SqlUuid, _>(person)).load(conn).await
}

/// A name of a completed course.
#[derive(QueryableByName)]
struct CourseName {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Addresses and ids of the courses that a person has completed.
pub async fn completed_courses(conn: &mut Conn, person: Uuid) -> QueryResult<Vec<String>> {
    let statement = diesel::sql_query(
        "select unnest(array[c.slug, c.id::text]) as name from enrolments o join courses c on c.id = o.course_id \
         where o.person_id = $1 and o.completed_at is not null",
    );
    let names: Vec<CourseName> = prepared(statement.bind::<SqlUuid, _>(person)).load(conn).await?;
    Ok(names.into_iter().map(|row| row.name).collect())
}

/// When a lesson was first opened.
pub async fn viewed_at(
    conn: &mut Conn,
    enrolment: Uuid,
    lesson: &str,
) -> QueryResult<Option<DateTime<Utc>>> {
    lesson_progress::table
        .find((enrolment, lesson))
        .select(lesson_progress::viewed_at)
        .first(conn)
        .await
        .optional()
}

/// A lesson was opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Ids of the lines in the journal, if there will be any: opened, started.
    pub ids: (Uuid, Uuid),
    pub enrolment: Uuid,
    pub lesson: String,
    pub language: Locale,
    /// The version of the course that is read.
    pub version: Uuid,
    pub at: DateTime<Utc>,
}

/// What to do about an enrolment that is being written by somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    Wait,
    Skip,
}

#[derive(QueryableByName)]
struct Noted {
    #[diesel(sql_type = SqlUuid)]
    enrolment: Uuid,
}

/// The enrolment is locked and written first, as everywhere, so that two requests never wait for each other; the lock
/// also lets one of two requests start the course.
macro_rules! note_openings {
    ($busy:literal) => {
        concat!(
            "with wanted as ( \
               select * from unnest($1, $2, $3, $4, $5, $6, $7) \
                 as wanted (enrolment, lesson, language, version, at, opened_id, started_id)), \
             seat as ( \
               select wanted.*, e.person_id, e.course_id, e.started_at is null as fresh \
               from wanted join enrolments e on e.id = wanted.enrolment for no key update of e ",
            $busy,
            "), \
             placed as ( \
               update enrolments e set last_lesson = seat.lesson, last_at = seat.at, language = seat.language, \
                 started_at = coalesce(e.started_at, seat.at) from seat where e.id = seat.enrolment), \
             opened as ( \
               insert into lesson_progress as old (enrolment_id, lesson, viewed_at, seen_version) \
               select enrolment, lesson, at, version from seat \
               on conflict (enrolment_id, lesson) do update set seen_version = excluded.seen_version \
               where old.seen_version is distinct from excluded.seen_version \
               returning enrolment_id, xmax = 0 as fresh), \
             noted as ( \
               insert into journal (id, at, person_id, verb, course_id, object) \
               select opened_id, at, person_id, 'viewed', course_id, lesson \
               from opened join seat on enrolment = enrolment_id where opened.fresh union all \
               select started_id, at, person_id, 'started', course_id, lesson from seat where fresh) \
             select enrolment from seat"
        )
    };
}

/// Notes openings of lessons, at most one of each enrolment: where to resume, and, the first time, a fact and a line of
/// the journal; the first lesson of all also starts the course. One statement for all of them, so that it costs a page as
/// little as a write can. Says which enrolments were written.
pub async fn note_openings(
    conn: &mut Conn,
    openings: &[Opening],
    busy: Busy,
) -> QueryResult<Vec<Uuid>> {
    let text = match busy {
        Busy::Wait => note_openings!(""),
        Busy::Skip => note_openings!("skip locked"),
    };
    let all = || openings.iter();
    let statement = diesel::sql_query(text)
        .bind::<Array<SqlUuid>, _>(all().map(|opening| opening.enrolment).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all().map(|opening| opening.lesson.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(all().map(|opening| opening.language.code()).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(all().map(|opening| opening.version).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(all().map(|opening| opening.at).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(all().map(|opening| opening.ids.0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(all().map(|opening| opening.ids.1).collect::<Vec<_>>());
    let noted: Vec<Noted> = prepared(statement).load(conn).await?;
    Ok(noted.into_iter().map(|row| row.enrolment).collect())
}

/// What was reached at last count. Moments once reached stay, whatever a later version of the course asks for.
#[derive(Clone, Copy, Debug, AsChangeset)]
#[diesel(table_name = enrolments)]
pub struct Milestones {
    pub halfway_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    /// Written only when the course is completed now.
    pub completed_version: Option<Uuid>,
    pub percent: i16,
}

/// Notes lessons that are complete now, so that no later rule takes them back.
pub async fn note_done(
    conn: &mut Conn,
    enrolment: Uuid,
    lessons: &[&str],
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into lesson_progress as old (enrolment_id, lesson, viewed_at, done_at) \
         select $1, lesson, $3, $3 from unnest($2) lesson \
         on conflict (enrolment_id, lesson) do update set done_at = coalesce(old.done_at, $3)",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Array<Text>, _>(lessons)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await
}

pub async fn note_milestones(
    conn: &mut Conn,
    enrolment: Uuid,
    reached: &Milestones,
) -> QueryResult<usize> {
    diesel::update(enrolments::table.find(enrolment)).set(reached).execute(conn).await
}

/// Notes that the learner called a lesson done; `false` if they did before.
pub async fn mark(
    conn: &mut Conn,
    enrolment: Uuid,
    lesson: &str,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    let n_rows = diesel::sql_query(
        "insert into lesson_progress (enrolment_id, lesson, viewed_at, marked_at) values ($1, $2, $3, $3) \
         on conflict (enrolment_id, lesson) do update set marked_at = $3 where lesson_progress.marked_at is null",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Text, _>(lesson)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await?;
    Ok(n_rows == 1)
}

/// What was reached in a quiz.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = quiz_grades)]
pub struct Reached<'a> {
    pub enrolment_id: Uuid,
    pub quiz: &'a str,
    pub fraction: Option<i64>,
    pub passed: bool,
    pub answered: bool,
    pub attempts: i32,
    pub graded_at: DateTime<Utc>,
}

/// Writes what was reached in a quiz. A pass once reached stays.
pub async fn upsert_grade(conn: &mut Conn, reached: &Reached<'_>) -> QueryResult<usize> {
    diesel::insert_into(quiz_grades::table)
        .values(reached)
        .on_conflict((quiz_grades::enrolment_id, quiz_grades::quiz))
        .do_update()
        .set((
            quiz_grades::fraction.eq(reached.fraction),
            quiz_grades::passed.eq(quiz_grades::passed.or(excluded(quiz_grades::passed))),
            quiz_grades::answered.eq(quiz_grades::answered.or(excluded(quiz_grades::answered))),
            quiz_grades::attempts.eq(reached.attempts),
            quiz_grades::graded_at.eq(reached.graded_at),
        ))
        .execute(conn)
        .await
}

/// Writes a grade exactly as it is given, also where that takes a pass away.
pub async fn restore_grade(conn: &mut Conn, reached: &Reached<'_>) -> QueryResult<usize> {
    diesel::update(quiz_grades::table.find((reached.enrolment_id, reached.quiz)))
        .set((
            quiz_grades::fraction.eq(reached.fraction),
            quiz_grades::passed.eq(reached.passed),
            quiz_grades::attempts.eq(reached.attempts),
            quiz_grades::graded_at.eq(reached.graded_at),
        ))
        .execute(conn)
        .await
}

/// A line of the journal.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = journal)]
pub struct Line<'a> {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub person_id: Option<Uuid>,
    pub verb: &'a str,
    pub course_id: Option<Uuid>,
    pub object: &'a str,
    pub detail: &'a str,
}

pub async fn append(conn: &mut Conn, line: &Line<'_>) -> QueryResult<usize> {
    diesel::insert_into(journal::table).values(line).execute(conn).await
}
