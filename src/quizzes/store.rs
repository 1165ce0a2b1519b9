//! The tables of attempts: papers, answers, events, marks. Times are those of the database.

pub mod regrades;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{attempt_events, attempts, saved_answers, slot_marks};
use crate::db::{Conn, QueryResult, prepared};
use crate::domain::quiz::event::EventKind;

/// An attempt as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attempts)]
pub struct AttemptRow {
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub person_id: Uuid,
    pub course_id: Uuid,
    pub version_id: Uuid,
    pub lesson: String,
    pub quiz: String,
    pub number: i32,
    pub practice: bool,
    pub seed: Vec<u8>,
    pub paper: String,
    pub started_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub raw: Option<i64>,
    pub max: Option<i64>,
    pub passed: Option<bool>,
    pub state: String,
    pub overdue: String,
    pub grace: i32,
    pub given_back: i32,
}

/// An attempt that starts.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = attempts)]
pub struct NewAttempt<'a> {
    pub id: Uuid,
    pub enrolment_id: Uuid,
    pub person_id: Uuid,
    pub course_id: Uuid,
    pub version_id: Uuid,
    pub lesson: &'a str,
    pub quiz: &'a str,
    pub number: i32,
    pub practice: bool,
    pub seed: &'a [u8],
    pub paper: &'a str,
    pub state: &'a str,
    pub started_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub overdue: &'a str,
    pub grace: i32,
}

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = Timestamptz)]
    moment: DateTime<Utc>,
}

/// The database's time: when this statement's transaction began.
pub async fn now(conn: &mut Conn) -> QueryResult<DateTime<Utc>> {
    let row: Moment = diesel::sql_query("select now() as moment").get_result(conn).await?;
    Ok(row.moment)
}

/// Writes a new attempt with its first event.
pub async fn insert(conn: &mut Conn, new: &NewAttempt<'_>) -> QueryResult<()> {
    diesel::insert_into(attempts::table).values(new).execute(conn).await?;
    append(conn, new.id, "start", new.started_at).await
}

/// Adds an event that carries no answer.
pub async fn append(
    conn: &mut Conn,
    attempt: Uuid,
    kind: &str,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let values = (
        attempt_events::attempt_id.eq(attempt),
        attempt_events::kind.eq(kind),
        attempt_events::at.eq(at),
    );
    diesel::insert_into(attempt_events::table).values(values).execute(conn).await?;
    Ok(())
}

/// Adds an event that concerns the whole attempt and carries a detail.
pub async fn append_detail(
    conn: &mut Conn,
    attempt: Uuid,
    kind: &EventKind,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let values = (
        attempt_events::attempt_id.eq(attempt),
        attempt_events::kind.eq(kind.name()),
        attempt_events::at.eq(at),
        attempt_events::detail.eq(kind.detail()),
    );
    diesel::insert_into(attempt_events::table).values(values).execute(conn).await?;
    Ok(())
}

/// A person's judgement of one answer.
#[derive(Clone, Copy, Debug, Insertable)]
#[diesel(table_name = attempt_events)]
pub struct JudgementRow<'a> {
    pub attempt_id: Uuid,
    pub at: DateTime<Utc>,
    /// `mark` or `release`.
    pub kind: &'a str,
    pub slot: Option<i16>,
    pub actor: Option<Uuid>,
    pub mark: Option<&'a str>,
}

/// Adds a judgement.
pub async fn append_judgement(conn: &mut Conn, row: &JudgementRow<'_>) -> QueryResult<()> {
    diesel::insert_into(attempt_events::table).values(row).execute(conn).await?;
    Ok(())
}

pub async fn find(conn: &mut Conn, attempt: Uuid) -> QueryResult<Option<AttemptRow>> {
    let found = attempts::table.find(attempt).select(AttemptRow::as_select());
    found.first(conn).await.optional()
}

/// Locks an attempt, so that no answer comes in while it is settled.
pub async fn lock(conn: &mut Conn, attempt: Uuid) -> QueryResult<Option<AttemptRow>> {
    let found = attempts::table.find(attempt).select(AttemptRow::as_select());
    found.for_update().first(conn).await.optional()
}

