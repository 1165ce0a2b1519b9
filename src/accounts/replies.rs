//! Replies that are kept, so that a program that sends a write twice meets the same answer.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store::{self, NewReply};
use crate::db::{self, Conn};

/// A kept reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was asked for with this key.
    pub action: String,
    pub reply: String,
}

/// Inside a transaction: another request with the key waits for its end.
pub async fn lock(conn: &mut Conn, key: Uuid) -> Result<(), db::Error> {
    Ok(store::lock_reply(conn, key).await?)
}

/// The reply under a key.
pub async fn recall(conn: &mut Conn, person: Uuid, key: Uuid) -> Result<Option<Kept>, db::Error> {
    let found = store::reply(conn, person, key).await?;
    Ok(found.map(|(action, reply)| Kept { action, reply }))
}

/// Keeps a reply.
pub async fn keep(
    conn: &mut Conn,
    person: Uuid,
    key: Uuid,
    new: &Kept,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let row = NewReply { person_id: person, key, action: &new.action, reply: &new.reply, at: now };
    store::insert_reply(conn, &row).await?;
    Ok(())
}
