//! What is open to a learner and what is not yet, and what would open it. What one has opened once stays open.

use chrono::{DateTime, NaiveDate, Utc};

use super::facts::Facts;
use super::lesson::lesson_done;
use crate::course::condition::Condition;
use crate::course::model::{Course, Lesson, Module};

/// A learner in a course on a day. The day is that of the platform, the same for everybody.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The course.
    pub course: &'a Course,
    /// What they did.
    pub facts: &'a Facts,
    /// Today.
    pub today: NaiveDate,
}

impl Situation<'_> {
    /// What keeps the learner from joining, if anything does.
    pub fn entry(&self) -> Option<Condition> {
        self.unmet(self.course.prerequisites.as_ref()?)
    }

    /// What keeps a module closed, if anything does.
    pub fn module(&self, module: &Module) -> Option<Condition> {
        self.unmet(module.unlock.as_ref()?)
    }

    /// What keeps a lesson closed, if anything does. A lesson that was opened before is not taken away.
    pub fn lesson(&self, module: &Module, lesson: &Lesson) -> Option<Condition> {
        let had = self.facts.viewed.contains(&lesson.id) || lesson_done(lesson, self.facts);
        if had { None } else { self.module(module) }
    }

    fn unmet(&self, condition: &Condition) -> Option<Condition> {
        condition.unmet(&|atom| self.holds(atom))
    }

    fn holds(&self, atom: &Condition) -> bool {
        let facts = self.facts;
        match atom {
            Condition::Lesson(id) => {
                self.lessons().any(|lesson| lesson.id == *id && lesson_done(lesson, facts))
            }
            Condition::Module(id) => self
                .course
                .modules
                .iter()
                .any(|module| module.id == *id && module_done(module, facts)),
            Condition::Quiz(id) => facts.passed.contains(id),
            Condition::Score(id, share) => facts.grades.get(id).is_some_and(|grade| grade >= share),
            Condition::Course(name) => facts.courses.contains(name),
            Condition::From(day) => self.today >= *day,
            Condition::All(_) | Condition::Any(_) => atom.unmet(&|part| self.holds(part)).is_none(),
        }
    }

    fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        super::course::lessons(self.course)
    }
}

/// Is all complete that the module asks for: its required lessons, or all of them if none is required?
pub fn module_done(module: &Module, facts: &Facts) -> bool {
    let seen = || module.lessons.iter().filter(|lesson| !module.draft && !lesson.draft);
    let some_required = seen().any(|lesson| lesson.required);
    let mut asked = seen().filter(|lesson| lesson.required || !some_required).peekable();
    asked.peek().is_some() && asked.all(|lesson| lesson_done(lesson, facts))
}

/// Seconds until a lesson that must stay open for a while can be called done: counted from its first opening.
pub fn dwell_left(seconds: u32, viewed: DateTime<Utc>, now: DateTime<Utc>) -> Option<i64> {
    let left = i64::from(seconds) - (now - viewed).num_seconds();
    (left > 0).then(|| left.min(i64::from(seconds)))
}

#[cfg(test)]
mod tests;