/// The papers of all attempts of an enrolment.
pub async fn papers(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Vec<String>> {
    let own = attempts::table.filter(attempts::enrolment_id.eq(enrolment));
    own.select(attempts::paper).load(conn).await
}

/// A learner's attempts at a quiz, first to last.
pub async fn past(conn: &mut Conn, enrolment: Uuid, quiz: &str) -> QueryResult<Vec<AttemptRow>> {
    attempts::table
        .filter(attempts::enrolment_id.eq(enrolment).and(attempts::quiz.eq(quiz)))
        .order(attempts::number)
        .select(AttemptRow::as_select())
        .load(conn)
        .await
}

/// A learner's attempts at the quizzes of a lesson, first to last.
pub async fn of_lesson(
    conn: &mut Conn,
    enrolment: Uuid,
    lesson: &str,
) -> QueryResult<Vec<AttemptRow>> {
    attempts::table
        .filter(attempts::enrolment_id.eq(enrolment).and(attempts::lesson.eq(lesson)))
        .order((attempts::quiz, attempts::number))
        .select(AttemptRow::as_select())
        .load(conn)
        .await
}

/// Which overdue attempts are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    Anybody,
    OfCourse(Uuid),
    OfEnrolment(Uuid),
}

const DUE: &str = "select id from attempts where state = 'open' and deadline is not null \
     and deadline + make_interval(secs => 60 + grace) < now()";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Attempts whose time is over, slack included, and that nobody is settling just now.
pub async fn due(conn: &mut Conn, whose: Whose) -> QueryResult<Vec<Uuid>> {
    let rest = "order by deadline limit 200 for update skip locked";
    let rows: Vec<Id> = match whose {
        Whose::Anybody => diesel::sql_query(format!("{DUE} {rest}")).load(conn).await?,
        Whose::OfCourse(course) => {
            let query = diesel::sql_query(format!("{DUE} and course_id = $1 {rest}"));
            query.bind::<SqlUuid, _>(course).load(conn).await?
        }
        Whose::OfEnrolment(enrolment) => {
            let query = diesel::sql_query(format!("{DUE} and enrolment_id = $1 {rest}"));
            query.bind::<SqlUuid, _>(enrolment).load(conn).await?
        }
    };
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// One answer on its way into the database.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    pub attempt: Uuid,
    pub slot: i16,
    /// The revision that the writer saw.
    pub rev: i32,
    pub response: &'a str,
    pub op: Option<Uuid>,
    /// `save` or `check`.
    pub kind: &'a str,
    /// How sure the learner is, where that is asked.
    pub sure: Option<&'a str>,
}

/// What the database says of a kept answer.
#[derive(Clone, Debug, QueryableByName)]
pub struct Kept {
    #[diesel(sql_type = Integer)]
    pub rev: i32,
    #[diesel(sql_type = Timestamptz)]
    pub saved_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub deadline: Option<DateTime<Utc>>,
}

/// Keeps an answer, if the attempt is open, its time with slack is not over, and nobody wrote since `rev`.
/// The attempt is locked against being settled meanwhile; all in one statement. `None` if anything is otherwise.
pub async fn save(conn: &mut Conn, write: &Write<'_>) -> QueryResult<Option<Kept>> {
    let statement = diesel::sql_query(
        "with sitting as ( \
           select id, deadline from attempts where id = $1 and state = 'open' \
           and (deadline is null or now() <= deadline + interval '60 seconds') for share), \
         kept as ( \
           insert into saved_answers as old (attempt_id, slot, rev, response, saved_at, sure) \
           select id, $2, 1, $4, now(), $7::text from sitting \
           where $3 = 0 or exists (select 1 from saved_answers where attempt_id = $1 and slot = $2) \
           on conflict (attempt_id, slot) do update set rev = old.rev + 1, response = $4, saved_at = now(), \
             sure = coalesce($7::text, old.sure) \
           where old.rev = $3 returning rev, saved_at), \
         noted as ( \
           insert into attempt_events (attempt_id, at, kind, slot, response, op, detail) \
           select $1, saved_at, $5, $2, $4, $6, null from kept union all \
           select $1, saved_at, 'sure', $2, null, null, to_json($7::text)::text from kept where $7::text is not null) \
         select kept.rev, kept.saved_at, sitting.deadline from kept, sitting",
    )
    .bind::<SqlUuid, _>(write.attempt)
    .bind::<SmallInt, _>(write.slot)
    .bind::<Integer, _>(write.rev)
    .bind::<Text, _>(write.response)
    .bind::<Text, _>(write.kind)
    .bind::<Nullable<SqlUuid>, _>(write.op)
    .bind::<Nullable<Text>, _>(write.sure);
    prepared(statement).get_result(conn).await.optional()
}

