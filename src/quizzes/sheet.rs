//! The part of an attempt that never changes, kept in memory so that saving an answer reads nothing else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::refusal::QuizRefusal;
use super::store::{self, AttemptRow};
use crate::catalogue::Published;
use crate::db::{self, Conn};
use crate::domain::quiz::item::{Item, Quiz};
use crate::domain::quiz::paper::{Paper, Slot};
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::seed::Seed;
use crate::domain::quiz::token::Tokens;
use crate::outcome::Failed;

/// Sheets kept at most; one takes a few kilobytes.
const KEPT: usize = 4000;

/// One learner's copy of a quiz, as it was drawn at the start.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub attempt: Uuid,
    pub enrolment: Uuid,
    pub person: Uuid,
    pub course: Uuid,
    /// The version of the course that the questions are taken from.
    pub version: Uuid,
    pub lesson: String,
    pub quiz: QuizId,
    pub number: u32,
    /// Practice is checked question by question and never handed in.
    pub practice: bool,
    pub seed: Seed,
    pub paper: Paper,
}

/// A question of a sheet with all that is needed to draw, read and judge it.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    pub place: u16,
    pub slot: &'a Slot,
    pub item: &'a Item,
    pub tokens: Tokens,
}

impl Sheet {
    /// The sheet of a stored attempt.
    pub fn of(row: &AttemptRow) -> Result<Sheet, db::Error> {
        let corrupt = |why: String| db::Error::Corrupt(format!("attempt {}: {why}", row.id));
        Ok(Sheet {
            attempt: row.id,
            enrolment: row.enrolment_id,
            person: row.person_id,
            course: row.course_id,
            version: row.version_id,
            lesson: row.lesson.clone(),
            quiz: QuizId(row.quiz.clone()),
            number: u32::try_from(row.number).map_err(|why| corrupt(why.to_string()))?,
            practice: row.practice,
            seed: Seed::from_bytes(&row.seed).ok_or_else(|| corrupt("no seed".to_owned()))?,
            paper: serde_json::from_str(&row.paper).map_err(|why| corrupt(why.to_string()))?,
        })
    }

    /// The quiz of the sheet in its version of the course.
    pub fn quiz_in<'a>(&self, published: &'a Published) -> Result<&'a Quiz, db::Error> {
        let found = published.course.modules.iter().flat_map(|module| &module.lessons);
        let found = found.flat_map(|lesson| &lesson.quizzes).find(|quiz| quiz.id == self.quiz);
        found.ok_or_else(|| db::Error::Corrupt(format!("attempt {}: no quiz", self.attempt)))
    }

    /// The questions in their order.
    pub fn questions<'a>(&'a self, quiz: &'a Quiz) -> impl Iterator<Item = Question<'a>> {
        self.paper.numbered().filter_map(|(place, _)| self.question(quiz, place))
    }

    /// One question.
    pub fn question<'a>(&'a self, quiz: &'a Quiz, place: u16) -> Option<Question<'a>> {
        let slot = self.paper.slot(place)?;
        let item = quiz.items.iter().find(|item| item.id == slot.item)?;
        Some(Question { place, slot, item, tokens: Tokens::of(&self.seed, place, slot) })
    }
}

/// Sheets in memory.
#[derive(Default)]
pub struct Sheets(Mutex<HashMap<Uuid, Arc<Sheet>>>);

impl Sheets {
    /// The sheet of a person's own attempt.
    pub async fn own(
        &self,
        conn: &mut Conn,
        attempt: Uuid,
        person: Uuid,
    ) -> Result<Arc<Sheet>, Failed<QuizRefusal>> {
        let sheet = match self.known(attempt) {
            Some(sheet) => sheet,
            None => self.read(conn, attempt).await?,
        };
        if sheet.person == person { Ok(sheet) } else { Err(QuizRefusal::Unknown.into()) }
    }

    fn known(&self, attempt: Uuid) -> Option<Arc<Sheet>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&attempt).cloned()
    }

    async fn read(
        &self,
        conn: &mut Conn,
        attempt: Uuid,
    ) -> Result<Arc<Sheet>, Failed<QuizRefusal>> {
        let row = store::find(conn, attempt).await?.ok_or(QuizRefusal::Unknown)?;
        let sheet = Arc::new(Sheet::of(&row)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(attempt, Arc::clone(&sheet));
        Ok(sheet)
    }
}
