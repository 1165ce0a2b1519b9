//! The questions whose key was changed after they were answered, and the regrades that were made.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono_tz::Tz;
use uuid::Uuid;

use super::parts::{FIELD, change_words, course, policy_words};
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Card, Library, Published};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::regrade::change::Change;
use crate::domain::regrade::policy::Policy;
use crate::grades::batches::{self, BatchItem, Told};
use crate::grades::mended::{Mended, mended};
use crate::grades::refusal::RegradeRefusal;
use crate::grades::taking_back::{Because, take_back};
use crate::outcome::{Failed, Refusal};
use crate::reporting::pages::teach_trail;
use crate::web::{Answer, Fault, Page, Shell, see_other_saying};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(back);
}

#[derive(Template)]
#[template(path = "grades/pages/regrade.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    base: String,
    /// What is wrong with what was sent.
    problem: &'static str,
    questions: Vec<Question>,
    batches: Vec<Line>,
    policies: Vec<(&'static str, &'static str)>,
}

struct Question {
    field: String,
    title: Html,
    versions: String,
    change: &'static str,
    answers: String,
    decided: &'static str,
    is_open: bool,
    /// Value, text, is it chosen?
    policies: Vec<(&'static str, Cow<'static, str>, bool)>,
}

struct Line {
    id: Uuid,
    at: String,
    actor: String,
    reason: String,
    items: Vec<(String, &'static str)>,
    raised: String,
    lowered: String,
    gained: String,
    is_last: bool,
    /// When, by whom and why it was taken back.
    taken_back: Option<(String, String, String)>,
}

#[get("/{lang}/teach/{course}/regrade")]
async fn show(
    path: Path<(String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (card, published) = course(&mut learner, &library, &path.1).await?;
    Ok(draw(learner, &library, (&card, &published), "").await?.answer())
}

/// The page again, because nothing could be done with what was sent.
pub async fn again(
    learner: Learner,
    library: &Library,
    course: (&Card, &Published),
    refusal: RegradeRefusal,
) -> Answer {
    let page = draw(learner, library, course, refusal.words()).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).answer())
}

async fn draw(
    mut learner: Learner,
    library: &Library,
    (card, published): (&Card, &Published),
    problem: &'static str,
) -> Result<Page, Fault> {
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let conn = learner.conn().await?;
    let found = mended(conn, library, published).await?;
    let made = batches::of_course(conn, card.id).await?;
    let trail = teach_trail(&learner.shell);
    let view = View {
        trail,
        title: card.title_in(lang).to_owned(),
        base: format!("/{}/teach/{}", lang.code(), card.slug),
        problem,
        questions: found.iter().map(|question| line(question, lang)).collect(),
        batches: made.into_iter().map(|told| batch(told, lang, zone)).collect(),
        policies: Policy::ALL.map(|policy| (policy_words(policy), explained(policy))).to_vec(),
        shell: learner.cx.shell.at("teach"),
    };
    Page::of(&view)
}

fn explained(policy: Policy) -> &'static str {
    match policy {
        Policy::KeepBest => "regrade-keep-best-what",
        Policy::Recompute => "regrade-recompute-what",
        Policy::FullMarks => "regrade-full-marks-what",
        Policy::Void => "regrade-void-what",
        Policy::None => "regrade-none-what",
    }
}

fn line(question: &Mended, lang: Locale) -> Question {
    let version = |number: i32| format!("v{}", format::integer(lang, number.into()));
    let old: Vec<String> = question.keys.iter().map(|key| version(key.number)).collect();
    let new = question.number.map(version).unwrap_or_default();
    let arrow = if new.is_empty() { "" } else { " → " };
    Question {
        field: format!("{FIELD}{}", question.root),
        title: question.title(lang),
        versions: format!("{}{arrow}{new}", old.join(", ")),
        change: change_words(question.change),
        answers: format::integer(lang, question.answers),
        decided: question.decided.map(policy_words).unwrap_or_default(),
        is_open: question.is_open,
        policies: offered(question, lang),
    }
}

/// The first that fits is offered where something is open; else nothing.
fn offered(question: &Mended, lang: Locale) -> Vec<(&'static str, Cow<'static, str>, bool)> {
    let first = Policy::fitting(question.change).next().filter(|_| is_urgent(question));
    let rest = Policy::fitting(question.change)
        .map(|policy| (policy.code(), words::t(lang, policy_words(policy)), Some(policy) == first));
    let later = ("", words::t(lang, "regrade-later"), first.is_none());
    std::iter::once(later).chain(rest).collect()
}

fn is_urgent(question: &Mended) -> bool {
    question.is_open && matches!(question.change, Change::Marks | Change::Structure)
}

fn batch(told: Told, lang: Locale, zone: Tz) -> Line {
    let at = |at: chrono::DateTime<chrono::Utc>| {
        format::date_time(lang, at.with_timezone(&zone).naive_local())
    };
    let is_last = told.is_last();
    let Told { batch, items } = told;
    let count = |count: i32| format::integer(lang, count.into());
    let item = |item: &BatchItem| {
        let policy = Policy::parse(&item.policy).map(policy_words).unwrap_or_default();
        (item.item.clone(), policy)
    };
    Line {
        id: batch.id,
        at: at(batch.at),
        actor: batch.actor.unwrap_or_default(),
        reason: batch.reason,
        items: items.iter().map(item).collect(),
        raised: count(batch.raised),
        lowered: count(batch.lowered),
        gained: count(batch.gained),
        is_last,
        taken_back: batch.taken_back_at.map(|when| {
            let reason = batch.taken_back_reason.unwrap_or_default();
            (at(when), batch.taken_back_by.unwrap_or_default(), reason)
        }),
    }
}

#[post("/{lang}/teach/{course}/regrade/{batch}/back")]
async fn back(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (mut learner, form) = (sent.who, sent.form);
    let (_, slug, batch) = path.into_inner();
    let (card, published) = course(&mut learner, &library, &slug).await?;
    let batch = Uuid::parse_str(&batch).map_err(|_bad_id| Fault::NotFound)?;
    let because = Because { actor: Some(learner.person.id), reason: form.text("reason") };
    let to = format!("/{}/teach/{slug}/regrade", learner.lang.code());
    match take_back(learner.conn().await?, &library, &published, batch, because).await {
        Ok(_) => Ok(see_other_saying(&learner.site, &to, "ok:regrade-taken-back-done")),
        Err(Failed::Refused(
            refusal @ (RegradeRefusal::ReasonMissing | RegradeRefusal::ReasonTooLong),
        )) => again(learner, &library, (&card, &published), refusal).await,
        Err(Failed::Refused(refusal)) => Err(Fault::refused(&refusal, to)),
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}
