//! Why a judgement is not taken.

use crate::domain::quiz::mark::Unfit;
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::quizzes::QuizRefusal;

/// The rules' no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkingRefusal {
    /// There is no such answer in this course.
    Unknown,
    /// Nobody judges answers of their own.
    Own,
    /// The attempt is not finished.
    NotFinished,
    /// The judgement cannot be used.
    Unfit(Unfit),
}

impl Refusal for MarkingRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            MarkingRefusal::Unknown => RefusalKind::NotFound,
            MarkingRefusal::Own | MarkingRefusal::NotFinished => RefusalKind::Conflict,
            MarkingRefusal::Unfit(_) => RefusalKind::Invalid,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            MarkingRefusal::Unknown => "fault-not-found",
            MarkingRefusal::Own => "marking-own",
            MarkingRefusal::NotFinished => "marking-not-finished",
            MarkingRefusal::Unfit(Unfit::RowMissing(_)) => "marking-row-missing",
            MarkingRefusal::Unfit(Unfit::MarksMissing) => "marking-marks-missing",
            MarkingRefusal::Unfit(Unfit::MarksOutside) => "marking-marks-outside",
            MarkingRefusal::Unfit(Unfit::CommentTooLong) => "marking-comment-long",
        }
    }
}

impl From<Unfit> for MarkingRefusal {
    fn from(unfit: Unfit) -> Self {
        MarkingRefusal::Unfit(unfit)
    }
}

/// What the attempt says no to, as marking says it.
pub fn of_attempt(failed: Failed<QuizRefusal>) -> Failed<MarkingRefusal> {
    match failed {
        Failed::Refused(QuizRefusal::NotFinished) => MarkingRefusal::NotFinished.into(),
        Failed::Refused(_) => MarkingRefusal::Unknown.into(),
        Failed::Broken(error) => Failed::Broken(error),
    }
}
