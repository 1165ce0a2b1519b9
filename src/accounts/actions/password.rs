//! Choosing and changing a password.

use uuid::Uuid;

use super::signing_in::SignInRefusal;
use crate::accounts::passwords;
use crate::accounts::store;
use crate::accounts::throttle::Throttle;
use crate::accounts::visitor::Cx;
use crate::db::{self, Conn, Transact};
use crate::domain::password::{Weakness, weakness};
use crate::outcome::Failed;
use crate::web::Problems;

/// Notes what is wrong with a new password of a person with this name and address.
pub fn check_password_strength(password: &str, about: &[&str], problems: &mut Problems) {
    match weakness(password, about) {
        None => {}
        Some(Weakness::Short) => problems.add("password", "password-short"),
        Some(Weakness::Long) => problems.add("password", "password-long"),
        Some(Weakness::Common) => problems.add("password", "password-common"),
    }
}

/// Changes a password after checking the old one, and ends all other sessions. Whoever found an open device cannot guess
/// at the old password for ever.
pub async fn change_password(
    cx: &mut Cx,
    (person, session): (Uuid, Uuid),
    old: &str,
    new: &str,
) -> Result<(), Failed<SignInRefusal>> {
    let (now, throttle) = (cx.now, Throttle::of_person(person));
    let conn = cx.conn().await?;
    if !throttle.admits(conn, now).await? {
        return Err(SignInRefusal::Wait.into());
    }
    let hash = store::password_hash_of(conn, person).await?;
    cx.release();
    if !passwords::verify(old.to_owned(), Some(hash)).await? {
        return Err(SignInRefusal::Wrong.into());
    }
    let hash = passwords::hash(new.to_owned()).await?;
    let conn = cx.conn().await?;
    throttle.succeeded(conn).await?;
    Ok(set_password(conn, person, Some(session), &hash).await?)
}

/// Sets a password without the old one, and ends all sessions.
pub async fn reset_password(
    conn: &mut Conn,
    person: Uuid,
    password: String,
) -> Result<(), db::Error> {
    let hash = passwords::hash(password).await?;
    set_password(conn, person, None, &hash).await
}

/// A session that outlives the password it was opened with would make the change worthless, so both happen or neither.
async fn set_password(
    conn: &mut Conn,
    person: Uuid,
    keep: Option<Uuid>,
    hash: &str,
) -> Result<(), db::Error> {
    conn.transaction(async |conn| {
        store::set_password(conn, person, hash).await?;
        store::end_other_sessions(conn, person, keep).await?;
        Ok(())
    })
    .await
}
