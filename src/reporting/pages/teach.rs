//! The courses that a trainer teaches, with their figures and the state of their languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use uuid::Uuid;

use super::parts::{number, share};
use crate::accounts::Learner;
use crate::catalogue::{Card, Library};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::marking::turn::Task;
use crate::marking::queue;
use crate::reporting::teaching::{self, CourseFigures};
use crate::web::{Answer, Fault, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(list);
}

#[derive(Template)]
#[template(path = "reporting/pages/teach.html")]
struct View {
    shell: Shell,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    questions: String,
    title: String,
    learners: String,
    active: String,
    completed: String,
    percent: i64,
    rate: String,
    languages: Vec<Language>,
    marking: String,
    waiting: Option<String>,
}

/// A language and how complete the course is in it: `source`, `done`, `stale` or `missing`.
struct Language {
    code: String,
    state: &'static str,
}

#[get("/{lang}/teach")]
async fn list(library: Data<Library>, mut learner: Learner) -> Answer {
    let found = teaching::courses(&mut learner, &library).await?;
    let waiting = waiting(&mut learner, &library, &found).await?;
    let lang = learner.lang;
    let rows = found
        .iter()
        .map(|(card, figures)| {
            let percent = share(figures.completed, figures.learners);
            let href = format!("/{}/teach/{}", lang.code(), card.slug);
            let waits = waiting.get(&card.id).copied().filter(|count| *count > 0);
            Row {
                questions: format!("{href}/questions"),
                marking: format!("{href}/marking"),
                waiting: waits.map(|n| learner.shell.tn("teach-waiting", &n).into_owned()),
                href,
                title: card.title_in(lang).to_owned(),
                learners: number(lang, figures.learners),
                active: number(lang, figures.active),
                completed: number(lang, figures.completed),
                percent: percent.unwrap_or(0),
                rate: percent.map_or("–".to_owned(), |percent| format::percent(lang, percent)),
                languages: Locale::ALL.map(|locale| language(card, locale)).into(),
            }
        })
        .collect();
    Ok(Page::of(&View { shell: learner.cx.shell.at("teach"), rows })?.answer())
}

/// How many answers of each course wait for this trainer.
async fn waiting(
    learner: &mut Learner,
    library: &Library,
    courses: &[(Arc<Card>, CourseFigures)],
) -> Result<BTreeMap<Uuid, i64>, Fault> {
    let ids: Vec<Uuid> = courses.iter().map(|(card, _)| card.id).collect();
    let me = learner.person.id;
    let mut counts = BTreeMap::new();
    for entry in queue::entries(learner.conn().await?, library, &ids, me).await? {
        if entry.task(me) != Task::Nothing {
            *counts.entry(entry.course).or_default() += 1;
        }
    }
    Ok(counts)
}

fn language(card: &Card, locale: Locale) -> Language {
    let state = match () {
        () if locale == card.source => "source",
        () if !card.languages.contains(&locale) => "missing",
        () if card.behind.contains(&locale) => "stale",
        () => "done",
    };
    Language { code: locale.code().to_uppercase(), state }
}
