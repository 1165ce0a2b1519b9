//! What became of each question from one version of a course to the next.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::options::{self, Kept};
use super::similar::{OTHER, PERHAPS, Print, plain};
use crate::course::keyed::{scoring_hash, wording_hash};
use crate::course::model::{Course, Unnamed};
use crate::locale::Locale;
use crate::quiz::item::{Item, Kind, Quiz};
use crate::quiz::response::{ItemId, OptionId, QuizId};

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// Nothing changed.
    Unchanged,
    /// Only what is read changed: a revision of the same version.
    Wording,
    /// What decides marks changed: a new version.
    Scoring,
    /// The kind or the set of options changed: a new version that old answers do not fit.
    Structure,
    /// It was not there before.
    New,
    /// It was taken out some time ago and is there again.
    Revived,
    /// It was taken out.
    Retired,
}

/// How a question was found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By its id.
    Id,
    /// By `was=`.
    Was,
    /// It says and asks exactly what the other did.
    Content,
}

/// A question in two versions of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair<'c> {
    /// As it was; `None` if it is new.
    pub before: Option<&'c Item>,
    /// As it is; `None` if it was taken out.
    pub now: Option<&'c Item>,
    /// The quiz that asks it now, or asked it.
    pub quiz: &'c QuizId,
    /// How the two were found to be one.
    pub by: By,
    /// Its options, each with the option that it was.
    pub kept: Kept,
    /// What became of it.
    pub fate: Fate,
}

/// A new question that may be one that was taken out: a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The new question.
    pub now: ItemId,
    /// The one that it may be.
    pub before: ItemId,
    /// How alike they are, in percent.
    pub likeness: u32,
}

/// All questions of two versions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions<'c> {
    /// The new version's in its order, then those that were taken out.
    pub pairs: Vec<Pair<'c>>,
    /// New questions that may be old ones.
    pub proposals: Vec<Proposal>,
    /// Questions under an id that belongs to another question.
    pub strangers: Vec<Stranger>,
}

/// A question under the id of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The id.
    pub id: ItemId,
    /// Was the other one taken out before? Then its id is gone for good.
    pub was_retired: bool,
    /// What tells them apart.
    pub why: Unlike,
}

/// What tells two questions under one id apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// They are of different kinds.
    Kind,
    /// Their words are only so much alike, in percent.
    Words(u32),
}

/// A question and its quiz.
#[derive(Clone, Copy)]
struct Asked<'c> {
    item: &'c Item,
    quiz: &'c QuizId,
}

/// Compares two versions of a course. `retired` are the questions of earlier versions that `before` does not have,
/// as they were last seen.
pub fn questions<'c>(
    before: &'c Course,
    retired: &'c [(QuizId, Item)],
    now: &'c Course,
) -> Questions<'c> {
    let old: BTreeMap<&ItemId, Asked<'c>> =
        asked(before).map(|asked| (&asked.item.id, asked)).collect();
    let gone: BTreeMap<&ItemId, Asked<'c>> =
        retired.iter().map(|(quiz, item)| (&item.id, Asked { item, quiz })).collect();
    // Several quizzes may draw the same question from a bank.
    let mut known = BTreeSet::new();
    let new: Vec<Asked<'c>> = asked(now).filter(|asked| known.insert(&asked.item.id)).collect();
    let found = Search { old: &old, gone: &gone, unnamed: &now.unnamed }.matches(&new);
    let mut out = Questions::default();
    for asked in &new {
        out.pairs.push(pair(*asked, found.get(&asked.item.id), &now.unnamed));
    }
    let kept: BTreeSet<&ItemId> = found.values().map(|known| &known.asked.item.id).collect();
    let lost: Vec<Asked<'c>> =
        old.values().filter(|asked| !kept.contains(&asked.item.id)).copied().collect();
    out.pairs.extend(lost.iter().map(|asked| lost_pair(*asked)));
    let fresh: Vec<&Item> = out
        .pairs
        .iter()
        .filter(|pair| pair.fate == Fate::New)
        .filter_map(|pair| pair.now)
        .collect();
    let free: Vec<&Item> = lost
        .iter()
        .chain(gone.values().filter(|asked| !kept.contains(&asked.item.id)))
        .map(|asked| asked.item)
        .collect();
    out.proposals = proposals(&fresh, &free);
    out.strangers = out.pairs.iter().filter_map(stranger).collect();
    out
}

