//! Taking a regrade back: all is again as it was before, and that is an event, too.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::applying::check_reason;
use super::batches::{Told, of_course};
use super::refusal::RegradeRefusal;
use super::store::{self, Finished};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn, Transact};
use crate::domain::grading::quiz::{Earned, final_grade};
use crate::domain::quiz::event::{Ruling, Worth};
use crate::domain::quiz::grade::{Fraction, Marks};
use crate::domain::quiz::response::QuizId;
use crate::domain::regrade::effect::Rule;
use crate::enrolment;
use crate::outcome::Failed;
use crate::progress_log::regraded::{Moments, facts_of, ungraded};
use crate::progress_log::{GradeFact, Passed};
use crate::quizzes::regrading::{self, Given, Ruled};

/// The policy of an event that takes a regrade back.
pub const TAKEN_BACK: &str = "taken-back";

/// Who takes a regrade back, and why.
#[derive(Clone, Copy, Debug)]
pub struct Because<'a> {
    pub actor: Option<Uuid>,
    pub reason: &'a str,
}

/// Takes a regrade back.
pub async fn take_back(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    regrade: Uuid,
    because: Because<'_>,
) -> Result<Told, Failed<RegradeRefusal>> {
    let reason = check_reason(because.reason)?;
    conn.transaction(async |conn| {
        store::lock_course(conn, published.course.id).await?;
        let told = of_course(conn, published.course.id).await?;
        let told = told.into_iter().find(|told| told.batch.id == regrade);
        let told = told.ok_or(RegradeRefusal::Unknown)?;
        match (told.batch.taken_back_at, told.batch.covered) {
            (Some(_), _) => return Err(RegradeRefusal::TakenBack.into()),
            (None, true) => return Err(RegradeRefusal::LaterFirst.into()),
            (None, false) => {}
        }
        let given = regrading::given(conn, regrade).await?;
        let enrolments: BTreeSet<Uuid> = given.iter().map(|given| given.enrolment).collect();
        let enrolments: Vec<Uuid> = enrolments.into_iter().collect();
        enrolment::lock_all(conn, &enrolments).await?;
        let now = store::now(conn).await?;
        let ruled: Vec<Ruled> = given.iter().map(|given| reversed(given, because)).collect();
        regrading::rule(conn, library, &ruled, now).await?;
        let when = Moments { applied: told.batch.at, now };
        let what = Restored { regrade, given: &given, enrolments: &enrolments };
        restore(conn, library, published, what, when).await?;
        store::note_taken_back(conn, regrade, because.actor, reason, now).await?;
        Ok(told)
    })
    .await
}

/// The decision that held before holds again.
fn reversed(given: &Given, because: Because<'_>) -> Ruled {
    let worth = given.before.as_ref().map_or(Worth::Played, |before| before.worth);
    let version = given.before.as_ref().and_then(|before| before.version.clone());
    let ruling = Ruling {
        by: because.actor,
        batch: given.ruling.batch,
        version,
        from: given.ruling.version.clone(),
        policy: TAKEN_BACK.to_owned(),
        reason: because.reason.trim().to_owned(),
        old: given.ruling.new,
        new: given.ruling.old,
        ..Ruling::of(worth)
    };
    Ruled { attempt: given.attempt, slot: given.slot, ruling }
}

/// What is restored: the regrade, its decisions, the learners concerned.
#[derive(Clone, Copy)]
struct Restored<'a> {
    regrade: Uuid,
    given: &'a [Given],
    enrolments: &'a [Uuid],
}

/// The grades that follow from the attempts as they are again. A pass that came with the regrade goes with it, unless
/// the learner reached it otherwise since.
async fn restore(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    what: Restored<'_>,
    when: Moments,
) -> Result<(), db::Error> {
    let changed = store::grades(conn, what.regrade).await?;
    let quizzes: BTreeSet<&str> = what.given.iter().map(|given| given.quiz.as_str()).collect();
    let quizzes: Vec<&str> = quizzes.into_iter().collect();
    let all = store::finished(conn, what.enrolments, &quizzes).await?;
    let facts = facts_of(conn, what.enrolments).await?;
    for own in all.chunk_by(|one, other| one.enrolment == other.enrolment) {
        let Some(enrolment) = own.first().map(|row| row.enrolment) else { continue };
        let known = facts.get(&enrolment);
        let mut grades: Vec<(QuizId, Fraction, Passed, i32)> = Vec::new();
        for attempts in own.chunk_by(|one, other| one.quiz == other.quiz) {
            let Some(rule) = last_rule(conn, library, attempts).await? else { continue };
            let earned: Vec<Earned> = attempts.iter().filter_map(earned).collect();
            let Some(grade) = final_grade(rule.by, &earned) else { continue };
            let quiz = QuizId(attempts.first().map(|row| row.quiz.clone()).unwrap_or_default());
            let change = changed
                .iter()
                .find(|change| change.enrolment_id == enrolment && change.quiz == quiz.0);
            let had = known.is_some_and(|known| known.passed.contains(&quiz));
            let since = attempts
                .iter()
                .any(|row| row.finished_at > when.applied && row.passed == Some(true));
            let kept = change.map_or(had, |change| change.passed_before);
            let passed = kept || since || grade >= rule.pass;
            let passed = if passed { Passed::Yes } else { Passed::No };
            if change.is_some() || known.and_then(|known| known.grades.get(&quiz)) != Some(&grade) {
                grades.push((quiz, grade, passed, i32::try_from(earned.len()).unwrap_or(i32::MAX)));
            }
        }
        let grades: Vec<GradeFact<'_>> = grades
            .iter()
            .map(|(quiz, fraction, passed, attempts)| GradeFact {
                quiz,
                fraction: *fraction,
                passed: *passed,
                attempts: *attempts,
            })
            .collect();
        ungraded(conn, published, enrolment, &grades, when).await?;
    }
    Ok(())
}

fn earned(row: &Finished) -> Option<Earned> {
    Some(Earned { raw: Marks(row.raw?), max: Marks(row.max?) })
}

/// The rules of the last attempt, as when it was finished.
async fn last_rule(
    conn: &mut Conn,
    library: &Library,
    attempts: &[Finished],
) -> Result<Option<Rule>, db::Error> {
    let Some(last) = attempts.last() else { return Ok(None) };
    let published = library.version(conn, last.version).await?;
    let lessons = published.course.modules.iter().flat_map(|module| &module.lessons);
    let quiz = lessons.flat_map(|lesson| &lesson.quizzes).find(|quiz| quiz.id.0 == last.quiz);
    Ok(quiz.and_then(|quiz| Some(Rule { by: quiz.rules.grade, pass: quiz.rules.pass? })))
}
