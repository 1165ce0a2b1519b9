//! What a learner may see of an attempt, and when.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::Attempt;
use super::item::{FeedbackWhen, QuizRules};
use super::play::Outcome;
use super::terms::Terms;

/// For so long after the finish it is "just after".
pub const JUST_AFTER: TimeDelta = TimeDelta::seconds(120);

/// The moments at which a learner may look at an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Before the finish, for a question that was not checked.
    During,
    /// Before the finish, for a question that was checked and may be tried again.
    Tried,
    /// Before the finish, for a question that was checked on its own for the last time.
    Checked,
    /// Within two minutes of the finish.
    JustAfter,
    /// Later, while the quiz is still open.
    Later,
    /// After the quiz has closed for good.
    AfterClose,
}

impl Moment {
    /// The moment of an attempt at a time. Closing counts before "just after".
    pub fn of(attempt: &Attempt, terms: &Terms, now: DateTime<Utc>) -> Moment {
        let Some(finished) = attempt.finished else { return Moment::During };
        let closed = terms.close.is_some_and(|close| now >= close);
        match closed {
            true => Moment::AfterClose,
            false if now.signed_duration_since(finished) <= JUST_AFTER => Moment::JustAfter,
            false => Moment::Later,
        }
    }

    /// The moment of one question of the attempt: before the finish, a checked question is looked at on its own.
    pub fn of_slot(self, outcome: &Outcome) -> Moment {
        match self {
            Moment::During if outcome.locked => Moment::Checked,
            Moment::During if !outcome.tries.is_empty() => Moment::Tried,
            Moment::During
            | Moment::Tried
            | Moment::Checked
            | Moment::JustAfter
            | Moment::Later
            | Moment::AfterClose => self,
        }
    }
}

/// Ready-made review windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Everything, as soon as a question is checked.
    Practice,
    /// Marks and feedback after the finish; right answers after a pass or when no attempt is left.
    Course,
    /// The score after the finish; everything after the quiz has closed.
    Exam,
    /// The score after the finish and nothing else, ever.
    ScoreOnly,
}

impl Preset {
    /// The window of a quiz by its own rules.
    pub fn of(rules: &QuizRules) -> Preset {
        match (rules.pass, rules.feedback) {
            (None, _) => Preset::Practice,
            (Some(_), FeedbackWhen::Never) => Preset::ScoreOnly,
            (Some(_), FeedbackWhen::Close) => Preset::Exam,
            (Some(_), FeedbackWhen::Now | FeedbackWhen::End) => Preset::Course,
        }
    }
}

/// What the windows ask about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Has the learner passed the quiz, with this or another attempt?
    pub passed: bool,
    /// How many more attempts there are; `None` is no limit.
    pub attempts_left: Option<u32>,
}

/// One thing that may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The sum of the marks and whether it is a pass.
    Score,
    /// Right, partly or wrong, and the marks, question by question.
    Verdicts,
    /// Feedback on what was chosen, and on the answer being right or wrong.
    Feedback,
    /// The right answers, the explanation, and feedback on what was not chosen.
    RightAnswers,
}

/// The things that may be seen now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(BTreeSet<Thing>);

impl Allowed {
    /// May it be seen?
    pub fn shows(&self, thing: Thing) -> bool {
        self.0.contains(&thing)
    }

    /// Nothing.
    pub fn nothing() -> Allowed {
        Allowed::default()
    }

    /// Everything.
    pub fn everything() -> Allowed {
        Allowed::of(&[Thing::Score, Thing::Verdicts, Thing::Feedback, Thing::RightAnswers])
    }

    /// Just these.
    pub(super) fn of(things: &[Thing]) -> Allowed {
        Allowed(things.iter().copied().collect())
    }
}

/// What may be seen of an attempt at a moment.
pub fn allowed(preset: Preset, summary: &Summary, moment: Moment) -> Allowed {
    match (preset, moment) {
        (_, Moment::During) => Allowed::nothing(),
        (Preset::Practice, _) => Allowed::everything(),
        (Preset::Course, Moment::Tried) => Allowed::of(&[Thing::Verdicts, Thing::Feedback]),
        (Preset::Course, Moment::Checked) => checked(summary),
        (Preset::Exam | Preset::ScoreOnly, Moment::Tried | Moment::Checked) => Allowed::nothing(),
        (Preset::Course | Preset::Exam, Moment::AfterClose) => Allowed::everything(),
        (Preset::Course, Moment::JustAfter | Moment::Later) => course(summary),
        (Preset::Exam | Preset::ScoreOnly, _) => Allowed::of(&[Thing::Score]),
    }
}

/// A question that was checked for the last time, while the attempt goes on.
fn checked(summary: &Summary) -> Allowed {
    match summary.attempts_left {
        Some(0) => Allowed::of(&[Thing::Verdicts, Thing::Feedback, Thing::RightAnswers]),
        Some(_) | None => Allowed::of(&[Thing::Verdicts, Thing::Feedback]),
    }
}

/// While another attempt could use them, right answers stay hidden.
fn course(summary: &Summary) -> Allowed {
    match summary.passed || summary.attempts_left == Some(0) {
        true => Allowed::everything(),
        false => Allowed::of(&[Thing::Score, Thing::Verdicts, Thing::Feedback]),
    }
}
