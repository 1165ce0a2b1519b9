//! What happened in an attempt. Events are only ever added; answers and marks are what they add up to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::behaviour::Certainty;
use super::grade::{Fraction, Marks};
use super::mark::Mark;
use super::paper::Paper;
use super::response::Response;

/// Something that happened in an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Place in the attempt, from 0.
    pub seq: u32,
    /// When it reached the server.
    pub at: DateTime<Utc>,
    /// Which slot it concerns.
    pub slot: Option<u16>,
    /// What it was.
    pub kind: EventKind,
}

/// What can happen in an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// The paper was drawn.
    Start,
    /// An answer was kept.
    Save(Response),
    /// An answer was kept and judged at once.
    Check(Response),
    /// The learner said how sure the answer is.
    Sure(Certainty),
    /// The end.
    Finish,
    /// Time was added: the attempt goes on until then.
    Extend(DateTime<Utc>),
    /// A person judged an answer; nobody but those who mark sees it yet.
    Mark(Mark),
    /// A judgement was handed back to the learner; from now on it counts.
    Release(Mark),
    /// A new key, or a decision about one, changed the marks of a question.
    Regrade(Ruling),
}

/// A decision about the marks of one question; the latest holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// What the answer is worth from now on.
    pub worth: Worth,
    /// Who decided; nobody once that account is gone.
    #[serde(skip)]
    pub by: Option<Uuid>,
    /// The regrade that it is a part of, so that it can be taken back as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Uuid>,
    /// The scoring hash of the version of the question by which it was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The scoring hash of the version that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The name of what was done with the old answers, or `taken-back`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub policy: String,
    /// Why, for the learner to read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The marks before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Marks>,
    /// The marks after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Marks>,
}

impl Ruling {
    /// A decision of which nothing is known but what the answer is worth.
    pub fn of(worth: Worth) -> Ruling {
        Ruling {
            worth,
            by: None,
            batch: None,
            version: None,
            from: None,
            policy: String::new(),
            reason: String::new(),
            old: None,
            new: None,
        }
    }
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Worth {
    /// What it earned when it was given: an earlier decision is taken back.
    Played,
    /// This share of the marks.
    Share(Fraction),
    /// Nothing, and the question counts for nothing either.
    Void,
}

impl EventKind {
    /// The name under which it is stored.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Start => "start",
            EventKind::Save(_) => "save",
            EventKind::Check(_) => "check",
            EventKind::Sure(_) => "sure",
            EventKind::Finish => "finish",
            EventKind::Extend(_) => "extend",
            EventKind::Mark(_) => "mark",
            EventKind::Release(_) => "release",
            EventKind::Regrade(_) => "regrade",
        }
    }

    /// What was stored under a name, or `None` when name and content do not belong together.
    pub fn read(name: &str, content: Content<'_>) -> Option<EventKind> {
        match (name, content.response, content.mark, content.detail) {
            ("start", None, None, None) => Some(EventKind::Start),
            ("save", Some(response), None, None) => Some(EventKind::Save(response)),
            ("check", Some(response), None, None) => Some(EventKind::Check(response)),
            ("finish", None, None, None) => Some(EventKind::Finish),
            ("mark", None, Some(mark), None) => Some(EventKind::Mark(mark)),
            ("release", None, Some(mark), None) => Some(EventKind::Release(mark)),
            ("sure", None, None, Some(detail)) => parsed(detail).map(EventKind::Sure),
            ("extend", None, None, Some(detail)) => parsed(detail).map(EventKind::Extend),
            ("regrade", None, None, Some(detail)) => parsed(detail).map(EventKind::Regrade),
            _ => None,
        }
    }

    /// The answer it carries.
    pub fn response(&self) -> Option<&Response> {
        match self {
            EventKind::Save(response) | EventKind::Check(response) => Some(response),
            EventKind::Start
            | EventKind::Sure(_)
            | EventKind::Finish
            | EventKind::Extend(_)
            | EventKind::Mark(_)
            | EventKind::Release(_)
            | EventKind::Regrade(_) => None,
        }
    }

    /// The judgement it carries.
    pub fn mark(&self) -> Option<&Mark> {
        match self {
            EventKind::Mark(mark) | EventKind::Release(mark) => Some(mark),
            EventKind::Start
            | EventKind::Save(_)
            | EventKind::Check(_)
            | EventKind::Sure(_)
            | EventKind::Finish
            | EventKind::Extend(_)
            | EventKind::Regrade(_) => None,
        }
    }

    /// What else it carries, as it is stored.
    pub fn detail(&self) -> Option<String> {
        match self {
            EventKind::Sure(certainty) => serde_json::to_string(certainty).ok(),
            EventKind::Extend(until) => serde_json::to_string(until).ok(),
            EventKind::Regrade(ruling) => serde_json::to_string(ruling).ok(),
            EventKind::Start
            | EventKind::Save(_)
            | EventKind::Check(_)
            | EventKind::Finish
            | EventKind::Mark(_)
            | EventKind::Release(_) => None,
        }
    }
}

