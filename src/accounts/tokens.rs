//! Sessions of programs. Each holds one refresh token, which works once; who comes with a used one ends the session,
//! because then two hold it.

use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::store::{self, NewSession};
use super::visitor::Person;
use crate::clock;
use crate::db::{self, Conn};
use crate::web::sign::{Key, hex, token_hash, unhex};

/// A session that is not renewed ends after this long.
const API_SESSION: Duration = Duration::days(30);
/// Bytes of a refresh token: session, chance, signature.
const PARTS: (usize, usize, usize) = (16, 32, 16);

/// What a program holds.
#[derive(Clone, Debug)]
pub struct Granted {
    pub session: Uuid,
    pub person: Uuid,
    pub refresh: String,
}

/// Starts a session.
pub async fn grant(
    conn: &mut Conn,
    key: &Key,
    person: Uuid,
    device: &str,
    now: DateTime<Utc>,
) -> Result<Granted, db::Error> {
    let session = clock::new_id();
    let token = fresh(key, session);
    let new = NewSession {
        id: session,
        token_hash: &token_hash(&token),
        person_id: person,
        kind: "api",
        created_at: now,
        seen_at: now,
        expires_at: now + API_SESSION,
        device,
    };
    store::insert_session(conn, &new).await?;
    Ok(Granted { session, person, refresh: hex(&token) })
}

/// Gives a new refresh token for an unused one.
pub async fn renew(
    conn: &mut Conn,
    key: &Key,
    refresh: &str,
    now: DateTime<Utc>,
) -> Result<Option<Granted>, db::Error> {
    let Some((session, old)) = read(key, refresh) else { return Ok(None) };
    let new = fresh(key, session);
    let (old, until) = (token_hash(&old), now + API_SESSION);
    match store::rotate_session(conn, &old, &token_hash(&new), now, until).await? {
        Some((session, person)) if self::person(conn, session, now).await?.is_some() => {
            Ok(Some(Granted { session, person, refresh: hex(&new) }))
        }
        Some(_) | None => {
            store::end_api_session(conn, session).await?;
            Ok(None)
        }
    }
}

/// Who is behind a session now, with the rights of now.
pub async fn person(
    conn: &mut Conn,
    session: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Person>, db::Error> {
    Ok(store::by_session_id(conn, session, now).await?.map(Person::from))
}

/// Ends a session.
pub async fn end(conn: &mut Conn, person: &Person) -> Result<(), db::Error> {
    store::end_session(conn, person.id, person.session).await?;
    Ok(())
}

/// The signature lets nobody end a session by making up a used token for it.
fn fresh(key: &Key, session: Uuid) -> Vec<u8> {
    let chance = clock::random::<32>();
    let mut token: Vec<u8> = session.as_bytes().iter().chain(&chance).copied().collect();
    let signature = key.sign("refresh-token", &token);
    token.extend(signature.iter().take(PARTS.2));
    token
}

fn read(key: &Key, refresh: &str) -> Option<(Uuid, Vec<u8>)> {
    let token = unhex(refresh).filter(|token| token.len() == PARTS.0 + PARTS.1 + PARTS.2)?;
    let (signed, signature) = token.split_at_checked(PARTS.0 + PARTS.1)?;
    let expected = key.sign("refresh-token", signed);
    let same = bool::from(expected.get(..PARTS.2)?.ct_eq(signature));
    let session = Uuid::from_slice(signed.get(..PARTS.0)?).ok()?;
    same.then_some((session, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_token_names_no_session() {
        let (key, session) = (Key::new("a secret for tests"), clock::new_id());
        let token = fresh(&key, session);
        assert_eq!(read(&key, &hex(&token)), Some((session, token.clone())));
        let mut forged = token.clone();
        forged[20] ^= 1;
        assert_eq!(read(&key, &hex(&forged)), None);
        assert_eq!(read(&Key::new("another"), &hex(&token)), None);
        for bad in ["", "zz", "é", &"00".repeat(64)] {
            assert_eq!(read(&key, bad), None, "{bad}");
        }
    }
}
