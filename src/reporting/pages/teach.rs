//! The courses that a trainer teaches, with their figures and the state of their languages.

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;

use super::parts::{number, share};
use crate::accounts::Learner;
use crate::catalogue::{Card, Library};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::reporting::teaching;
use crate::web::{Answer, Page, Shell};

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
}

/// A language and how complete the course is in it: `source`, `done`, `stale` or `missing`.
struct Language {
    code: String,
    state: &'static str,
}

#[get("/{lang}/teach")]
async fn list(library: Data<Library>, mut learner: Learner) -> Answer {
    let found = teaching::courses(&mut learner, &library).await?;
    let lang = learner.lang;
    let rows = found
        .iter()
        .map(|(card, figures)| {
            let percent = share(figures.completed, figures.learners);
            let href = format!("/{}/teach/{}", lang.code(), card.slug);
            Row {
                questions: format!("{href}/questions"),
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

fn language(card: &Card, locale: Locale) -> Language {
    let state = match () {
        () if locale == card.source => "source",
        () if !card.languages.contains(&locale) => "missing",
        () if card.behind.contains(&locale) => "stale",
        () => "done",
    };
    Language { code: locale.code().to_uppercase(), state }
}
