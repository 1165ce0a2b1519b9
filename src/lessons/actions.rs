//! Finding a course and one's place in it, joining it, and calling a lesson done.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::course::model::{Lesson, LessonRule, Module};
use crate::domain::journal::verb::Verb;
use crate::domain::locale::Locale;
use crate::domain::progress::course::Progress;
use crate::domain::progress::lesson::lesson_done;
use crate::domain::progress::unlock::dwell_left;
use crate::enrolment::{self, Joined};
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::progress_log::{self, Gate, Standing};

/// Why a lesson cannot be called done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonRefusal {
    /// The person does not take the course.
    NotEnrolled,
    /// The course has no such lesson any more.
    Gone,
    /// Something else must be done first.
    Locked,
    /// The lesson must have been open for so many more seconds.
    TooEarly(i64),
    /// The course asks for something before one may join.
    NotYet,
}

impl Refusal for LessonRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            LessonRefusal::NotEnrolled => RefusalKind::Forbidden,
            LessonRefusal::Gone => RefusalKind::NotFound,
            LessonRefusal::Locked | LessonRefusal::TooEarly(_) | LessonRefusal::NotYet => {
                RefusalKind::Conflict
            }
        }
    }

    fn words(&self) -> &'static str {
        match self {
            LessonRefusal::NotEnrolled => "lesson-not-enrolled",
            LessonRefusal::Gone => "lesson-gone",
            LessonRefusal::Locked => "lesson-locked",
            LessonRefusal::TooEarly(_) => "lesson-too-early",
            LessonRefusal::NotYet => "course-not-yet",
        }
    }
}

/// The course that learners see at an address; asks the database only for what is not in memory.
pub async fn course(
    library: &Library,
    conn: &mut Conn,
    slug: &str,
) -> Result<Option<Arc<Published>>, db::Error> {
    let found = library.current(conn, slug).await?;
    Ok(found.filter(|published| !published.course.draft))
}

/// Joins a course and notes it once. What must be reached before is asked of those who have not joined yet.
pub async fn enrol(
    conn: &mut Conn,
    person: Uuid,
    published: &Published,
    lang: Locale,
    now: DateTime<Utc>,
) -> Result<Standing, Failed<LessonRefusal>> {
    let course = published.course.id;
    if published.course.prerequisites.is_some()
        && enrolment::find(conn, person, course).await?.is_none()
    {
        let facts = progress_log::elsewhere(conn, person).await?;
        if Gate::of(&facts, now).entry(published).is_some() {
            return Err(LessonRefusal::NotYet.into());
        }
    }
    Ok(join(conn, person, published, lang, now).await?)
}

async fn join(
    conn: &mut Conn,
    person: Uuid,
    published: &Published,
    lang: Locale,
    now: DateTime<Utc>,
) -> Result<Standing, db::Error> {
    let course = published.course.id;
    conn.transaction(async |conn| {
        let (_, joined) = enrolment::enrol(conn, person, course, lang, now).await?;
        if joined == Joined::Now {
            progress_log::journal(conn, Some(person), Verb::Enrolled, Some(course), "", now)
                .await?;
        }
        let standing = progress_log::standing(conn, person, course).await?;
        standing.ok_or_else(|| db::Error::Corrupt("an enrolment vanished".to_owned()))
    })
    .await
}

/// Calls a lesson done, if that is how it is completed; the rules of other lessons decide without asking.
pub async fn complete(
    conn: &mut Conn,
    person: Uuid,
    published: &Published,
    lesson: &str,
    now: DateTime<Utc>,
) -> Result<Progress, Failed<LessonRefusal>> {
    let (module, found) = published.lesson(lesson).ok_or(LessonRefusal::Gone)?;
    let standing = progress_log::standing(conn, person, published.course.id)
        .await?
        .ok_or(LessonRefusal::NotEnrolled)?;
    let gate = Gate::read(conn, published, (person, false), Some(&standing.facts), now).await?;
    if gate.lesson(published, module, found).is_some() {
        return Err(LessonRefusal::Locked.into());
    }
    match found.complete {
        LessonRule::Marked => {}
        LessonRule::Dwell(_) => {
            let left = time_left(conn, &standing, found, now).await?;
            left.map_or(Ok(()), |left| Err(LessonRefusal::TooEarly(left)))?;
        }
        LessonRule::Viewed | LessonRule::Quiz => {
            return Ok(progress_log::progress(conn, published, standing.enrolment.id).await?);
        }
    }
    Ok(progress_log::completed(conn, published, &standing.enrolment, lesson, now).await?)
}

/// Seconds until the lesson may be called done, where it must stay open for a while. One who never opened it has all of
/// the time before them.
pub async fn time_left(
    conn: &mut Conn,
    standing: &Standing,
    lesson: &Lesson,
    now: DateTime<Utc>,
) -> Result<Option<i64>, db::Error> {
    let LessonRule::Dwell(seconds) = lesson.complete else { return Ok(None) };
    let viewed = progress_log::viewed_at(conn, standing.enrolment.id, &lesson.id).await?;
    Ok(dwell_left(seconds, viewed.unwrap_or(now), now))
}

/// Where to go on: the lesson where one stopped unless it is complete, else the next that is not, of those that are open.
pub fn resume<'a>(
    published: &'a Published,
    standing: Option<&Standing>,
    gate: &Gate,
) -> Option<(&'a Module, &'a Lesson)> {
    let is_open =
        |(module, lesson): &(&Module, &Lesson)| gate.lesson(published, module, lesson).is_none();
    let lessons: Vec<(&Module, &Lesson)> = published.lessons().filter(is_open).collect();
    let Some(Standing { enrolment, facts, .. }) = standing else { return lessons.first().copied() };
    let stopped =
        lessons.iter().position(|(_, lesson)| enrolment.last_lesson.as_ref() == Some(&lesson.id));
    let from = stopped.unwrap_or(0);
    let onward = lessons.iter().skip(from).chain(lessons.iter().take(from));
    let open = onward.copied().find(|(_, lesson)| !lesson_done(lesson, facts));
    open.or_else(|| lessons.get(from).copied())
}

/// When this version was published. Its id was made then and holds the moment.
pub fn published_at(published: &Published) -> Option<DateTime<Utc>> {
    clock::moment_of(published.version)
}
