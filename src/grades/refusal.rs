//! Why nothing is regraded.

use crate::outcome::{Refusal, RefusalKind};

/// The rules' no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegradeRefusal {
    /// There is no such question or regrade in this course.
    Unknown,
    /// Nothing was chosen.
    NothingChosen,
    /// The policy makes no sense after this change.
    Unfit,
    /// Why it is done must be said.
    ReasonMissing,
    /// The reason is too long.
    ReasonTooLong,
    /// Meanwhile there are other answers: the effect is no longer the one that was shown.
    Outdated,
    /// It was taken back already.
    TakenBack,
    /// A later regrade decided about the same answers; that one goes first.
    LaterFirst,
}

impl Refusal for RegradeRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            RegradeRefusal::Unknown => RefusalKind::NotFound,
            RegradeRefusal::NothingChosen
            | RegradeRefusal::Unfit
            | RegradeRefusal::ReasonMissing
            | RegradeRefusal::ReasonTooLong => RefusalKind::Invalid,
            RegradeRefusal::Outdated | RegradeRefusal::TakenBack | RegradeRefusal::LaterFirst => {
                RefusalKind::Conflict
            }
        }
    }

    fn words(&self) -> &'static str {
        match self {
            RegradeRefusal::Unknown => "fault-not-found",
            RegradeRefusal::NothingChosen => "regrade-nothing-chosen",
            RegradeRefusal::Unfit => "regrade-unfit",
            RegradeRefusal::ReasonMissing => "regrade-reason-missing",
            RegradeRefusal::ReasonTooLong => "regrade-reason-long",
            RegradeRefusal::Outdated => "regrade-outdated",
            RegradeRefusal::TakenBack => "regrade-taken-back-already",
            RegradeRefusal::LaterFirst => "regrade-later-first",
        }
    }
}
