//! Practice inside lessons: a question is judged as soon as the learner asks, as often as they like.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::granting::{Granted, granted};
use super::permitted::permitted;
use super::refusal::QuizRefusal;
use super::sheet::{Question, Sheet};
use super::sitting::{self, Answer, Answers, attempt, corrupt, state, stored};
use super::starting::{self, New};
use super::store::{self, AttemptRow, End, Write};
use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::quiz::attempt::{Attempt, attempts_left, may_start};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::paper::{Paper, Seen};
use crate::domain::quiz::read;
use crate::domain::quiz::response::{QuizId, Response};
use crate::domain::quiz::seed::Seed;
use crate::domain::quiz::terms::Terms;
use crate::enrolment::{self, Enrolment};
use crate::outcome::Failed;
use crate::progress_log;
use crate::web::sign::Key;

/// What a learner has done with the quizzes of one lesson.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub(super) attempts: Vec<AttemptRow>,
    answers: BTreeMap<(Uuid, u16), Answer>,
    pub(super) enrolment: Option<Enrolment>,
    granted: Granted,
}

impl Standing {
    /// Somebody who has not joined the course.
    pub fn stranger() -> Standing {
        Standing::default()
    }

    /// Somebody who has joined the course and attempted nothing yet.
    pub fn untouched(enrolment: &Enrolment) -> Standing {
        Standing { enrolment: Some(enrolment.clone()), ..Standing::default() }
    }

    /// Reads it, for a lesson that has quizzes.
    pub async fn read(
        conn: &mut Conn,
        enrolment: &Enrolment,
        lesson: &str,
    ) -> Result<Standing, db::Error> {
        let attempts = store::of_lesson(conn, enrolment.id, lesson).await?;
        let practice: Vec<Uuid> = attempts
            .iter()
            .filter(|row| row.practice && row.finished_at.is_none())
            .map(|row| row.id)
            .collect();
        let answers = match practice.is_empty() {
            true => BTreeMap::new(),
            false => sitting::answers(store::saved(conn, &practice).await?)?,
        };
        let granted = granted(conn, enrolment.course_id, enrolment.person_id).await?;
        Ok(Standing { attempts, answers, enrolment: Some(enrolment.clone()), granted })
    }

    /// How many more attempts at a quiz there are; `None` is no limit.
    pub fn attempts_left(&self, quiz: &Quiz) -> Result<Option<u32>, db::Error> {
        let past: Vec<Attempt> = self.at(&quiz.id).map(attempt).collect::<Result<_, _>>()?;
        Ok(attempts_left(&past, &self.terms(quiz)))
    }

    /// The rules of time and tries that hold for the learner.
    pub fn terms(&self, quiz: &Quiz) -> Terms {
        self.granted.terms(quiz)
    }

    /// The attempts at a quiz, first to last.
    pub(super) fn at<'a>(&'a self, quiz: &'a QuizId) -> impl Iterator<Item = &'a AttemptRow> {
        self.attempts.iter().filter(|row| row.quiz == quiz.as_str())
    }

    /// The sheet on which a practice quiz is answered, and what was checked on it. A quiz that nobody touched, or that
    /// has changed since, gets the sheet that its first check will write down.
    pub(super) fn practice(
        &self,
        published: &Published,
        quiz: &Quiz,
        key: &Key,
    ) -> Result<(Sheet, Answers), db::Error> {
        let open = self.at(&quiz.id).find(|row| row.finished_at.is_none());
        if let Some(row) = open {
            let sheet = Sheet::of(row)?;
            if sheet.paper.fits(quiz) {
                let own = self.answers.iter().filter(|((attempt, _), _)| *attempt == row.id);
                let own = own.map(|((_, place), answer)| (*place, answer.clone())).collect();
                return Ok((sheet, own));
            }
        }
        let person = self.enrolment.as_ref().map_or(Uuid::nil(), |enrolment| enrolment.person_id);
        Ok((unwritten(published, quiz, person, key), Answers::new()))
    }
}

/// The seed of practice is known before there is an attempt, so that looking at a lesson writes nothing.
fn seed(key: &Key, person: Uuid, quiz: &QuizId) -> Seed {
    Seed(key.sign("practice", &[person.as_bytes(), quiz.as_str().as_bytes()].concat()))
}

fn unwritten(published: &Published, quiz: &Quiz, person: Uuid, key: &Key) -> Sheet {
    let seed = seed(key, person, &quiz.id);
    Sheet {
        attempt: Uuid::nil(),
        enrolment: Uuid::nil(),
        person,
        course: published.course.id,
        version: published.version,
        lesson: String::new(),
        quiz: quiz.id.clone(),
        number: 0,
        practice: true,
        paper: Paper::draw(quiz, &seed, &Seen::new()),
        seed,
    }
}

