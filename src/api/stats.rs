//! Completion in numbers, for administrators. The same figures as on the page, with the same groups hidden.

use actix_web::get;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query, ServiceConfig};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::body::refused;
use super::caller::Caller;
use super::reply::ok;
use crate::accounts::Admin;
use crate::catalogue::Library;
use crate::domain::privacy::suppress::Cell;
use crate::reporting::completion::{self, Asked, By, Month, Report};
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

/// What is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// The address of a course; all without it.
    pub course: Option<String>,
    /// The first month, `2026-03`.
    pub from: Option<String>,
    /// The last month.
    pub to: Option<String>,
    /// `month`, `course`, `region`, `sex`, `age`, `organisation`, `sector` or `language`; `month` without it.
    pub by: Option<String>,
}

/// Completion by group.
#[derive(Serialize, ToSchema)]
pub struct Completion {
    pub by: &'static str,
    #[schema(example = "2026-01")]
    pub from: String,
    pub to: String,
    pub rows: Vec<StageCounts>,
    pub totals: StageCounts,
}

/// Counts of people; what would say too much of a small group is `null`.
#[derive(Serialize, ToSchema)]
pub struct StageCounts {
    /// The code of the group, empty for "not said".
    pub key: String,
    pub registered: Option<u64>,
    pub started: Option<u64>,
    pub halfway: Option<u64>,
    pub completed: Option<u64>,
    /// Always `null`: certificates are not issued yet.
    pub certified: Option<u64>,
    /// Is a count kept back?
    pub hidden: bool,
}

/// People by stage of their courses.
#[utoipa::path(get, path = "/api/v1/stats/completion", tag = "statistics", operation_id = "completion",
    params(Filters),
    responses((status = 200, description = "Counts by group", body = Completion)))]
#[get("/api/v1/stats/completion")]
async fn show(caller: Caller<Admin>, library: Data<Library>, filters: Query<Filters>) -> Answer {
    let Caller(mut admin) = caller;
    let asked = filters.read(&library)?;
    let (zone, now) = (admin.site.config.time_zone, admin.now);
    let report = completion::report(admin.conn().await?, &asked, zone, now).await?;
    ok(&drawn(&report, asked.by, &library))
}

impl Filters {
    fn read(&self, library: &Library) -> Result<Asked, Fault> {
        let unknown = || refused(StatusCode::BAD_REQUEST, "api-filter-unknown");
        let given = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        let month = |value: &Option<String>| match given(value) {
            None => Ok(None),
            Some(text) => Month::parse(&text).map(Some).ok_or_else(unknown),
        };
        let course = match given(&self.course) {
            None => None,
            Some(slug) => Some(library.cards().by_slug(&slug).ok_or_else(unknown)?.id),
        };
        let by = match given(&self.by) {
            None => By::Month,
            Some(code) => By::parse(&code).ok_or_else(unknown)?,
        };
        Ok(Asked { course, from: month(&self.from)?, to: month(&self.to)?, by })
    }
}

fn drawn(report: &Report, by: By, library: &Library) -> Completion {
    Completion {
        by: by.code(),
        from: report.from.code(),
        to: report.to.code(),
        rows: report.named(by).map(|(key, cells)| counts(code(key, by, library), cells)).collect(),
        totals: counts("total".to_owned(), &report.table.totals),
    }
}

/// Courses go by their addresses, everything else by the code that it has.
fn code(key: &str, by: By, library: &Library) -> String {
    let course = Uuid::parse_str(key).ok().filter(|_| by == By::Course);
    let cards = library.cards();
    course.and_then(|id| cards.by_id(id)).map_or(key.to_owned(), |card| card.slug.clone())
}

fn counts(key: String, cells: &[Cell]) -> StageCounts {
    let count = |stage: usize| cells.get(stage).and_then(|cell| cell.shown());
    StageCounts {
        key,
        registered: count(0),
        started: count(1),
        halfway: count(2),
        completed: count(3),
        certified: None,
        hidden: cells.iter().any(|cell| cell.shown().is_none()),
    }
}
