//! The table of failed tries to sign in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bytea, Integer, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::db::schema::sign_in_failures;
use crate::db::{Conn, QueryResult};

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    failures: i32,
}

/// Counts a failure and says how many there are now; the count starts anew when the last window is over.
pub async fn count_failure(
    conn: &mut Conn,
    key: &[u8],
    at: DateTime<Utc>,
    window_start: DateTime<Utc>,
) -> QueryResult<i32> {
    let counted: Counted = diesel::sql_query(
        "insert into sign_in_failures as old (key, failures, since) values ($1, 1, $2) \
         on conflict (key) do update set \
           failures = case when old.since < $3 then 1 else least(old.failures + 1, 1000000) end, \
           since = case when old.since < $3 then $2 else old.since end \
         returning failures",
    )
    .bind::<Bytea, _>(key)
    .bind::<Timestamptz, _>(at)
    .bind::<Timestamptz, _>(window_start)
    .get_result(conn)
    .await?;
    Ok(counted.failures)
}

/// Takes back what turned out to be no failure.
pub async fn take_failure_back(conn: &mut Conn, key: &[u8]) -> QueryResult<usize> {
    diesel::update(sign_in_failures::table.find(key).filter(sign_in_failures::failures.gt(0)))
        .set(sign_in_failures::failures.eq(sign_in_failures::failures - 1))
        .execute(conn)
        .await
}

pub async fn forget_failures(conn: &mut Conn, key: &[u8]) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.find(key)).execute(conn).await
}

/// Forgets counts that began before a moment.
pub async fn forget_old_failures(conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.filter(sign_in_failures::since.lt(at)))
        .execute(conn)
        .await
}
