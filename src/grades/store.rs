//! The tables of regrades, and what they need to know of attempts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{regrade_grades, regrade_items, regrades};
use crate::db::{Conn, QueryResult};

/// The database's time: when this statement's transaction began.
pub async fn now(conn: &mut Conn) -> QueryResult<DateTime<Utc>> {
    diesel::select(diesel::dsl::now.into_sql::<Timestamptz>()).first(conn).await
}

/// Lets one regrade of a course through at a time, until the transaction ends.
pub async fn lock_course(conn: &mut Conn, course: Uuid) -> QueryResult<()> {
    sql_query("select pg_advisory_xact_lock(hashtextextended('regrade ' || $1::text, 0))")
        .bind::<SqlUuid, _>(course)
        .execute(conn)
        .await?;
    Ok(())
}

/// How often a version of a question was answered in finished attempts.
#[derive(Clone, Debug, QueryableByName)]
pub struct Count {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub answers: i64,
    /// When the last of them was handed in.
    #[diesel(sql_type = Timestamptz)]
    pub last: DateTime<Utc>,
}

pub async fn counts(
    conn: &mut Conn,
    course: Uuid,
    items: &[&str],
    hashes: &[&str],
) -> QueryResult<Vec<Count>> {
    sql_query(
        "select m.item, m.item_version, count(*) as answers, max(a.finished_at) as last \
         from unnest($2, $3) k (item, hash) join slot_marks m on m.item = k.item and m.item_version = k.hash \
           join attempts a on a.id = m.attempt_id \
         where a.course_id = $1 and a.state = 'finished' and not a.practice group by 1, 2",
    )
    .bind::<SqlUuid, _>(course)
    .bind::<Array<Text>, _>(items)
    .bind::<Array<Text>, _>(hashes)
    .load(conn)
    .await
}

/// What was decided about a question, last.
#[derive(Clone, Debug, QueryableByName)]
pub struct Decision {
    #[diesel(sql_type = Text)]
    pub root: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub now_hash: Option<String>,
    #[diesel(sql_type = Text)]
    pub policy: String,
    #[diesel(sql_type = Integer)]
    pub answers: i32,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// The decisions about the questions of a course that hold, the last of each question and key.
pub async fn decisions(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<Decision>> {
    sql_query(
        "select distinct on (i.root, i.now_hash) i.root, i.now_hash, i.policy, i.answers, r.at \
         from regrades r join regrade_items i on i.regrade_id = r.id \
         where r.course_id = $1 and r.taken_back_at is null order by i.root, i.now_hash, r.at desc",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// An answer in a finished attempt, as it is marked, with the sum of its attempt.
#[derive(Clone, Debug, QueryableByName)]
pub struct Asked {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = SqlUuid)]
    pub version: Uuid,
    #[diesel(sql_type = SmallInt)]
    pub slot: i16,
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub fraction: i64,
    #[diesel(sql_type = BigInt)]
    pub marks: i64,
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    #[diesel(sql_type = Text)]
    pub verdict: String,
    #[diesel(sql_type = BigInt)]
    pub sum_marks: i64,
    #[diesel(sql_type = BigInt)]
    pub sum_of: i64,
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
}

pub async fn asked(
    conn: &mut Conn,
    course: Uuid,
    items: &[&str],
    hashes: &[&str],
) -> QueryResult<Vec<Asked>> {
    sql_query(
        "select a.id as attempt, a.enrolment_id as enrolment, a.quiz, a.version_id as version, \
           m.slot, m.item, m.item_version, m.fraction, m.marks, m.of, m.verdict, s.sum_marks, s.sum_of, s.waiting \
         from unnest($2, $3) k (item, hash) join slot_marks m on m.item = k.item and m.item_version = k.hash \
           join attempts a on a.id = m.attempt_id, \
           lateral (select sum(marks)::bigint as sum_marks, sum(of)::bigint as sum_of, \
             count(*) filter (where verdict = 'waiting' and of > 0) as waiting from slot_marks where attempt_id = a.id) s \
         where a.course_id = $1 and a.state = 'finished' and not a.practice order by a.id, m.slot",
    )
    .bind::<SqlUuid, _>(course)
    .bind::<Array<Text>, _>(items)
    .bind::<Array<Text>, _>(hashes)
    .load(conn)
    .await
}

/// A finished attempt with what it earned.
#[derive(Clone, Debug, QueryableByName)]
pub struct Finished {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub person: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = SqlUuid)]
    pub version: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub finished_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub raw: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub max: Option<i64>,
    #[diesel(sql_type = Nullable<Bool>)]
    pub passed: Option<bool>,
}

/// All finished attempts of some learners at some quizzes, first to last.
pub async fn finished(
    conn: &mut Conn,
    enrolments: &[Uuid],
    quizzes: &[&str],
) -> QueryResult<Vec<Finished>> {
    sql_query(
        "select id, enrolment_id as enrolment, person_id as person, quiz, version_id as version, finished_at, raw, max, passed \
         from attempts where enrolment_id = any($1) and quiz = any($2) and state = 'finished' and not practice \
         order by enrolment_id, quiz, number",
    )
    .bind::<Array<SqlUuid>, _>(enrolments)
    .bind::<Array<Text>, _>(quizzes)
    .load(conn)
    .await
}

