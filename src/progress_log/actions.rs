//! Recording facts, and working out at once what they complete.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::openings::Openings;
use super::store::{self, Busy, Line, Milestones, Opening, Reached};
use crate::accounts::{Cx, PersonRow, Session};
use crate::catalogue::Published;
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::course::model::LessonRule;
use crate::domain::journal::verb::Verb;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{Progress, course_progress, newly_done};
use crate::domain::progress::facts::Facts;
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::response::QuizId;
use crate::enrolment::{self, Enrolment};

/// All that an enrolment's learner has done.
pub async fn facts(conn: &mut Conn, enrolment: Uuid) -> Result<Facts, db::Error> {
    let completed = store::is_completed(conn, enrolment).await?;
    let mut facts = Facts { completed, ..Facts::default() };
    for (lesson, marked, done) in store::lessons(conn, enrolment).await? {
        if marked {
            facts.marked.insert(lesson.clone());
        }
        if done {
            facts.done.insert(lesson.clone());
        }
        facts.viewed.insert(lesson);
    }
    for (quiz, fraction, passed, answered) in store::grades(conn, enrolment).await? {
        let quiz = QuizId(quiz);
        if passed {
            facts.passed.insert(quiz.clone());
        }
        if answered {
            facts.answered.insert(quiz.clone());
        }
        if let Some(fraction) = fraction {
            facts.grades.insert(quiz, Fraction(fraction));
        }
    }
    Ok(facts)
}

/// How far an enrolment is, by the present version of its course.
pub async fn progress(
    conn: &mut Conn,
    published: &Published,
    enrolment: Uuid,
) -> Result<Progress, db::Error> {
    Ok(course_progress(&published.course, &facts(conn, enrolment).await?))
}

/// A learner's place in a course with all that they did there.
#[derive(Clone, Debug)]
pub struct Standing {
    pub enrolment: Enrolment,
    pub facts: Facts,
    /// Is there an attempt at any quiz of the course, practice too?
    pub attempted: bool,
    /// The lessons that were opened, each with the version of the course that was read last, if it is known.
    pub seen: BTreeMap<String, Option<Uuid>>,
}

impl From<store::Standing> for Standing {
    fn from(row: store::Standing) -> Self {
        let of = |flags: &[bool]| {
            row.quizzes
                .iter()
                .zip(flags)
                .filter(|(_, flag)| **flag)
                .map(|(quiz, _)| QuizId(quiz.clone()))
                .collect()
        };
        let grades =
            row.quizzes.iter().zip(&row.fractions).filter_map(|(quiz, fraction)| {
                Some((QuizId(quiz.clone()), Fraction((*fraction)?)))
            });
        let seen = row.viewed.iter().cloned().zip(row.seen.iter().copied()).collect();
        let facts = Facts {
            done: row.done.into_iter().collect(),
            completed: row.completed_at.is_some(),
            passed: of(&row.passed),
            answered: of(&row.answered),
            grades: grades.collect(),
            viewed: row.viewed.into_iter().collect(),
            marked: row.marked.into_iter().collect(),
            ..Facts::default()
        };
        let enrolment = Enrolment {
            id: row.id,
            person_id: row.person_id,
            course_id: row.course_id,
            language: Locale::parse(&row.language).unwrap_or(Locale::Az),
            enrolled_at: row.enrolled_at,
            started_at: row.started_at,
            halfway_at: row.halfway_at,
            completed_at: row.completed_at,
            percent: row.percent,
            last_lesson: row.last_lesson,
            last_at: row.last_at,
            completed_version: row.completed_version,
        };
        Standing { enrolment, facts, attempted: row.attempted, seen }
    }
}

/// Where a person stands in a course, in one statement; `None` if they are not enrolled.
pub async fn standing(
    conn: &mut Conn,
    person: Uuid,
    course: Uuid,
) -> Result<Option<Standing>, db::Error> {
    Ok(store::standing(conn, person, course).await?.map(Standing::from))
}

/// The person of a session and where they stand in a course, in one statement.
pub async fn arrived(
    conn: &mut Conn,
    session: Session<'_>,
    course: Uuid,
) -> Result<Option<(PersonRow, Option<Standing>)>, db::Error> {
    let found = store::arrived(conn, session, course).await?;
    Ok(found.map(|found| (found.person, found.standing.map(Standing::from))))
}

