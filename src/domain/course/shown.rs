//! What learners see of a course: no drafts.

use super::model::{Course, Lesson, Module};
use crate::quiz::item::Quiz;
use crate::quiz::response::QuizId;

/// The lessons that learners see, with their modules.
pub(super) fn shown(course: &Course) -> impl Iterator<Item = (&Module, &Lesson)> {
    course.modules.iter().filter(|module| !module.draft).flat_map(|module| {
        module.lessons.iter().filter(|lesson| !lesson.draft).map(move |lesson| (module, lesson))
    })
}

/// The quizzes that learners see, with their modules.
pub(super) fn shown_quizzes(course: &Course) -> impl Iterator<Item = (&Module, &Quiz)> {
    shown(course)
        .flat_map(|(module, lesson)| lesson.quizzes.iter().map(move |quiz| (module, quiz)))
        .filter(|(_, quiz)| !quiz.rules.draft)
}

/// A quiz that learners see.
pub(super) fn find_quiz<'c>(course: &'c Course, id: &QuizId) -> Option<&'c Quiz> {
    shown_quizzes(course).map(|(_, quiz)| quiz).find(|quiz| quiz.id == *id)
}

/// Why a quiz cannot be passed, if it cannot.
pub(super) fn why_not(course: &Course, id: &QuizId) -> Option<String> {
    match find_quiz(course, id) {
        Some(quiz) if quiz.rules.pass.is_some() => None,
        Some(_) => Some(format!("quiz `{id}` has no pass mark: it is practice")),
        None => {
            let all = course.modules.iter().flat_map(|module| &module.lessons);
            let there = all.flat_map(|lesson| &lesson.quizzes).any(|quiz| quiz.id == *id);
            Some(match there {
                true => format!("quiz `{id}` is a draft, or in one"),
                false => format!("the course has no quiz `{id}`"),
            })
        }
    }
}
