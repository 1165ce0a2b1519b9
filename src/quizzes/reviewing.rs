//! Looking at a finished attempt, as far as its review window allows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::granting::granted;
use super::refusal::QuizRefusal;
use super::sheet::Sheet;
use super::sitting::{attempt, earned, state};
use super::store;
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn};
use crate::domain::grading::quiz::Earned;
use crate::domain::locale::Locale;
use crate::domain::quiz::allowed::{Allowed, Moment, Preset, Summary, Thing, allowed};
use crate::domain::quiz::attempt::{Attempt, Ending, attempts_left};
use crate::domain::quiz::event::Ruling;
use crate::domain::quiz::play::Play;
use crate::domain::quiz::review::{Reviewed, replayed};
use crate::domain::quiz::score::ruled;
use crate::outcome::Failed;

/// A finished attempt with what may be seen of it now.
#[derive(Clone, Debug)]
pub struct Review {
    pub finished: DateTime<Utc>,
    pub allowed: Allowed,
    /// The marks, if they may be seen.
    pub earned: Option<Earned>,
    pub passed: Option<bool>,
    pub ending: Ending,
    /// How many more attempts there are; `None` is no limit.
    pub attempts_left: Option<u32>,
    pub questions: Vec<(u16, Reviewed)>,
    /// What regrades decided last, where marks may be seen.
    pub rulings: BTreeMap<u16, Ruling>,
}

/// Draws the review of an attempt.
pub async fn review(
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
    lang: Locale,
) -> Result<Review, Failed<QuizRefusal>> {
    let past = store::past(conn, sheet.enrolment, sheet.quiz.as_str()).await?;
    let row = past.iter().find(|row| row.id == sheet.attempt).ok_or(QuizRefusal::Unknown)?;
    let finished = row.finished_at.ok_or(QuizRefusal::NotFinished)?;
    let published = library.version(conn, sheet.version).await?;
    let terms = granted(conn, sheet.course, sheet.person).await?.terms(sheet.quiz_in(&published)?);
    let attempts: Vec<Attempt> = past.iter().map(attempt).collect::<Result<_, db::Error>>()?;
    let summary = Summary {
        passed: past.iter().any(|row| row.passed == Some(true)),
        attempts_left: attempts_left(&attempts, &terms),
    };
    let moment = Moment::of(&attempt(row)?, &terms, store::now(conn).await?);
    let preset = Preset::of(&sheet.quiz_in(&published)?.rules);
    let ending = if row.state == "abandoned" { Ending::Abandoned } else { Ending::Finished };
    let allowed = match ending {
        Ending::Finished => allowed(preset, &summary, moment),
        Ending::Abandoned => Allowed::nothing(),
    };
    let shows = allowed.shows(Thing::Score);
    Ok(Review {
        finished,
        earned: earned(row).filter(|_| shows),
        passed: row.passed.filter(|_| shows),
        ending,
        attempts_left: summary.attempts_left,
        rulings: match allowed.shows(Thing::Verdicts) {
            true => state(conn, sheet).await?.regraded,
            false => BTreeMap::new(),
        },
        questions: questions(conn, &published, sheet, &allowed, lang).await?,
        allowed,
    })
}

async fn questions(
    conn: &mut Conn,
    published: &Published,
    sheet: &Sheet,
    allowed: &Allowed,
    lang: Locale,
) -> Result<Vec<(u16, Reviewed)>, db::Error> {
    if !allowed.shows(Thing::Verdicts) {
        return Ok(Vec::new());
    }
    let state = state(conn, sheet).await?;
    let quiz = sheet.quiz_in(published)?;
    let play = Play::of(&quiz.rules);
    let drawn = sheet.questions(quiz).map(|question| {
        let outcome = play.outcome(question.item, &state.given(question.place));
        let score = ruled(&state, question.place, question.slot, outcome.grade);
        let asked = (question.item, question.slot);
        (question.place, replayed(asked, &outcome, &score, allowed, lang))
    });
    Ok(drawn.collect())
}
