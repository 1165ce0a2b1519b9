//! The table of kept replies.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::replies;
use crate::db::{Conn, QueryResult};

/// The kept reply to a write: what was asked for, and the answer.
pub async fn reply(
    conn: &mut Conn,
    person: Uuid,
    key: Uuid,
) -> QueryResult<Option<(String, String)>> {
    replies::table
        .find((person, key))
        .select((replies::action, replies::reply))
        .first(conn)
        .await
        .optional()
}

/// Lets one request with a key act at a time, until its transaction ends.
pub async fn lock_reply(conn: &mut Conn, key: Uuid) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
        .bind::<SqlUuid, _>(key)
        .execute(conn)
        .await?;
    Ok(())
}

/// A reply to keep.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = replies)]
pub struct NewReply<'a> {
    pub person_id: Uuid,
    pub key: Uuid,
    pub action: &'a str,
    pub reply: &'a str,
    pub at: DateTime<Utc>,
}

/// Keeps a reply unless there is one.
pub async fn insert_reply(conn: &mut Conn, new: &NewReply<'_>) -> QueryResult<usize> {
    diesel::insert_into(replies::table).values(new).on_conflict_do_nothing().execute(conn).await
}

/// Forgets replies from before a moment.
pub async fn forget_old_replies(conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(replies::table.filter(replies::at.lt(at))).execute(conn).await
}
