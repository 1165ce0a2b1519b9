//! Why a quiz is not started, an answer not taken, a review not shown.

use crate::domain::quiz::attempt::Refusal as Rule;
use crate::outcome::{Refusal, RefusalKind};

/// The rules' no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuizRefusal {
    /// There is no such quiz or attempt, or it is another person's.
    Unknown,
    /// One must join the course first.
    NotEnrolled,
    /// The module waits for something else to be done first.
    Locked,
    /// The learner gets the other form of this test.
    OtherForm,
    /// A rule of time or tries.
    Rule(Rule),
    /// There is nothing to review before the end.
    NotFinished,
    /// A password is asked, and none or another one was given.
    Password,
}

impl Refusal for QuizRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            QuizRefusal::Unknown => RefusalKind::NotFound,
            QuizRefusal::NotEnrolled | QuizRefusal::Password => RefusalKind::Forbidden,
            QuizRefusal::Locked | QuizRefusal::OtherForm => RefusalKind::Conflict,
            QuizRefusal::Rule(_) | QuizRefusal::NotFinished => RefusalKind::Conflict,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            QuizRefusal::Unknown => "fault-not-found",
            QuizRefusal::NotEnrolled => "quiz-not-enrolled",
            QuizRefusal::Locked => "quiz-locked",
            QuizRefusal::OtherForm => "quiz-other-form",
            QuizRefusal::Rule(Rule::NotOpenYet { .. }) => "quiz-not-open-yet",
            QuizRefusal::Rule(Rule::QuizClosed { .. }) => "quiz-closed",
            QuizRefusal::Rule(Rule::NoAttemptsLeft { .. }) => "quiz-no-attempts-left",
            QuizRefusal::Rule(Rule::Finished) => "quiz-finished-already",
            QuizRefusal::Rule(Rule::TimeUp { .. }) => "quiz-time-up",
            QuizRefusal::Rule(Rule::TooSoon { .. }) => "quiz-too-soon",
            QuizRefusal::NotFinished => "quiz-not-finished",
            QuizRefusal::Password => "quiz-password-wrong",
        }
    }
}

impl From<Rule> for QuizRefusal {
    fn from(rule: Rule) -> Self {
        QuizRefusal::Rule(rule)
    }
}
