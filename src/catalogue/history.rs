//! What is known of a course before a new version of it: the version it follows, its questions that were taken out,
//! and the numbers of their versions.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::store;
pub use super::store::ItemVersion;
use crate::db::{self, Conn};
use crate::domain::course::identity::adopt::adopt;
use crate::domain::course::identity::numbers::{self, Known};
use crate::domain::course::identity::questions::{Questions, all, questions};
use crate::domain::course::model::Course;
use crate::domain::quiz::item::Item;
use crate::domain::quiz::response::QuizId;

/// The past of a course.
#[derive(Debug)]
pub struct History {
    /// The version that is followed: the shown one, or the one that has this very text.
    pub before: Option<Course>,
    /// Questions that the followed version does not have, as they were last seen.
    pub retired: Vec<(QuizId, Item)>,
    /// The numbers of versions.
    pub numbers: numbers::History,
}

impl History {
    /// Reads the past of a course as seen from a version of it.
    pub async fn read(
        conn: &mut Conn,
        course: Uuid,
        followed: Option<Uuid>,
    ) -> Result<History, db::Error> {
        let rows = store::item_versions(conn, course).await?;
        let before = match followed {
            Some(version) => Some(store::course(conn, version).await?),
            None => None,
        };
        let present: BTreeSet<&str> =
            before.iter().flat_map(all).map(|(_, item)| item.id.as_str()).collect();
        let last = last_seen(&rows, &present);
        let retired = read_retired(conn, last).await?;
        let known: Vec<Known> = rows.into_iter().map(known).collect();
        Ok(History { before, retired, numbers: numbers::History::of(&known) })
    }

    /// The compiled course with the ids that its parts have had.
    pub fn settle(&self, compiled: Course) -> Course {
        match &self.before {
            Some(before) => adopt(before, &self.retired, compiled),
            None => adopt(&empty(&compiled), &self.retired, compiled),
        }
    }

    /// What became of each question. `before` is the version to compare with.
    pub fn compare<'c>(&'c self, before: &'c Course, now: &'c Course) -> Questions<'c> {
        questions(before, &self.retired, now)
    }
}

/// The numbers of all versions that the questions of a course ever had.
pub async fn numbers(conn: &mut Conn, course: Uuid) -> Result<numbers::History, db::Error> {
    let known: Vec<Known> =
        store::item_versions(conn, course).await?.into_iter().map(known).collect();
    Ok(numbers::History::of(&known))
}

/// All versions that the questions of a course ever had, question by question, first to last.
pub async fn versions(conn: &mut Conn, course: Uuid) -> Result<Vec<ItemVersion>, db::Error> {
    Ok(store::item_versions(conn, course).await?)
}

/// The same course before anything was written.
pub fn empty(course: &Course) -> Course {
    Course { modules: Vec::new(), ..course.clone() }
}

fn known(row: ItemVersion) -> Known {
    let ItemVersion { item, scoring_hash, root, number, .. } = row;
    Known { item, scoring_hash, root, number }
}

/// For each question that is not present, the version of the course in which it was last seen.
fn last_seen(rows: &[ItemVersion], present: &BTreeSet<&str>) -> BTreeMap<Uuid, BTreeSet<String>> {
    let mut last: BTreeMap<&str, &ItemVersion> = BTreeMap::new();
    for row in rows.iter().filter(|row| !present.contains(row.item.as_str())) {
        let known = last.entry(&row.item).or_insert(row);
        if row.last_number > known.last_number {
            *known = row;
        }
    }
    let mut versions: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for row in last.into_values() {
        versions.entry(row.last_version).or_default().insert(row.item.clone());
    }
    versions
}

async fn read_retired(
    conn: &mut Conn,
    versions: BTreeMap<Uuid, BTreeSet<String>>,
) -> Result<Vec<(QuizId, Item)>, db::Error> {
    let mut retired = Vec::new();
    for (version, items) in versions {
        let course = store::course(conn, version).await?;
        let found = all(&course).filter(|(_, item)| items.contains(item.id.as_str()));
        retired.extend(found.map(|(quiz, item)| (quiz.id.clone(), item.clone())));
    }
    Ok(retired)
}