/// What is stored of an event beside its name, place and time.
#[derive(Clone, Debug, Default)]
pub struct Content<'a> {
    /// The answer.
    pub response: Option<Response>,
    /// The judgement.
    pub mark: Option<Mark>,
    /// Anything else, as JSON.
    pub detail: Option<&'a str>,
}

fn parsed<T: serde::de::DeserializeOwned>(detail: &str) -> Option<T> {
    serde_json::from_str(detail).ok()
}

/// Answers by slot.
pub type Responses = BTreeMap<u16, Response>;

/// The judgements that count, by slot.
pub type Released = BTreeMap<u16, Mark>;

/// What the events of an attempt add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When it was started.
    pub started: Option<DateTime<Utc>>,
    /// When it was finished.
    pub finished: Option<DateTime<Utc>>,
    /// The latest answer of each slot.
    pub responses: Responses,
    /// The latest judged answer of each slot.
    pub checked: Responses,
    /// All judged answers of each slot, first to last.
    pub tries: BTreeMap<u16, Vec<Response>>,
    /// How sure the learner is of each answer, where that was said.
    pub sure: BTreeMap<u16, Certainty>,
    /// Judgements by people of each slot, first to last, with those that were changed later.
    pub marks: BTreeMap<u16, Vec<Mark>>,
    /// The judgement of each slot that was handed back last.
    pub released: Released,
    /// The latest decision of a regrade.
    pub regraded: BTreeMap<u16, Ruling>,
    /// The place of the next event.
    pub next: u32,
}

/// Adds the events up, in the order of their places; an event met twice counts once. After the first finish answers
/// count no more, judgements still do.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> State {
    let mut ordered: Vec<&Event> = events.into_iter().collect();
    ordered.sort_by_key(|event| event.seq);
    ordered.dedup_by_key(|event| event.seq);
    ordered.into_iter().fold(State::default(), State::after)
}

impl State {
    /// Has every question of the paper been checked with an answer? Practice is then done.
    pub fn has_practised(&self, paper: &Paper) -> bool {
        paper.numbered().all(|(slot, _)| {
            self.checked.get(&slot).is_some_and(|response| *response != Response::Blank)
        })
    }

    /// The state after one more event.
    pub fn after(mut self, event: &Event) -> State {
        self.next = self.next.max(event.seq.saturating_add(1));
        match (&event.kind, event.slot) {
            (EventKind::Mark(mark), Some(slot)) => {
                self.marks.entry(slot).or_default().push(noted(mark, event.at));
            }
            (EventKind::Release(mark), Some(slot)) => {
                self.released.insert(slot, noted(mark, event.at));
            }
            (EventKind::Regrade(ruling), Some(slot)) => {
                self.regraded.insert(slot, ruling.clone());
            }
            (EventKind::Start, _) => self.started = self.started.or(Some(event.at)),
            (EventKind::Finish, _) => self.finished = self.finished.or(Some(event.at)),
            (kind, Some(slot)) if self.finished.is_none() => self.answered(slot, kind),
            (
                EventKind::Save(_)
                | EventKind::Check(_)
                | EventKind::Sure(_)
                | EventKind::Extend(_)
                | EventKind::Mark(_)
                | EventKind::Release(_)
                | EventKind::Regrade(_),
                _,
            ) => {}
        }
        self
    }

    fn answered(&mut self, slot: u16, kind: &EventKind) {
        if let Some(response) = kind.response() {
            self.responses.insert(slot, response.clone());
        }
        match kind {
            EventKind::Check(response) => {
                self.checked.insert(slot, response.clone());
                self.tries.entry(slot).or_default().push(response.clone());
            }
            EventKind::Sure(certainty) => {
                self.sure.insert(slot, *certainty);
            }
            EventKind::Save(_)
            | EventKind::Start
            | EventKind::Finish
            | EventKind::Extend(_)
            | EventKind::Mark(_)
            | EventKind::Release(_)
            | EventKind::Regrade(_) => {}
        }
    }
}

fn noted(mark: &Mark, at: DateTime<Utc>) -> Mark {
    Mark { at: Some(at), ..mark.clone() }
}

#[cfg(test)]
mod tests;
