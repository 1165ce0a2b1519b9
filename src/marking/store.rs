//! Which answers wait for people, and what was judged of them. Marking has no table of its own: judgements are events
//! of their attempts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::people;
use crate::db::{Conn, QueryResult};

/// An answer that was not handed back, or whose judgement changed since.
#[derive(Clone, Debug, QueryableByName)]
pub struct OpenRow {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = SmallInt)]
    pub slot: i16,
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    #[diesel(sql_type = SqlUuid)]
    pub course: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub version: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = SqlUuid)]
    pub person: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

/// The answers of some courses with which somebody has something to do, oldest first.
pub async fn open(conn: &mut Conn, courses: &[Uuid]) -> QueryResult<Vec<OpenRow>> {
    diesel::sql_query(
        "with open as ( \
           select attempt_id, slot from slot_marks where verdict = 'waiting' \
           union \
           select e.attempt_id, e.slot from attempt_events e where e.actor is not null and e.kind = 'mark' \
             and not exists (select from attempt_events r where r.attempt_id = e.attempt_id and r.slot = e.slot \
               and r.kind = 'release' and r.seq > e.seq)) \
         select m.attempt_id as attempt, m.slot, m.item, m.of, a.course_id as course, a.version_id as version, a.quiz, \
           a.person_id as person, p.name, a.finished_at as since \
         from open join slot_marks m using (attempt_id, slot) join attempts a on a.id = m.attempt_id \
           join people p on p.id = a.person_id \
         where a.course_id = any($1) and a.state = 'finished' \
         order by a.finished_at, m.attempt_id, m.slot",
    )
    .bind::<Array<SqlUuid>, _>(courses)
    .load(conn)
    .await
}

/// A judgement.
#[derive(Clone, Debug, QueryableByName)]
pub struct JudgementRow {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = SmallInt)]
    pub slot: i16,
    /// `mark` or `release`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub actor: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub mark: String,
}

/// What was judged of some attempts, first to last.
pub async fn judgements(conn: &mut Conn, of: &[Uuid]) -> QueryResult<Vec<JudgementRow>> {
    diesel::sql_query(
        "select attempt_id as attempt, slot, kind, actor, mark from attempt_events \
         where attempt_id = any($1) and kind in ('mark', 'release') and slot is not null and mark is not null \
         order by attempt_id, seq",
    )
    .bind::<Array<SqlUuid>, _>(of)
    .load(conn)
    .await
}

/// The names of some people.
pub async fn names(conn: &mut Conn, of: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    let found = people::table.filter(people::id.eq_any(of));
    found.select((people::id, people::name)).load(conn).await
}
