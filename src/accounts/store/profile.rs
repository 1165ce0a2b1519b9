//! What people say of themselves, and their organisations.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{organisations, people};
use crate::db::{Conn, QueryResult};

/// What a person may say and change about themselves.
#[derive(Clone, Debug, Queryable)]
pub struct Profile {
    pub email: String,
    pub name: String,
    pub language: String,
    pub time_zone: String,
    pub organisation: Option<String>,
    pub region: Option<String>,
    pub sector: Option<String>,
    pub sex: Option<String>,
    pub birth_year: Option<i16>,
    pub consent_at: Option<DateTime<Utc>>,
}

pub async fn profile(conn: &mut Conn, person: Uuid) -> QueryResult<Profile> {
    people::table
        .left_join(organisations::table)
        .filter(people::id.eq(person))
        .select((
            people::email,
            people::name,
            people::language,
            people::time_zone,
            organisations::name.nullable(),
            people::region,
            people::sector,
            people::sex,
            people::birth_year,
            people::profile_consent_at,
        ))
        .first(conn)
        .await
}

/// A changed profile.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = people, treat_none_as_null = true)]
pub struct ProfileChange<'a> {
    pub name: &'a str,
    pub language: &'a str,
    pub time_zone: &'a str,
    pub organisation_id: Option<Uuid>,
    pub region: Option<&'a str>,
    pub sector: Option<&'a str>,
    pub sex: Option<&'a str>,
    pub birth_year: Option<i16>,
    pub profile_consent_at: Option<DateTime<Utc>>,
}

pub async fn update_profile(
    conn: &mut Conn,
    person: Uuid,
    change: &ProfileChange<'_>,
) -> QueryResult<usize> {
    diesel::update(people::table.find(person)).set(change).execute(conn).await
}

/// The organisation of this name, added if it is new.
pub async fn organisation(
    conn: &mut Conn,
    id: Uuid,
    name: &str,
    fold: &str,
    at: DateTime<Utc>,
) -> QueryResult<Uuid> {
    diesel::insert_into(organisations::table)
        .values((
            organisations::id.eq(id),
            organisations::name.eq(name),
            organisations::name_fold.eq(fold),
            organisations::created_at.eq(at),
        ))
        .on_conflict(organisations::name_fold)
        .do_update()
        .set(organisations::name_fold.eq(fold))
        .returning(organisations::id)
        .get_result(conn)
        .await
}
