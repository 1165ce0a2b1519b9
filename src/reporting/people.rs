//! What administrators do with accounts: roles, access, a link to set a new password.

use chrono::Duration;
use uuid::Uuid;

use super::store;
use crate::accounts::actions::{self, Standing};
use crate::accounts::{Admin, manage};
use crate::catalogue::{Library, trainers};
use crate::db::{self, Conn, Transact};
use crate::outcome::{Failed, Refusal, RefusalKind};

pub use super::store::{PeopleAsked, PersonRow};

/// A link to set a new password works this long.
pub const RESET_LINK: Duration = Duration::hours(24);

/// Why an account stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonRefusal {
    /// There is nobody with this id.
    Unknown,
    /// Somebody must be able to run the platform.
    LastAdmin,
    /// Nobody locks themself out.
    Oneself,
    /// There is no such course.
    NoCourse,
}

impl Refusal for PersonRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            PersonRefusal::Unknown => RefusalKind::NotFound,
            PersonRefusal::LastAdmin | PersonRefusal::Oneself => RefusalKind::Conflict,
            PersonRefusal::NoCourse => RefusalKind::Invalid,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            PersonRefusal::Unknown => "fault-not-found",
            PersonRefusal::LastAdmin => "person-last-admin",
            PersonRefusal::Oneself => "person-self",
            PersonRefusal::NoCourse => "person-no-course",
        }
    }
}

type Done = Result<(), Failed<PersonRefusal>>;

/// People by name.
pub async fn list(
    conn: &mut Conn,
    asked: &PeopleAsked,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<PersonRow>, db::Error> {
    Ok(store::people(conn, asked, after, limit).await?)
}

/// One person.
pub async fn find(conn: &mut Conn, person: Uuid) -> Result<Option<PersonRow>, db::Error> {
    Ok(store::person(conn, person).await?)
}

/// Makes somebody an administrator, or an ordinary person again.
pub async fn set_standing(admin: &mut Admin, person: Uuid, standing: Standing) -> Done {
    let conn = admin.conn().await?;
    conn.transaction(async |conn| {
        let others = manage::lock_admins(conn).await?.into_iter().any(|other| other != person);
        let found = store::person(conn, person).await?.ok_or(PersonRefusal::Unknown)?;
        if standing == Standing::Ordinary && found.admin && !others {
            return Err(PersonRefusal::LastAdmin.into());
        }
        actions::set_admin(conn, person, standing).await?;
        Ok(())
    })
    .await
}

/// Does a person get in?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Open,
    Closed,
}

/// Keeps a person out, ending all their sessions, or lets them in again.
pub async fn set_access(admin: &mut Admin, person: Uuid, access: Access) -> Done {
    if person == admin.person.id && access == Access::Closed {
        return Err(PersonRefusal::Oneself.into());
    }
    let now = admin.now;
    let conn = admin.conn().await?;
    conn.transaction(async |conn| {
        let others = manage::lock_admins(conn).await?.into_iter().any(|other| other != person);
        let found = store::person(conn, person).await?.ok_or(PersonRefusal::Unknown)?;
        if access == Access::Closed && found.admin && !others {
            return Err(PersonRefusal::LastAdmin.into());
        }
        let at = (access == Access::Closed).then_some(now);
        manage::set_disabled(conn, person, at).await?;
        Ok(())
    })
    .await
}

/// Gives or takes?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Give,
    Take,
}

/// Makes somebody a trainer of a course, or no longer.
pub async fn set_trainer(
    admin: &mut Admin,
    library: &Library,
    person: Uuid,
    slug: &str,
    change: Change,
) -> Done {
    let course =
        library.cards().by_slug(slug).map(|card| card.id).ok_or(PersonRefusal::NoCourse)?;
    let now = admin.now;
    let conn = admin.conn().await?;
    store::person(conn, person).await?.ok_or(PersonRefusal::Unknown)?;
    match change {
        Change::Give => trainers::add(conn, course, person, now).await?,
        Change::Take => trainers::remove(conn, course, person).await?,
    }
    Ok(())
}

/// A link with which a person sets a new password, once. Earlier links of the person end.
pub async fn reset_link(admin: &mut Admin, person: Uuid) -> Result<String, Failed<PersonRefusal>> {
    let (now, base, lang) = (admin.now, admin.site.config.url.clone(), admin.lang);
    let conn = admin.conn().await?;
    store::person(conn, person).await?.ok_or(PersonRefusal::Unknown)?;
    Ok(manage::reset_link(conn, &base, lang, person, now, now + RESET_LINK).await?)
}
