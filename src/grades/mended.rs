//! The questions of a course that were answered under another key than the present one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::store::{self, Decision};
use crate::catalogue::history::{self, ItemVersion};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn};
use crate::domain::course::identity::numbers::{History, Known};
use crate::domain::course::identity::options::{kept, renamed};
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::quiz::item::Item;
use crate::domain::regrade::change::{Change, change};
use crate::domain::regrade::policy::Policy;

/// A question whose key is not the one by which some answers were judged.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The first id that the question ever had.
    pub root: String,
    /// The question as it is; `None` if it was taken out.
    pub now: Option<Item>,
    /// Which version it is: "v3".
    pub number: Option<i32>,
    /// The earlier versions that were answered.
    pub keys: Vec<OldKey>,
    /// What changed since the earliest of them.
    pub change: Change,
    /// Answers under earlier keys in finished attempts.
    pub answers: i64,
    /// The decision that holds, if there is one about this key.
    pub decided: Option<Policy>,
    /// Are there answers about which nothing was decided?
    pub is_open: bool,
}

/// An earlier version of a question.
#[derive(Clone, Debug)]
pub struct OldKey {
    pub item: Item,
    pub number: i32,
    pub answers: i64,
    /// The present question with its options called as in this one; `None` if it was taken out or is of another kind.
    pub judge: Option<Item>,
    /// What changed since.
    pub change: Change,
}

impl Mended {
    /// The id that the question has, or had last.
    pub fn id(&self) -> &str {
        let last = self.keys.last().map_or(self.root.as_str(), |key| key.item.id.as_str());
        self.now.as_ref().map_or(last, |now| now.id.as_str())
    }

    /// What is asked.
    pub fn title(&self, lang: Locale) -> Html {
        let item = self.now.as_ref().or_else(|| self.keys.last().map(|key| &key.item));
        item.and_then(|item| item.text(lang)).map(|text| text.title.clone()).unwrap_or_default()
    }

    /// The earlier version that an answer was given to.
    pub fn key(&self, item: &str, hash: &str) -> Option<&OldKey> {
        self.keys.iter().find(|key| key.item.id.as_str() == item && key.item.scoring_hash == hash)
    }
}

/// The questions about whose answers a person may want to decide, those that are open first.
pub async fn mended(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
) -> Result<Vec<Mended>, db::Error> {
    let versions = history::versions(conn, published.course.id).await?;
    let numbers = History::of(&versions.iter().map(known).collect::<Vec<_>>());
    let present: BTreeMap<String, &Item> = asked(published)
        .filter_map(|item| Some((numbers.root_of(item.id.as_str())?.to_owned(), item)))
        .collect();
    let old: Vec<&ItemVersion> =
        versions.iter().filter(|version| !is_present(version, &present, &numbers)).collect();
    let keys = answered(conn, library, published, &old).await?;
    let decisions = store::decisions(conn, published.course.id).await?;
    let mut found: Vec<Mended> = keys
        .into_iter()
        .map(|(root, keys)| {
            let now = present.get(&root).copied();
            question(root, keys, now, &numbers, &decisions)
        })
        .collect();
    found.sort_by_key(|question| (!question.is_open, question.id().to_owned()));
    Ok(found)
}

fn known(row: &ItemVersion) -> Known {
    Known {
        item: row.item.clone(),
        scoring_hash: row.scoring_hash.clone(),
        root: row.root.clone(),
        number: row.number,
    }
}

/// The questions of graded quizzes.
fn asked(published: &Published) -> impl Iterator<Item = &Item> {
    let lessons = published.lessons().flat_map(|(_, lesson)| &lesson.quizzes);
    lessons
        .filter(|quiz| quiz.rules.pass.is_some() && !quiz.rules.draft)
        .flat_map(|quiz| &quiz.items)
}

fn is_present(version: &ItemVersion, present: &BTreeMap<String, &Item>, numbers: &History) -> bool {
    present.get(&version.root).is_some_and(|item| {
        let now = numbers.number_of(item.id.as_str(), &item.scoring_hash);
        now.is_some_and(|now| now.number == version.number)
    })
}

/// An earlier key with the last answer to it.
type Answered = (ItemVersion, store::Count, Arc<Published>);

/// The earlier keys that were answered, by question.
async fn answered(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    old: &[&ItemVersion],
) -> Result<BTreeMap<String, Vec<Answered>>, db::Error> {
    let items: Vec<&str> = old.iter().map(|version| version.item.as_str()).collect();
    let hashes: Vec<&str> = old.iter().map(|version| version.scoring_hash.as_str()).collect();
    let mut found: BTreeMap<String, Vec<Answered>> = BTreeMap::new();
    if items.is_empty() {
        return Ok(found);
    }
    for count in store::counts(conn, published.course.id, &items, &hashes).await? {
        let of = |version: &&&ItemVersion| {
            version.item == count.item && version.scoring_hash == count.item_version
        };
        let Some(version) = old.iter().find(of) else { continue };
        let then = library.version(conn, version.last_version).await?;
        found.entry(version.root.clone()).or_default().push(((*version).clone(), count, then));
    }
    Ok(found)
}

fn question(
    root: String,
    answered: Vec<Answered>,
    now: Option<&Item>,
    numbers: &History,
    decisions: &[Decision],
) -> Mended {
    let hash = now.map(|now| now.scoring_hash.as_str());
    let decision = decisions
        .iter()
        .find(|decision| decision.root == root && decision.now_hash.as_deref() == hash);
    let answers: i64 = answered.iter().map(|(_, count, _)| count.answers).sum();
    let is_later = |decision: &Decision| {
        let later = answered.iter().any(|(_, count, _)| count.last > decision.at);
        later || answers > i64::from(decision.answers)
    };
    let is_open = decision.is_none_or(is_later);
    let mut keys: Vec<OldKey> =
        answered.into_iter().filter_map(|answered| old_key(answered, now)).collect();
    keys.sort_by_key(|key| key.number);
    Mended {
        change: keys.iter().map(|key| key.change).max().unwrap_or(Change::Gone),
        number: now
            .and_then(|now| numbers.number_of(now.id.as_str(), &now.scoring_hash))
            .map(|known| known.number),
        now: now.cloned(),
        decided: decision.and_then(|decision| Policy::parse(&decision.policy)),
        is_open,
        answers,
        keys,
        root,
    }
}

fn old_key((version, count, then): Answered, now: Option<&Item>) -> Option<OldKey> {
    let lessons = then.course.modules.iter().flat_map(|module| &module.lessons);
    let mut items = lessons.flat_map(|lesson| &lesson.quizzes).flat_map(|quiz| &quiz.items);
    let item = items.find(|item| {
        item.id.as_str() == version.item && item.scoring_hash == version.scoring_hash
    })?;
    let kept = now.map(|now| kept(item, now, &BTreeSet::new())).unwrap_or_default();
    let change = change(item, now, &kept);
    let judge = now.filter(|now| change != Change::Gone && !now.needs_marking());
    Some(OldKey {
        judge: judge.map(|now| renamed(now, &kept)),
        item: item.clone(),
        number: version.number,
        answers: count.answers,
        change,
    })
}

/// Ids for the database.
pub(super) fn keys_of(questions: &[&Mended]) -> (Vec<String>, Vec<String>) {
    let keys = questions.iter().flat_map(|question| &question.keys);
    keys.map(|key| (key.item.id.0.clone(), key.item.scoring_hash.clone())).unzip()
}
