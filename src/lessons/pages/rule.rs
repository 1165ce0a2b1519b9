//! How a lesson is completed: in words, and as the button at its end.

use crate::accounts::visitor::Person;
use crate::domain::course::model::{Lesson, LessonRule};
use crate::domain::format;
use crate::domain::progress::lesson::{lesson_done, published as quizzes_of};
use crate::progress_log::Standing;
use crate::web::Shell;

/// What the button at the end does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Invites a visitor to sign in.
    SignIn,
    /// Invites a person to join.
    Enrol,
    /// Calls the lesson done and goes on.
    Complete,
    /// Goes on.
    Onward,
}

/// The button for this person.
pub fn step(person: Option<&Person>, standing: Option<&Standing>, lesson: &Lesson) -> Step {
    match standing {
        None if person.is_some() => Step::Enrol,
        None => Step::SignIn,
        Some(standing)
            if matches!(lesson.complete, LessonRule::Marked | LessonRule::Dwell(_))
                && !lesson_done(lesson, &standing.facts) =>
        {
            Step::Complete
        }
        Some(_) => Step::Onward,
    }
}

/// How this lesson is completed, and for how long it must still stay open.
pub fn rule_text(
    shell: &Shell,
    lesson: &Lesson,
    standing: Option<&Standing>,
    left: Option<i64>,
) -> String {
    let rule = rule(lesson, standing);
    let seconds = match lesson.complete {
        LessonRule::Dwell(seconds) if rule == "lesson-rule-dwell" => seconds,
        LessonRule::Dwell(_) | LessonRule::Viewed | LessonRule::Marked | LessonRule::Quiz => {
            return shell.t(rule).into_owned();
        }
    };
    let time = format::minutes_and_seconds(seconds.into());
    let told = shell.ta("lesson-rule-dwell", "time", &time);
    match left {
        Some(left) => {
            let left = format::minutes_and_seconds(left);
            format!("{told} {}", shell.ta("lesson-time-left", "time", &left))
        }
        None => told.into_owned(),
    }
}

/// The key of the sentence that says how this lesson is completed.
fn rule(lesson: &Lesson, standing: Option<&Standing>) -> &'static str {
    let is_done = standing.is_some_and(|standing| lesson_done(lesson, &standing.facts));
    let (mut n_graded, mut n_practice) = (0, 0);
    quizzes_of(lesson)
        .for_each(|quiz| if quiz.rules.pass.is_some() { n_graded += 1 } else { n_practice += 1 });
    match (lesson.complete, n_graded, n_practice) {
        _ if is_done => "lesson-rule-done",
        (LessonRule::Marked, _, _) => "lesson-rule-marked",
        (LessonRule::Dwell(_), _, _) => "lesson-rule-dwell",
        (LessonRule::Viewed, _, _) | (LessonRule::Quiz, 0, 0) => "lesson-rule-viewed",
        (LessonRule::Quiz, 0, _) => "lesson-rule-practice",
        (LessonRule::Quiz, _, 0) => "lesson-rule-test",
        (LessonRule::Quiz, _, _) => "lesson-rule-test-and-practice",
    }
}

/// Does the lesson hold a test that is still to be passed?
pub fn is_test_ahead(lesson: &Lesson, standing: Option<&Standing>) -> bool {
    let is_ahead = |standing: &Standing| {
        quizzes_of(lesson)
            .any(|quiz| quiz.rules.pass.is_some() && !standing.facts.passed.contains(&quiz.id))
    };
    standing.is_some_and(is_ahead)
}
