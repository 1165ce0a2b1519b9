//! A running attempt as its questions are played: what was checked, what may be said of it, what is locked.

use super::granting::granted;
use super::sheet::{Question, Sheet};
use super::sitting::{attempt, state};
use super::store;
use crate::db::{self, Conn};
use crate::domain::locale::Locale;
use crate::domain::quiz::allowed::{Moment, Preset, Summary, allowed};
use crate::domain::quiz::attempt::{Attempt, attempts_left};
use crate::domain::quiz::event::State;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::play::{Outcome, Play};
use crate::domain::quiz::review::{Reviewed, replayed};
use crate::domain::quiz::score::ruled;

/// How the questions of an attempt are played.
#[derive(Clone, Debug)]
pub struct Playing {
    pub play: Play,
    state: State,
    preset: Preset,
    summary: Summary,
}

impl Playing {
    /// Reads it. Where nothing is checked before the end, nothing is read.
    pub async fn read(conn: &mut Conn, sheet: &Sheet, quiz: &Quiz) -> Result<Playing, db::Error> {
        let (play, preset) = (Play::of(&quiz.rules), Preset::of(&quiz.rules));
        let mut summary = Summary { passed: false, attempts_left: None };
        if !play.behaviour.checks() {
            return Ok(Playing { play, state: State::default(), preset, summary });
        }
        let past = store::past(conn, sheet.enrolment, sheet.quiz.as_str()).await?;
        let attempts: Vec<Attempt> = past.iter().map(attempt).collect::<Result<_, db::Error>>()?;
        let terms = granted(conn, sheet.course, sheet.person).await?.terms(quiz);
        summary.attempts_left = attempts_left(&attempts, &terms);
        Ok(Playing { play, state: state(conn, sheet).await?, preset, summary })
    }

    /// What became of a question so far; `None` if it is not checked before the end.
    pub fn outcome(&self, question: &Question<'_>) -> Option<Outcome> {
        let given = self.state.given(question.place);
        self.play.checks(question.item).then(|| self.play.outcome(question.item, &given))
    }

    /// What may be said of a question now.
    pub fn seen(&self, question: &Question<'_>, outcome: &Outcome, lang: Locale) -> Reviewed {
        let allowed = allowed(self.preset, &self.summary, Moment::During.of_slot(outcome));
        let score = ruled(&self.state, question.place, question.slot, outcome.grade);
        replayed((question.item, question.slot), outcome, &score, &allowed, lang)
    }
}
