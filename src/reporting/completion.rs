//! Completion: how many people enrolled, started, got half-way and completed, by group, as it may be shown.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::store::{self, CohortRow, Key};
use crate::db::{self, Conn};
use crate::domain::privacy::cohorts::{self, Months, Part, Period};
use crate::domain::privacy::suppress::{Cell, LEAST, Table};

/// What groups are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Month,
    Course,
    Region,
    Sex,
    Age,
    Organisation,
    Sector,
    Language,
}

impl By {
    /// All, in the order in which they are offered.
    pub const ALL: [By; 8] = [
        By::Month,
        By::Course,
        By::Region,
        By::Sex,
        By::Age,
        By::Organisation,
        By::Sector,
        By::Language,
    ];

    /// As in addresses and words.
    pub fn code(self) -> &'static str {
        match self {
            By::Month => "month",
            By::Course => "course",
            By::Region => "region",
            By::Sex => "sex",
            By::Age => "age",
            By::Organisation => "organisation",
            By::Sector => "sector",
            By::Language => "language",
        }
    }

    /// The grouping of a code.
    pub fn parse(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }

    fn key(self) -> Key {
        match self {
            By::Month => Key::Everybody,
            By::Course => Key::Course,
            By::Region => Key::Region,
            By::Sex => Key::Sex,
            By::Age => Key::Age,
            By::Organisation => Key::Organisation,
            By::Sector => Key::Sector,
            By::Language => Key::Language,
        }
    }
}

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Month {
        Month(day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default())
    }

    /// Reads `2026-03`, and of `2026-03-17` the month.
    pub fn parse(text: &str) -> Option<Month> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse::<i32>().ok().filter(|year| (1900..=2200).contains(year))?;
        let month = parts.next()?.parse::<u32>().ok()?;
        Some(Month::of(NaiveDate::from_ymd_opt(year, month, 1)?))
    }

    /// As in addresses: `2026-03`.
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        let month = u32::try_from(self.0.rem_euclid(12)).unwrap_or_default() + 1;
        NaiveDate::from_ymd_opt(self.0.div_euclid(12), month, 1).unwrap_or_default()
    }

    /// How many months of its quarter have passed before it.
    fn of_quarter(self) -> usize {
        usize::try_from(self.0.rem_euclid(3)).unwrap_or_default()
    }

    fn after(self, by: usize) -> Month {
        Month(self.0.saturating_add(i32::try_from(by).unwrap_or(i32::MAX)))
    }

    fn since(self, first: Month) -> usize {
        usize::try_from(self.0.saturating_sub(first.0)).unwrap_or_default()
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub course: Option<Uuid>,
    pub from: Option<Month>,
    pub to: Option<Month>,
    pub by: By,
}

/// The stages of a learner's path, in order, as in words and addresses.
pub const STAGES: [&str; 4] = ["registered", "started", "halfway", "completed"];

/// Completion as it may be shown.
#[derive(Clone, Debug)]
pub struct Report {
    /// Groups and totals; a key is a code, a course's id or an organisation's name, empty for "not said".
    pub table: Table<String>,
    /// People who joined the site in the period.
    pub registrations: Cell,
    /// The period that is shown.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// The months that can be chosen.
    pub months: Vec<Month>,
}

impl Report {
    /// The groups that may be named: the name of a small organisation says already that somebody of it is here.
    pub fn named(&self, by: By) -> impl Iterator<Item = &(String, Vec<Cell>)> {
        let is_shown = |cells: &[Cell]| cells.first().is_some_and(|cell| cell.shown().is_some());
        self.table.rows.iter().filter(move |(_, cells)| by != By::Organisation || is_shown(cells))
    }
}

