//! Grades that change without a new attempt: a key was mended, or that was taken back.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::actions::{GradeFact, append, reached, settle};
use super::store::{self, regraded as many};
use crate::catalogue::Published;
use crate::db::{self, Conn};
use crate::domain::journal::verb::Verb;
use crate::domain::progress::course::Progress;
use crate::domain::progress::facts::Facts;
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::response::QuizId;
use crate::enrolment;

/// Grades of a learner were worked out anew. A pass and a completion once reached stay. Call it inside the transaction.
pub async fn regraded(
    conn: &mut Conn,
    published: &Published,
    enrolment: Uuid,
    grades: &[GradeFact<'_>],
    now: DateTime<Utc>,
) -> Result<Progress, db::Error> {
    let locked = enrolment::lock(conn, enrolment).await?;
    for grade in grades {
        store::upsert_grade(conn, &reached(enrolment, grade, now)).await?;
        append(conn, &locked, Verb::Regraded, grade.quiz.as_str(), now).await?;
    }
    settle(conn, published, &locked, now).await
}

/// When a regrade was applied, and when it is taken back.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    pub applied: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

/// A regrade is taken back: the grades are again exactly these, and what was noted as complete at the moment of the
/// regrade is forgotten, unless it follows from something else. Call it inside the transaction.
pub async fn ungraded(
    conn: &mut Conn,
    published: &Published,
    enrolment: Uuid,
    grades: &[GradeFact<'_>],
    when: Moments,
) -> Result<Progress, db::Error> {
    let locked = enrolment::lock(conn, enrolment).await?;
    for grade in grades {
        store::restore_grade(conn, &reached(enrolment, grade, when.now)).await?;
        append(conn, &locked, Verb::Regraded, grade.quiz.as_str(), when.now).await?;
    }
    many::forget_reached(conn, enrolment, when.applied).await?;
    let locked = enrolment::lock(conn, enrolment).await?;
    settle(conn, published, &locked, when.now).await
}

/// All that the learners of some enrolments have done.
pub async fn facts_of(
    conn: &mut Conn,
    enrolments: &[Uuid],
) -> Result<BTreeMap<Uuid, Facts>, db::Error> {
    let rows = many::facts_of(conn, enrolments).await?;
    Ok(rows.into_iter().map(|row| (row.enrolment_id, facts(row))).collect())
}

fn facts(row: many::ManyFacts) -> Facts {
    let of = |flags: &[bool]| {
        let quizzes = row.quizzes.iter().zip(flags).filter(|(_, flag)| **flag);
        quizzes.map(|(quiz, _)| QuizId(quiz.clone())).collect()
    };
    let grades = row
        .quizzes
        .iter()
        .zip(&row.fractions)
        .filter_map(|(quiz, fraction)| Some((QuizId(quiz.clone()), Fraction((*fraction)?))));
    Facts {
        passed: of(&row.passed),
        answered: of(&row.answered),
        grades: grades.collect(),
        completed: row.completed,
        viewed: row.viewed.into_iter().collect(),
        done: row.done.into_iter().collect(),
        marked: row.marked.into_iter().collect(),
        ..Facts::default()
    }
}
