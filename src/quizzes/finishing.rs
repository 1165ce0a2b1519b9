//! The end of an attempt: by the learner, or because its time is over. Whoever comes first, the outcome is the same.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::outage;
use super::refusal::QuizRefusal;
use super::sheet::Sheet;
use super::sitting::{attempt, corrupt, earned, state};
pub use super::store::Whose;
use super::store::{self, End, MarkRow, Worth};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn, Transact};
use crate::domain::grading::quiz::{Earned, final_grade};
use crate::domain::journal::verb::Verb;
use crate::domain::quiz::attempt::{Attempt, Ending, Settled};
use crate::domain::quiz::event::State;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::play::Play;
use crate::domain::quiz::score::{Score, replay};
use crate::enrolment;
use crate::outcome::Failed;
use crate::progress_log::{self, GradeFact, Passed};

/// Hands an attempt in. Handing in twice is handing in once.
pub async fn finish(
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
) -> Result<(), Failed<QuizRefusal>> {
    Ok(end(conn, library, sheet, Because::LearnerSaysSo).await?)
}

/// Ends an attempt whose time is over, slack included; leaves any other as it is.
pub async fn settle(conn: &mut Conn, library: &Library, sheet: &Sheet) -> Result<(), db::Error> {
    let Some(row) = store::find(conn, sheet.attempt).await? else { return Ok(()) };
    if attempt(&row)?.settle(store::now(conn).await?).is_none() {
        return Ok(());
    }
    outage::beat(conn).await?;
    end(conn, library, sheet, Because::TimeIsOver).await
}

