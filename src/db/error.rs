//! What can go wrong between us and Postgres.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// A fault of the database or of our use of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too much is asked for at once: no connection, or no turn, was free in time.
    #[error("too much was asked for at once, and nothing was free in time")]
    Busy,
    /// The database does not answer.
    #[error("the database cannot be reached: {0}")]
    Gone(String),
    /// A stored value is not what the program wrote.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// A statement failed.
    #[error("a database statement failed: {0}")]
    Statement(Diesel),
}

impl Error {
    /// May the same request work in a moment?
    pub fn is_passing(&self) -> bool {
        matches!(self, Error::Busy | Error::Gone(_))
    }
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(DatabaseErrorKind::ClosedConnection, details) => {
                Error::Gone(details.message().to_owned())
            }
            Diesel::DatabaseError(DatabaseErrorKind::Unknown, details)
                if lost(details.message()) =>
            {
                Error::Gone(details.message().to_owned())
            }
            Diesel::BrokenTransactionManager => Error::Gone("the transaction was lost".to_owned()),
            _ => Error::Statement(error),
        }
    }
}

/// Does the message speak of a lost connection or a server that is starting or stopping?
fn lost(message: &str) -> bool {
    [
        "connection closed",
        "terminating connection",
        "the database system is",
        "error communicating with the server",
        "Connection reset",
        "Broken pipe",
    ]
    .iter()
    .any(|sign| message.contains(sign))
}
