//! An attempt as it stands now: its clock and the answers kept so far.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::refusal::QuizRefusal;
use super::sheet::Sheet;
use super::store::{self, AttemptRow, EventRow, SavedRow};
use crate::db::{self, Conn};
use crate::domain::grading::quiz::Earned;
use crate::domain::quiz::attempt::{Attempt, Phase};
use crate::domain::quiz::behaviour::{Certainty, Overdue};
use crate::domain::quiz::event::{Content, Event, EventKind, State, fold};
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::mark::Mark;
use crate::domain::quiz::response::Response;
use crate::outcome::Failed;

/// An answer that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub response: Response,
    /// How sure the learner is of it, where that was said.
    pub sure: Option<Certainty>,
    /// How often it was written.
    pub rev: i32,
    pub saved_at: DateTime<Utc>,
}

/// Answers by the place of their questions.
pub type Answers = BTreeMap<u16, Answer>;

/// Where an attempt stands.
#[derive(Clone, Debug)]
pub struct Sitting {
    pub attempt: Attempt,
    pub answers: Answers,
    /// `open`, `finished` or `abandoned`.
    pub state: &'static str,
    /// Seconds that were given back because the platform was away.
    pub given_back: i32,
    /// The database's time.
    pub now: DateTime<Utc>,
}

impl Sitting {
    /// Reads it.
    pub async fn read(conn: &mut Conn, sheet: &Sheet) -> Result<Sitting, Failed<QuizRefusal>> {
        let row = store::find(conn, sheet.attempt).await?.ok_or(QuizRefusal::Unknown)?;
        let answers = answers(store::saved(conn, &[sheet.attempt]).await?)?;
        let answers = answers.into_iter().map(|((_, place), answer)| (place, answer)).collect();
        let state = match row.state.as_str() {
            "open" => "open",
            "abandoned" => "abandoned",
            _ => "finished",
        };
        let (given_back, now) = (row.given_back, store::now(conn).await?);
        Ok(Sitting { attempt: attempt(&row)?, answers, state, given_back, now })
    }

    /// Whole seconds left, if time is limited.
    pub fn left(&self) -> Option<i64> {
        match self.attempt.phase(self.now) {
            Phase::Open { left } => left.map(|left| left.num_seconds()),
            Phase::Overdue | Phase::Closed => Some(0),
        }
    }

    /// The places of questions without an answer.
    pub fn unanswered(&self, sheet: &Sheet) -> Vec<u16> {
        let blank = |place: &u16| {
            self.answers.get(place).is_none_or(|answer| answer.response == Response::Blank)
        };
        sheet.paper.numbered().map(|(place, _)| place).filter(blank).collect()
    }
}

/// The attempt of a row, as the rules see it.
pub fn attempt(row: &AttemptRow) -> Result<Attempt, db::Error> {
    Ok(Attempt {
        number: u32::try_from(row.number).map_err(corrupt)?,
        started: row.started_at,
        deadline: row.deadline,
        finished: row.finished_at,
        overdue: overdue(&row.overdue, row.grace)?,
    })
}

fn overdue(word: &str, grace: i32) -> Result<Overdue, db::Error> {
    match word {
        "submit" => Ok(Overdue::Submit),
        "grace" => Ok(Overdue::Grace(u32::try_from(grace).map_err(corrupt)?)),
        "abandon" => Ok(Overdue::Abandon),
        other => Err(corrupt(other)),
    }
}

/// What a finished attempt earned.
pub fn earned(row: &AttemptRow) -> Option<Earned> {
    Some(Earned { raw: Marks(row.raw?), max: Marks(row.max?) })
}

/// Kept answers by attempt and place.
pub fn answers(rows: Vec<SavedRow>) -> Result<BTreeMap<(Uuid, u16), Answer>, db::Error> {
    rows.into_iter()
        .map(|row| {
            let place = u16::try_from(row.slot).map_err(corrupt)?;
            let response = serde_json::from_str(&row.response).map_err(corrupt)?;
            let sure = row.sure.as_deref().and_then(Certainty::read);
            let answer = Answer { response, sure, rev: row.rev, saved_at: row.saved_at };
            Ok(((row.attempt_id, place), answer))
        })
        .collect()
}

/// An answer as it is stored.
pub fn stored(response: &Response) -> Result<String, db::Error> {
    serde_json::to_string(response).map_err(corrupt)
}

/// What the events of an attempt add up to. Answers that were set aside do not count.
pub async fn state(conn: &mut Conn, sheet: &Sheet) -> Result<State, db::Error> {
    folded(store::events(conn, sheet.attempt).await?)
}

/// What some events of an attempt, in order, add up to.
pub(super) fn folded(rows: impl IntoIterator<Item = EventRow>) -> Result<State, db::Error> {
    let counted = rows.into_iter().filter(|row| row.kind != "aside");
    let events: Vec<Event> = (0..).zip(counted).map(event).collect::<Result<_, db::Error>>()?;
    Ok(fold(&events))
}

fn event((seq, row): (u32, EventRow)) -> Result<Event, db::Error> {
    let response = row.response.map(|text| serde_json::from_str(&text)).transpose();
    let mark = row.mark.map(|text| serde_json::from_str(&text)).transpose().map_err(corrupt)?;
    let mark = mark.map(|mark| Mark { by: row.actor, ..mark });
    let response = response.map_err(corrupt)?;
    let content = Content { response, mark, detail: row.detail.as_deref() };
    let kind = EventKind::read(&row.kind, content);
    let slot = row.slot.map(u16::try_from).transpose().map_err(corrupt)?;
    Ok(Event { seq, at: row.at, slot, kind: kind.ok_or_else(|| corrupt(row.kind))? })
}

/// A stored value that the program did not write.
pub fn corrupt(why: impl ToString) -> db::Error {
    db::Error::Corrupt(why.to_string())
}
