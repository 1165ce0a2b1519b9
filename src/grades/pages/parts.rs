//! What these pages share: the course that is taught, decisions as forms send them, figures in words.

use std::sync::Arc;

use crate::accounts::Learner;
use crate::catalogue::{Card, Library, Published};
use crate::domain::access::rules::Permission;
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::quiz::grade::Fraction;
use crate::domain::regrade::change::Change;
use crate::domain::regrade::policy::Policy;
use crate::grades::trial::Choice;
use crate::reporting::teaching;
use crate::web::{Fault, Posted};

/// What stands before the first id of a question in the name of its field.
pub const FIELD: &str = "q.";

/// The course at an address, for those who may regrade it.
pub async fn course(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
) -> Result<(Arc<Card>, Arc<Published>), Fault> {
    let card = teaching::course_for(learner, library, slug, Permission::Regrade).await?;
    let published = teaching::shown(&mut learner.cx, library, &card).await?;
    Ok((card, published))
}

/// The decisions that a form holds.
pub fn choices(form: &Posted) -> Vec<Choice> {
    let chosen = form.pairs().filter_map(|(name, value)| {
        let root = name.strip_prefix(FIELD)?.to_owned();
        Some(Choice { root, policy: Policy::parse(value)? })
    });
    chosen.collect()
}

/// The text of a policy.
pub fn policy_words(policy: Policy) -> &'static str {
    match policy {
        Policy::KeepBest => "regrade-keep-best",
        Policy::Recompute => "regrade-recompute",
        Policy::FullMarks => "regrade-full-marks",
        Policy::Void => "regrade-void",
        Policy::None => "regrade-none",
    }
}

/// The text of a change.
pub fn change_words(change: Change) -> &'static str {
    match change {
        Change::Text => "regrade-change-text",
        Change::Marks => "regrade-change-marks",
        Change::Structure => "regrade-change-structure",
        Change::Gone => "regrade-change-gone",
    }
}

/// A grade in percent, or a dash. What is below a mark is never shown as if it were not.
pub fn share(lang: Locale, grade: Option<Fraction>, pass: Option<Fraction>) -> String {
    grade.map_or("–".to_owned(), |grade| format::percent(lang, grade.shown_percent(pass)))
}

/// A count.
pub fn number(lang: Locale, count: usize) -> String {
    format::integer(lang, i64::try_from(count).unwrap_or(i64::MAX))
}
