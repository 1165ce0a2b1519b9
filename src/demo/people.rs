//! People who never were: who they are, where they work, how able and how steady they are.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use uuid::Uuid;

use super::calendar::Year;
use super::chance::Chance;
use super::names::{self, Form};
use crate::domain::fold;
use crate::domain::locale::Locale;

/// The domain of all addresses of the demo; nobody can own it.
pub const DOMAIN: &str = "demo.example";

/// Nothing that anybody types has this hash, so nobody signs in as a made-up person.
pub const NO_PASSWORD: &str = "!";

/// A made-up person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub language: Locale,
    pub registered_at: DateTime<Utc>,
    pub disabled_at: Option<DateTime<Utc>>,
    pub details: Option<Details>,
    /// Place in the list of organisations.
    pub organisation: Option<usize>,
    /// How well questions are answered, around 0.
    pub ability: f64,
    /// How steadily courses are followed, around 0.
    pub steadiness: f64,
}

/// What a person says of themself, with consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Details {
    pub consent_at: DateTime<Utc>,
    pub region: Option<&'static str>,
    pub sector: Option<&'static str>,
    pub sex: Option<&'static str>,
    pub birth_year: Option<i16>,
}

/// A made-up organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    pub id: Uuid,
    pub name: String,
    pub name_fold: String,
    pub sector: &'static str,
    pub region: &'static str,
    /// How many work there, against the others.
    pub size: u32,
}

const LANGUAGES: [(Locale, u32); 3] = [(Locale::Az, 70), (Locale::Ru, 18), (Locale::En, 12)];

const REGIONS: [(&str, u32); 15] = [
    ("baku", 430),
    ("absheron-khizi", 95),
    ("ganja-dashkasan", 80),
    ("gazakh-tovuz", 45),
    ("guba-khachmaz", 45),
    ("lankaran-astara", 55),
    ("central-aran", 45),
    ("shirvan-salyan", 40),
    ("shaki-zagatala", 45),
    ("karabakh", 35),
    ("nakhchivan", 30),
    ("mil-mughan", 22),
    ("daghlig-shirvan", 20),
    ("eastern-zangazur", 7),
    ("abroad", 6),
];

/// Sector, how many work in it, and how many of a hundred are women.
const SECTORS: [(&str, u32, u32); 9] = [
    ("public", 22, 46),
    ("education", 18, 66),
    ("manufacturing", 13, 32),
    ("student", 14, 54),
    ("services", 10, 50),
    ("agriculture", 8, 34),
    ("ict", 8, 36),
    ("energy", 5, 27),
    ("civil-society", 2, 60),
];

/// How many organisations a sector has, and what they may be called.
const KINDS: [(&str, usize, &[&str]); 8] = [
    (
        "public",
        24,
        &[
            "Xidmət Mərkəzi",
            "Regional İnkişaf Mərkəzi",
            "Rəqəmsal Xidmətlər Mərkəzi",
            "Layihələr İdarəsi",
        ],
    ),
    ("education", 24, &["Texniki Kolleci", "Peşə Məktəbi", "Tədris Mərkəzi", "Universiteti"]),
    (
        "manufacturing",
        20,
        &["Toxuculuq Fabriki", "Qida Sənayesi MMC", "Mebel MMC", "Metal Emalı Zavodu"],
    ),
    ("services", 15, &["Konsaltinq MMC", "Logistika MMC", "Turizm MMC"]),
    ("agriculture", 14, &["Aqrar Kooperativi", "Fermer Təsərrüfatı", "Bağçılıq MMC"]),
    ("ict", 11, &["Texnologiyaları MMC", "Proqram Təminatı MMC"]),
    ("energy", 8, &["Enerji MMC", "Günəş Elektrik MMC"]),
    ("civil-society", 6, &["İctimai Birliyi", "Təşəbbüslər Fondu"]),
];