/// An answer as it is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = saved_answers)]
pub struct SavedRow {
    pub attempt_id: Uuid,
    pub slot: i16,
    pub rev: i32,
    pub response: String,
    pub saved_at: DateTime<Utc>,
    pub sure: Option<String>,
}

/// The answers of some attempts.
pub async fn saved(conn: &mut Conn, of: &[Uuid]) -> QueryResult<Vec<SavedRow>> {
    saved_answers::table
        .filter(saved_answers::attempt_id.eq_any(of))
        .order((saved_answers::attempt_id, saved_answers::slot))
        .select(SavedRow::as_select())
        .load(conn)
        .await
}

/// Something that happened.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = attempt_events)]
pub struct EventRow {
    pub at: DateTime<Utc>,
    pub kind: String,
    pub slot: Option<i16>,
    pub response: Option<String>,
    pub op: Option<Uuid>,
    pub actor: Option<Uuid>,
    pub mark: Option<String>,
    pub detail: Option<String>,
}

/// What happened in an attempt, in order.
pub async fn events(conn: &mut Conn, attempt: Uuid) -> QueryResult<Vec<EventRow>> {
    attempt_events::table
        .filter(attempt_events::attempt_id.eq(attempt))
        .order(attempt_events::seq)
        .select(EventRow::as_select())
        .load(conn)
        .await
}

/// Keeps an answer that came too late or from an old page: it does not count, but it is not lost.
/// The same write is set aside once.
pub async fn set_aside(conn: &mut Conn, write: &Write<'_>) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into attempt_events (attempt_id, at, kind, slot, response, op) \
         select id, now(), 'aside', $2, $3, $4 from attempts where id = $1 and not exists ( \
           select 1 from attempt_events where attempt_id = $1 and kind = 'aside' and slot = $2 \
           and response = $3 and op is not distinct from $4)",
    )
    .bind::<SqlUuid, _>(write.attempt)
    .bind::<SmallInt, _>(write.slot)
    .bind::<Text, _>(write.response)
    .bind::<Nullable<SqlUuid>, _>(write.op)
    .execute(conn)
    .await
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, AsChangeset)]
#[diesel(table_name = attempts)]
pub struct End<'a> {
    pub state: &'a str,
    pub finished_at: DateTime<Utc>,
    pub raw: Option<i64>,
    pub max: Option<i64>,
    pub passed: Option<bool>,
}

/// Ends an attempt and notes the event.
pub async fn close(
    conn: &mut Conn,
    attempt: Uuid,
    end: &End<'_>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(attempts::table.find(attempt)).set(end).execute(conn).await?;
    append(conn, attempt, "finish", at).await
}

/// What a finished attempt is worth after a judgement changed.
#[derive(Clone, Copy, Debug, AsChangeset)]
#[diesel(table_name = attempts)]
#[diesel(treat_none_as_null = true)]
pub struct Worth {
    pub raw: Option<i64>,
    pub max: Option<i64>,
    pub passed: Option<bool>,
}

