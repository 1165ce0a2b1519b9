//! How far a learner is in a course, whether it is complete, and what is missing. Drafts do not count.

use super::facts::Facts;
use super::lesson::{lesson_done, published};
use crate::course::model::{Completion, Course, Forms, Lesson};
use crate::grading::course::course_mark;
use crate::quiz::grade::Fraction;
use crate::quiz::item::Quiz;
use crate::quiz::response::QuizId;

/// How far a learner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Of required lessons and graded quizzes, rounded down; 100 only when the course is complete.
    pub percent: u8,
    /// Required lessons that are complete.
    pub lessons_done: usize,
    /// Required lessons.
    pub lessons_total: usize,
    /// Is everything done that the course asks for?
    pub complete: bool,
    /// Is at least half of it done?
    pub half_way: bool,
    /// The mean of the graded quizzes; `None` when there are none.
    pub mark: Option<Fraction>,
    /// What is still missing; empty when the course is complete.
    pub missing: Vec<Missing>,
}

/// Something that a course still waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Lessons.
    Lessons {
        /// How many are left.
        left: usize,
        /// Of how many.
        of: usize,
    },
    /// A pass in a quiz.
    Quiz {
        /// Which quiz.
        id: QuizId,
        /// The grade so far; `None` when it was not tried.
        best: Option<Fraction>,
        /// The pass mark.
        pass: Fraction,
    },
    /// Presence at more sessions.
    Attendance {
        /// The share so far.
        now: Fraction,
        /// The share that is asked for.
        asked: Fraction,
    },
    /// A better mean of the graded quizzes.
    Mark {
        /// The mean so far.
        now: Fraction,
        /// The mean that is asked for.
        pass: Fraction,
    },
    /// The course has nothing yet that could be done.
    Content,
}

/// Works out a learner's progress. Adding facts never lowers it, and a course once complete stays complete, whatever a
/// later version of it adds or asks for.
pub fn course_progress(course: &Course, facts: &Facts) -> Progress {
    let required: Vec<&Lesson> = lessons(course).filter(|lesson| lesson.required).collect();
    let done = required.iter().filter(|lesson| lesson_done(lesson, facts)).count();
    let quizzes: Vec<Counted<'_>> = counted(course);
    let mark = course_mark(quizzes.iter().map(|quiz| quiz.grade(facts)));
    let asked = Asked::of(&course.completion);
    let passed = quizzes.iter().filter(|quiz| quiz.is_passed(facts)).count();
    let (steps, of) = asked.steps((done, required.len()), (passed, quizzes.len()));
    let asked_for: Vec<Missing> = missing_lessons(&asked, done, required.len())
        .into_iter()
        .chain(missing_quizzes(&asked, &quizzes, facts))
        .chain(missing_mark(&course.completion, mark))
        .chain(missing_attendance(&course.completion, facts))
        .chain((of == 0).then_some(Missing::Content))
        .collect();
    let missing = if facts.completed { Vec::new() } else { asked_for };
    let complete = missing.is_empty();
    Progress {
        percent: percent(steps, of, complete),
        lessons_done: done,
        lessons_total: required.len(),
        complete,
        half_way: complete || (of > 0 && steps * 2 >= of),
        mark,
        missing,
    }
}

/// The lessons that are complete now and were not noted as such.
pub fn newly_done<'c>(course: &'c Course, facts: &'c Facts) -> impl Iterator<Item = &'c str> {
    let done = lessons(course).filter(|lesson| lesson_done(lesson, facts));
    done.map(|lesson| lesson.id.as_str()).filter(|id| !facts.done.contains(*id))
}

/// The lessons that learners see, in order.
pub fn lessons(course: &Course) -> impl Iterator<Item = &Lesson> {
    let modules = course.modules.iter().filter(|module| !module.draft);
    modules.flat_map(|module| &module.lessons).filter(|lesson| !lesson.draft)
}

