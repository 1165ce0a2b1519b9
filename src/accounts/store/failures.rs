//! The table of failed tries to sign in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::db::schema::sign_in_failures;
use crate::db::{Conn, QueryResult};

/// How often something failed lately, and since when.
pub async fn failures(conn: &mut Conn, key: &[u8]) -> QueryResult<Option<(i32, DateTime<Utc>)>> {
    sign_in_failures::table
        .find(key)
        .select((sign_in_failures::failures, sign_in_failures::since))
        .first(conn)
        .await
        .optional()
}

/// Counts a failure; the count starts anew when the last window is over.
pub async fn count_failure(
    conn: &mut Conn,
    key: &[u8],
    at: DateTime<Utc>,
    window_start: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into sign_in_failures (key, failures, since) values ($1, 1, $2) \
         on conflict (key) do update set \
           failures = case when sign_in_failures.since < $3 then 1 else sign_in_failures.failures + 1 end, \
           since = case when sign_in_failures.since < $3 then $2 else sign_in_failures.since end",
    )
    .bind::<Bytea, _>(key)
    .bind::<Timestamptz, _>(at)
    .bind::<Timestamptz, _>(window_start)
    .execute(conn)
    .await
}

pub async fn forget_failures(conn: &mut Conn, key: &[u8]) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.find(key)).execute(conn).await
}