/// All questions of a course with their quizzes, drafts too.
pub fn all(course: &Course) -> impl Iterator<Item = (&Quiz, &Item)> {
    let lessons = course.modules.iter().flat_map(|module| &module.lessons);
    let quizzes = lessons.flat_map(|lesson| &lesson.quizzes);
    quizzes.flat_map(|quiz| quiz.items.iter().map(move |item| (quiz, item)))
}

fn asked(course: &Course) -> impl Iterator<Item = Asked<'_>> {
    all(course).map(|(quiz, item)| Asked { item, quiz: &quiz.id })
}

/// A question that was found again.
#[derive(Clone, Copy)]
struct Known<'c> {
    asked: Asked<'c>,
    by: By,
    was_retired: bool,
}

/// Where to look for what a question was.
struct Search<'s, 'c> {
    old: &'s BTreeMap<&'c ItemId, Asked<'c>>,
    gone: &'s BTreeMap<&'c ItemId, Asked<'c>>,
    unnamed: &'c Unnamed,
}

type Matches<'c> = BTreeMap<&'c ItemId, Known<'c>>;

/// One way to find a question again, given those that are found already.
type Step<'s, 'c> = dyn Fn(&'c Item, &BTreeSet<&'c ItemId>) -> Option<Known<'c>> + 's;

impl<'c> Search<'_, 'c> {
    /// Written ids first, then `was`, then equal content, then ids that were made from the words, then ids that were
    /// taken out before. Nothing is found twice.
    fn matches(&self, new: &[Asked<'c>]) -> Matches<'c> {
        let (mut found, mut taken) = (Matches::new(), BTreeSet::new());
        let named = |item: &Item| !self.unnamed.items.contains(&item.id);
        let contents = self.contents();
        let steps: [&Step<'_, 'c>; 5] = [
            &|item, _| self.shown(Some(&item.id).filter(|_| named(item)), By::Id),
            &|item, _| {
                self.shown(item.was.as_ref(), By::Was)
                    .or_else(|| self.retired(item.was.as_ref(), By::Was))
            },
            &|item, taken| {
                let same = contents.get(&content(item))?.iter().find(|id| !taken.contains(*id))?;
                self.shown(Some(same), By::Content)
            },
            &|item, _| self.shown(Some(&item.id), By::Id),
            &|item, _| self.retired(Some(&item.id), By::Id),
        ];
        for step in steps {
            for asked in new {
                let known = match found.contains_key(&asked.item.id) {
                    true => None,
                    false => step(asked.item, &taken),
                };
                if let Some(known) = known.filter(|known| taken.insert(&known.asked.item.id)) {
                    found.insert(&asked.item.id, known);
                }
            }
        }
        found
    }

    fn shown(&self, id: Option<&ItemId>, by: By) -> Option<Known<'c>> {
        self.old.get(id?).map(|asked| Known { asked: *asked, by, was_retired: false })
    }

    fn retired(&self, id: Option<&ItemId>, by: By) -> Option<Known<'c>> {
        self.gone.get(id?).map(|asked| Known { asked: *asked, by, was_retired: true })
    }

    fn contents(&self) -> BTreeMap<(String, String), Vec<&'c ItemId>> {
        let mut contents: BTreeMap<(String, String), Vec<&'c ItemId>> = BTreeMap::new();
        for (id, asked) in self.old {
            contents.entry(content(asked.item)).or_default().push(*id);
        }
        contents
    }
}

/// What a question asks and says; worked out anew, for an older program may have stored other hashes.
fn content(item: &Item) -> (String, String) {
    (scoring_hash(&item.kind, item.points, item.hint_cost), wording_hash(item))
}

fn pair<'c>(asked: Asked<'c>, known: Option<&Known<'c>>, unnamed: &Unnamed) -> Pair<'c> {
    let Asked { item, quiz } = asked;
    let Some(known) = known else {
        return Pair {
            before: None,
            now: Some(item),
            quiz,
            by: By::Id,
            kept: Kept::new(),
            fate: Fate::New,
        };
    };
    let loose: BTreeSet<&OptionId> =
        unnamed.options.iter().filter(|(of, _)| *of == item.id).map(|(_, option)| option).collect();
    let before = known.asked.item;
    let kept = options::kept(before, item, &loose);
    let fate = match known.was_retired {
        true => Fate::Revived,
        false => fate(before, item, &kept),
    };
    Pair { before: Some(before), now: Some(item), quiz, by: known.by, kept, fate }
}