/// The quizzes with a pass mark that learners see, with it.
pub fn graded(course: &Course) -> impl Iterator<Item = (&Quiz, Fraction)> {
    lessons(course).flat_map(published).filter_map(|quiz| Some((quiz, quiz.rules.pass?)))
}

/// A quiz that counts for completion: itself, or either form of a test of which one learner gets only one.
struct Counted<'c> {
    quiz: &'c Quiz,
    pass: Fraction,
    forms: Vec<&'c QuizId>,
}

impl Counted<'_> {
    fn grade(&self, facts: &Facts) -> Option<Fraction> {
        self.forms.iter().filter_map(|id| facts.grades.get(*id).copied()).max()
    }

    fn is_passed(&self, facts: &Facts) -> bool {
        self.forms.iter().any(|id| facts.passed.contains(*id))
    }
}

/// The quizzes that count: those that are named, else all graded ones but the tests before and after.
fn counted(course: &Course) -> Vec<Counted<'_>> {
    let named = &course.completion.named;
    let tests: Vec<&Forms> = [&course.pretest, &course.posttest].into_iter().flatten().collect();
    let mut found: Vec<Counted<'_>> = Vec::new();
    for (quiz, pass) in graded(course) {
        let test = tests.iter().find(|forms| forms.contain(&quiz.id));
        let counts = if named.is_empty() { test.is_none() } else { named.contains(&quiz.id) };
        let is_second = found.iter().any(|counted| counted.forms.contains(&&quiz.id));
        if counts && !is_second {
            let forms = test.map_or_else(|| vec![&quiz.id], |forms| vec![&forms.a, &forms.b]);
            found.push(Counted { quiz, pass, forms });
        }
    }
    found
}

/// What a course asks for. One that asks for nothing asks for its lessons.
struct Asked {
    lessons: bool,
    passes: bool,
    mean: bool,
}

impl Asked {
    fn of(completion: &Completion) -> Asked {
        let (passes, mean) = (completion.quizzes, completion.pass.is_some());
        Asked { lessons: completion.lessons || !(passes || mean), passes, mean }
    }

    /// Steps done and steps in all; each pair is what is done and of how many.
    fn steps(&self, lessons: (usize, usize), quizzes: (usize, usize)) -> (usize, usize) {
        let counted = [(self.lessons, lessons), (self.passes || self.mean, quizzes)];
        counted
            .into_iter()
            .filter(|(asked, _)| *asked)
            .fold((0, 0), |(done, all), (_, (more_done, more))| (done + more_done, all + more))
    }
}

fn missing_lessons(asked: &Asked, done: usize, of: usize) -> Option<Missing> {
    (asked.lessons && done < of).then(|| Missing::Lessons { left: of - done, of })
}

fn missing_quizzes<'a>(
    asked: &Asked,
    quizzes: &'a [Counted<'a>],
    facts: &'a Facts,
) -> impl Iterator<Item = Missing> + 'a {
    let looked_at = if asked.passes { quizzes } else { &[] };
    looked_at.iter().filter(|counted| !counted.is_passed(facts)).map(|counted| Missing::Quiz {
        id: counted.quiz.id.clone(),
        best: counted.grade(facts),
        pass: counted.pass,
    })
}

fn missing_attendance(completion: &Completion, facts: &Facts) -> Option<Missing> {
    let (now, asked) = (facts.attended.unwrap_or(Fraction::ZERO), completion.attendance?);
    (now < asked).then_some(Missing::Attendance { now, asked })
}

fn missing_mark(completion: &Completion, mark: Option<Fraction>) -> Option<Missing> {
    let (now, pass) = (mark?, completion.pass?);
    (now < pass).then_some(Missing::Mark { now, pass })
}

fn percent(steps: usize, of: usize, complete: bool) -> u8 {
    let down =
        (steps * 100).checked_div(of).and_then(|percent| u8::try_from(percent).ok()).unwrap_or(0);
    if complete { 100 } else { down.min(99) }
}

#[cfg(test)]
mod tests;
