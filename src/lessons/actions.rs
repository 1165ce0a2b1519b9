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
use crate::enrolment::{self, Joined};
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::progress_log::{self, Standing};

/// Why a lesson cannot be called done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonRefusal {
    /// The person does not take the course.
    NotEnrolled,
    /// The course has no such lesson any more.
    Gone,
}

impl Refusal for LessonRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            LessonRefusal::NotEnrolled => RefusalKind::Forbidden,
            LessonRefusal::Gone => RefusalKind::NotFound,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            LessonRefusal::NotEnrolled => "lesson-not-enrolled",
            LessonRefusal::Gone => "lesson-gone",
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

/// Joins a course and notes it once.
pub async fn enrol(
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
    let (_, found) = published.lesson(lesson).ok_or(LessonRefusal::Gone)?;
    let standing = progress_log::standing(conn, person, published.course.id)
        .await?
        .ok_or(LessonRefusal::NotEnrolled)?;
    match found.complete {
        LessonRule::Marked => {
            Ok(progress_log::completed(conn, published, &standing.enrolment, lesson, now).await?)
        }
        LessonRule::Viewed | LessonRule::Quiz => {
            Ok(progress_log::progress(conn, published, standing.enrolment.id).await?)
        }
    }
}

/// Where to go on: the lesson where one stopped unless it is complete, else the next that is not.
pub fn resume<'a>(
    published: &'a Published,
    standing: Option<&Standing>,
) -> Option<(&'a Module, &'a Lesson)> {
    let lessons: Vec<(&Module, &Lesson)> = published.lessons().collect();
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