/// Notes what a finished attempt is worth, as a whole and question by question.
pub async fn revalue(
    conn: &mut Conn,
    attempt: Uuid,
    worth: &Worth,
    marks: &[MarkRow<'_>],
) -> QueryResult<()> {
    diesel::update(attempts::table.find(attempt)).set(worth).execute(conn).await?;
    let old = slot_marks::table.filter(slot_marks::attempt_id.eq(attempt));
    diesel::delete(old).execute(conn).await?;
    insert_marks(conn, marks).await?;
    Ok(())
}

/// The marks of one question.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = slot_marks)]
pub struct MarkRow<'a> {
    pub attempt_id: Uuid,
    pub slot: i16,
    pub item: &'a str,
    pub item_version: &'a str,
    pub fraction: i64,
    pub marks: i64,
    pub of: i64,
    pub verdict: &'a str,
}

pub async fn insert_marks(conn: &mut Conn, marks: &[MarkRow<'_>]) -> QueryResult<usize> {
    diesel::insert_into(slot_marks::table).values(marks).execute(conn).await
}

/// Some attempts.
pub async fn many(conn: &mut Conn, of: &[Uuid]) -> QueryResult<Vec<AttemptRow>> {
    let found = attempts::table.filter(attempts::id.eq_any(of)).order(attempts::id);
    found.select(AttemptRow::as_select()).load(conn).await
}

/// What happened in some attempts, attempt by attempt, in order.
pub async fn events_of(conn: &mut Conn, of: &[Uuid]) -> QueryResult<Vec<(Uuid, EventRow)>> {
    attempt_events::table
        .filter(attempt_events::attempt_id.eq_any(of))
        .order((attempt_events::attempt_id, attempt_events::seq))
        .select((attempt_events::attempt_id, EventRow::as_select()))
        .load(conn)
        .await
}

/// Notes what attempts are worth.
pub async fn revalue_all(conn: &mut Conn, worths: &[(Uuid, Worth)]) -> QueryResult<usize> {
    let ids: Vec<Uuid> = worths.iter().map(|(attempt, _)| *attempt).collect();
    let raw: Vec<Option<i64>> = worths.iter().map(|(_, worth)| worth.raw).collect();
    let max: Vec<Option<i64>> = worths.iter().map(|(_, worth)| worth.max).collect();
    let passed: Vec<Option<bool>> = worths.iter().map(|(_, worth)| worth.passed).collect();
    diesel::sql_query(
        "update attempts a set raw = k.raw, max = k.max, passed = k.passed \
         from unnest($1, $2, $3, $4) k (id, raw, max, passed) where a.id = k.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Nullable<BigInt>>, _>(raw)
    .bind::<Array<Nullable<BigInt>>, _>(max)
    .bind::<Array<Nullable<Bool>>, _>(passed)
    .execute(conn)
    .await
}

/// Notes the marks of questions of finished attempts, where they are other than before.
pub async fn remark(conn: &mut Conn, marks: &[MarkRow<'_>]) -> QueryResult<usize> {
    let list = |pick: fn(&MarkRow<'_>) -> i64| marks.iter().map(pick).collect::<Vec<i64>>();
    diesel::sql_query(
        "update slot_marks m set fraction = k.fraction, marks = k.marks, of = k.of, verdict = k.verdict \
         from unnest($1, $2, $3, $4, $5, $6) k (attempt, slot, fraction, marks, of, verdict) \
         where m.attempt_id = k.attempt and m.slot = k.slot \
           and (m.fraction, m.marks, m.of, m.verdict) is distinct from (k.fraction, k.marks, k.of, k.verdict)",
    )
    .bind::<Array<SqlUuid>, _>(marks.iter().map(|mark| mark.attempt_id).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(marks.iter().map(|mark| mark.slot).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(list(|mark| mark.fraction))
    .bind::<Array<BigInt>, _>(list(|mark| mark.marks))
    .bind::<Array<BigInt>, _>(list(|mark| mark.of))
    .bind::<Array<Text>, _>(marks.iter().map(|mark| mark.verdict).collect::<Vec<_>>())
    .execute(conn)
    .await
}
