//! Joining, signing in and out, changing one's profile.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::passwords;
use super::store::{self, NewPerson, Profile, ProfileChange};
use super::throttle::Throttle;
use super::visitor::Cx;
use crate::clock;
use crate::db::{self, Conn};
use crate::domain::fold;
use crate::domain::locale::Locale;
use crate::domain::profile::{PASSWORD_LEAST, PASSWORD_MOST, REGIONS, SECTORS, SEXES, email_key};
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::web::sign::{hex, token_hash};
use crate::web::{Posted, Problems};

/// A link to become the first administrator works this long.
const FIRST_ADMIN_LINK: Duration = Duration::days(7);

/// Why somebody is not let in.
#[derive(Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Address or password is not right; the same for both, so that addresses cannot be guessed.
    Wrong,
    /// Too many failures lately.
    Wait,
}

impl Refusal for SignInRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            SignInRefusal::Wrong => RefusalKind::Invalid,
            SignInRefusal::Wait => RefusalKind::TooMany,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            SignInRefusal::Wrong => "sign-in-wrong",
            SignInRefusal::Wait => "sign-in-wait",
        }
    }
}

/// Checks address and password; gives the person and their language.
pub async fn check_password(
    cx: &mut Cx,
    email: &str,
    password: &str,
) -> Result<(Uuid, Locale), Failed<SignInRefusal>> {
    let key = email_key(email).unwrap_or_else(|| email.trim().to_ascii_lowercase());
    let (now, throttle) = (cx.now, Throttle::of(&key, cx.network.as_deref()));
    if !throttle.is_open(cx.conn().await?, now).await? {
        return Err(SignInRefusal::Wait.into());
    }
    let found = store::credentials(cx.conn().await?, &key).await?;
    let hash = found.as_ref().map(|person| person.password_hash.clone());
    let right =
        password.len() <= PASSWORD_MOST && passwords::verify(password.to_owned(), hash).await;
    match found.filter(|person| right && !person.disabled) {
        Some(person) => {
            throttle.succeeded(cx.conn().await?).await?;
            Ok((person.id, Locale::parse(&person.language).unwrap_or(cx.lang)))
        }
        None => {
            throttle.failed(cx.conn().await?, now).await?;
            Err(SignInRefusal::Wrong.into())
        }
    }
}

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

fn name_fits(name: &str) -> bool {
    let n_letters = name.chars().count();
    (1..=120).contains(&n_letters) && !name.chars().any(char::is_control)
}

/// Long enough, and not what everybody tries first.
pub fn check_password_strength(password: &str, about: &[&str], problems: &mut Problems) {
    let n_letters = password.chars().count();
    if n_letters < PASSWORD_LEAST {
        problems.add("password", "password-short");
    } else if password.len() > PASSWORD_MOST {
        problems.add("password", "password-long");
    } else if is_common(password, about) {
        problems.add("password", "password-common");
    }
}

/// One letter repeated, a run of the keyboard, one's own name or address, or a usual word with some digits.
fn is_common(password: &str, about: &[&str]) -> bool {
    let plain = password.to_lowercase();
    let n_different = plain.chars().collect::<std::collections::BTreeSet<_>>().len();
    let runs = [
        "01234567890123456789",
        "98765432109876543210",
        "qwertyuiopasdfghjklzxcvbnm",
        "йцукенгшщзхъфывапролджэячсмитьбю",
    ];
    let letters = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let usual = [
        "password",
        "parol",
        "sifre",
        "şifrə",
        "пароль",
        "qwerty",
        "azerbaijan",
        "azerbaycan",
        "azərbaycan",
        "bilik",
        "innovation",
        "innovasiya",
        "welcome",
        "salam",
        "admin",
        "letmein",
    ];
    let own = about.iter().any(|text| !text.is_empty() && plain == text.to_lowercase());
    n_different < 4
        || own
        || runs.iter().any(|run| run.contains(plain.as_str()))
        || usual.contains(&letters)
}

/// Adds a person. If the address is taken, it says so only by what the caller mails or shows: see `Joined`.
pub async fn join(cx: &mut Cx, joining: &Joining) -> Result<Option<Uuid>, db::Error> {
    let hash = passwords::hash(joining.password.clone()).await;
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

/// The profile of a person.
pub async fn profile(conn: &mut Conn, person: Uuid) -> Result<Profile, db::Error> {
    Ok(store::profile(conn, person).await?)
}

/// What the profile form holds.
#[derive(Clone, Debug)]
pub struct ProfileForm {
    name: String,
    language: Locale,
    time_zone: String,
    organisation: String,
    region: Option<String>,
    sector: Option<String>,
    sex: Option<String>,
    birth_year: Option<i16>,
    consents: Consent,
}

/// May what is optional be used for statistics?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Consent {
    Given,
    Withheld,
}

