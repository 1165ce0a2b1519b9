//! What stands in a lesson: its text with the quizzes in place, and the headings of both.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::catalogue::Published;
use crate::domain::course::model::{Block, Lesson, LessonText};
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::progress::form::is_for;
use crate::domain::progress::lesson::published as quizzes_of;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::QuizId;
use crate::quizzes::practising::Standing as Tried;
use crate::quizzes::{practice, start};
use crate::web::sign::Key;
use crate::web::{Fault, Shell};

/// A stretch of the lesson.
pub enum Part<'a> {
    Prose(&'a Html),
    /// As the quizzes drew it.
    Quiz(&'a QuizId, String),
}

/// What the quizzes of a page are drawn with.
pub struct Quizzes<'a> {
    pub tried: &'a Tried,
    pub again: &'a str,
    pub now: DateTime<Utc>,
    pub key: &'a Key,
    pub person: Option<Uuid>,
}

/// The stretches of a text, for this person.
pub fn parts<'a>(
    text: &'a LessonText,
    shell: &Shell,
    published: &Published,
    quizzes: &Quizzes<'_>,
) -> Result<Vec<Part<'a>>, Fault> {
    let part = |block: &'a Block| match block {
        Block::Prose(html) => Some(Ok(Part::Prose(html))),
        Block::Quiz(id) => {
            let (_, quiz) = published.quiz(id)?;
            // Of a test everybody gets one form; the other is not theirs to see.
            is_for(&published.course, id, quizzes.person).then_some(())?;
            Some(quizzes.draw(shell, published, quiz).map(|markup| Part::Quiz(id, markup)))
        }
    };
    text.blocks.iter().filter_map(part).collect()
}

impl Quizzes<'_> {
    /// A graded quiz is announced, practice is shown.
    fn draw(&self, shell: &Shell, published: &Published, quiz: &Quiz) -> Result<String, Fault> {
        match quiz.rules.pass {
            Some(_) => start::part(shell, published, quiz, self.tried, self.now),
            None => practice::draw(shell, self.key, published, quiz, self.tried, self.again),
        }
    }
}

/// The headings of the page with their anchors, the quizzes last.
pub fn contents<'a>(
    lesson: &'a Lesson,
    text: &'a LessonText,
    parts: &[Part<'_>],
    (lang, source): (Locale, Locale),
) -> Vec<(&'a str, &'a str)> {
    let shown =
        |id: &QuizId| parts.iter().any(|part| matches!(part, Part::Quiz(shown, _) if *shown == id));
    let headings = text
        .headings
        .iter()
        .filter(|(level, _, _)| *level == 2)
        .map(|(_, anchor, heading)| (anchor.as_str(), heading.as_str()));
    headings
        .chain(
            quizzes_of(lesson)
                .filter(|quiz| shown(&quiz.id))
                .map(|quiz| (quiz.id.as_str(), quiz.title.get(lang, source))),
        )
        .collect()
}
