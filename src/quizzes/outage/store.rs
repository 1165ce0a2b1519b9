//! The pulse of the platform, its gaps, and the attempts that get their time back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Timestamptz};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{outages, pulse};
use crate::db::{Conn, QueryResult};

/// The last beat, locked so that one program notices a gap; none before the first.
pub async fn last_beat(conn: &mut Conn) -> QueryResult<Option<DateTime<Utc>>> {
    pulse::table.select(pulse::at).for_update().first(conn).await.optional()
}

pub async fn set_beat(conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::insert_into(pulse::table)
        .values((pulse::id.eq(true), pulse::at.eq(at)))
        .on_conflict(pulse::id)
        .do_update()
        .set(pulse::at.eq(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Moves the end of every attempt that was open and had time left when the gap began, and notes it as an event.
pub async fn give_back(conn: &mut Conn, since: DateTime<Utc>, seconds: i32) -> QueryResult<usize> {
    diesel::sql_query(
        "with moved as ( \
           update attempts set deadline = deadline + make_interval(secs => $2), given_back = given_back + $2 \
           where state = 'open' and not practice and deadline > $1 and started_at < $1 \
           returning id, deadline) \
         insert into attempt_events (attempt_id, at, kind, detail) \
         select id, now(), 'extend', to_json(deadline)::text from moved",
    )
    .bind::<Timestamptz, _>(since)
    .bind::<Integer, _>(seconds)
    .execute(conn)
    .await
}

pub async fn note(
    conn: &mut Conn,
    id: Uuid,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    n_attempts: i32,
) -> QueryResult<()> {
    diesel::insert_into(outages::table)
        .values((
            outages::id.eq(id),
            outages::since.eq(since),
            outages::until.eq(until),
            outages::attempts.eq(n_attempts),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
