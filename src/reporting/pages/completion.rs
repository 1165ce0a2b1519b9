//! Completion: registered, started, half-way, completed, by group, as bars, as a table and as a file with the same
//! figures.

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::csv::Sheet;
use super::parts::{number, share};
use crate::accounts::Admin;
use crate::catalogue::Library;
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::privacy::suppress::Cell;
use crate::reporting::completion::{self, By, Month, Report, STAGES};
use crate::web::{Answer, Fault, Page, Shell};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(file);
}

/// The filters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
struct Filters {
    #[serde(default)]
    course: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    by: String,
}

impl Filters {
    fn read(&self, library: &Library) -> Result<completion::Asked, Fault> {
        let month = |text: &str| match text {
            "" => Ok(None),
            text => Month::parse(text).map(Some).ok_or(Fault::NotFound),
        };
        let course = match self.course.as_str() {
            "" => None,
            slug => Some(library.cards().by_slug(slug).ok_or(Fault::NotFound)?.id),
        };
        let by = match self.by.as_str() {
            "" => By::Month,
            code => By::parse(code).ok_or(Fault::NotFound)?,
        };
        Ok(completion::Asked { course, from: month(&self.from)?, to: month(&self.to)?, by })
    }
}

type Choices = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "reporting/pages/completion.html")]
struct View {
    shell: Shell,
    period: String,
    file: String,
    courses: Choices,
    from: Choices,
    to: Choices,
    groupings: Choices,
    figures: Vec<Figure>,
    path: Vec<Bar>,
    path_finding: String,
    grouping: String,
    group_name: String,
    group_finding: String,
    bars: Vec<Bar>,
    lines: Vec<Line>,
    n_hidden: String,
    total: Line,
}

struct Figure {
    name: String,
    value: String,
}

/// A bar in percent; `inside` is written into it, `note` after it.
struct Bar {
    label: String,
    percent: i64,
    shown: String,
    inside: String,
    note: String,
}

/// A line of the table; hidden figures are empty.
struct Line {
    label: String,
    cells: Vec<String>,
    rate: String,
    percent: i64,
}

#[get("/{lang}/admin/completion")]
async fn show(query: Query<Filters>, library: Data<Library>, mut admin: Admin) -> Answer {
    let query = query.into_inner();
    let report = read(&query, &library, &mut admin).await?;
    let shell = admin.cx.shell.at("admin");
    Ok(Page::of(&view(shell, &query, &library, &report))?.answer())
}

#[get("/{lang}/admin/completion.csv")]
async fn file(query: Query<Filters>, library: Data<Library>, mut admin: Admin) -> Answer {
    let query = query.into_inner();
    let report = read(&query, &library, &mut admin).await?;
    let shell = &admin.shell;
    let by = query.read(&library)?.by;
    let header: Vec<String> = std::iter::once(shell.t(&format!("completion-by-{}", by.code())))
        .chain(STAGES.iter().map(|stage| shell.t(&format!("completion-{stage}"))))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let mut sheet = Sheet::new(shell.lang, header.iter().map(String::as_str))?;
    let hidden = shell.t("completion-hidden");
    let total = (shell.t("completion-total").into_owned(), report.table.totals.clone());
    for (label, cells) in labelled(&report, by, &library, shell).into_iter().chain([total]) {
        let figures = cells.iter().map(|cell| match cell {
            Cell::Shown(count) => count.to_string(),
            Cell::Hidden => hidden.clone().into_owned(),
        });
        let line: Vec<String> = std::iter::once(label).chain(figures).collect();
        sheet.line(line.iter().map(String::as_str))?;
    }
    sheet.answer(&format!("completion-{}-{}-{}", by.code(), report.from.code(), report.to.code()))
}

async fn read(query: &Filters, library: &Library, admin: &mut Admin) -> Result<Report, Fault> {
    let asked = query.read(library)?;
    let (zone, now) = (admin.site.config.time_zone, admin.now);
    Ok(completion::report(admin.conn().await?, &asked, zone, now).await?)
}

