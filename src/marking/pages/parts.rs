//! What these pages share: counts and ages in words, addresses.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::accounts::Learner;
use crate::catalogue::Card;
use crate::db;
use crate::domain::locale::Locale;
use crate::domain::quiz::item::Quiz;
use crate::marking::queue::{By, Counts};
use crate::marking::store;
use crate::web::Shell;

/// How much of each task there is, in words.
pub struct Tasks {
    pub judge: String,
    pub settle: String,
    pub hand_back: String,
    pub others: String,
    pub age: String,
    pub counts: Counts,
}

/// Counts as a table shows them.
pub fn tasks(shell: &Shell, counts: Counts, now: DateTime<Utc>) -> Tasks {
    Tasks {
        judge: number(shell.lang, counts.judge),
        settle: number(shell.lang, counts.settle),
        hand_back: number(shell.lang, counts.hand_back),
        others: number(shell.lang, counts.others),
        age: counts.oldest.map_or("–".to_owned(), |since| age(shell, since, now)),
        counts,
    }
}

/// A whole number in the reader's language.
pub fn number(lang: Locale, count: usize) -> String {
    crate::domain::format::integer(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

/// How long something waits: in days, from the second day on; in hours before.
pub fn age(shell: &Shell, since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let waited = now.signed_duration_since(since);
    match (waited.num_days(), waited.num_hours()) {
        (days, _) if days > 0 => shell.tn("marking-days", &days).into_owned(),
        (_, hours) if hours > 0 => shell.tn("marking-hours", &hours).into_owned(),
        _ => shell.t("marking-just-now").into_owned(),
    }
}

/// The address of the marking of a course.
pub fn course_path(lang: Locale, card: &Card) -> String {
    format!("/{}/teach/{}/marking", lang.code(), card.slug)
}

/// The address of an answer.
pub fn answer_path(base: &str, attempt: Uuid, place: u16, by: By) -> String {
    format!("{base}/{attempt}/{place}?by={}", by.code())
}

/// The title of a quiz in a language.
pub fn quiz_title(quiz: Option<&Quiz>, lang: Locale) -> String {
    quiz.map(|quiz| quiz.title.get(lang, Locale::En).to_owned()).unwrap_or_default()
}

/// The names of some people.
pub async fn names(
    learner: &mut Learner,
    of: &[Uuid],
) -> Result<BTreeMap<Uuid, String>, db::Error> {
    Ok(store::names(learner.conn().await?, of).await?.into_iter().collect())
}

/// The name of a person.
pub async fn name_of(learner: &mut Learner, person: Uuid) -> Result<String, db::Error> {
    Ok(names(learner, &[person]).await?.remove(&person).unwrap_or_default())
}
