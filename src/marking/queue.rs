//! What waits for whom: the answers with which a marker has something to do, oldest first.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::store::{self, JudgementRow, OpenRow};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn};
use crate::domain::marking::standing::Judgements;
use crate::domain::marking::turn::Task;
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::item::{Item, MarkingRules, Quiz};
use crate::domain::quiz::mark::Mark;
use crate::domain::quiz::response::{ItemId, QuizId};

/// An answer with which somebody has something to do.
#[derive(Clone, Debug)]
pub struct Entry {
    pub attempt: Uuid,
    pub place: u16,
    pub item: ItemId,
    pub of: Marks,
    pub course: Uuid,
    pub quiz: QuizId,
    pub person: Uuid,
    pub name: String,
    /// When it was handed in.
    pub since: DateTime<Utc>,
    pub marks: Vec<Mark>,
    pub released: Option<Mark>,
    /// The course as the attempt saw it.
    pub published: Arc<Published>,
}

impl Entry {
    /// The quiz as the attempt saw it.
    pub fn quiz(&self) -> Option<&Quiz> {
        let lessons = self.published.course.modules.iter().flat_map(|module| &module.lessons);
        lessons.flat_map(|lesson| &lesson.quizzes).find(|quiz| quiz.id == self.quiz)
    }

    /// The question as the attempt saw it.
    pub fn item(&self) -> Option<&Item> {
        self.quiz()?.items.iter().find(|item| item.id == self.item)
    }

    /// How it is marked.
    pub fn rules(&self) -> MarkingRules {
        self.quiz().map(|quiz| quiz.rules.marking).unwrap_or_default()
    }

    /// What a marker has to do with it.
    pub fn task(&self, me: Uuid) -> Task {
        let (rules, released) = (self.rules(), self.released.as_ref());
        Judgements { marks: &self.marks, released, of: self.of, rules: &rules }.task(me)
    }
}

/// The answers of some courses that wait for people, oldest first, without those of the marker.
pub async fn entries(
    conn: &mut Conn,
    library: &Library,
    courses: &[Uuid],
    me: Uuid,
) -> Result<Vec<Entry>, db::Error> {
    let mut rows = store::open(conn, courses).await?;
    rows.retain(|row| row.person != me);
    let mut attempts: Vec<Uuid> = rows.iter().map(|row| row.attempt).collect();
    attempts.dedup();
    let mut judged: BTreeMap<(Uuid, i16), Judged> = BTreeMap::new();
    for row in store::judgements(conn, &attempts).await? {
        judged.entry((row.attempt, row.slot)).or_default().add(&row)?;
    }
    let mut entries = Vec::new();
    for row in rows {
        let published = library.version(conn, row.version).await?;
        let judged = judged.remove(&(row.attempt, row.slot)).unwrap_or_default();
        entries.push(entry(row, judged, published)?);
    }
    Ok(entries)
}

#[derive(Default)]
struct Judged {
    marks: Vec<Mark>,
    released: Option<Mark>,
}

impl Judged {
    fn add(&mut self, row: &JudgementRow) -> Result<(), db::Error> {
        let mark: Mark = serde_json::from_str(&row.mark).map_err(corrupt)?;
        let mark = Mark { by: row.actor, ..mark };
        match row.kind.as_str() {
            "release" => self.released = Some(mark),
            _ => self.marks.push(mark),
        }
        Ok(())
    }
}

fn entry(row: OpenRow, judged: Judged, published: Arc<Published>) -> Result<Entry, db::Error> {
    Ok(Entry {
        attempt: row.attempt,
        place: u16::try_from(row.slot).map_err(corrupt)?,
        item: ItemId(row.item),
        of: Marks(row.of),
        course: row.course,
        quiz: QuizId(row.quiz),
        person: row.person,
        name: row.name,
        since: row.since,
        marks: judged.marks,
        released: judged.released,
        published,
    })
}

fn corrupt(why: impl ToString) -> db::Error {
    db::Error::Corrupt(why.to_string())
}

/// How much of each task there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub judge: usize,
    pub settle: usize,
    pub hand_back: usize,
    /// Waiting for other markers.
    pub others: usize,
    /// When the oldest that waits for this marker was handed in.
    pub oldest: Option<DateTime<Utc>>,
}

