//! Decisions about answers that were judged by an earlier key: added to the history of their attempts, which are then
//! worked out anew from all that happened in them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::finishing::{marks, score_of};
use super::sheet::Sheet;
use super::sitting::{corrupt, folded};
use super::store::regrades::{self, SlotEvent};
use super::store::{self, EventRow, Worth};
use crate::catalogue::Library;
use crate::db::{self, Conn};
use crate::domain::quiz::event::{Ruling, State};
use crate::domain::quiz::response::QuizId;

/// Attempts that are worked out at once.
const AT_ONCE: usize = 500;

/// What was given to some questions of finished attempts.
pub async fn states(
    conn: &mut Conn,
    slots: &[(Uuid, i16)],
) -> Result<BTreeMap<(Uuid, i16), State>, db::Error> {
    let (attempts, places): (Vec<Uuid>, Vec<i16>) = slots.iter().copied().unzip();
    let rows = regrades::of_slots(conn, &attempts, &places).await?;
    let mut states = BTreeMap::new();
    for own in
        rows.chunk_by(|one, other| (one.attempt_id, one.slot) == (other.attempt_id, other.slot))
    {
        let Some(first) = own.first() else { continue };
        let state = folded(own.iter().cloned().map(EventRow::from))?;
        // The end of the attempt is no event of the question.
        states.insert((first.attempt_id, first.slot), State { finished: Some(first.at), ..state });
    }
    Ok(states)
}

impl From<SlotEvent> for EventRow {
    fn from(event: SlotEvent) -> EventRow {
        let SlotEvent { at, kind, slot, response, actor, mark, detail, .. } = event;
        EventRow { at, kind, slot: Some(slot), response, op: None, actor, mark, detail }
    }
}

/// A decision about one question of an attempt.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub attempt: Uuid,
    pub slot: i16,
    pub ruling: Ruling,
}

/// Notes decisions of one person for one regrade, and what the attempts are worth then. Call it inside the
/// transaction, with the enrolments locked; the grades that follow are for the caller.
pub async fn rule(
    conn: &mut Conn,
    library: &Library,
    ruled: &[Ruled],
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    for some in ruled.chunks(AT_ONCE * 10) {
        let Some(first) = some.first() else { continue };
        let attempts: Vec<Uuid> = some.iter().map(|ruled| ruled.attempt).collect();
        let slots: Vec<i16> = some.iter().map(|ruled| ruled.slot).collect();
        let details =
            some.iter().map(|ruled| serde_json::to_string(&ruled.ruling).map_err(corrupt));
        let details = details.collect::<Result<Vec<String>, db::Error>>()?;
        let (batch, by) = (first.ruling.batch, first.ruling.by);
        regrades::append(conn, batch, by, (&attempts, &slots, &details), now).await?;
    }
    let mut attempts: Vec<Uuid> = ruled.iter().map(|ruled| ruled.attempt).collect();
    attempts.sort_unstable();
    attempts.dedup();
    for some in attempts.chunks(AT_ONCE) {
        rescore_all(conn, library, some).await?;
    }
    Ok(())
}

/// Works out finished attempts anew from their events.
async fn rescore_all(
    conn: &mut Conn,
    library: &Library,
    attempts: &[Uuid],
) -> Result<(), db::Error> {
    let mut events: BTreeMap<Uuid, Vec<EventRow>> = BTreeMap::new();
    for (attempt, row) in store::events_of(conn, attempts).await? {
        events.entry(attempt).or_default().push(row);
    }
    let mut worths = Vec::new();
    for row in store::many(conn, attempts).await? {
        let sheet = Sheet::of(&row)?;
        let published = library.version(conn, sheet.version).await?;
        let quiz = sheet.quiz_in(&published)?;
        let state = folded(events.remove(&row.id).unwrap_or_default())?;
        let state = State { finished: state.finished.or(row.finished_at), ..state };
        let score = score_of(&sheet, quiz, &state)?;
        store::remark(conn, &marks(&sheet, &score)?).await?;
        let raw = score.total().map(|raw| raw.0);
        let worth = Worth { raw, max: Some(score.max.0), passed: score.passed(&quiz.rules) };
        worths.push((row.id, worth));
    }
    store::revalue_all(conn, &worths).await?;
    Ok(())
}

/// A decision that a regrade made, and the one that held before it.
#[derive(Clone, Debug)]
pub struct Given {
    pub attempt: Uuid,
    pub enrolment: Uuid,
    pub quiz: QuizId,
    pub slot: i16,
    pub ruling: Ruling,
    pub before: Option<Ruling>,
}

/// All decisions of a regrade.
pub async fn given(conn: &mut Conn, batch: Uuid) -> Result<Vec<Given>, db::Error> {
    let rows = regrades::of_batch(conn, batch).await?;
    let read = |text: &str| serde_json::from_str::<Ruling>(text).map_err(corrupt);
    rows.into_iter()
        .map(|row| {
            Ok(Given {
                ruling: read(&row.detail)?,
                before: row.before.as_deref().map(read).transpose()?,
                attempt: row.attempt,
                enrolment: row.enrolment,
                quiz: QuizId(row.quiz),
                slot: row.slot,
            })
        })
        .collect()
}

/// A regrade as a learner is told of it.
#[derive(Clone, Debug)]
pub struct Told {
    pub attempt: Uuid,
    pub quiz: QuizId,
    pub at: DateTime<Utc>,
    pub ruling: Ruling,
}

/// The regrades of a learner's answers since a moment, last first.
pub async fn told(
    conn: &mut Conn,
    enrolment: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<Told>, db::Error> {
    let told = |row: regrades::ToldRow| {
        let ruling = serde_json::from_str(&row.detail).map_err(corrupt)?;
        Ok(Told { attempt: row.attempt, quiz: QuizId(row.quiz), at: row.at, ruling })
    };
    regrades::told(conn, enrolment, since).await?.into_iter().map(told).collect()
}
