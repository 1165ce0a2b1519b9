//! Which version of a question this is: "v3".

use std::collections::BTreeMap;

use super::questions::{Fate, Pair, fate};
use crate::quiz::item::Item;

/// A version of a question that was published before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The id it had.
    pub item: String,
    /// The hash of what decides marks.
    pub scoring_hash: String,
    /// The first id that the question ever had.
    pub root: String,
    /// First, second, …: from 1.
    pub number: i32,
}

/// The place of a question in its own history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The first id that the question ever had.
    pub root: String,
    /// First, second, …: from 1.
    pub number: i32,
}

/// All versions of the questions of a course.
#[derive(Clone, Debug, Default)]
pub struct History {
    by_content: BTreeMap<(String, String), Numbered>,
    roots: BTreeMap<String, String>,
    last: BTreeMap<String, i32>,
}

impl History {
    /// The history that these versions make.
    pub fn of(known: &[Known]) -> History {
        let mut history = History::default();
        for version in known {
            let numbered = Numbered { root: version.root.clone(), number: version.number };
            history
                .by_content
                .insert((version.item.clone(), version.scoring_hash.clone()), numbered);
            history.roots.insert(version.item.clone(), version.root.clone());
            let last = history.last.entry(version.root.clone()).or_default();
            *last = (*last).max(version.number);
        }
        history
    }

    /// The number of a version that was published.
    pub fn number_of(&self, item: &str, scoring_hash: &str) -> Option<&Numbered> {
        self.by_content.get(&(item.to_owned(), scoring_hash.to_owned()))
    }

    /// The first id of the question that has or had this one.
    pub fn root_of(&self, item: &str) -> Option<&str> {
        self.roots.get(item).map(String::as_str)
    }

    /// The number of a question in the version to come; `None` for one that was taken out. A key that stood before
    /// is that version again.
    pub fn next(&self, pair: &Pair<'_>) -> Option<Numbered> {
        let now = pair.now?;
        if let Some(known) = self.number_of(now.id.as_str(), &now.scoring_hash) {
            return Some(known.clone());
        }
        let Some(before) = pair.before else {
            return Some(Numbered { root: now.id.0.clone(), number: 1 });
        };
        let root = self.roots.get(before.id.as_str()).unwrap_or(&before.id.0).clone();
        let last = self.last.get(&root).copied().unwrap_or(1);
        let number = match fate(before, now, &pair.kept) {
            Fate::Scoring | Fate::Structure => last.saturating_add(1),
            Fate::Unchanged | Fate::Wording | Fate::New | Fate::Revived | Fate::Retired => {
                self.present(before).map_or(last, |known| known.number)
            }
        };
        Some(Numbered { root, number })
    }

    fn present(&self, item: &Item) -> Option<&Numbered> {
        self.number_of(item.id.as_str(), &item.scoring_hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::identity::questions::questions;
    use crate::course::identity::samples::{course, question};
    use crate::course::model::Course;

    #[test]
    fn versions_rise_with_the_key_and_survive_renames() {
        let heat = "### Which loses more heat? {#heat}\n\n- [x] Roof {#roof}\n- [ ] Door {#door}\n";
        let steps = [
            (heat.to_owned(), 1),
            (heat.replace("more", "most"), 1),
            (heat.replace("{#heat}", "{#heat points=2}"), 2),
            (heat.replace("{#heat}", "{#warmth was=heat points=2}"), 2),
            (heat.replace("{#heat}", "{#warmth points=3}"), 3),
            (heat.replace("{#heat}", "{#warmth points=2}"), 2),
        ];
        let mut known: Vec<Known> = Vec::new();
        let mut before = Course { modules: Vec::new(), ..course(heat) };
        for (text, number) in steps {
            let now = course(&text);
            let compared = questions(&before, &[], &now);
            let id = if text.contains("#warmth") { "warmth" } else { "heat" };
            let pair = compared.pairs.iter().find(|pair| pair.now.is_some()).unwrap();
            let found = History::of(&known).next(pair).unwrap();
            assert_eq!((found.root.as_str(), found.number), ("heat", number), "{text}");
            known.push(Known {
                item: id.to_owned(),
                scoring_hash: question(&now, id).scoring_hash.clone(),
                root: found.root,
                number: found.number,
            });
            before = now;
        }
    }
}
