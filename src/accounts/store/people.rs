//! The table of people: who may come in, and who runs the platform.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::people;
use crate::db::{Conn, QueryResult};

/// What signing in needs to know.
#[derive(Clone, Debug, Queryable)]
pub struct Credentials {
    pub id: Uuid,
    pub password_hash: String,
    pub language: String,
    pub disabled: bool,
}

pub async fn credentials(conn: &mut Conn, email_key: &str) -> QueryResult<Option<Credentials>> {
    people::table
        .filter(people::email_key.eq(email_key))
        .select((
            people::id,
            people::password_hash,
            people::language,
            people::disabled_at.is_not_null(),
        ))
        .first(conn)
        .await
        .optional()
}

pub async fn password_hash_of(conn: &mut Conn, person: Uuid) -> QueryResult<String> {
    people::table.find(person).select(people::password_hash).first(conn).await
}

/// A person to be.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = people)]
pub struct NewPerson<'a> {
    pub id: Uuid,
    pub email: &'a str,
    pub email_key: &'a str,
    pub name: &'a str,
    pub password_hash: &'a str,
    pub language: &'a str,
    pub time_zone: &'a str,
    pub admin: bool,
    pub registered_at: DateTime<Utc>,
}

/// Adds a person; says no if the address is taken.
pub async fn insert_person(conn: &mut Conn, person: &NewPerson<'_>) -> QueryResult<bool> {
    let n_rows = diesel::insert_into(people::table)
        .values(person)
        .on_conflict(people::email_key)
        .do_nothing()
        .execute(conn)
        .await?;
    Ok(n_rows == 1)
}

pub async fn set_password(conn: &mut Conn, person: Uuid, hash: &str) -> QueryResult<usize> {
    diesel::update(people::table.find(person))
        .set(people::password_hash.eq(hash))
        .execute(conn)
        .await
}

pub async fn any_admin(conn: &mut Conn) -> QueryResult<bool> {
    diesel::select(exists(
        people::table.filter(people::admin.eq(true).and(people::disabled_at.is_null())),
    ))
    .get_result(conn)
    .await
}

pub async fn set_admin(conn: &mut Conn, person: Uuid, admin: bool) -> QueryResult<usize> {
    diesel::update(people::table.find(person)).set(people::admin.eq(admin)).execute(conn).await
}

/// The administrators who can get in; nobody else changes them until the transaction ends.
pub async fn lock_admins(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    people::table
        .filter(people::admin.eq(true).and(people::disabled_at.is_null()))
        .order(people::id)
        .for_update()
        .select(people::id)
        .load(conn)
        .await
}

/// Disables a person, or lets them in again.
pub async fn set_disabled(
    conn: &mut Conn,
    person: Uuid,
    at: Option<DateTime<Utc>>,
) -> QueryResult<usize> {
    diesel::update(people::table.find(person)).set(people::disabled_at.eq(at)).execute(conn).await
}