/// Reads and counts. A group is hidden where it, or what could be worked out with it, is too small.
pub async fn report(
    conn: &mut Conn,
    asked: &Asked,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<Report, db::Error> {
    let today = now.with_timezone(&zone).date_naive();
    let (zone, year) = (zone.name(), today.year());
    let joined = store::registrations(conn, zone).await?;
    let everybody = store::cohorts(conn, Key::Everybody, None, zone, year).await?;
    let span = Span::of(joined.iter().chain(&everybody), Month::of(today));
    let (groups, of_course) = match asked.course {
        None => (store::cohorts(conn, asked.by.key(), None, zone, year).await?, None),
        course => {
            let wider = store::cohorts(conn, asked.by.key(), None, zone, year).await?;
            let all = store::cohorts(conn, Key::Everybody, course, zone, year).await?;
            (store::cohorts(conn, asked.by.key(), course, zone, year).await?, Some((all, wider)))
        }
    };
    let (from, to) = span.chosen(asked);
    let months = from.since(span.first)..to.since(span.first) + 1;
    let period = Period { months, passed: span.first.of_quarter() };
    let everybody = span.months(&everybody);
    let all = match &of_course {
        None => Part { key: (), months: everybody.clone(), within: None },
        Some((all, _)) => {
            Part { key: (), months: span.months(all), within: Some(everybody.clone()) }
        }
    };
    let table = if asked.by == By::Month {
        named(cohorts::by_month(&all, &period, LEAST), span.first)
    } else {
        let wider = of_course.as_ref().map(|(_, wider)| span.by_key(wider));
        let parts: Vec<Part<String>> = span
            .by_key(&groups)
            .into_iter()
            .map(|(key, months)| {
                let within = match (asked.by, &wider) {
                    (By::Course, _) => Some(everybody.clone()),
                    (_, Some(wider)) => wider.get(&key).cloned(),
                    (_, None) => None,
                };
                Part { key, months, within }
            })
            .collect();
        cohorts::table(&parts, &all, &period, LEAST)
    };
    let joined = Part { key: (), months: registered_only(span.months(&joined)), within: None };
    let registrations = cohorts::count(&joined, &period, LEAST);
    Ok(Report { table, registrations, from, to, months: span.all() })
}

fn named(table: Table<usize>, first: Month) -> Table<String> {
    let rows = table.rows.into_iter().map(|(month, cells)| (first.after(month).code(), cells));
    Table { rows: rows.collect(), totals: table.totals }
}

fn registered_only(months: Months) -> Months {
    months.into_iter().map(|month| month.into_iter().take(1).collect()).collect()
}

/// All months from the first that anybody joined to this one.
struct Span {
    first: Month,
    last: Month,
}

impl Span {
    fn of<'a>(rows: impl Iterator<Item = &'a CohortRow>, this_month: Month) -> Span {
        let (first, last) = rows.fold((this_month, this_month), |(first, last), row| {
            (first.min(Month(row.month)), last.max(Month(row.month)))
        });
        Span { first, last }
    }

    fn len(&self) -> usize {
        self.last.since(self.first) + 1
    }

    fn all(&self) -> Vec<Month> {
        (0..self.len()).map(|place| self.first.after(place)).collect()
    }

    /// The asked months, in order and inside the span.
    fn chosen(&self, asked: &Asked) -> (Month, Month) {
        let from = asked.from.unwrap_or(self.first).clamp(self.first, self.last);
        let to = asked.to.unwrap_or(self.last).clamp(self.first, self.last);
        (from.min(to), to.max(from))
    }

    fn months(&self, rows: &[CohortRow]) -> Months {
        self.by_key(rows).into_values().next().unwrap_or_else(|| self.empty())
    }

    fn empty(&self) -> Months {
        vec![vec![0; STAGES.len()]; self.len()]
    }

    fn by_key(&self, rows: &[CohortRow]) -> BTreeMap<String, Months> {
        let mut groups: BTreeMap<String, Months> = BTreeMap::new();
        for row in rows {
            let months = groups.entry(row.key.clone()).or_insert_with(|| self.empty());
            if let Some(month) = months.get_mut(Month(row.month).since(self.first)) {
                *month = [row.registered, row.started, row.halfway, row.completed]
                    .map(|count| u64::try_from(count).unwrap_or_default())
                    .to_vec();
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_and_written() {
        let march = Month::parse("2026-03").unwrap();
        assert_eq!(march.code(), "2026-03");
        assert_eq!(Month::parse("2026-03-17"), Some(march));
        assert_eq!(march.after(10).code(), "2027-01");
        for bad in ["", "2026", "2026-13", "x-1", "99999-01"] {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_period_turned_round_is_the_same_period() {
        let month = |code: &str| Month::parse(code).unwrap();
        let span = Span { first: month("2026-01"), last: month("2026-11") };
        let asked = Asked {
            course: None,
            from: Some(month("2026-06")),
            to: Some(month("2025-02")),
            by: By::Month,
        };
        assert_eq!(span.chosen(&asked), (month("2026-01"), month("2026-06")));
    }
}