/// Settles all overdue attempts of a course or a learner, before they are looked at. One that cannot be read stays open
/// and is told of, so that it holds up no other.
pub async fn settle_all(
    conn: &mut Conn,
    library: &Library,
    whose: Whose,
) -> Result<usize, db::Error> {
    let mut due = store::due(conn, whose).await?;
    if !due.is_empty() && outage::beat(conn).await? > 0 {
        due = store::due(conn, whose).await?;
    }
    let mut settled = 0;
    for id in due {
        match settle_one(conn, library, id).await {
            Ok(()) => settled += 1,
            Err(db::Error::Corrupt(why)) => {
                tracing::error!(attempt = %id, why, "an overdue attempt cannot be settled");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(settled)
}

async fn settle_one(conn: &mut Conn, library: &Library, id: Uuid) -> Result<(), db::Error> {
    match store::find(conn, id).await? {
        Some(row) => settle(conn, library, &Sheet::of(&row)?).await,
        None => Ok(()),
    }
}

/// Why an attempt ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Because {
    LearnerSaysSo,
    TimeIsOver,
}

impl Because {
    /// The end that the rules allow now, if any.
    fn ending(self, attempt: &Attempt, now: DateTime<Utc>) -> Option<Settled> {
        let settled = attempt.settle(now);
        match self {
            Because::LearnerSaysSo => attempt.finish(now).ok().or(settled),
            Because::TimeIsOver => settled,
        }
    }
}

/// The enrolment is locked before the attempt, here as everywhere, so that no two wait for each other.
async fn end(
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
    because: Because,
) -> Result<(), db::Error> {
    let editions = Editions::read(conn, library, sheet).await?;
    conn.transaction(async |conn| {
        enrolment::lock(conn, sheet.enrolment).await?;
        let Some(row) = store::lock(conn, sheet.attempt).await? else { return Ok(()) };
        let (attempt, now) = (attempt(&row)?, store::now(conn).await?);
        let open = attempt.finished.is_none() && !sheet.practice;
        match because.ending(&attempt, now).filter(|_| open) {
            Some(settled) => close(conn, &editions, sheet, settled, now).await,
            None => Ok(()),
        }
    })
    .await
}

/// The course as the attempt saw it, and as it is now.
#[derive(Clone, Debug)]
pub struct Editions {
    pub own: Arc<Published>,
    pub shown: Arc<Published>,
}

impl Editions {
    /// Reads both.
    pub async fn read(
        conn: &mut Conn,
        library: &Library,
        sheet: &Sheet,
    ) -> Result<Editions, db::Error> {
        let own = library.version(conn, sheet.version).await?;
        let shown =
            library.current_of(conn, sheet.course).await?.unwrap_or_else(|| Arc::clone(&own));
        Ok(Editions { own, shown })
    }
}

async fn close(
    conn: &mut Conn,
    editions: &Editions,
    sheet: &Sheet,
    settled: Settled,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    if settled.ending == Ending::Abandoned {
        return abandon(conn, sheet, settled, now).await;
    }
    let quiz = sheet.quiz_in(&editions.own)?;
    let state = State { finished: Some(settled.finished_at), ..state(conn, sheet).await? };
    let score = score_of(sheet, quiz, &state)?;
    let end = End {
        state: "finished",
        finished_at: settled.finished_at,
        raw: score.total().map(|raw| raw.0),
        max: Some(score.max.0),
        passed: score.passed(&quiz.rules),
    };
    store::close(conn, sheet.attempt, &end, now).await?;
    store::insert_marks(conn, &marks(sheet, &score)?).await?;
    let (person, course) = (Some(sheet.person), Some(sheet.course));
    progress_log::journal(conn, person, Verb::Finished, course, sheet.quiz.as_str(), now).await?;
    grade(conn, editions, sheet, quiz, now).await
}

/// An attempt that nobody handed in does not count, but it is used.
async fn abandon(
    conn: &mut Conn,
    sheet: &Sheet,
    settled: Settled,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let finished_at = settled.finished_at;
    let end = End { state: "abandoned", finished_at, raw: None, max: None, passed: None };
    Ok(store::close(conn, sheet.attempt, &end, now).await?)
}

/// The marks of an attempt by the rules and by people.
pub(super) fn score_of(sheet: &Sheet, quiz: &Quiz, state: &State) -> Result<Score, db::Error> {
    replay(&sheet.paper, &quiz.items, &Play::of(&quiz.rules), state).map_err(corrupt)
}

/// Works out a finished attempt anew from its events, with the grade that follows. Call it with the enrolment and the
/// attempt locked, inside the transaction that changed something.
pub async fn rescore(
    conn: &mut Conn,
    editions: &Editions,
    sheet: &Sheet,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let quiz = sheet.quiz_in(&editions.own)?;
    let state = state(conn, sheet).await?;
    let score = score_of(sheet, quiz, &state)?;
    let worth = Worth {
        raw: score.total().map(|raw| raw.0),
        max: Some(score.max.0),
        passed: score.passed(&quiz.rules),
    };
    store::revalue(conn, sheet.attempt, &worth, &marks(sheet, &score)?).await?;
    match score.waits() {
        true => Ok(()),
        false => grade(conn, editions, sheet, quiz, now).await,
    }
}

pub(super) fn marks<'a>(sheet: &'a Sheet, score: &Score) -> Result<Vec<MarkRow<'a>>, db::Error> {
    let slots = sheet.paper.numbered().zip(&score.slots);
    slots
        .map(|((place, slot), scored)| {
            Ok(MarkRow {
                attempt_id: sheet.attempt,
                slot: i16::try_from(place).map_err(corrupt)?,
                item: slot.item.as_str(),
                item_version: &slot.version,
                fraction: scored.grade.fraction.0,
                marks: scored.marks.0,
                of: scored.of.0,
                verdict: scored.grade.verdict.code(),
            })
        })
        .collect()
}

/// The grade of the quiz after this attempt.
async fn grade(
    conn: &mut Conn,
    editions: &Editions,
    sheet: &Sheet,
    quiz: &Quiz,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let past = store::past(conn, sheet.enrolment, sheet.quiz.as_str()).await?;
    let earned: Vec<Earned> = past.iter().filter_map(earned).collect();
    let Some(fraction) = final_grade(quiz.rules.grade, &earned) else { return Ok(()) };
    let reached = quiz.rules.pass.is_some_and(|pass| fraction >= pass);
    let fact = GradeFact {
        quiz: &sheet.quiz,
        fraction,
        passed: if reached { Passed::Yes } else { Passed::No },
        attempts: i32::try_from(earned.len()).map_err(corrupt)?,
    };
    progress_log::graded(conn, &editions.shown, sheet.enrolment, fact, now).await?;
    Ok(())
}
