//! Making the demo: people, what they learned, the tables of it, and loading them.

use std::sync::Arc;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::answers::{Characters, characters};
use super::calendar::Year;
use super::learning::{Taught, half_way, joined, learn};
use super::people::{Organisation, Person, organisations, people};
use super::record::Record;
use super::sign_ins::{Member, TRAINER_ID, admin, learner, trainer};
use super::store::{self, Standing};
use super::tables::Tables;
use crate::accounts::passwords;
use crate::catalogue::{Library, Published, trainers};
use crate::db::{self, Conn};

/// How many join the first courses against the later ones.
const POPULARITY: [u32; 6] = [34, 22, 16, 13, 10, 8];

/// What demo is wished for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub n_people: usize,
    /// The same seed makes the same people.
    pub seed: String,
}

/// Where the people are made.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    pub url: &'a str,
    pub zone: Tz,
    pub now: DateTime<Utc>,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub what: &'static str,
    /// In percent of all.
    pub done: usize,
}

/// How many steps there are: one table each, and two before.
const N_STEPS: usize = 13;

/// When the courses of the demo were published: before anybody joined.
pub fn publication(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(400)
}

/// The courses with something to learn, in the order in which they are offered.
pub async fn courses(conn: &mut Conn, library: &Library) -> Result<Vec<Arc<Published>>, db::Error> {
    let cards = library.cards();
    let mut shown: Vec<_> = cards.shown().collect();
    shown.sort_by_key(|card| (card.theme, card.level, card.slug.clone()));
    let mut courses = Vec::new();
    for card in shown {
        let published = library.current(conn, &card.slug).await?;
        courses.extend(published.filter(|published| published.lessons().next().is_some()));
    }
    Ok(courses)
}

/// Fills an empty database; one that the demo filled before only gets its trainer for new courses.
pub async fn make(
    conn: &mut Conn,
    library: &Library,
    making: Making<'_>,
    wish: &Wish,
    tell: &mut dyn FnMut(Step),
) -> Result<Standing, db::Error> {
    let courses = courses(conn, library).await?;
    match store::standing(making.url).await? {
        Standing::Empty => fill(courses, making, wish, tell).await,
        Standing::Demo => {
            for published in courses {
                trainers::add(conn, published.course.id, TRAINER_ID, making.now).await?;
            }
            Ok(Standing::Demo)
        }
        Standing::Others => Ok(Standing::Others),
    }
}

async fn fill(
    courses: Vec<Arc<Published>>,
    making: Making<'_>,
    wish: &Wish,
    tell: &mut dyn FnMut(Step),
) -> Result<Standing, db::Error> {
    let mut n_done = 0;
    let mut next = |what| {
        tell(Step { what, done: n_done * 100 / N_STEPS });
        n_done += 1;
    };
    next("year");
    let (wish, year) = (wish.clone(), Year::before(making.now, making.zone));
    let made = tokio::task::spawn_blocking(move || World::of(&wish, &courses, year)).await;
    let world = made.map_err(|why| db::Error::Corrupt(why.to_string()))?;
    next("passwords");
    let tables = world.tables(making.zone.name()).await?;
    store::load(making.url, tables.in_order().into(), &mut next).await
}

/// All that is made up.
#[derive(Debug)]
struct World {
    start: DateTime<Utc>,
    organisations: Vec<Organisation>,
    people: Vec<Person>,
    members: [Member; 3],
    records: Vec<Record>,
    courses: Vec<uuid::Uuid>,
}

