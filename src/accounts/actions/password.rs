//! Choosing and changing a password.

use uuid::Uuid;

use crate::accounts::passwords;
use crate::accounts::store;
use crate::accounts::visitor::Cx;
use crate::db::{self, Conn};
use crate::domain::password::{Weakness, weakness};
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

/// Changes a password after checking the old one, and ends all other sessions.
pub async fn change_password(
    cx: &mut Cx,
    person: Uuid,
    session: Uuid,
    old: &str,
    new: &str,
) -> Result<bool, db::Error> {
    let hash = store::password_hash_of(cx.conn().await?, person).await?;
    if !passwords::verify(old.to_owned(), Some(hash)).await {
        return Ok(false);
    }
    let hash = passwords::hash(new.to_owned()).await;
    let conn = cx.conn().await?;
    store::set_password(conn, person, &hash).await?;
    store::end_other_sessions(conn, person, Some(session)).await?;
    Ok(true)
}

/// Sets a password without the old one, and ends all sessions.
pub async fn reset_password(
    conn: &mut Conn,
    person: Uuid,
    password: String,
) -> Result<(), db::Error> {
    let hash = passwords::hash(password).await;
    store::set_password(conn, person, &hash).await?;
    store::end_other_sessions(conn, person, None).await?;
    Ok(())
}
