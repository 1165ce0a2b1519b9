//! Applying a regrade: one batch, one transaction.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::refusal::RegradeRefusal;
use super::store::{self, GradeChange, NewItem, NewRegrade};
use super::trial::{Choice, LearnerChange, SlotChange, Trial, trial};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn, Transact};
use crate::domain::quiz::event::{Ruling, Worth};
use crate::domain::regrade::effect::Crossing;
use crate::domain::regrade::policy::Policy;
use crate::enrolment;
use crate::outcome::Failed;
use crate::progress_log::{self, GradeFact, Passed};
use crate::quizzes::regrading::{self, Ruled};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// A regrade as it was ordered.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The same order twice is one regrade.
    pub id: Uuid,
    pub choices: &'a [Choice],
    /// Learners read it.
    pub reason: &'a str,
    pub actor: Option<Uuid>,
    /// The figures that were shown; `None` applies whatever the figures are.
    pub seen: Option<&'a str>,
}

/// Says why a reason cannot be used.
pub fn check_reason(reason: &str) -> Result<&str, RegradeRefusal> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(RegradeRefusal::ReasonMissing),
        length if length > LONGEST_REASON => Err(RegradeRefusal::ReasonTooLong),
        _ => Ok(reason),
    }
}

/// Applies a regrade.
pub async fn apply(
    conn: &mut Conn,
    library: &Library,
    published: &Arc<Published>,
    order: Order<'_>,
) -> Result<Trial, Failed<RegradeRefusal>> {
    check_reason(order.reason)?;
    conn.transaction(async |conn| {
        store::lock_course(conn, published.course.id).await?;
        // Whoever is finishing an attempt just now comes before or after, never between reading and writing.
        let concerned = trial(conn, library, published, order.choices).await?;
        let enrolments: Vec<Uuid> = concerned.sums.iter().map(|change| change.enrolment).collect();
        enrolment::lock_all(conn, &enrolments).await?;
        let found = trial(conn, library, published, order.choices).await?;
        let now = store::now(conn).await?;
        if !write(conn, published, &order, &found, now).await? {
            return Ok(found);
        }
        if order.seen.is_some_and(|seen| seen != found.sign()) {
            return Err(RegradeRefusal::Outdated.into());
        }
        rule(conn, library, &order, &found, now).await?;
        grade(conn, published, &order, &found, now).await?;
        Ok(found)
    })
    .await
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Writes the batch; says no if it is there already.
async fn write(
    conn: &mut Conn,
    published: &Published,
    order: &Order<'_>,
    found: &Trial,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let new = NewRegrade {
        id: order.id,
        course_id: published.course.id,
        version_id: published.version,
        at: now,
        actor: order.actor,
        reason: order.reason.trim(),
        answers: count(found.tally.answers),
        raised: count(found.tally.raised),
        lowered: count(found.tally.lowered),
        other: count(found.tally.other),
        gained: count(found.crossing(Crossing::Up).count()),
        lost: count(found.crossing(Crossing::Down).count()),
    };
    if !store::insert(conn, &new).await? {
        return Ok(false);
    }
    let items = found.questions.iter().map(|(question, policy)| NewItem {
        regrade_id: order.id,
        root: &question.root,
        item: question.id(),
        now_hash: question.now.as_ref().map(|now| now.scoring_hash.as_str()),
        change: question.change.code(),
        policy: policy.code(),
        answers: i32::try_from(question.answers).unwrap_or(i32::MAX),
    });
    store::insert_items(conn, &items.collect::<Vec<_>>()).await?;
    Ok(true)
}

/// Notes what was decided about each answer, and what the attempts are worth now.
async fn rule(
    conn: &mut Conn,
    library: &Library,
    order: &Order<'_>,
    found: &Trial,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let ruled = found.slots.iter().map(|change| Ruled {
        attempt: change.attempt,
        slot: change.slot,
        ruling: ruling(order, change),
    });
    regrading::rule(conn, library, &ruled.collect::<Vec<_>>(), now).await
}

fn ruling(order: &Order<'_>, change: &SlotChange) -> Ruling {
    let worth = match change.policy {
        Policy::Void => Worth::Void,
        Policy::KeepBest | Policy::Recompute | Policy::FullMarks | Policy::None => {
            Worth::Share(change.after.grade.fraction)
        }
    };
    Ruling {
        by: order.actor,
        batch: Some(order.id),
        version: change.to.clone(),
        from: Some(change.from.clone()),
        policy: change.policy.code().to_owned(),
        reason: order.reason.trim().to_owned(),
        old: Some(change.before.marks),
        new: Some(change.after.marks),
        ..Ruling::of(worth)
    }
}

/// The grades that follow, learner by learner, through the same door as after an attempt.
async fn grade(
    conn: &mut Conn,
    published: &Published,
    order: &Order<'_>,
    found: &Trial,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let mut changes = Vec::new();
    let by_learner = found.learners.chunk_by(|one, other| one.enrolment == other.enrolment);
    for own in by_learner {
        let Some(enrolment) = own.first().map(|learner| learner.enrolment) else { continue };
        let facts = progress_log::facts(conn, enrolment).await?;
        for learner in own {
            let passed = facts.passed.contains(&learner.quiz);
            changes.push(GradeChange {
                regrade_id: order.id,
                enrolment_id: enrolment,
                quiz: learner.quiz.0.clone(),
                before: learner.effect.before.map(|grade| grade.0),
                after: learner.effect.after.map(|grade| grade.0),
                passed_before: passed,
                passed_after: passed || learner.effect.crossing == Crossing::Up,
            });
        }
        let facts: Vec<GradeFact<'_>> = own.iter().filter_map(fact).collect();
        progress_log::regraded::regraded(conn, published, enrolment, &facts, now).await?;
    }
    Ok(store::insert_grades(conn, &changes).await?)
}

fn fact(learner: &LearnerChange) -> Option<GradeFact<'_>> {
    let reached = learner.effect.crossing == Crossing::Up;
    Some(GradeFact {
        quiz: &learner.quiz,
        fraction: learner.effect.after?,
        passed: if reached { Passed::Yes } else { Passed::No },
        attempts: count(learner.attempts),
    })
}
