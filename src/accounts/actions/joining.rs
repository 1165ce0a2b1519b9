//! Becoming somebody here.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::password::check_password_strength;
use crate::accounts::passwords;
use crate::accounts::store::{self, NewPerson};
use crate::accounts::visitor::Cx;
use crate::clock;
use crate::db::{self, Conn};
use crate::domain::locale::Locale;
use crate::domain::profile::email_key;
use crate::web::{Posted, Problems};

/// What joining asks for.
#[derive(Clone, Debug)]
pub struct Joining {
    pub name: String,
    pub email: String,
    pub password: String,
    pub language: Locale,
}

impl Joining {
    /// Reads the sign-up form.
    pub fn read(form: &Posted, lang: Locale) -> Result<Joining, Problems> {
        let joining = Joining {
            name: form.trimmed("name").to_owned(),
            email: form.trimmed("email").to_owned(),
            password: form.text("password").to_owned(),
            language: Locale::parse(form.text("language")).unwrap_or(lang),
        };
        joining.check()
    }

    /// The same checks for forms and for the API.
    pub fn check(self) -> Result<Joining, Problems> {
        let mut problems = Problems::default();
        problems.require(name_fits(&self.name), "name", "name-needed");
        problems.require(email_key(&self.email).is_some(), "email", "email-needed");
        check_password_strength(&self.password, &[&self.email, &self.name], &mut problems);
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

/// Is it a name, of a length that pages can show?
pub(super) fn name_fits(name: &str) -> bool {
    let n_letters = name.chars().count();
    (1..=120).contains(&n_letters) && !name.chars().any(char::is_control)
}

/// Adds a person; `None` if the address is taken.
pub async fn join(cx: &mut Cx, joining: &Joining) -> Result<Option<Uuid>, db::Error> {
    cx.release();
    let hash = passwords::hash(joining.password.clone()).await?;
    let (now, zone) = (cx.now, cx.site.config.time_zone.name());
    add_person(cx.conn().await?, joining, &hash, zone, now, Standing::Ordinary).await
}

/// Is a new person an administrator?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Ordinary,
    Administrator,
}

/// Adds a person with a password hash; `None` if the address is taken.
pub async fn add_person(
    conn: &mut Conn,
    joining: &Joining,
    hash: &str,
    zone: &str,
    now: DateTime<Utc>,
    standing: Standing,
) -> Result<Option<Uuid>, db::Error> {
    let Some(key) = email_key(&joining.email) else { return Ok(None) };
    let id = clock::new_id();
    let person = NewPerson {
        id,
        email: &joining.email,
        email_key: &key,
        name: &joining.name,
        password_hash: hash,
        language: joining.language.code(),
        time_zone: zone,
        admin: standing == Standing::Administrator,
        registered_at: now,
    };
    Ok(store::insert_person(conn, &person).await?.then_some(id))
}

/// The person with an address.
pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<Uuid>, db::Error> {
    let Some(key) = email_key(email) else { return Ok(None) };
    Ok(store::credentials(conn, &key).await?.map(|person| person.id))
}
