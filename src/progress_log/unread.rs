//! What is new or says something else since a learner passed.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::actions::Standing;
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn};
use crate::domain::course::identity::reading::{self, Reading};

/// The lessons that somebody who has completed the course has not read as they are now: each lesson is compared with
/// the version in which they last opened it, or else with the one that was shown when they passed. Empty for
/// everybody who has not completed the course.
pub async fn unread(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    standing: &Standing,
) -> Result<BTreeSet<String>, db::Error> {
    let Some(passed) = standing.enrolment.completed_version else { return Ok(BTreeSet::new()) };
    let known = |version: &Option<Uuid>| version.unwrap_or(passed);
    let versions: BTreeSet<Uuid> = standing.seen.values().map(known).chain([passed]).collect();
    if versions.iter().all(|version| *version == published.version) {
        return Ok(BTreeSet::new());
    }
    let now = library.reading(conn, published.version).await?;
    let mut read: Reading = library.reading(conn, passed).await?.as_ref().clone();
    for version in versions.into_iter().filter(|version| *version != passed) {
        let then = library.reading(conn, version).await?;
        let last = standing.seen.iter().filter(|(_, seen)| known(seen) == version);
        for (lesson, hash) in last.filter_map(|(lesson, _)| Some((lesson, then.get(lesson)?))) {
            read.insert(lesson.clone(), hash.clone());
        }
    }
    Ok(reading::unread(&now, &read).into_iter().map(str::to_owned).collect())
}