const CALLED: [&str; 24] = [
    "Addım",
    "Ardıc",
    "Bulaq",
    "Cığır",
    "Çinar",
    "Dalğa",
    "Damla",
    "Fanar",
    "Günəbaxan",
    "İncir",
    "Kəhrəba",
    "Körpü",
    "Qaranquş",
    "Lövbər",
    "Meşə",
    "Nərgiz",
    "Palıd",
    "Sədəf",
    "Sünbül",
    "Təməl",
    "Üfüq",
    "Yelkən",
    "Zəfəran",
    "Zirvə",
];

/// The organisations, about 120, a few large and many small.
pub fn organisations(seed: &str, year: &Year) -> Vec<Organisation> {
    let mut chance = Chance::of(seed, "organisations");
    let places = KINDS.iter().flat_map(|(sector, n_places, kinds)| {
        (0..*n_places).map(move |place| (*sector, place, *kinds))
    });
    let mut known = BTreeSet::new();
    places
        .map(|(sector, place, kinds)| {
            let name = unheard(kinds, &mut known, &mut chance);
            let since = year.start() + TimeDelta::seconds(chance.between(0, 80_000));
            Organisation {
                id: chance.id(since),
                name_fold: fold::search(&name),
                name,
                sector,
                region: chance.weighted(&REGIONS),
                size: 600 / u32::try_from(place + 2).unwrap_or(u32::MAX) + 4,
            }
        })
        .collect()
}

fn unheard(kinds: &[&str], known: &mut BTreeSet<String>, chance: &mut Chance) -> String {
    let mut draw = || format!("«{}» {}", chance.one(&CALLED), chance.one(kinds));
    let mut name = draw();
    while !known.insert(name.clone()) {
        name = draw();
    }
    name
}

/// So many people, each with an address of their own.
pub fn people(
    seed: &str,
    n_people: usize,
    year: &Year,
    organisations: &[Organisation],
) -> Vec<Person> {
    let mut taken = BTreeSet::new();
    let people = (0..n_people).map(|number| {
        let mut chance = Chance::of(seed, &format!("person {number}"));
        person(year, organisations, &mut taken, &mut chance)
    });
    people.collect()
}

fn person(
    year: &Year,
    organisations: &[Organisation],
    taken: &mut BTreeSet<String>,
    chance: &mut Chance,
) -> Person {
    let registered_at = year.joining(chance);
    let sector = sector(chance);
    let language = chance.weighted(&LANGUAGES);
    let form = if chance.happens(f64::from(sector.2) / 100.0) { Form::Female } else { Form::Male };
    let name = names::full_name(language, form, chance);
    let region = chance.weighted(&REGIONS);
    let details = details(registered_at, sector.0, region, form, year, chance);
    let works = details.is_some() && chance.happens(0.78);
    let schooled = if matches!(sector.0, "education" | "ict") { 0.25 } else { 0.0 };
    Person {
        id: chance.id(registered_at),
        email: address(&name, taken),
        name,
        language,
        registered_at,
        disabled_at: chance.happens(0.004).then(|| left(registered_at, year, chance)),
        organisation: works.then(|| workplace(sector.0, region, organisations, chance)).flatten(),
        details,
        ability: chance.around() * 0.9 + schooled,
        steadiness: chance.around(),
    }
}

fn sector(chance: &mut Chance) -> (&'static str, u32, u32) {
    let weighted = SECTORS.map(|sector| (sector, sector.1));
    chance.weighted(&weighted)
}

/// Most tell something of themselves a few minutes after joining; some leave out this or that.
fn details(
    joined: DateTime<Utc>,
    sector: &'static str,
    region: &'static str,
    form: Form,
    year: &Year,
    chance: &mut Chance,
) -> Option<Details> {
    let consent_at = (joined + TimeDelta::seconds(chance.between(40, 400))).min(year.until);
    let sex = if form == Form::Female { "female" } else { "male" };
    let details = Details {
        consent_at,
        region: chance.happens(0.96).then_some(region),
        sector: chance.happens(0.94).then_some(sector),
        sex: chance.happens(0.93).then_some(sex),
        birth_year: chance.happens(0.86).then(|| birth_year(sector, year, chance)),
    };
    chance.happens(0.86).then_some(details)
}

