//! Who is concerned by a regrade, by name, for those who may see it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::store;
use super::trial::LearnerChange;
use crate::db::{self, Conn};

/// The names of learners, in the order of names.
pub async fn named<'a>(
    conn: &mut Conn,
    changes: impl IntoIterator<Item = &'a LearnerChange>,
) -> Result<Vec<(String, &'a LearnerChange)>, db::Error> {
    let mut by_person: BTreeMap<Uuid, Vec<&LearnerChange>> = BTreeMap::new();
    for change in changes {
        by_person.entry(change.person).or_default().push(change);
    }
    let people: Vec<Uuid> = by_person.keys().copied().collect();
    let names = store::names(conn, &people).await?;
    let lines = names.into_iter().flat_map(|row| {
        let own = by_person.remove(&row.id).unwrap_or_default();
        own.into_iter().map(move |change| (row.name.clone(), change))
    });
    Ok(lines.collect())
}
