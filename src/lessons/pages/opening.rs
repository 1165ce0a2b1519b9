//! Opening a lesson: is it open, what was done there before, and the note that it was opened now.

use std::collections::BTreeSet;

use crate::accounts::{Cx, Visitor};
use crate::catalogue::{Library, Published};
use crate::domain::course::condition::Condition;
use crate::domain::course::model::{Lesson, LessonRule, Module};
use crate::domain::progress::facts::Facts;
use crate::domain::progress::lesson::lesson_done;
use crate::lessons::actions;
use crate::progress_log::{self, Gate, Openings, Standing, gate};
use crate::quizzes::practising::Standing as Tried;
use crate::web::Fault;

/// A lesson that is open to the visitor.
pub struct Open {
    pub standing: Option<Standing>,
    pub gate: Gate,
    /// The lessons that the person did not know as they are until now.
    pub unread: BTreeSet<String>,
}

/// The lesson counted as opened; or what must be done before it opens.
pub async fn open(
    cx: &mut Visitor,
    (library, openings): (&Library, &Openings),
    (published, module, lesson): (&Published, &Module, &Lesson),
    mut standing: Option<Standing>,
) -> Result<Result<Open, Condition>, Fault> {
    let now = cx.now;
    let facts = standing.as_ref().map(|standing| &standing.facts);
    let gate = match cx.person.as_ref().map(|person| (person.id, person.admin)) {
        Some(person) if !gate::is_free(published) => {
            Gate::read(cx.conn().await?, published, person, facts, now).await?
        }
        // Where everything is open, and for a stranger, it does not matter what was done.
        Some(_) | None => Gate::of(&Facts::default(), now),
    };
    if let Some(lock) = gate.lesson(published, module, lesson) {
        return Ok(Err(lock));
    }
    let mut unread = BTreeSet::new();
    if let Some(standing) = &mut standing {
        unread = progress_log::unread(cx.conn().await?, library, published, standing).await?;
        progress_log::viewed_together(cx, openings, published, standing, &lesson.id).await?;
        standing.facts.viewed.insert(lesson.id.clone());
    }
    Ok(Ok(Open { standing, gate, unread }))
}

/// Seconds until the lesson may be called done. Only few lessons ask for that.
pub async fn time_left(
    cx: &mut Cx,
    standing: Option<&Standing>,
    lesson: &Lesson,
) -> Result<Option<i64>, Fault> {
    match (standing, lesson.complete) {
        (Some(standing), LessonRule::Dwell(_)) if !lesson_done(lesson, &standing.facts) => {
            let now = cx.now;
            Ok(actions::time_left(cx.conn().await?, standing, lesson, now).await?)
        }
        _ => Ok(None),
    }
}

/// What the person did with the quizzes of the lesson. The database is asked only if there may be something.
pub async fn tried(
    cx: &mut Cx,
    standing: Option<&Standing>,
    lesson: &Lesson,
) -> Result<Tried, Fault> {
    let Some(Standing { enrolment, attempted, .. }) = standing else {
        return Ok(Tried::stranger());
    };
    match *attempted && !lesson.quizzes.is_empty() {
        true => Ok(Tried::read(cx.conn().await?, enrolment, &lesson.id).await?),
        false => Ok(Tried::untouched(enrolment)),
    }
}
