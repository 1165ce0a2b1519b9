//! Why a file is not taken.

use crate::domain::upload::sniff::Unwanted;
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::quizzes::refusal::QuizRefusal;

/// The rules' no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// The attempt takes nothing more, or is another person's.
    Attempt(QuizRefusal),
    /// No file was chosen.
    Missing,
    /// It is not what is asked for.
    Unwanted(Unwanted),
    /// It is larger than the question allows.
    TooLarge,
    /// There are as many files as the question allows.
    TooMany,
    /// The attempt holds as much as it may.
    TooMuch,
    /// It did not arrive whole.
    Broken,
}

impl Refusal for FileRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            FileRefusal::Attempt(refusal) => refusal.kind(),
            FileRefusal::Missing
            | FileRefusal::Unwanted(_)
            | FileRefusal::TooLarge
            | FileRefusal::TooMany
            | FileRefusal::TooMuch
            | FileRefusal::Broken => RefusalKind::Invalid,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            FileRefusal::Attempt(refusal) => refusal.words(),
            FileRefusal::Missing => "file-missing",
            FileRefusal::Unwanted(Unwanted::Empty) => "file-empty",
            FileRefusal::Unwanted(Unwanted::Kind) => "file-kind",
            FileRefusal::Unwanted(Unwanted::Disguised) => "file-disguised",
            FileRefusal::TooLarge => "file-too-large",
            FileRefusal::TooMany => "file-too-many",
            FileRefusal::TooMuch => "file-too-much",
            FileRefusal::Broken => "file-broken",
        }
    }
}

/// What the attempt says no to.
pub fn of_attempt(failed: Failed<QuizRefusal>) -> Failed<FileRefusal> {
    match failed {
        Failed::Refused(refusal) => FileRefusal::Attempt(refusal).into(),
        Failed::Broken(error) => Failed::Broken(error),
    }
}
