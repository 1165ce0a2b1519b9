//! Sessions: the database holds only a hash of what the device holds.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::store::{self, NewSession};
use crate::clock;
use crate::db::{self, Conn};
use crate::web::sign::token_hash;

/// A web session ends after this long.
pub const WEB_SESSION: Duration = Duration::days(30);

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
