//! Sessions: the database holds only a hash of what the device holds.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::store::{self, NewSession, PersonRow};
use crate::clock;
use crate::db::{self, Conn};
use crate::web::sign::token_hash;

/// A web session ends after this long.
pub const WEB_SESSION: Duration = Duration::days(30);

/// The session that a request shows, alive or not.
#[derive(Clone, Copy, Debug)]
pub struct Session<'a> {
    pub token_hash: &'a [u8],
    /// The time at which it must live.
    pub at: DateTime<Utc>,
}

impl Session<'_> {
    /// What kind of session browsers have.
    pub const KIND: &'static str = "web";

    /// The person, if the session lives.
    pub async fn person(&self, conn: &mut Conn) -> Result<Option<PersonRow>, db::Error> {
        Ok(store::by_session(conn, Session::KIND, self.token_hash, self.at).await?)
    }
}

/// Stores a session under the hash of its token.
pub async fn insert(
    conn: &mut Conn,
    person: Uuid,
    kind: &str,
    token: &[u8],
    device: &str,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<Uuid, db::Error> {
    let id = clock::new_id();
    let session = NewSession {
        id,
        token_hash: &token_hash(token),
        person_id: person,
        kind,
        created_at: now,
        seen_at: now,
        expires_at,
        device,
    };
    store::insert_session(conn, &session).await?;
    Ok(id)
}
