//! Events of regrades, and many attempts at once.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, QueryResult};

/// An event of one of many attempts.
#[derive(Clone, Debug, QueryableByName)]
pub struct SlotEvent {
    #[diesel(sql_type = SqlUuid)]
    pub attempt_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = SmallInt)]
    pub slot: i16,
    #[diesel(sql_type = Nullable<Text>)]
    pub response: Option<String>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub actor: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    pub mark: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub detail: Option<String>,
}

/// What happened to some questions of some attempts, attempt by attempt, question by question, in order.
pub async fn of_slots(
    conn: &mut Conn,
    attempts: &[Uuid],
    slots: &[i16],
) -> QueryResult<Vec<SlotEvent>> {
    sql_query(
        "select e.attempt_id, e.at, e.kind, e.slot, e.response, e.actor, e.mark, e.detail \
         from unnest($1, $2) k (attempt, slot) \
           join attempt_events e on e.attempt_id = k.attempt and e.slot = k.slot \
         where e.kind <> 'aside' order by e.attempt_id, e.slot, e.seq",
    )
    .bind::<Array<SqlUuid>, _>(attempts)
    .bind::<Array<SmallInt>, _>(slots)
    .load(conn)
    .await
}

/// Adds an event of a regrade to each of these questions.
pub async fn append(
    conn: &mut Conn,
    batch: Option<Uuid>,
    actor: Option<Uuid>,
    (attempts, slots, details): (&[Uuid], &[i16], &[String]),
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    sql_query(
        "insert into attempt_events (attempt_id, slot, detail, at, kind, op, actor) \
         select attempt, slot, detail, $4, 'regrade', $5, $6 from unnest($1, $2, $3) k (attempt, slot, detail)",
    )
    .bind::<Array<SqlUuid>, _>(attempts)
    .bind::<Array<SmallInt>, _>(slots)
    .bind::<Array<Text>, _>(details)
    .bind::<Timestamptz, _>(at)
    .bind::<Nullable<SqlUuid>, _>(batch)
    .bind::<Nullable<SqlUuid>, _>(actor)
    .execute(conn)
    .await
}

/// A decision of a regrade about one question of an attempt, with the one that held before.
#[derive(Clone, Debug, QueryableByName)]
pub struct RulingRow {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = SmallInt)]
    pub slot: i16,
    #[diesel(sql_type = Text)]
    pub detail: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub before: Option<String>,
}

/// What a regrade decided, attempt by attempt.
pub async fn of_batch(conn: &mut Conn, batch: Uuid) -> QueryResult<Vec<RulingRow>> {
    sql_query(
        "select e.attempt_id as attempt, a.enrolment_id as enrolment, a.quiz, e.slot, e.detail, \
           (select b.detail from attempt_events b where b.attempt_id = e.attempt_id and b.slot = e.slot \
             and b.kind = 'regrade' and b.seq < e.seq order by b.seq desc limit 1) as before \
         from attempt_events e join attempts a on a.id = e.attempt_id \
         where e.kind = 'regrade' and e.op = $1 order by e.attempt_id, e.slot",
    )
    .bind::<SqlUuid, _>(batch)
    .load(conn)
    .await
}

/// A decision that a learner is told of.
#[derive(Clone, Debug, QueryableByName)]
pub struct ToldRow {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    pub detail: String,
}

/// What regrades decided about the answers of a learner since a moment, last first; one line per attempt and regrade.
pub async fn told(
    conn: &mut Conn,
    enrolment: Uuid,
    since: DateTime<Utc>,
) -> QueryResult<Vec<ToldRow>> {
    sql_query(
        "select distinct on (e.at, a.id) a.id as attempt, a.quiz, e.at, e.detail \
         from attempts a join attempt_events e on e.attempt_id = a.id \
         where a.enrolment_id = $1 and e.kind = 'regrade' and e.at >= $2 order by e.at desc, a.id, e.seq desc",
    )
    .bind::<SqlUuid, _>(enrolment)
    .bind::<Timestamptz, _>(since)
    .load(conn)
    .await
}