/// What changed between two versions of a question; options that were only renamed did not change.
pub fn fate(before: &Item, now: &Item, kept: &Kept) -> Fate {
    if kind(before) != kind(now) || !same_options(before, now, kept) {
        return Fate::Structure;
    }
    let ((was_scored, was_said), (scored, said)) =
        (content(before), content(&options::renamed(now, kept)));
    match (was_scored == scored, was_said == said) {
        (false, _) => Fate::Scoring,
        (true, false) => Fate::Wording,
        (true, true) => Fate::Unchanged,
    }
}

fn same_options(before: &Item, now: &Item, kept: &Kept) -> bool {
    let (old, new) = (options::ids(before), options::ids(now));
    old.len() == new.len() && new.iter().all(|id| kept.contains_key(*id))
}

fn lost_pair(asked: Asked<'_>) -> Pair<'_> {
    let Asked { item, quiz } = asked;
    Pair { before: Some(item), now: None, quiz, by: By::Id, kept: Kept::new(), fate: Fate::Retired }
}

/// The name of a question's kind.
pub fn kind(item: &Item) -> &'static str {
    match &item.kind {
        Kind::Choice(_) => "choice",
        Kind::Number(_) => "number",
        Kind::Text(_) => "text",
        Kind::Match(_) => "match",
        Kind::Order(_) => "order",
        Kind::Cloze(_) => "cloze",
        Kind::Hotspot(_) => "hotspot",
        Kind::Essay(_) => "essay",
        Kind::Upload(_) => "upload",
        Kind::Survey(_) => "survey",
    }
}

/// Another question under an id that is not its own: of another kind if the old one was taken out before, or with
/// words that have little in common. A question that changed only its words while its marks stayed is itself.
fn stranger(pair: &Pair<'_>) -> Option<Stranger> {
    let (before, now) = (pair.before?, pair.now?);
    let was_retired = match pair.fate {
        Fate::Revived => true,
        Fate::Scoring | Fate::Structure => false,
        Fate::Unchanged | Fate::Wording | Fate::New | Fate::Retired => return None,
    };
    if pair.by != By::Id {
        return None;
    }
    let alike = likeness(before, now);
    let why = match kind(before) != kind(now) {
        true if was_retired => Unlike::Kind,
        _ if alike < OTHER => Unlike::Words(alike),
        _ => return None,
    };
    Some(Stranger { id: now.id.clone(), was_retired, why })
}

/// How alike the words of two questions are in the language in which they are most alike.
pub fn likeness(one: &Item, other: &Item) -> u32 {
    let (one, other) = (prints(one), prints(other));
    best(&one, &other)
}

type Prints = BTreeMap<Locale, Print>;

fn prints(item: &Item) -> Prints {
    let print = |text: &crate::quiz::item::ItemText| {
        Print::of(&format!("{} {}", plain(&text.title), plain(&text.stem)))
    };
    item.texts.iter().map(|(locale, text)| (*locale, print(text))).collect()
}

fn best(one: &Prints, other: &Prints) -> u32 {
    let alike = one.iter().filter_map(|(locale, print)| Some(print.likeness(other.get(locale)?)));
    alike.max().unwrap_or(0)
}

/// For each new question the most similar one that is free, if they are of one kind and alike enough.
fn proposals(fresh: &[&Item], free: &[&Item]) -> Vec<Proposal> {
    let free: Vec<(&Item, Prints)> = free.iter().map(|item| (*item, prints(item))).collect();
    let proposal = |now: &&Item| {
        let print = prints(now);
        let alike = free.iter().filter(|(item, _)| kind(item) == kind(now));
        let (likeness, before) = alike
            .map(|(item, known)| (best(&print, known), &item.id))
            .max_by_key(|(alike, _)| *alike)?;
        (likeness >= PERHAPS).then(|| Proposal {
            now: now.id.clone(),
            before: before.clone(),
            likeness,
        })
    };
    fresh.iter().filter_map(proposal).collect()
}

#[cfg(test)]
mod tests;