/// What a person did elsewhere, who has not joined a course yet.
pub async fn elsewhere(conn: &mut Conn, person: Uuid) -> Result<Facts, db::Error> {
    let courses = store::completed_courses(conn, person).await?.into_iter().collect();
    Ok(Facts { courses, ..Facts::default() })
}

/// When a lesson was first opened.
pub async fn viewed_at(
    conn: &mut Conn,
    enrolment: Uuid,
    lesson: &str,
) -> Result<Option<DateTime<Utc>>, db::Error> {
    Ok(store::viewed_at(conn, enrolment, lesson).await?)
}

/// Where a person stands in all their courses, last used first.
pub async fn standings(conn: &mut Conn, person: Uuid) -> Result<Vec<Standing>, db::Error> {
    Ok(store::standings(conn, person).await?.into_iter().map(Standing::from).collect())
}

/// A lesson was opened. What is known already is not written again, and an opening that completes nothing is one
/// statement.
pub async fn viewed(
    conn: &mut Conn,
    published: &Published,
    standing: &Standing,
    lesson: &str,
    lang: Locale,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    match opening(published, standing, lesson, lang, now) {
        Some(opening) if completes_by_view(published, lesson) => {
            settle_opening(conn, published, opening).await
        }
        Some(opening) => {
            store::note_openings(conn, &[opening], Busy::Wait).await?;
            Ok(())
        }
        None => Ok(()),
    }
}

/// The same for a page that is waited for: an opening that completes nothing is noted together with others, and the
/// connection is given back meanwhile.
pub async fn viewed_together(
    cx: &mut Cx,
    openings: &Openings,
    published: &Published,
    standing: &Standing,
    lesson: &str,
) -> Result<(), db::Error> {
    match opening(published, standing, lesson, cx.lang, cx.now) {
        Some(opening) if completes_by_view(published, lesson) => {
            settle_opening(cx.conn().await?, published, opening).await
        }
        Some(opening) => {
            cx.release();
            openings.note(&cx.site.pool, opening).await
        }
        None => Ok(()),
    }
}

/// What is to be noted when a lesson is opened; nothing where one stopped, in the version that was read.
fn opening(
    published: &Published,
    standing: &Standing,
    lesson: &str,
    lang: Locale,
    now: DateTime<Utc>,
) -> Option<Opening> {
    let enrolment = &standing.enrolment;
    let as_it_is = standing.seen.get(lesson) == Some(&Some(published.version));
    let here = enrolment.last_lesson.as_deref() == Some(lesson) && enrolment.language == lang;
    let is_known = here && as_it_is && enrolment.started_at.is_some();
    (!is_known).then(|| Opening {
        ids: (clock::new_id(), clock::new_id()),
        enrolment: enrolment.id,
        lesson: lesson.to_owned(),
        language: lang,
        version: published.version,
        at: now,
    })
}

/// Notes an opening that may complete something, and what it completes.
async fn settle_opening(
    conn: &mut Conn,
    published: &Published,
    opening: Opening,
) -> Result<(), db::Error> {
    conn.transaction(async |conn| {
        let locked = enrolment::lock(conn, opening.enrolment).await?;
        let at = opening.at;
        store::note_openings(conn, &[opening], Busy::Wait).await?;
        settle(conn, published, &locked, at).await.map(|_| ())
    })
    .await
}

/// Can opening this lesson complete anything?
fn completes_by_view(published: &Published, lesson: &str) -> bool {
    published.lesson(lesson).is_some_and(|(_, lesson)| match lesson.complete {
        LessonRule::Viewed => true,
        LessonRule::Marked | LessonRule::Dwell(_) => false,
        LessonRule::Quiz => lesson.quizzes.is_empty(),
    })
}

/// The learner called a lesson done.
pub async fn completed(
    conn: &mut Conn,
    published: &Published,
    enrolment: &Enrolment,
    lesson: &str,
    now: DateTime<Utc>,
) -> Result<Progress, db::Error> {
    conn.transaction(async |conn| {
        let locked = enrolment::lock(conn, enrolment.id).await?;
        if store::mark(conn, enrolment.id, lesson, now).await? {
            append(conn, &locked, Verb::CompletedLesson, lesson, now).await?;
        }
        settle(conn, published, &locked, now).await
    })
    .await
}

