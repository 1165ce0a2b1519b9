//! Regrades for programs: what waits for a decision, what a decision would do, what was decided.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::batches::{BatchItem, Told};
use super::mended::Mended;
use super::people::named;
use super::trial::{LearnerChange, Trial};
use crate::db::{self, Conn};
use crate::domain::quiz::grade::Fraction;
use crate::domain::regrade::effect::Crossing;
use crate::domain::regrade::policy::Policy;

/// A question whose key was changed after it was answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionReport {
    /// Under this id decisions name the question.
    pub question: String,
    /// The id that it has now, or had last.
    pub item: String,
    /// The numbers of the earlier versions that were answered.
    pub from: Vec<i32>,
    /// The number of the present version; `null` if it was taken out.
    pub to: Option<i32>,
    /// `text`, `marks`, `structure` or `gone`.
    pub change: String,
    /// Answers under earlier keys.
    pub answers: i64,
    /// Does it wait for a decision?
    pub open: bool,
    /// The decision that holds.
    pub decided: Option<String>,
    /// The decisions that make sense.
    pub policies: Vec<String>,
}

impl QuestionReport {
    /// Of a question.
    pub fn of(question: &Mended) -> QuestionReport {
        QuestionReport {
            question: question.root.clone(),
            item: question.id().to_owned(),
            from: question.keys.iter().map(|key| key.number).collect(),
            to: question.number,
            change: question.change.code().to_owned(),
            answers: question.answers,
            open: question.is_open,
            decided: question.decided.map(|policy| policy.code().to_owned()),
            policies: Policy::fitting(question.change)
                .map(|policy| policy.code().to_owned())
                .collect(),
        }
    }
}

/// What a regrade would do, or did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrialReport {
    /// The regrade; `null` while nothing was changed.
    pub id: Option<Uuid>,
    pub decisions: Vec<DecisionReport>,
    pub answers: usize,
    pub raised: usize,
    pub lowered: usize,
    /// Answers that count for something else than before, or for nothing.
    pub other: usize,
    /// Answers that keep the mark of a person.
    pub by_people: usize,
    pub attempts: usize,
    /// The mean of these attempts in percent.
    pub mean_before: Option<String>,
    pub mean_after: Option<String>,
    /// Learners who complete the course by it.
    pub completions: usize,
    /// Learners who reach a pass mark.
    pub up: Vec<LearnerReport>,
    /// Learners who would fall below one; they keep their pass.
    pub down: Vec<LearnerReport>,
}

/// A decision about a question.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecisionReport {
    pub question: String,
    pub policy: String,
}

/// A learner who crosses a pass mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LearnerReport {
    pub person: Uuid,
    pub name: String,
    pub quiz: String,
    /// In percent.
    pub before: Option<String>,
    pub after: Option<String>,
    pub completes: bool,
}

impl TrialReport {
    /// Of a trial, with the names of those who cross a pass mark.
    pub async fn of(
        conn: &mut Conn,
        id: Option<Uuid>,
        trial: &Trial,
    ) -> Result<TrialReport, db::Error> {
        let up = named(conn, trial.crossing(Crossing::Up)).await?;
        let down = named(conn, trial.crossing(Crossing::Down)).await?;
        Ok(TrialReport {
            id,
            decisions: trial.questions.iter().map(decision).collect(),
            answers: trial.tally.answers,
            raised: trial.tally.raised,
            lowered: trial.tally.lowered,
            other: trial.tally.other,
            by_people: trial.tally.by_people,
            attempts: trial.attempts,
            mean_before: trial.before.map(percent),
            mean_after: trial.after.map(percent),
            completions: trial.completions(),
            up: up.into_iter().map(learner).collect(),
            down: down.into_iter().map(learner).collect(),
        })
    }
}

fn decision((question, policy): &(Mended, Policy)) -> DecisionReport {
    DecisionReport { question: question.root.clone(), policy: policy.code().to_owned() }
}

fn learner((name, change): (String, &LearnerChange)) -> LearnerReport {
    LearnerReport {
        person: change.person,
        name,
        quiz: change.quiz.0.clone(),
        before: change.effect.before.map(percent),
        after: change.effect.after.map(percent),
        completes: change.completes,
    }
}

/// Of a hundred, exactly: `66.66666`.
pub fn percent(share: Fraction) -> String {
    Decimal::new(share.0, 5).normalize().to_string()
}

/// A regrade that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchReport {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// The name of who decided; `null` once the account is gone.
    pub by: Option<String>,
    pub reason: String,
    pub decisions: Vec<DecisionReport>,
    pub answers: i32,
    pub raised: i32,
    pub lowered: i32,
    pub other: i32,
    /// Learners who reached a pass mark by it.
    pub up: i32,
    /// Learners whose grade fell below one.
    pub down: i32,
    pub taken_back_at: Option<DateTime<Utc>>,
    pub taken_back_reason: Option<String>,
}

impl BatchReport {
    /// Of a regrade.
    pub fn of(told: &Told) -> BatchReport {
        let Told { batch, items } = told;
        let decision = |item: &BatchItem| DecisionReport {
            question: item.root.clone(),
            policy: item.policy.clone(),
        };
        BatchReport {
            id: batch.id,
            at: batch.at,
            by: batch.actor.clone(),
            reason: batch.reason.clone(),
            decisions: items.iter().map(decision).collect(),
            answers: batch.answers,
            raised: batch.raised,
            lowered: batch.lowered,
            other: batch.other,
            up: batch.gained,
            down: batch.lost,
            taken_back_at: batch.taken_back_at,
            taken_back_reason: batch.taken_back_reason.clone(),
        }
    }
}

/// What waits, and what was decided.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CourseReport {
    pub questions: Vec<QuestionReport>,
    /// Last first.
    pub regrades: Vec<BatchReport>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_exact() {
        assert_eq!(percent(Fraction(6_666_666)), "66.66666");
        assert_eq!(percent(Fraction::percent(50)), "50");
        assert_eq!(percent(Fraction::ZERO), "0");
    }
}
