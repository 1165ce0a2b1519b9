//! One version of a course as it was published.

use uuid::Uuid;

use crate::domain::course::model::{Course, Lesson, Module};
use crate::domain::progress::lesson::published as quizzes_of;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::QuizId;

/// A version; it never changes.
#[derive(Debug)]
pub struct Published {
    pub version: Uuid,
    pub course: Course,
}

impl Published {
    /// Modules that learners see, in order.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.course.modules.iter().filter(|module| !module.draft)
    }

    /// Lessons that learners see, in order, with their modules.
    pub fn lessons(&self) -> impl Iterator<Item = (&Module, &Lesson)> {
        self.modules().flat_map(|module| {
            module.lessons.iter().filter(|lesson| !lesson.draft).map(move |lesson| (module, lesson))
        })
    }

    /// A lesson that learners see.
    pub fn lesson(&self, id: &str) -> Option<(&Module, &Lesson)> {
        self.lessons().find(|(_, lesson)| lesson.id == id)
    }

    /// A quiz that learners see, with its lesson.
    pub fn quiz(&self, id: &QuizId) -> Option<(&Lesson, &Quiz)> {
        self.lessons().find_map(|(_, lesson)| {
            quizzes_of(lesson).find(|quiz| quiz.id == *id).map(|quiz| (lesson, quiz))
        })
    }
}