/// Names of people.
#[derive(Clone, Debug, QueryableByName)]
pub struct Named {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
}

/// The names of some people, in the order of names.
pub async fn names(conn: &mut Conn, people: &[Uuid]) -> QueryResult<Vec<Named>> {
    sql_query(
        "select id, name from people where id = any($1) order by name collate person_names, id",
    )
    .bind::<Array<SqlUuid>, _>(people)
    .load(conn)
    .await
}

/// A regrade that is applied.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = regrades)]
pub struct NewRegrade<'a> {
    pub id: Uuid,
    pub course_id: Uuid,
    pub version_id: Uuid,
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    pub reason: &'a str,
    pub answers: i32,
    pub raised: i32,
    pub lowered: i32,
    pub other: i32,
    pub gained: i32,
    pub lost: i32,
}

/// Writes a regrade; says no if it is there already.
pub async fn insert(conn: &mut Conn, new: &NewRegrade<'_>) -> QueryResult<bool> {
    let rows = diesel::insert_into(regrades::table).values(new).on_conflict_do_nothing();
    Ok(rows.execute(conn).await? == 1)
}

/// What is decided about a question.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = regrade_items)]
pub struct NewItem<'a> {
    pub regrade_id: Uuid,
    pub root: &'a str,
    pub item: &'a str,
    pub now_hash: Option<&'a str>,
    pub change: &'a str,
    pub policy: &'a str,
    pub answers: i32,
}

pub async fn insert_items(conn: &mut Conn, new: &[NewItem<'_>]) -> QueryResult<usize> {
    diesel::insert_into(regrade_items::table).values(new).execute(conn).await
}

/// A grade that changes.
#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = regrade_grades)]
pub struct GradeChange {
    pub regrade_id: Uuid,
    pub enrolment_id: Uuid,
    pub quiz: String,
    pub before: Option<i64>,
    pub after: Option<i64>,
    pub passed_before: bool,
    pub passed_after: bool,
}

/// Seven values each, far below the number of parameters that a statement may have.
const AT_ONCE: usize = 5000;

pub async fn insert_grades(conn: &mut Conn, new: &[GradeChange]) -> QueryResult<()> {
    for some in new.chunks(AT_ONCE) {
        diesel::insert_into(regrade_grades::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// The grades that a regrade changed.
pub async fn grades(conn: &mut Conn, regrade: Uuid) -> QueryResult<Vec<GradeChange>> {
    regrade_grades::table
        .filter(regrade_grades::regrade_id.eq(regrade))
        .order((regrade_grades::enrolment_id, regrade_grades::quiz))
        .select(GradeChange::as_select())
        .load(conn)
        .await
}

/// A regrade as it is kept.
#[derive(Clone, Debug, QueryableByName)]
pub struct Batch {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub version_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Integer)]
    pub answers: i32,
    #[diesel(sql_type = Integer)]
    pub raised: i32,
    #[diesel(sql_type = Integer)]
    pub lowered: i32,
    #[diesel(sql_type = Integer)]
    pub other: i32,
    #[diesel(sql_type = Integer)]
    pub gained: i32,
    #[diesel(sql_type = Integer)]
    pub lost: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub taken_back_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Text>)]
    pub taken_back_by: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub taken_back_reason: Option<String>,
    /// Did a later one that holds decide about the same questions?
    #[diesel(sql_type = Bool)]
    pub covered: bool,
}

/// The regrades of a course, last first.
pub async fn batches(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<Batch>> {
    sql_query(
        "select r.id, r.version_id, r.at, p.name as actor, r.reason, r.answers, r.raised, r.lowered, r.other, r.gained, \
           r.lost, r.taken_back_at, b.name as taken_back_by, r.taken_back_reason, \
           exists (select from regrades l join regrade_items li on li.regrade_id = l.id \
             join regrade_items i on i.regrade_id = r.id and i.root = li.root \
             where l.course_id = r.course_id and l.at > r.at and l.taken_back_at is null) as covered \
         from regrades r left join people p on p.id = r.actor left join people b on b.id = r.taken_back_by \
         where r.course_id = $1 order by r.at desc, r.id desc",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// A decision of a regrade.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = regrade_items)]
pub struct BatchItem {
    pub regrade_id: Uuid,
    pub root: String,
    pub item: String,
    pub change: String,
    pub policy: String,
    pub answers: i32,
}

/// The decisions of the regrades of a course.
pub async fn batch_items(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<BatchItem>> {
    regrade_items::table
        .inner_join(regrades::table)
        .filter(regrades::course_id.eq(course))
        .order((regrade_items::regrade_id, regrade_items::root))
        .select(BatchItem::as_select())
        .load(conn)
        .await
}

/// Notes that a regrade was taken back.
pub async fn note_taken_back(
    conn: &mut Conn,
    regrade: Uuid,
    by: Option<Uuid>,
    reason: &str,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(regrades::table.find(regrade))
        .set((
            regrades::taken_back_at.eq(at),
            regrades::taken_back_by.eq(by),
            regrades::taken_back_reason.eq(reason),
        ))
        .execute(conn)
        .await
}
