//! What people judge of finished attempts: added to the history, and counted once it is handed back.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::finishing::{Editions, rescore};
use super::refusal::QuizRefusal;
use super::sheet::Sheet;
use super::sitting::{corrupt, state};
use super::store::{self, JudgementRow};
use crate::db::{self, Conn};
use crate::domain::quiz::event::State;
use crate::domain::quiz::mark::Mark;
use crate::enrolment;
use crate::outcome::Failed;

/// The sheet of an attempt, whoever's it is.
pub async fn sheet(conn: &mut Conn, attempt: Uuid) -> Result<Sheet, Failed<QuizRefusal>> {
    let row = store::find(conn, attempt).await?.ok_or(QuizRefusal::Unknown)?;
    Ok(Sheet::of(&row)?)
}

/// What an attempt adds up to, and the time of the database.
pub async fn read(conn: &mut Conn, sheet: &Sheet) -> Result<(State, DateTime<Utc>), db::Error> {
    Ok((state(conn, sheet).await?, store::now(conn).await?))
}

/// The same, with enrolment and attempt locked until the transaction ends, so that nobody else judges meanwhile.
pub async fn lock(
    conn: &mut Conn,
    sheet: &Sheet,
) -> Result<(State, DateTime<Utc>), Failed<QuizRefusal>> {
    enrolment::lock(conn, sheet.enrolment).await?;
    let row = store::lock(conn, sheet.attempt).await?.ok_or(QuizRefusal::Unknown)?;
    match row.finished_at {
        Some(_) => Ok(read(conn, sheet).await?),
        None => Err(QuizRefusal::NotFinished.into()),
    }
}

/// A judgement of one answer, by `mark.by`.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    pub place: u16,
    pub mark: &'a Mark,
    pub at: DateTime<Utc>,
}

/// Notes a judgement; the learner does not see it.
pub async fn note(
    conn: &mut Conn,
    sheet: &Sheet,
    judgement: Judgement<'_>,
) -> Result<(), db::Error> {
    append(conn, sheet, judgement, "mark").await
}

/// Hands judgements back, and works out what the attempt is worth now.
pub async fn hand_back(
    conn: &mut Conn,
    editions: &Editions,
    sheet: &Sheet,
    judgements: &[Judgement<'_>],
) -> Result<(), db::Error> {
    let Some(last) = judgements.last() else { return Ok(()) };
    for judgement in judgements {
        append(conn, sheet, *judgement, "release").await?;
    }
    rescore(conn, editions, sheet, last.at).await
}

async fn append(
    conn: &mut Conn,
    sheet: &Sheet,
    judgement: Judgement<'_>,
    kind: &str,
) -> Result<(), db::Error> {
    let mark = serde_json::to_string(judgement.mark).map_err(corrupt)?;
    let row = JudgementRow {
        attempt_id: sheet.attempt,
        at: judgement.at,
        kind,
        slot: Some(i16::try_from(judgement.place).map_err(corrupt)?),
        actor: judgement.mark.by,
        mark: Some(&mark),
    };
    Ok(store::append_judgement(conn, &row).await?)
}