/// Groups with their names, those with the most people first. Months stay in order; what is hidden comes last by name,
/// so that the order gives nothing away. Organisations that are hidden are not named.
fn labelled(report: &Report, by: By, library: &Library, shell: &Shell) -> Vec<(String, Vec<Cell>)> {
    let mut rows: Vec<(String, Vec<Cell>)> = report
        .named(by)
        .map(|(key, cells)| (label(key, by, library, shell), cells.clone()))
        .collect();
    if by == By::Age {
        return rows;
    }
    if by != By::Month {
        rows.sort_by_cached_key(|(label, cells)| {
            let first = cells.first().and_then(|cell| cell.shown());
            (first.is_none(), std::cmp::Reverse(first), label.clone())
        });
    }
    rows
}

fn label(key: &str, by: By, library: &Library, shell: &Shell) -> String {
    if key.is_empty() {
        return shell.t("not-said").into_owned();
    }
    match by {
        By::Month => Month::parse(key)
            .map_or(key.to_owned(), |month| format::month_of_year(shell.lang, month.first_day())),
        By::Course => Uuid::parse_str(key)
            .ok()
            .and_then(|id| library.cards().by_id(id).cloned())
            .map_or_else(|| key.to_owned(), |card| card.title_in(shell.lang).to_owned()),
        By::Organisation => key.to_owned(),
        By::Language => {
            Locale::parse(key).map_or(key.to_owned(), |locale| locale.native_name().to_owned())
        }
        By::Region | By::Sex | By::Age | By::Sector => {
            shell.t(&format!("{}-{key}", by.code())).into_owned()
        }
    }
}

fn view(shell: Shell, query: &Filters, library: &Library, report: &Report) -> View {
    let by = By::parse(&query.by).unwrap_or(By::Month);
    let labelled = labelled(report, by, library, &shell);
    let n_hidden = report.table.rows.len() - labelled.len();
    let lines: Vec<Line> =
        labelled.iter().map(|(label, cells)| line(&shell, label, cells)).collect();
    let total = line(&shell, &shell.t("completion-total"), &report.table.totals);
    let (from, to) = (report.from, report.to);
    let month = |month: Month| format::month_of_year(shell.lang, month.first_day());
    let months = |chosen: Month| -> Choices {
        report.months.iter().map(|each| (each.code(), month(*each), *each == chosen)).collect()
    };
    View {
        period: format!("{} – {}", month(from), month(to)),
        file: csv_address(&shell, query),
        courses: courses(&shell, library, &query.course),
        from: months(from),
        to: months(to),
        groupings: By::ALL
            .map(|each| {
                let name = shell.t(&format!("completion-by-{}", each.code())).into_owned();
                (each.code().to_owned(), name, each == by)
            })
            .into(),
        figures: figures(&shell, report),
        path: path(&shell, &report.table.totals),
        path_finding: shell.t(path_finding(&report.table.totals)).into_owned(),
        grouping: shell.t(&format!("completion-title-{}", by.code())).into_owned(),
        group_name: shell.t(&format!("completion-by-{}", by.code())).into_owned(),
        group_finding: group_finding(&shell, &labelled),
        bars: labelled.iter().map(|(label, cells)| rate_bar(&shell, label, cells)).collect(),
        n_hidden: if n_hidden == 0 {
            String::new()
        } else {
            shell
                .tn("completion-n-hidden", &i64::try_from(n_hidden).unwrap_or(i64::MAX))
                .into_owned()
        },
        lines,
        total,
        shell,
    }
}

fn csv_address(shell: &Shell, query: &Filters) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    let fields =
        [("course", &query.course), ("from", &query.from), ("to", &query.to), ("by", &query.by)];
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        text.append_pair(name, value);
    }
    format!("/{}/admin/completion.csv?{}", shell.code(), text.finish())
}

fn courses(shell: &Shell, library: &Library, chosen: &str) -> Choices {
    let all = (String::new(), shell.t("completion-all-courses").into_owned(), chosen.is_empty());
    let cards = library.cards();
    std::iter::once(all)
        .chain(cards.all().map(|card| {
            (card.slug.clone(), card.title_in(shell.lang).to_owned(), card.slug == chosen)
        }))
        .collect()
}

