//! How an action can end other than well: the rules say no, or something is broken.

use crate::db;

/// What kind of no it is; pages choose the status by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// There is no such thing, or not for this person.
    NotFound,
    /// It exists, but this person may not.
    Forbidden,
    /// It may not be done now.
    Conflict,
    /// What was sent cannot be used.
    Invalid,
    /// Too many tries.
    TooMany,
}

/// A rule's no: typed, with words and a way on.
pub trait Refusal: std::fmt::Debug {
    /// Its kind.
    fn kind(&self) -> RefusalKind;
    /// The key of the sentence that the person reads; also the stable code of the API.
    fn words(&self) -> &'static str;
}

/// An action that did not happen.
#[derive(Debug)]
pub enum Failed<R> {
    /// The rules said no.
    Refused(R),
    /// Something is broken; the person cannot help it.
    Broken(db::Error),
}

impl<R: Refusal> From<R> for Failed<R> {
    fn from(refusal: R) -> Self {
        Failed::Refused(refusal)
    }
}

impl<R> From<db::Error> for Failed<R> {
    fn from(error: db::Error) -> Self {
        Failed::Broken(error)
    }
}

impl<R> From<db::QueryError> for Failed<R> {
    fn from(error: db::QueryError) -> Self {
        Failed::Broken(db::Error::from(error))
    }
}

/// A refusal for actions that cannot be refused.
#[derive(Debug)]
pub enum Never {}

impl Refusal for Never {
    fn kind(&self) -> RefusalKind {
        match *self {}
    }

    fn words(&self) -> &'static str {
        match *self {}
    }
}
