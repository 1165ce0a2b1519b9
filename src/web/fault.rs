//! Why a request gets no ordinary answer. `fault_pages` draws it in the person's language.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use super::posted::Posted;
use crate::db;
use crate::outcome::{Failed, Refusal, RefusalKind};

/// Why there is no ordinary answer.
#[derive(Debug)]
pub enum Fault {
    /// There is no such page, or not for this person.
    NotFound,
    /// This person may not.
    Forbidden,
    /// One must be signed in. What was sent is kept and offered again after signing in.
    SignIn(Option<Box<Posted>>),
    /// A form came from another site, or its token is old.
    Forged,
    /// The rules say no: status, key of the sentence, where to go on.
    Refused { status: StatusCode, words: &'static str, onward: Option<String> },
    /// The database is away or too busy: come back in a moment. What was sent is kept.
    Unavailable(Option<Box<Posted>>),
    /// Our mistake.
    Broken(String),
}

/// An answer of a page.
pub type Answer = Result<HttpResponse, Fault>;

impl Fault {
    /// The rules' no, with a way on.
    pub fn refused(refusal: &impl Refusal, onward: impl Into<Option<String>>) -> Fault {
        let status = match refusal.kind() {
            RefusalKind::NotFound => return Fault::NotFound,
            RefusalKind::Forbidden => return Fault::Forbidden,
            RefusalKind::Conflict => StatusCode::CONFLICT,
            RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        };
        Fault::Refused { status, words: refusal.words(), onward: onward.into() }
    }

    /// The same fault with what the person sent, so that it is not lost.
    pub fn keeping(self, form: &Posted) -> Fault {
        match self {
            Fault::SignIn(None) => Fault::SignIn(Some(Box::new(form.clone()))),
            Fault::Unavailable(None) => Fault::Unavailable(Some(Box::new(form.clone()))),
            other => other,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotFound => f.write_str("not found"),
            Fault::Forbidden => f.write_str("forbidden"),
            Fault::SignIn(_) => f.write_str("sign in first"),
            Fault::Forged => f.write_str("form token or origin refused"),
            Fault::Refused { words, .. } => f.write_str(words),
            Fault::Unavailable(_) => f.write_str("database unavailable"),
            Fault::Broken(cause) => f.write_str(cause),
        }
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Forbidden | Fault::Forged => StatusCode::FORBIDDEN,
            Fault::SignIn(_) => StatusCode::UNAUTHORIZED,
            Fault::Refused { status, .. } => *status,
            Fault::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl<R: Refusal> From<Failed<R>> for Fault {
    fn from(failed: Failed<R>) -> Self {
        match failed {
            Failed::Refused(refusal) => Fault::refused(&refusal, None),
            Failed::Broken(error) => Fault::from(error),
        }
    }
}

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Self {
        if error.is_passing() { Fault::Unavailable(None) } else { Fault::Broken(error.to_string()) }
    }
}

impl From<db::QueryError> for Fault {
    fn from(error: db::QueryError) -> Self {
        Fault::from(db::Error::from(error))
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Fault::Broken(format!("a template failed: {error}"))
    }
}