/// Where a practice question stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub course: &'a str,
    pub lesson: &'a str,
    pub quiz: &'a QuizId,
    pub place: u16,
}

/// Judges an answer to a practice question and keeps it. Nothing is kept of an empty answer.
pub async fn check(
    conn: &mut Conn,
    library: &Library,
    key: &Key,
    person: Uuid,
    at: Place<'_>,
    values: &[String],
) -> Result<Standing, Failed<QuizRefusal>> {
    let published = library.current(conn, at.course).await?.ok_or(QuizRefusal::Unknown)?;
    let (lesson, quiz) = published.quiz(at.quiz).ok_or(QuizRefusal::Unknown)?;
    if quiz.rules.pass.is_some() || lesson.id != at.lesson {
        return Err(QuizRefusal::Unknown.into());
    }
    let enrolment = permitted(conn, &published, person, lesson, &quiz.id).await?;
    conn.transaction(async |conn| {
        enrolment::lock(conn, enrolment.id).await?;
        let standing = Standing::read(conn, &enrolment, &lesson.id).await?;
        let (drawn, _) = standing.practice(&published, quiz, key)?;
        let question = drawn.question(quiz, at.place).ok_or(QuizRefusal::Unknown)?;
        let response = read::response(question.item, &question.tokens, values);
        if response != Response::Blank {
            let sheet = written(conn, &published, quiz, &enrolment, &standing, &drawn).await?;
            keep(conn, &sheet, &question, &response).await?;
            note_practised(conn, &published, &sheet).await?;
        }
        Ok(Standing::read(conn, &enrolment, &lesson.id).await?)
    })
    .await
}

/// The sheet as an attempt: the open one, or a new one in place of one that asks what is no longer asked.
async fn written(
    conn: &mut Conn,
    published: &Published,
    quiz: &Quiz,
    enrolment: &Enrolment,
    standing: &Standing,
    drawn: &Sheet,
) -> Result<Sheet, Failed<QuizRefusal>> {
    if !drawn.attempt.is_nil() {
        return Ok(drawn.clone());
    }
    let now = store::now(conn).await?;
    for row in standing.at(&quiz.id).filter(|row| row.finished_at.is_none()) {
        let end = End { state: "finished", finished_at: now, raw: None, max: None, passed: None };
        store::close(conn, row.id, &end, now).await?;
    }
    let past: Vec<Attempt> =
        standing.at(&quiz.id).map(attempt).collect::<Result<_, db::Error>>()?;
    let over = past.iter().map(|past| Attempt { finished: past.finished.or(Some(now)), ..*past });
    let terms = Terms { attempts: None, wait: None, ..standing.terms(quiz) };
    may_start(&over.collect::<Vec<_>>(), &terms, now).map_err(QuizRefusal::from)?;
    let number = past.iter().map(|past| past.number).max().unwrap_or(0).saturating_add(1);
    let number = i32::try_from(number).map_err(corrupt)?;
    let new = New { id: clock::new_id(), number, seed: drawn.seed, deadline: None, now };
    let lesson = published.quiz(&quiz.id).map_or("", |(lesson, _)| lesson.id.as_str());
    starting::insert(conn, published, lesson, quiz, enrolment, &new).await?;
    let row = store::find(conn, new.id).await?.ok_or(QuizRefusal::Unknown)?;
    Ok(Sheet::of(&row)?)
}

/// The enrolment is locked, so the revision cannot change between reading and writing.
async fn keep(
    conn: &mut Conn,
    sheet: &Sheet,
    question: &Question<'_>,
    response: &Response,
) -> Result<(), Failed<QuizRefusal>> {
    let slot = i16::try_from(question.place).map_err(corrupt)?;
    let saved = store::saved(conn, &[sheet.attempt]).await?;
    let rev = saved.iter().find(|row| row.slot == slot).map_or(0, |row| row.rev);
    let response = stored(response)?;
    let write = Write {
        attempt: sheet.attempt,
        slot,
        rev,
        response: &response,
        op: None,
        kind: "check",
        sure: None,
    };
    match store::save(conn, &write).await? {
        Some(_) => Ok(()),
        None => Err(corrupt("a practice answer was not taken").into()),
    }
}

/// When every question was answered, the practice is done; it is noted once.
async fn note_practised(
    conn: &mut Conn,
    published: &Published,
    sheet: &Sheet,
) -> Result<(), Failed<QuizRefusal>> {
    let known = progress_log::facts(conn, sheet.enrolment).await?;
    let state = state(conn, sheet).await?;
    if !known.answered.contains(&sheet.quiz) && state.has_practised(&sheet.paper) {
        let now = store::now(conn).await?;
        progress_log::answered(conn, published, sheet.enrolment, &sheet.quiz, now).await?;
    }
    Ok(())
}
