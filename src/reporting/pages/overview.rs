//! The administrators' first page: what there is, and what needs somebody.

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;

use super::parts::number;
use crate::accounts::Admin;
use crate::catalogue::{Card, Library};
use crate::domain::locale::Locale;
use crate::reporting::overview;
use crate::web::{Answer, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "reporting/pages/overview.html")]
struct View {
    shell: Shell,
    people: String,
    active: String,
    courses: String,
    completed: String,
    troubles: Vec<Trouble>,
}

/// Something that needs somebody: a course and what is wrong with it.
struct Trouble {
    href: String,
    title: String,
    text: String,
}

#[get("/{lang}/admin")]
async fn show(library: Data<Library>, mut admin: Admin) -> Answer {
    let (lang, now) = (admin.lang, admin.now);
    let found = overview::read(admin.conn().await?, now).await?;
    let shell = admin.cx.shell.at("admin");
    let cards = library.cards();
    let view = View {
        people: number(lang, found.people),
        active: number(lang, found.active),
        courses: number(lang, found.courses),
        completed: number(lang, found.completed),
        troubles: cards.all().flat_map(|card| troubles(card, &found.trained, &shell)).collect(),
        shell,
    };
    Ok(Page::of(&view)?.answer())
}

fn troubles(card: &Card, trained: &[uuid::Uuid], shell: &Shell) -> Vec<Trouble> {
    let href = format!("/{}/teach/{}", shell.code(), card.slug);
    let trouble = |text: String| Trouble {
        href: href.clone(),
        title: card.title_in(shell.lang).to_owned(),
        text,
    };
    let missing = names(Locale::ALL.into_iter().filter(|locale| !card.languages.contains(locale)));
    let behind = names(card.behind.iter().copied());
    let mut found = Vec::new();
    if !missing.is_empty() {
        found.push(trouble(shell.ta("admin-missing", "languages", &missing).into_owned()));
    }
    if !behind.is_empty() {
        found.push(trouble(shell.ta("admin-behind", "languages", &behind).into_owned()));
    }
    if card.draft {
        found.push(trouble(shell.t("admin-draft").into_owned()));
    }
    if !trained.contains(&card.id) {
        found.push(trouble(shell.t("admin-no-trainer").into_owned()));
    }
    found
}

fn names(locales: impl Iterator<Item = Locale>) -> String {
    locales.map(|locale| locale.code().to_uppercase()).collect::<Vec<_>>().join(", ")
}
