//! What a learner is told of marks that were worked out anew.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::said::Said;
use crate::catalogue::Published;
use crate::db::{self, Conn};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::quizzes::regrading::{Told, told};

/// How long it is told.
const TOLD: Duration = Duration::days(30);

/// A quiz whose marks were worked out anew.
pub struct Regraded {
    /// The day.
    pub at: String,
    /// The title of the quiz; what it was called if it is no longer there.
    pub quiz: String,
    /// Why.
    pub reason: String,
    /// The review of the attempt.
    pub href: String,
}

/// Somebody who is told, and when.
#[derive(Clone, Copy)]
pub struct Reader {
    pub enrolment: Uuid,
    pub lang: Locale,
    pub zone: chrono_tz::Tz,
    pub now: DateTime<Utc>,
}

/// What a learner is told on the page of a course, last first.
pub async fn regraded(
    conn: &mut Conn,
    published: &Published,
    reader: Reader,
) -> Result<Vec<Regraded>, db::Error> {
    let found = told(conn, reader.enrolment, reader.now - TOLD).await?;
    let mut known = BTreeSet::new();
    let new = found.into_iter().filter(|told| known.insert((told.at, told.quiz.clone())));
    Ok(new.map(|told| line(told, published, reader)).collect())
}

fn line(told: Told, published: &Published, reader: Reader) -> Regraded {
    let lang = reader.lang;
    let quiz = published.quiz(&told.quiz);
    Regraded {
        at: format::date(lang, told.at.with_timezone(&reader.zone).date_naive()),
        quiz: quiz.map_or_else(
            || told.quiz.0.clone(),
            |(_, quiz)| Said::of(&quiz.title, lang, published.course.source).text.to_owned(),
        ),
        reason: told.ruling.reason,
        href: format!("/{}/attempts/{}/review", lang.code(), told.attempt),
    }
}
