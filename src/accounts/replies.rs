//! Replies that are kept, so that a program that sends a write twice meets the same answer.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::store::{self, NewReply};
use crate::db::{self, Conn};

/// Nobody repeats a write after this long.
const KEPT: Duration = Duration::days(7);

/// A kept reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What was asked for with this key.
    pub action: String,
    pub reply: String,
}

/// The reply under a key.
pub async fn recall(conn: &mut Conn, person: Uuid, key: Uuid) -> Result<Option<Kept>, db::Error> {
    let found = store::reply(conn, person, key).await?;
    Ok(found.map(|(action, reply)| Kept { action, reply }))
}

/// Keeps a reply; if another request with the key was first, gives the reply of that one.
pub async fn keep(
    conn: &mut Conn,
    person: Uuid,
    key: Uuid,
    new: Kept,
    now: DateTime<Utc>,
) -> Result<Kept, db::Error> {
    let row = NewReply { person_id: person, key, action: &new.action, reply: &new.reply, at: now };
    if store::insert_reply(conn, &row).await? == 0 {
        return Ok(recall(conn, person, key).await?.unwrap_or(new));
    }
    store::forget_replies(conn, person, now - KEPT).await?;
    Ok(new)
}
