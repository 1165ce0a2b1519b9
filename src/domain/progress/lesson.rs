//! When a lesson is complete.

use super::facts::Facts;
use crate::course::model::{Lesson, LessonRule};
use crate::quiz::item::Quiz;

/// Is the lesson complete? It is if it ever was. A lesson that waits for quizzes but has none is complete once it was
/// opened.
pub fn lesson_done(lesson: &Lesson, facts: &Facts) -> bool {
    facts.done.contains(&lesson.id) || is_done_by_rule(lesson, facts)
}

fn is_done_by_rule(lesson: &Lesson, facts: &Facts) -> bool {
    match lesson.complete {
        LessonRule::Viewed => facts.viewed.contains(&lesson.id),
        LessonRule::Marked | LessonRule::Dwell(_) => facts.marked.contains(&lesson.id),
        LessonRule::Quiz if published(lesson).next().is_none() => facts.viewed.contains(&lesson.id),
        LessonRule::Quiz => published(lesson).all(|quiz| quiz_done(quiz, facts)),
    }
}

/// The quizzes of a lesson that learners see.
pub fn published(lesson: &Lesson) -> impl Iterator<Item = &Quiz> {
    lesson.quizzes.iter().filter(|quiz| !quiz.rules.draft)
}

/// A graded quiz must be passed, practice must be answered.
fn quiz_done(quiz: &Quiz, facts: &Facts) -> bool {
    match quiz.rules.pass {
        Some(_) => facts.passed.contains(&quiz.id),
        None => facts.answered.contains(&quiz.id),
    }
}
