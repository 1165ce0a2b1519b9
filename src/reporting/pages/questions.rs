//! How the questions of a course are answered.

use std::collections::BTreeSet;

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use rust_decimal::Decimal;

use super::parts::{number, share, teach_trail};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::analysis::finding::{FEWEST, Finding as Remark};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::quiz::item::Item;
use crate::reporting::analysis::{ItemReport, QuizReport, analysis};
use crate::reporting::teaching::{self, FEW_ANSWERS, Finding, QuestionFigures, Wording};
use crate::web::{Answer, Page, Shell};
use crate::words;

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
    quizzes: Vec<QuizLine>,
    rows: Vec<Row>,
}

/// A quiz in numbers, each empty if it is not defined.
struct QuizLine {
    title: String,
    learners: String,
    mean: String,
    consistency: String,
    error: String,
}

struct Row {
    stem: Html,
    /// The number of the version, where there is more than one.
    version: Option<String>,
    is_earlier: bool,
    answers: String,
    percent: i64,
    right: String,
    finding: &'static str,
    discrimination: String,
    /// What to look at besides.
    remarks: Vec<String>,
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
    let reports = analysis(learner.conn().await?, card.id, &published).await?;
    let several = |item: &str| found.iter().filter(|figures| figures.item == item).count() > 1;
    let rows = found
        .iter()
        .filter_map(|figures| {
            let item = teaching::items(&published).find(|item| item.id.0 == figures.item)?;
            let version = (several(&figures.item) || figures.version > 1)
                .then(|| format!("v{}", number(lang, figures.version.into())));
            let report = reports.iter().find_map(|quiz| quiz.items.get(&figures.item));
            let report = report.filter(|_| figures.wording == Wording::Present);
            Some(Row { version, ..row(figures, item, report, lang) })
        })
        .collect();
    let view = View {
        trail: teach_trail(&learner.shell),
        title: card.title_in(lang).to_owned(),
        base: format!("/{}/teach/{}", lang.code(), card.slug),
        quizzes: reports.iter().filter_map(|report| quiz_line(report, lang)).collect(),
        rows,
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

/// A quiz that fewer learners took than is needed to say anything is left out.
fn quiz_line(report: &QuizReport, lang: Locale) -> Option<QuizLine> {
    let figures = &report.figures;
    (figures.learners >= FEWEST).then(|| QuizLine {
        title: report.title.get(lang, Locale::En).to_owned(),
        learners: number(lang, i64::try_from(figures.learners).unwrap_or(i64::MAX)),
        mean: format!("{} / {}", decimal(lang, figures.mean), decimal(lang, Some(report.most))),
        consistency: decimal(lang, figures.consistency),
        error: decimal(lang, figures.standard_error),
    })
}

/// With one decimal; a dash where there is no number.
fn decimal(lang: Locale, value: Option<f64>) -> String {
    let value = value.and_then(|value| Decimal::try_from(value).ok());
    value.map_or("–".to_owned(), |value| format::decimal(lang, value.round_dp(1), 1))
}

/// The findings that the share of right answers does not tell.
fn remarks(report: &ItemReport, item: &Item, lang: Locale) -> Vec<String> {
    let named = |place: usize| {
        let Some(choice) = item.choice() else { return String::new() };
        let words =
            choice.options.get(place).and_then(|option| item.text(lang)?.options.get(&option.id));
        words.map(|words| words.text.without_tags().to_string()).unwrap_or_default()
    };
    let said = |finding: &Remark| {
        Some(match finding {
            Remark::Hard | Remark::Easy => return None,
            Remark::CheckKey => words::t(lang, "questions-check-key").into_owned(),
            Remark::TellsLittle => words::t(lang, "questions-tells-little").into_owned(),
            Remark::BetterOption(place) => {
                let option = named(*place);
                words::ta(lang, "questions-better-option", &[("option", &option)]).into_owned()
            }
            Remark::IdleOption(place) => {
                let option = named(*place);
                words::ta(lang, "questions-idle-option", &[("option", &option)]).into_owned()
            }
        })
    };
    report.findings.iter().filter_map(said).collect()
}

fn row(figures: &QuestionFigures, item: &Item, report: Option<&ItemReport>, lang: Locale) -> Row {
    let finding = Finding::of(figures.right, figures.answers);
    let percent = share(figures.right, figures.answers).filter(|_| finding != Finding::Few);
    let enough = figures.answers >= FEW_ANSWERS && figures.wording == Wording::Present;
    Row {
        stem: item.text(lang).map(|text| text.title.clone()).unwrap_or_default(),
        version: None,
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
        discrimination: decimal(
            lang,
            report.filter(|_| enough).and_then(|report| report.figures.discrimination),
        ),
        remarks: report.map(|report| remarks(report, item, lang)).unwrap_or_default(),
        options: if enough { options(figures, item, lang) } else { Vec::new() },
    }
}

fn options(figures: &QuestionFigures, item: &Item, lang: Locale) -> Vec<OptionLine> {
    let Some(choice) = item.choice() else { return Vec::new() };
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