/// Was the pass mark reached?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    Yes,
    No,
}

/// The grade of a quiz after an attempt.
#[derive(Clone, Copy, Debug)]
pub struct GradeFact<'a> {
    pub quiz: &'a QuizId,
    pub fraction: Fraction,
    pub passed: Passed,
    pub attempts: i32,
}

/// A graded quiz has a new grade. Call it inside the transaction that finishes the attempt.
pub async fn graded(
    conn: &mut Conn,
    published: &Published,
    enrolment: Uuid,
    grade: GradeFact<'_>,
    now: DateTime<Utc>,
) -> Result<Progress, db::Error> {
    let locked = enrolment::lock(conn, enrolment).await?;
    let passed = grade.passed == Passed::Yes;
    store::upsert_grade(conn, &reached(enrolment, &grade, now)).await?;
    let verb = if passed { Verb::Passed } else { Verb::Failed };
    append(conn, &locked, verb, grade.quiz.as_str(), now).await?;
    settle(conn, published, &locked, now).await
}

/// Every question of a practice quiz was answered. Call it inside the transaction of the last answer.
pub async fn answered(
    conn: &mut Conn,
    published: &Published,
    enrolment: Uuid,
    quiz: &QuizId,
    now: DateTime<Utc>,
) -> Result<Progress, db::Error> {
    let locked = enrolment::lock(conn, enrolment).await?;
    let reached = Reached {
        enrolment_id: enrolment,
        quiz: quiz.as_str(),
        fraction: None,
        passed: false,
        answered: true,
        attempts: 1,
        graded_at: now,
    };
    store::upsert_grade(conn, &reached).await?;
    append(conn, &locked, Verb::Answered, quiz.as_str(), now).await?;
    settle(conn, published, &locked, now).await
}

/// A grade, and what it says besides, as the table keeps it.
pub(super) fn reached<'a>(
    enrolment: Uuid,
    grade: &GradeFact<'a>,
    now: DateTime<Utc>,
) -> Reached<'a> {
    Reached {
        enrolment_id: enrolment,
        quiz: grade.quiz.as_str(),
        fraction: Some(grade.fraction.0),
        passed: grade.passed == Passed::Yes,
        answered: true,
        attempts: grade.attempts,
        graded_at: now,
    }
}

/// Works out what is reached now and notes it; moments reached for the first time are journalled.
pub(super) async fn settle(
    conn: &mut Conn,
    published: &Published,
    enrolment: &Enrolment,
    now: DateTime<Utc>,
) -> Result<Progress, db::Error> {
    let facts = facts(conn, enrolment.id).await?;
    let progress = course_progress(&published.course, &facts);
    let done: Vec<&str> = newly_done(&published.course, &facts).collect();
    if !done.is_empty() {
        store::note_done(conn, enrolment.id, &done, now).await?;
    }
    let since =
        |known: Option<DateTime<Utc>>, reached: bool| known.or_else(|| reached.then_some(now));
    let noted = Milestones {
        halfway_at: since(enrolment.halfway_at, progress.half_way),
        completed_at: since(enrolment.completed_at, progress.complete),
        completed_version: (enrolment.completed_at.is_none() && progress.complete)
            .then_some(published.version),
        percent: progress.percent.into(),
    };
    store::note_milestones(conn, enrolment.id, &noted).await?;
    if enrolment.halfway_at.is_none() && noted.halfway_at.is_some() {
        append(conn, enrolment, Verb::HalfWay, "", now).await?;
    }
    if enrolment.completed_at.is_none() && noted.completed_at.is_some() {
        append(conn, enrolment, Verb::CompletedCourse, "", now).await?;
    }
    Ok(progress)
}

pub(super) async fn append(
    conn: &mut Conn,
    enrolment: &Enrolment,
    verb: Verb,
    object: &str,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    journal(conn, Some(enrolment.person_id), verb, Some(enrolment.course_id), object, now).await
}

/// Writes a line of the journal.
pub async fn journal(
    conn: &mut Conn,
    person: Option<Uuid>,
    verb: Verb,
    course: Option<Uuid>,
    object: &str,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let line = Line {
        id: clock::new_id(),
        at: now,
        person_id: person,
        verb: verb.name(),
        course_id: course,
        object,
        detail: "",
    };
    store::append(conn, &line).await?;
    Ok(())
}
