//! How the questions of a course are answered.

use std::collections::BTreeSet;

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;

use super::parts::{number, share, teach_trail};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::quiz::item::{Hotspot, Item, Kind};
use crate::reporting::teaching::{self, FEW_ANSWERS, Finding, QuestionFigures, Wording};
use crate::web::{Answer, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "reporting/pages/questions.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    base: String,
    rows: Vec<Row>,
}

struct Row {
    stem: Html,
    is_earlier: bool,
    answers: String,
    percent: i64,
    right: String,
    finding: &'static str,
    options: Vec<OptionLine>,
}

struct OptionLine {
    text: Html,
    is_right: bool,
    share: String,
    width: i64,
}

#[get("/{lang}/teach/{course}/questions")]
async fn show(
    path: Path<(String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug) = path.into_inner();
    let card = teaching::course(&mut learner, &library, &slug).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let lang = learner.lang;
    let found = teaching::questions(learner.conn().await?, card.id, &published).await?;
    let rows = found
        .iter()
        .filter_map(|figures| {
            let item = teaching::items(&published).find(|item| item.id.0 == figures.item)?;
            Some(row(figures, item, lang))
        })
        .collect();
    let view = View {
        trail: teach_trail(&learner.shell),
        title: card.title_in(lang).to_owned(),
        base: format!("/{}/teach/{}", lang.code(), card.slug),
        rows,
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

fn row(figures: &QuestionFigures, item: &Item, lang: Locale) -> Row {
    let finding = Finding::of(figures.right, figures.answers);
    let percent = share(figures.right, figures.answers).filter(|_| finding != Finding::Few);
    let enough = figures.answers >= FEW_ANSWERS && figures.wording == Wording::Present;
    Row {
        stem: item.text(lang).map(|text| text.title.clone()).unwrap_or_default(),
        is_earlier: figures.wording == Wording::Earlier,
        answers: number(lang, figures.answers),
        percent: percent.unwrap_or(0),
        right: percent.map_or("–".to_owned(), |percent| format::percent(lang, percent)),
        finding: match finding {
            Finding::Few => "questions-few",
            Finding::Hard => "questions-hard",
            Finding::Easy => "questions-easy",
            Finding::Fair => "questions-fair",
        },
        options: if enough { options(figures, item, lang) } else { Vec::new() },
    }
}

fn options(figures: &QuestionFigures, item: &Item, lang: Locale) -> Vec<OptionLine> {
    let (Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. })) = &item.kind else {
        return Vec::new();
    };
    let right: BTreeSet<String> = teaching::key_of(item);
    choice
        .options
        .iter()
        .map(|option| {
            let ticked = figures.picks.get(option.id.as_str()).copied().unwrap_or(0);
            let percent = share(ticked, figures.answers).unwrap_or(0);
            OptionLine {
                text: item
                    .text(lang)
                    .and_then(|text| text.options.get(&option.id))
                    .map(|text| text.text.clone())
                    .unwrap_or_default(),
                is_right: right.contains(option.id.as_str()),
                share: format::percent(lang, percent),
                width: percent,
            }
        })
        .collect()
}