fn text(shell: &Shell, cell: Cell) -> String {
    cell.shown().map_or_else(String::new, |count| number(shell.lang, whole(count)))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Completed of registered in percent, where both are shown.
fn rate(cells: &[Cell]) -> Option<i64> {
    let (first, last) = (cells.first()?.shown()?, cells.last()?.shown()?);
    share(whole(last), whole(first))
}

fn line(shell: &Shell, label: &str, cells: &[Cell]) -> Line {
    let rate = rate(cells);
    Line {
        label: label.to_owned(),
        cells: cells.iter().map(|cell| text(shell, *cell)).collect(),
        rate: rate.map_or(String::new(), |percent| format::percent(shell.lang, percent)),
        percent: rate.unwrap_or(0),
    }
}

fn figures(shell: &Shell, report: &Report) -> Vec<Figure> {
    let figure = |key: &str, value: String| Figure {
        name: shell.t(key).into_owned(),
        value: if value.is_empty() { shell.t("completion-hidden").into_owned() } else { value },
    };
    let totals = &report.table.totals;
    let stages = STAGES
        .iter()
        .zip(totals)
        .map(|(stage, cell)| figure(&format!("completion-{stage}"), text(shell, *cell)));
    std::iter::once(figure("completion-registrations", text(shell, report.registrations)))
        .chain(stages)
        .collect()
}

/// The stages of everybody, each with its share of the first and how many were lost on the way to it.
fn path(shell: &Shell, totals: &[Cell]) -> Vec<Bar> {
    let first = totals.first().and_then(|cell| cell.shown()).unwrap_or(0);
    let mut before = None;
    STAGES
        .iter()
        .zip(totals)
        .map(|(stage, cell)| {
            let label = shell.t(&format!("completion-{stage}")).into_owned();
            let count = cell.shown();
            let percent = count.and_then(|count| share(whole(count), whole(first)));
            let lost = before.zip(count).map(|(before, count)| whole(count) - whole(before));
            before = count;
            Bar {
                label,
                percent: percent.unwrap_or(0),
                shown: percent
                    .map_or("–".to_owned(), |percent| format::percent(shell.lang, percent)),
                inside: count.map_or_else(
                    || shell.t("completion-hidden").into_owned(),
                    |count| number(shell.lang, whole(count)),
                ),
                note: lost
                    .filter(|lost| *lost != 0)
                    .map_or(String::new(), |lost| number(shell.lang, lost)),
            }
        })
        .collect()
}

/// Where most people are lost, as a key.
fn path_finding(totals: &[Cell]) -> &'static str {
    let counts: Option<Vec<u64>> = totals.iter().map(|cell| cell.shown()).collect();
    let Some(counts) = counts else { return "completion-finding-few" };
    let losses = counts
        .iter()
        .zip(counts.iter().skip(1))
        .map(|(before, after)| before.saturating_sub(*after));
    let keys =
        ["completion-finding-start", "completion-finding-first", "completion-finding-second"];
    match keys.iter().zip(losses).max_by_key(|(_, lost)| *lost) {
        Some((key, 1..)) => key,
        _ => "completion-finding-none",
    }
}

/// The group that completes most often.
fn group_finding(shell: &Shell, rows: &[(String, Vec<Cell>)]) -> String {
    let rated = rows.iter().filter_map(|(label, cells)| Some((label, rate(cells)?)));
    match rated.max_by_key(|(_, percent)| *percent) {
        Some((label, percent)) if percent > 0 => words::ta(
            shell.lang,
            "completion-finding-best",
            &[("group", label), ("percent", &format::percent(shell.lang, percent))],
        )
        .into_owned(),
        _ => shell.t("completion-finding-few").into_owned(),
    }
}

fn rate_bar(shell: &Shell, label: &str, cells: &[Cell]) -> Bar {
    let percent = rate(cells);
    Bar {
        label: label.to_owned(),
        percent: percent.unwrap_or(0),
        shown: percent.map_or("–".to_owned(), |percent| format::percent(shell.lang, percent)),
        inside: if percent.is_none() {
            shell.t("completion-hidden").into_owned()
        } else {
            String::new()
        },
        note: String::new(),
    }
}
