//! What a person says of themself.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::joining::name_fits;
use crate::accounts::store::{self, Profile, ProfileChange};
use crate::accounts::visitor::Cx;
use crate::clock;
use crate::db::{self, Conn};
use crate::domain::fold;
use crate::domain::locale::Locale;
use crate::domain::profile::{REGIONS, SECTORS, SEXES};
use crate::web::{Posted, Problems};

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
        let language = Locale::parse(form.text("language"));
        problems.require(language.is_some(), "language", "language-unknown");
        let birth_year = year(form.trimmed("birth-year"), this_year, &mut problems);
        let read = ProfileForm {
            name: form.trimmed("name").to_owned(),
            language: language.unwrap_or(Locale::Az),
            time_zone: zone.to_owned(),
            organisation: organisation.to_owned(),
            region: known(form, "region", &REGIONS, &mut problems),
            sector: known(form, "sector", &SECTORS, &mut problems),
            sex: known(form, "sex", &SEXES, &mut problems),
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

/// A code from a list, or nothing.
fn known(
    form: &Posted,
    field: &'static str,
    codes: &[&str],
    problems: &mut Problems,
) -> Option<String> {
    let value = form.text(field);
    let is_known = codes.contains(&value);
    problems.require(is_known || value.is_empty(), field, "choice-unknown");
    is_known.then(|| value.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_details_need_consent() {
        let form = Posted::default()
            .with("name", "Leyla")
            .with("language", "az")
            .with("time-zone", "Asia/Baku")
            .with("sex", "female");
        assert_eq!(
            ProfileForm::read(&form, 2026).unwrap_err().pairs(),
            [("consent", "consent-needed")]
        );
        assert!(ProfileForm::read(&form.with("consent", "yes"), 2026).is_ok());
    }
}
