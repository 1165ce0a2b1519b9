//! People by month, group and stage.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Int4, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::{Conn, QueryResult};

/// What people are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Everybody,
    Course,
    Region,
    Sex,
    Age,
    Organisation,
    Sector,
    Language,
}

impl Key {
    fn sql(self) -> &'static str {
        match self {
            Key::Everybody => "''",
            Key::Course => "r.course_id::text",
            Key::Region => "coalesce(p.region, '')",
            Key::Sex => "coalesce(p.sex, '')",
            Key::Age => {
                "case when p.birth_year is null then '' when $3 - p.birth_year < 18 then 'to-17' \
                 when $3 - p.birth_year < 25 then '18-24' when $3 - p.birth_year < 35 then '25-34' \
                 when $3 - p.birth_year < 45 then '35-44' when $3 - p.birth_year < 55 then '45-54' \
                 when $3 - p.birth_year < 65 then '55-64' else 'from-65' end"
            }
            Key::Organisation => "coalesce(o.name, '')",
            Key::Sector => "coalesce(p.sector, '')",
            Key::Language => "p.language",
        }
    }

    /// By course everybody stands in each of their courses; else once.
    fn course(self) -> &'static str {
        if self == Key::Course { "e.course_id" } else { "null::uuid" }
    }
}

/// People of a group who first enrolled in a month, by the stage they have reached.
#[derive(Clone, Debug, QueryableByName)]
pub struct CohortRow {
    #[diesel(sql_type = Text)]
    pub key: String,
    /// Months since year 0.
    #[diesel(sql_type = Int4)]
    pub month: i32,
    #[diesel(sql_type = BigInt)]
    pub registered: i64,
    #[diesel(sql_type = BigInt)]
    pub started: i64,
    #[diesel(sql_type = BigInt)]
    pub halfway: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
}

pub async fn cohorts(
    conn: &mut Conn,
    key: Key,
    course: Option<Uuid>,
    zone: &str,
    this_year: i32,
) -> QueryResult<Vec<CohortRow>> {
    let (name, split) = (key.sql(), key.course());
    diesel::sql_query(format!(
        "with r as ( \
           select e.person_id, {split} as course_id, min(e.enrolled_at) as at, \
             bool_or(coalesce(e.started_at, e.halfway_at, e.completed_at) is not null) as started, \
             bool_or(coalesce(e.halfway_at, e.completed_at) is not null) as halfway, \
             bool_or(e.completed_at is not null) as completed \
           from enrolments e where $1 is null or e.course_id = $1 group by 1, 2) \
         select {name} as key, \
           (extract(year from r.at at time zone $2) * 12 + extract(month from r.at at time zone $2) - 1)::int \
             as month, \
           count(*) filter (where $3 > 0) as registered, count(*) filter (where r.started) as started, \
           count(*) filter (where r.halfway) as halfway, count(*) filter (where r.completed) as completed \
         from r join people p on p.id = r.person_id left join organisations o on o.id = p.organisation_id \
         group by 1, 2 order by 1, 2",
    ))
    .bind::<Nullable<SqlUuid>, _>(course)
    .bind::<Text, _>(zone)
    .bind::<Int4, _>(this_year)
    .load(conn)
    .await
}

/// People by the month in which they joined the site.
pub async fn registrations(conn: &mut Conn, zone: &str) -> QueryResult<Vec<CohortRow>> {
    diesel::sql_query(
        "select '' as key, (extract(year from registered_at at time zone $1) * 12 \
           + extract(month from registered_at at time zone $1) - 1)::int as month, count(*) as registered, \
           0::bigint as started, 0::bigint as halfway, 0::bigint as completed \
         from people group by 2",
    )
    .bind::<Text, _>(zone)
    .load(conn)
    .await
}