impl Counts {
    /// Counts what a marker has to do.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>, me: Uuid) -> Counts {
        let mut counts = Counts::default();
        for entry in entries {
            counts.add(entry.task(me), entry.since);
        }
        counts
    }

    /// How many answers wait for this marker.
    pub fn mine(&self) -> usize {
        self.judge + self.settle + self.hand_back
    }

    fn add(&mut self, task: Task, since: DateTime<Utc>) {
        match task {
            Task::Judge => self.judge += 1,
            Task::Settle => self.settle += 1,
            Task::HandBack => self.hand_back += 1,
            Task::Nothing => self.others += 1,
        }
        if task != Task::Nothing {
            self.oldest = Some(self.oldest.map_or(since, |oldest| oldest.min(since)));
        }
    }
}

/// In which order a marker goes through a quiz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// All answers to one question, then the next question.
    #[default]
    Question,
    /// All answers of one person, then the next person.
    Person,
}

impl By {
    /// Reads it from an address.
    pub fn read(text: &str) -> By {
        if text == "person" { By::Person } else { By::Question }
    }

    /// As it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            By::Question => "question",
            By::Person => "person",
        }
    }
}

/// Where a marker is: an answer, whether or not it still waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub attempt: Uuid,
    pub place: u16,
    pub item: ItemId,
    pub since: DateTime<Utc>,
}

impl Here {
    /// The place of an entry.
    pub fn of(entry: &Entry) -> Here {
        let (attempt, place) = (entry.attempt, entry.place);
        Here { attempt, place, item: entry.item.clone(), since: entry.since }
    }

    fn order(&self) -> (DateTime<Utc>, Uuid, u16) {
        (self.since, self.attempt, self.place)
    }
}

/// The answer of a quiz to be judged after this one: first those of the same question or person that come later, then
/// those that were passed over, then another question or person.
pub fn next<'a>(entries: &'a [Entry], me: Uuid, by: By, here: Option<&Here>) -> Option<&'a Entry> {
    let places: Vec<(Here, &Entry)> = entries
        .iter()
        .filter(|entry| matches!(entry.task(me), Task::Judge | Task::Settle))
        .map(|entry| (Here::of(entry), entry))
        .collect();
    let found = following(places.iter().map(|(place, _)| place), by, here)?.clone();
    places.into_iter().find(|(place, _)| *place == found).map(|(_, entry)| entry)
}

fn following<'a>(
    places: impl Iterator<Item = &'a Here>,
    by: By,
    here: Option<&Here>,
) -> Option<&'a Here> {
    let rank = |place: &&Here| {
        let leaves = here.is_some_and(|here| match by {
            By::Question => place.item != here.item,
            By::Person => place.attempt != here.attempt,
        });
        let passed = here.is_some_and(|here| place.order() < here.order());
        (leaves, passed, place.order())
    };
    places.filter(|place| here.is_none_or(|here| here.order() != place.order())).min_by_key(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(attempt: u128, place: u16, minute: i64) -> Here {
        Here {
            attempt: Uuid::from_u128(attempt),
            place,
            item: ItemId(format!("q{place}")),
            since: DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap(),
        }
    }

    #[test]
    fn one_goes_on_by_question_or_by_person() {
        let all = [place(1, 0, 0), place(1, 1, 0), place(2, 0, 5), place(2, 1, 5)];
        let after = |by, here: &Here| {
            let found = following(all.iter(), by, Some(here)).unwrap();
            (found.attempt.as_u128(), found.place)
        };
        assert_eq!(following(all.iter(), By::Question, None), Some(&all[0]));
        assert_eq!(after(By::Question, &all[0]), (2, 0));
        assert_eq!(after(By::Question, &all[2]), (1, 0));
        assert_eq!(after(By::Person, &all[0]), (1, 1));
        assert_eq!(after(By::Person, &all[3]), (2, 0));
        assert_eq!(following(all[..1].iter(), By::Person, Some(&all[0])), None);
        let done = place(3, 0, 2);
        assert_eq!(after(By::Question, &done), (2, 0));
    }
}
