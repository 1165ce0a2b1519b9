//! Looking at a finished attempt, as far as its review window allows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::granting::granted;
use super::refusal::QuizRefusal;
use super::sheet::{Question, Sheet};
use super::sitting::{attempt, earned, state};
use super::store;
use crate::catalogue::Library;
use crate::db::{self, Conn};
use crate::domain::grading::quiz::Earned;
use crate::domain::locale::Locale;
use crate::domain::quiz::allowed::{Allowed, Moment, Preset, Summary, Thing, allowed};
use crate::domain::quiz::attempt::{Attempt, Ending, attempts_left};
use crate::domain::quiz::event::{Ruling, State};
use crate::domain::quiz::grade::Verdict;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::play::Play;
use crate::domain::quiz::response::Response;
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
    /// How many answers wait for a person; there is no total before.
    pub waiting: usize,
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
    let state = state(conn, sheet).await?;
    let quiz = sheet.quiz_in(&published)?;
    Ok(Review {
        finished,
        earned: earned(row).filter(|_| shows),
        passed: row.passed.filter(|_| shows),
        ending,
        attempts_left: summary.attempts_left,
        waiting: waiting(sheet, quiz, &state),
        questions: questions(sheet, quiz, &state, &allowed, lang),
        rulings: match allowed.shows(Thing::Verdicts) {
            true => state.regraded,
            false => BTreeMap::new(),
        },
        allowed,
    })
}

/// How many answers a person has yet to judge.
fn waiting(sheet: &Sheet, quiz: &Quiz, state: &State) -> usize {
    let waits = |question: &Question<'_>| {
        let response = state.responses.get(&question.place).unwrap_or(&Response::Blank);
        let grade = question.item.grade(response);
        grade.verdict == Verdict::Waiting && !state.released.contains_key(&question.place)
    };
    sheet.questions(quiz).filter(waits).count()
}

fn questions(
    sheet: &Sheet,
    quiz: &Quiz,
    state: &State,
    allowed: &Allowed,
    lang: Locale,
) -> Vec<(u16, Reviewed)> {
    if !allowed.shows(Thing::Verdicts) {
        return Vec::new();
    }
    let play = Play::of(&quiz.rules);
    let drawn = |question: Question<'_>| {
        let outcome = play.outcome(question.item, &state.given(question.place));
        let score = ruled(state, question.place, question.slot, outcome.grade);
        let asked = (question.item, question.slot);
        let seen = replayed(asked, &outcome, &score, allowed, lang);
        let seen = match state.released.get(&question.place) {
            Some(mark) => seen.judged(mark, asked, allowed, lang),
            None => seen,
        };
        (question.place, seen)
    };
    sheet.questions(quiz).map(drawn).collect()
}
