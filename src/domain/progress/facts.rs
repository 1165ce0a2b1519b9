//! What a learner has done in a course. Facts are only ever added.

use std::collections::{BTreeMap, BTreeSet};

use crate::quiz::grade::Fraction;
use crate::quiz::response::QuizId;

/// What one learner has done in one course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Ids of the lessons that were opened.
    pub viewed: BTreeSet<String>,
    /// Ids of the lessons that the learner called done.
    pub marked: BTreeSet<String>,
    /// Quizzes of which every question was answered at least once.
    pub answered: BTreeSet<QuizId>,
    /// Quizzes that were passed at some time; a pass is not lost again.
    pub passed: BTreeSet<QuizId>,
    /// The final grade of each quiz with a finished attempt.
    pub grades: BTreeMap<QuizId, Fraction>,
    /// Addresses and ids of the courses that the learner has completed.
    pub courses: BTreeSet<String>,
    /// The share of the course's sessions at which the learner was present, if such are recorded.
    pub attended: Option<Fraction>,
    /// Ids of the lessons that were complete at some time; stricter rules do not take them back.
    pub done: BTreeSet<String>,
    /// The course was complete at some time; a later version does not take it back.
    pub completed: bool,
}

impl Facts {
    /// These facts and those; of two grades the better.
    pub fn and(mut self, other: Facts) -> Facts {
        self.viewed.extend(other.viewed);
        self.marked.extend(other.marked);
        self.answered.extend(other.answered);
        self.passed.extend(other.passed);
        self.courses.extend(other.courses);
        self.attended = self.attended.max(other.attended);
        self.done.extend(other.done);
        self.completed |= other.completed;
        for (quiz, grade) in other.grades {
            let known = self.grades.entry(quiz).or_insert(grade);
            *known = (*known).max(grade);
        }
        self
    }
}
