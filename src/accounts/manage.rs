//! What administrators do with other people's accounts, and how a person uses the link they were given.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::passwords;
use super::store;
use super::visitor::Cx;
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::locale::Locale;
use crate::web::sign::{hex, token_hash};

/// The administrators who can get in, locked until the transaction ends.
pub async fn lock_admins(conn: &mut Conn) -> Result<Vec<Uuid>, db::Error> {
    Ok(store::lock_admins(conn).await?)
}

/// Keeps a person out from a time on and ends their sessions, or lets them in again.
pub async fn set_disabled(
    conn: &mut Conn,
    person: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), db::Error> {
    store::set_disabled(conn, person, at).await?;
    if at.is_some() {
        store::end_other_sessions(conn, person, None).await?;
    }
    Ok(())
}

/// A link with which a person sets a new password, once. It ends the links made before.
pub async fn reset_link(
    conn: &mut Conn,
    base: &str,
    lang: Locale,
    person: Uuid,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<String, db::Error> {
    let token = clock::random::<32>();
    store::drop_links(conn, "reset", person).await?;
    store::insert_link(conn, &token_hash(&token), "reset", Some(person), now, expires_at).await?;
    Ok(format!("{base}/{}/reset?key={}", lang.code(), hex(&token)))
}

/// The person whom a link to set a new password is for, if it still works.
pub async fn person_of_link(
    conn: &mut Conn,
    token: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, db::Error> {
    Ok(store::find_link(conn, &token_hash(token), "reset", now).await?.flatten())
}

/// Uses a link up and sets the password; all sessions end. Says no if the link does not work any more.
pub async fn reset_with_link(
    cx: &mut Cx,
    token: &[u8],
    password: String,
) -> Result<bool, db::Error> {
    let (now, link) = (cx.now, token_hash(token));
    if store::find_link(cx.conn().await?, &link, "reset", now).await?.is_none() {
        return Ok(false);
    }
    cx.release();
    let hash = passwords::hash(password).await?;
    let conn = cx.conn().await?;
    conn.transaction(async move |conn| {
        let Some(person) = store::find_link(conn, &link, "reset", now).await?.flatten() else {
            return Ok(false);
        };
        if !store::use_link(conn, &link).await? {
            return Ok(false);
        }
        store::set_password(conn, person, &hash).await?;
        store::end_other_sessions(conn, person, None).await?;
        Ok(true)
    })
    .await
}