impl ProfileForm {
    /// Reads the form; what is optional may be empty, and needs consent if it is not.
    pub fn read(form: &Posted, this_year: i32) -> Result<ProfileForm, Problems> {
        let mut problems = Problems::default();
        problems.require(name_fits(form.trimmed("name")), "name", "name-needed");
        let zone = form.trimmed("time-zone");
        problems.require(zone.parse::<chrono_tz::Tz>().is_ok(), "time-zone", "time-zone-unknown");
        let organisation = form.trimmed("organisation");
        problems.require(organisation.chars().count() <= 160, "organisation", "organisation-long");
        let birth_year = year(form.trimmed("birth-year"), this_year, &mut problems);
        let read = ProfileForm {
            name: form.trimmed("name").to_owned(),
            language: Locale::parse(form.text("language")).unwrap_or(Locale::Az),
            time_zone: zone.to_owned(),
            organisation: organisation.to_owned(),
            region: known(form.text("region"), &REGIONS),
            sector: known(form.text("sector"), &SECTORS),
            sex: known(form.text("sex"), &SEXES),
            birth_year,
            consents: if form.has("consent") { Consent::Given } else { Consent::Withheld },
        };
        problems.require(
            read.consents == Consent::Given || !read.says_more(),
            "consent",
            "consent-needed",
        );
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }

    fn says_more(&self) -> bool {
        !self.organisation.is_empty()
            || self.region.is_some()
            || self.sector.is_some()
            || self.sex.is_some()
            || self.birth_year.is_some()
    }
}

fn known(value: &str, codes: &[&str]) -> Option<String> {
    codes.contains(&value).then(|| value.to_owned())
}

fn year(typed: &str, this_year: i32, problems: &mut Problems) -> Option<i16> {
    if typed.is_empty() {
        return None;
    }
    let year = typed
        .parse::<i16>()
        .ok()
        .filter(|year| (1920..=this_year - 10).contains(&i32::from(*year)));
    problems.require(year.is_some(), "birth-year", "birth-year-unknown");
    year
}

/// Saves a profile. What is optional is only kept with consent, and goes when consent goes.
pub async fn save_profile(cx: &mut Cx, person: Uuid, form: &ProfileForm) -> Result<(), db::Error> {
    let now = cx.now;
    let given = form.consents == Consent::Given;
    let conn = cx.conn().await?;
    let organisation_id = match form.organisation.as_str() {
        "" => None,
        name => Some(organisation(conn, name, now).await?),
    };
    let change = ProfileChange {
        name: &form.name,
        language: form.language.code(),
        time_zone: &form.time_zone,
        organisation_id: organisation_id.filter(|_| given),
        region: form.region.as_deref().filter(|_| given),
        sector: form.sector.as_deref().filter(|_| given),
        sex: form.sex.as_deref().filter(|_| given),
        birth_year: form.birth_year.filter(|_| given),
        profile_consent_at: given.then_some(now),
    };
    store::update_profile(conn, person, &change).await?;
    Ok(())
}

/// The organisation of a name, the same for different spellings of case and accents.
pub async fn organisation(
    conn: &mut Conn,
    name: &str,
    now: DateTime<Utc>,
) -> Result<Uuid, db::Error> {
    Ok(store::organisation(conn, clock::new_id(), name, &fold::search(name), now).await?)
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

/// Makes the first administrator; the link is used up in the same transaction.
pub async fn join_as_first_admin(
    cx: &mut Cx,
    token: &[u8],
    joining: &Joining,
) -> Result<Option<Uuid>, db::Error> {
    use crate::db::Transact;
    let hash = passwords::hash(joining.password.clone()).await;
    let (now, zone, link, joining) =
        (cx.now, cx.site.config.time_zone.name(), token_hash(token), joining.clone());
    let conn = cx.conn().await?;
    conn.transaction(async move |conn| {
        if !store::use_link(conn, &link).await? || store::any_admin(conn).await? {
            return Ok(None);
        }
        add_person(conn, &joining, &hash, zone, now, Standing::Administrator).await
    })
    .await
}

/// The person with an address.
pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<Uuid>, db::Error> {
    let Some(key) = email_key(email) else { return Ok(None) };
    Ok(store::credentials(conn, &key).await?.map(|person| person.id))
}

/// Makes somebody an administrator, or an ordinary person again.
pub async fn set_admin(conn: &mut Conn, person: Uuid, standing: Standing) -> Result<(), db::Error> {
    store::set_admin(conn, person, standing == Standing::Administrator).await?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_everybody_tries_are_refused() {
        for (password, key) in [
            ("short", "password-short"),
            ("aaaaaaaaaaaa", "password-common"),
            ("1234567890", "password-common"),
            ("Azərbaycan2026", "password-common"),
            ("qwertyuiop", "password-common"),
            ("leyla@example.az", "password-common"),
        ] {
            let mut problems = Problems::default();
            check_password_strength(password, &["Leyla@Example.az"], &mut problems);
            assert_eq!(problems.pairs(), [("password", key)], "{password}");
        }
        let mut problems = Problems::default();
        check_password_strength("yaşıl çay içirəm", &["leyla@example.az"], &mut problems);
        assert!(problems.is_empty());
    }

    #[test]
    fn optional_details_need_consent() {
        let form = Posted::default()
            .with("name", "Leyla")
            .with("time-zone", "Asia/Baku")
            .with("sex", "female");
        assert_eq!(
            ProfileForm::read(&form, 2026).unwrap_err().pairs(),
            [("consent", "consent-needed")]
        );
        assert!(ProfileForm::read(&form.with("consent", "yes"), 2026).is_ok());
    }
}
