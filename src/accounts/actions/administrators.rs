//! Who runs the platform, and how the first administrator is made.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::joining::{Joining, Standing, add_person};
use crate::accounts::passwords;
use crate::accounts::store;
use crate::accounts::visitor::Cx;
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::locale::Locale;
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::web::sign::{hex, token_hash};

/// A link to become the first administrator works this long.
const FIRST_ADMIN_LINK: Duration = Duration::days(7);

/// A link with which somebody becomes the first administrator, if there is none yet.
pub async fn first_admin_link(
    conn: &mut Conn,
    base: &str,
    lang: Locale,
    now: DateTime<Utc>,
) -> Result<Option<String>, db::Error> {
    if store::any_admin(conn).await? {
        return Ok(None);
    }
    let token = clock::random::<32>();
    store::insert_link(conn, &token_hash(&token), "first-admin", None, now, now + FIRST_ADMIN_LINK)
        .await?;
    Ok(Some(format!("{base}/{}/first-admin?key={}", lang.code(), hex(&token))))
}

/// Does a first-administrator link still work?
pub async fn first_admin_link_works(
    conn: &mut Conn,
    token: &[u8],
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(store::find_link(conn, &token_hash(token), "first-admin", now).await?.is_some()
        && !store::any_admin(conn).await?)
}

/// Why somebody does not become the first administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstAdminRefusal {
    /// The link was used, is too old, or there is an administrator by now.
    Gone,
    /// There is an account with this address. The link still works, with another one.
    Taken,
}

impl Refusal for FirstAdminRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            FirstAdminRefusal::Gone => RefusalKind::NotFound,
            FirstAdminRefusal::Taken => RefusalKind::Invalid,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            FirstAdminRefusal::Gone => "fault-not-found",
            FirstAdminRefusal::Taken => "email-taken",
        }
    }
}

/// Makes the first administrator; the link is used up in the same transaction.
pub async fn join_as_first_admin(
    cx: &mut Cx,
    token: &[u8],
    joining: &Joining,
) -> Result<Uuid, Failed<FirstAdminRefusal>> {
    cx.release();
    let hash = passwords::hash(joining.password.clone()).await?;
    let (now, zone, link, joining) =
        (cx.now, cx.site.config.time_zone.name(), token_hash(token), joining.clone());
    let conn = cx.conn().await?;
    conn.transaction(async move |conn| {
        if !store::use_link(conn, &link).await? || store::any_admin(conn).await? {
            return Err(FirstAdminRefusal::Gone.into());
        }
        let added = add_person(conn, &joining, &hash, zone, now, Standing::Administrator).await?;
        added.ok_or_else(|| FirstAdminRefusal::Taken.into())
    })
    .await
}

/// Makes somebody an administrator, or an ordinary person again.
pub async fn set_admin(conn: &mut Conn, person: Uuid, standing: Standing) -> Result<(), db::Error> {
    store::set_admin(conn, person, standing == Standing::Administrator).await?;
    Ok(())
}
