//! Checking one question of a running attempt: the answer is kept as a try and judged at once.

use super::refusal::QuizRefusal;
use super::saving::{Clash, Given};
use super::sheet::{Question, Sheet};
use super::sitting::{Sitting, corrupt, state, stored};
use super::store::{self, Write};
use crate::db::{Conn, Transact};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::play::Play;
use crate::domain::quiz::response::Response;
use crate::outcome::Failed;

/// What became of a check.
#[derive(Clone, Debug)]
pub enum Checked {
    /// It was judged, now or before: checking the same answer twice is checking it once.
    Judged,
    /// There was no answer.
    Blank,
    /// Another page was first; both answers are there.
    Stale(Clash),
}

/// Checks the answer to a question. One that is locked stays as it is.
pub async fn check(
    conn: &mut Conn,
    sheet: &Sheet,
    quiz: &Quiz,
    question: &Question<'_>,
    given: &Given,
) -> Result<Checked, Failed<QuizRefusal>> {
    let play = Play::of(&quiz.rules);
    if sheet.practice || !play.checks(question.item) {
        return Err(QuizRefusal::Unknown.into());
    }
    conn.transaction(async |conn| {
        store::lock(conn, sheet.attempt).await?.ok_or(QuizRefusal::Unknown)?;
        let (sitting, state) = (Sitting::read(conn, sheet).await?, state(conn, sheet).await?);
        sitting.attempt.may_save(sitting.now).map_err(QuizRefusal::from)?;
        let outcome = play.outcome(question.item, &state.given(question.place));
        let again = outcome.tries.last().is_some_and(|last| last.response == given.response);
        if outcome.locked || again {
            return Ok(Checked::Judged);
        }
        if given.response == Response::Blank {
            return Ok(Checked::Blank);
        }
        write(conn, sheet, &sitting, given).await
    })
    .await
}

/// The attempt is locked. The same answer may have been saved meanwhile; then its revision is the right one.
async fn write(
    conn: &mut Conn,
    sheet: &Sheet,
    sitting: &Sitting,
    given: &Given,
) -> Result<Checked, Failed<QuizRefusal>> {
    let kept = sitting.answers.get(&given.place);
    let rev = match kept {
        Some(kept) if kept.response == given.response => kept.rev,
        Some(_) | None => given.rev,
    };
    let response = stored(&given.response)?;
    let write = Write {
        attempt: sheet.attempt,
        slot: i16::try_from(given.place).map_err(corrupt)?,
        rev,
        response: &response,
        op: given.op,
        kind: "check",
        sure: None,
    };
    match (store::save(conn, &write).await?, kept) {
        (Some(_), _) => Ok(Checked::Judged),
        (None, Some(other)) => {
            store::set_aside(conn, &write).await?;
            let mine = given.response.clone();
            Ok(Checked::Stale(Clash { place: given.place, mine, other: other.clone() }))
        }
        (None, None) => Err(corrupt("an answer was not taken").into()),
    }
}