fn birth_year(sector: &str, year: &Year, chance: &mut Chance) -> i16 {
    let age = match sector {
        "student" => chance.between(18, 24),
        _ => 22 + chance.between(0, 20) + chance.between(0, 21),
    };
    i16::try_from(i64::from(year.until.year()) - age).unwrap_or(1990)
}

/// An organisation of the same sector, near if there is one; students are at places of education.
fn workplace(
    sector: &str,
    region: &str,
    organisations: &[Organisation],
    chance: &mut Chance,
) -> Option<usize> {
    let sector = if sector == "student" { "education" } else { sector };
    let fitting: Vec<(usize, u32)> = organisations
        .iter()
        .enumerate()
        .filter(|(_, organisation)| organisation.sector == sector)
        .map(|(place, organisation)| {
            (
                place,
                if organisation.region == region {
                    organisation.size * 6
                } else {
                    organisation.size
                },
            )
        })
        .collect();
    (!fitting.is_empty()).then(|| chance.weighted(&fitting))
}

/// The first of a name has it plain, the others with a number.
fn address(name: &str, taken: &mut BTreeSet<String>) -> String {
    let spelled = names::spelled(name);
    let mut address = format!("{spelled}@{DOMAIN}");
    let mut number = 2;
    while !taken.insert(address.clone()) {
        address = format!("{spelled}{number}@{DOMAIN}");
        number += 1;
    }
    address
}

fn left(joined: DateTime<Utc>, year: &Year, chance: &mut Chance) -> DateTime<Utc> {
    let days = u64::try_from(chance.between(10, 90)).unwrap_or(0);
    year.back(joined, days, chance).min(year.until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::{self, email_key};

    fn made(seed: &str) -> (Vec<Organisation>, Vec<Person>) {
        let year = Year::before("2026-11-23T12:00:00Z".parse().unwrap(), chrono_tz::Asia::Baku);
        let organisations = organisations(seed, &year);
        let people = people(seed, 2_000, &year, &organisations);
        (organisations, people)
    }

    #[test]
    fn a_seed_makes_the_same_people_again() {
        assert_eq!(made("one"), made("one"));
        assert_ne!(made("one"), made("two"));
    }

    #[test]
    fn what_people_say_of_themselves_is_known_to_the_rules() {
        let (organisations, people) = made("one");
        let folds: BTreeSet<&str> =
            organisations.iter().map(|known| known.name_fold.as_str()).collect();
        assert_eq!((organisations.len(), folds.len()), (122, 122));
        let addresses: BTreeSet<&str> = people.iter().map(|person| person.email.as_str()).collect();
        assert_eq!(addresses.len(), people.len());
        for person in &people {
            assert_eq!(email_key(&person.email).as_ref(), Some(&person.email));
            assert!(person.organisation.is_none() || person.details.is_some());
            let Some(details) = person.details else { continue };
            assert!(details.region.is_none_or(|code| profile::REGIONS.contains(&code)));
            assert!(details.sector.is_none_or(|code| profile::SECTORS.contains(&code)));
            assert!(details.sex.is_none_or(|code| profile::SEXES.contains(&code)));
        }
    }

    #[test]
    fn languages_are_as_in_the_country_and_some_organisations_are_small() {
        let (organisations, people) = made("one");
        let share = |language| people.iter().filter(|person| person.language == language).count();
        assert!((1_330..1_470).contains(&share(Locale::Az)), "{}", share(Locale::Az));
        assert!((310..410).contains(&share(Locale::Ru)), "{}", share(Locale::Ru));
        let at = |place| people.iter().filter(|person| person.organisation == Some(place)).count();
        let small = (0..organisations.len()).filter(|place| (1..10).contains(&at(*place))).count();
        assert!(small > 20, "{small}");
    }
}