impl World {
    fn of(wish: &Wish, courses: &[Arc<Published>], year: Year) -> World {
        let known: Vec<Characters> =
            courses.iter().map(|published| characters(&wish.seed, &published.course)).collect();
        let taught: Vec<Taught<'_>> = courses
            .iter()
            .zip(&known)
            .enumerate()
            .map(|(place, (published, characters))| {
                let popularity = POPULARITY.get(place).copied().unwrap_or(5);
                Taught { published, characters, popularity }
            })
            .collect();
        let organisations = organisations(&wish.seed, &year);
        let people = people(&wish.seed, wish.n_people, &year, &organisations);
        let members = [learner(year.until), trainer(year.start()), admin(year.start())];
        let mut records = shown_to_learner(&wish.seed, &members, &taught, &year);
        records.extend(learned(&wish.seed, &people, &taught, &year));
        let courses = courses.iter().map(|published| published.course.id).collect();
        World { start: year.start(), organisations, people, members, records, courses }
    }

    async fn tables(&self, zone: &str) -> Result<Tables, db::Error> {
        let mut tables = Tables::new(zone);
        tables.add_organisations(&self.organisations, &self.people);
        for member in &self.members {
            let hash = passwords::hash(member.sign_in.password.to_owned()).await?;
            tables.add_member(member, &hash);
        }
        for person in &self.people {
            tables.add_person(person, &self.organisations);
        }
        for course in &self.courses {
            tables.add_trainer(*course, TRAINER_ID, self.start);
        }
        for record in &self.records {
            tables.add_record(record);
        }
        Ok(tables)
    }
}

/// Who signs in as the learner is half through the first course and has joined the second.
fn shown_to_learner(
    seed: &str,
    members: &[Member; 3],
    taught: &[Taught<'_>],
    year: &Year,
) -> Vec<Record> {
    let [learner, ..] = members;
    let person = &learner.person;
    let ago = |days| year.until - TimeDelta::days(days);
    let first = taught.first().map(|first| half_way(seed, person, *first, year, ago(18)));
    let second = taught.get(1).map(|second| joined(seed, person, *second, year, ago(4)));
    first.into_iter().chain(second).collect()
}

/// What all people learned, worked out on all cores; the order is that of the people.
fn learned(seed: &str, people: &[Person], taught: &[Taught<'_>], year: &Year) -> Vec<Record> {
    let n_threads = thread::available_parallelism().map_or(2, usize::from);
    let share = people.len().div_ceil(n_threads).max(1);
    let learn_all = |people: &[Person]| -> Vec<Record> {
        people.iter().flat_map(|person| learn(seed, person, taught, year)).collect()
    };
    thread::scope(|scope| {
        let shares: Vec<_> =
            people.chunks(share).map(|people| scope.spawn(move || learn_all(people))).collect();
        let done = shares.into_iter().map(|share| share.join().expect("learning does not panic"));
        done.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::catalogue::folder;
    use crate::domain::course::compile;

    fn published() -> Arc<Published> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("courses");
        let first = folder::courses_in(&folder).unwrap().remove(0);
        let course = compile(&folder::read(&first).unwrap()).0.unwrap();
        Arc::new(Published { version: uuid::Uuid::nil(), course })
    }

    fn rows(seed: &str, courses: &[Arc<Published>]) -> String {
        let wish = Wish { n_people: 40, seed: seed.to_owned() };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let world = World::of(&wish, courses, Year::before(now, chrono_tz::Asia::Baku));
        let mut tables = Tables::new("Asia/Baku");
        tables.add_organisations(&world.organisations, &world.people);
        world.people.iter().for_each(|person| tables.add_person(person, &world.organisations));
        world.records.iter().for_each(|record| tables.add_record(record));
        tables.in_order().map(|rows| rows.text).concat()
    }

    #[test]
    fn a_seed_and_a_moment_make_the_same_rows() {
        let courses = [published()];
        let once = rows("one", &courses);
        assert!(once.lines().count() > 500, "{}", once.lines().count());
        assert_eq!(once, rows("one", &courses));
        assert_ne!(once, rows("two", &courses));
    }

    #[test]
    fn without_courses_there_are_people_all_the_same() {
        assert_eq!(
            rows("one", &[]).lines().filter(|row| row.contains("@demo.example")).count(),
            40
        );
    }
}
