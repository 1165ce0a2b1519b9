//! The learners of a course: a table to search and page through, and the same as a file.

use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use super::csv::Sheet;
use super::parts::{PER_PAGE, day, folded, iso_day, mark, next_page, read_place, teach_trail};
use crate::accounts::Learner;
use crate::catalogue::{Card, Library, Published};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::quiz::item::Quiz;
use crate::reporting::teaching::{self, Grades, LearnerRow};
use crate::web::{Answer, Fault, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(file).service(list);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    format: String,
}

#[derive(Template)]
#[template(path = "reporting/pages/learners.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    base: String,
    q: String,
    quizzes: Vec<String>,
    rows: Vec<Row>,
    next: String,
    start: String,
}

struct Row {
    href: String,
    name: String,
    email: String,
    percent: i16,
    progress: String,
    last: String,
    marks: Vec<Mark>,
    completed: String,
}

/// A mark and whether it is a pass: `passed`, `failed` or nothing yet.
struct Mark {
    text: String,
    state: &'static str,
}

#[get("/{lang}/teach/{course}")]
async fn list(
    path: Path<(String, String)>,
    query: Query<Asked>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug) = path.into_inner();
    if query.format == "csv" {
        return as_file(&mut learner, &library, &slug, &query.q).await;
    }
    let (card, published) = open(&mut learner, &library, &slug).await?;
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let after = read_place(&query.after);
    let (limit, like) = (i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX), folded(&query.q));
    let conn = learner.conn().await?;
    let mut found = teaching::learners(conn, card.id, &like, after, limit).await?;
    let more = found.len() > PER_PAGE;
    found.truncate(PER_PAGE);
    let grades = teaching::grades(conn, &found).await?;
    let graded = teaching::graded(&published);
    let base = format!("/{}/teach/{}", lang.code(), card.slug);
    let next =
        found.last().filter(|_| more).map(|last| next_page(&base, &[("q", &query.q)], last.person));
    let view = View {
        trail: teach_trail(&learner.shell),
        title: card.title_in(lang).to_owned(),
        q: query.q.clone(),
        quizzes: graded.iter().map(|quiz| quiz_title(quiz, &published, lang)).collect(),
        rows: found.iter().map(|row| line(row, &graded, &grades, lang, zone, &base)).collect(),
        next: next.unwrap_or_default(),
        start: if after.is_some() { base.clone() } else { String::new() },
        base,
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

#[get("/{lang}/teach/{course}/learners.csv")]
async fn file(
    path: Path<(String, String)>,
    query: Query<Asked>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug) = path.into_inner();
    as_file(&mut learner, &library, &slug, &query.q).await
}

async fn open(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
) -> Result<(Arc<Card>, Arc<Published>), Fault> {
    let card = teaching::course(learner, library, slug).await?;
    let published = teaching::shown(&mut learner.cx, library, &card).await?;
    Ok((card, published))
}

pub fn quiz_title(quiz: &Quiz, published: &Published, lang: Locale) -> String {
    quiz.title.get(lang, published.course.source).to_owned()
}

fn line(
    row: &LearnerRow,
    graded: &[&Quiz],
    grades: &Grades,
    lang: Locale,
    zone: Tz,
    base: &str,
) -> Row {
    let marks = graded.iter().map(|quiz| match grades.get(&(row.enrolment, quiz.id.0.clone())) {
        Some(grade) => Mark {
            text: mark(lang, grade.fraction, quiz.rules.pass),
            state: if grade.passed { "passed" } else { "failed" },
        },
        None => Mark { text: "–".to_owned(), state: "" },
    });
    Row {
        href: format!("{base}/learners/{}", row.person),
        name: row.name.clone(),
        email: row.email.clone(),
        percent: row.percent,
        progress: format::percent(lang, row.percent.into()),
        last: day(lang, zone, row.last_at),
        marks: marks.collect(),
        completed: day(lang, zone, row.completed_at),
    }
}

/// All learners that fit the search. Percents are plain numbers, days are ISO, so that programs can read them.
async fn as_file(learner: &mut Learner, library: &Library, slug: &str, q: &str) -> Answer {
    let (card, published) = open(learner, library, slug).await?;
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let conn = learner.conn().await?;
    let found = teaching::learners(conn, card.id, &folded(q), None, i64::MAX).await?;
    let grades = teaching::grades(conn, &found).await?;
    let graded = teaching::graded(&published);
    let shell = &learner.shell;
    let mut header: Vec<String> =
        ["learners-name", "learners-email", "learners-enrolled", "learners-progress-percent"]
            .map(|key| shell.t(key).into_owned())
            .to_vec();
    header.extend(graded.iter().map(|quiz| format!("{} (%)", quiz_title(quiz, &published, lang))));
    header.extend(["learners-last", "learners-completed"].map(|key| shell.t(key).into_owned()));
    let mut sheet = Sheet::new(lang, header.iter().map(String::as_str))?;
    for row in &found {
        let mut cells = vec![
            row.name.clone(),
            row.email.clone(),
            iso_day(zone, Some(row.enrolled_at)),
            row.percent.to_string(),
        ];
        cells.extend(graded.iter().map(|quiz| {
            grades.get(&(row.enrolment, quiz.id.0.clone())).map_or(String::new(), |grade| {
                crate::domain::quiz::grade::Fraction(grade.fraction)
                    .shown_percent(quiz.rules.pass)
                    .to_string()
            })
        }));
        cells.extend([iso_day(zone, row.last_at), iso_day(zone, row.completed_at)]);
        sheet.line(cells.iter().map(String::as_str))?;
    }
    sheet.answer(&format!("{}-learners", card.slug))
}
