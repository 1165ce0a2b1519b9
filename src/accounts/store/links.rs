//! The table of links that work once.

use chrono::{DateTime, Utc};
use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::one_time_links;
use crate::db::{Conn, QueryResult};

/// A link that works once.
pub async fn insert_link(
    conn: &mut Conn,
    token_hash: &[u8],
    purpose: &str,
    person: Option<Uuid>,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(one_time_links::table)
        .values((
            one_time_links::token_hash.eq(token_hash),
            one_time_links::purpose.eq(purpose),
            one_time_links::person_id.eq(person),
            one_time_links::created_at.eq(at),
            one_time_links::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .await
}

/// Ends the unused links of a person.
pub async fn drop_links(conn: &mut Conn, purpose: &str, person: Uuid) -> QueryResult<usize> {
    let unused = one_time_links::table.filter(
        one_time_links::person_id
            .eq(person)
            .and(one_time_links::purpose.eq(purpose))
            .and(one_time_links::used_at.is_null()),
    );
    diesel::delete(unused).execute(conn).await
}

/// Is this link good? Gives the person it is for.
pub async fn find_link(
    conn: &mut Conn,
    token_hash: &[u8],
    purpose: &str,
    at: DateTime<Utc>,
) -> QueryResult<Option<Option<Uuid>>> {
    one_time_links::table
        .filter(one_time_links::token_hash.eq(token_hash).and(one_time_links::purpose.eq(purpose)))
        .filter(one_time_links::expires_at.gt(at).and(one_time_links::used_at.is_null()))
        .select(one_time_links::person_id)
        .first(conn)
        .await
        .optional()
}

/// Uses a link up; only one of two callers gets `true`.
pub async fn use_link(conn: &mut Conn, token_hash: &[u8]) -> QueryResult<bool> {
    let link = one_time_links::table.filter(
        one_time_links::token_hash
            .eq(token_hash)
            .and(one_time_links::used_at.is_null())
            .and(one_time_links::expires_at.gt(now)),
    );
    let n_rows = diesel::update(link).set(one_time_links::used_at.eq(now)).execute(conn).await?;
    Ok(n_rows == 1)
}

/// Forgets links that work no more.
pub async fn forget_links(conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<usize> {
    let over = one_time_links::expires_at.lt(at).or(one_time_links::used_at.is_not_null());
    diesel::delete(one_time_links::table.filter(over)).execute(conn).await
}
