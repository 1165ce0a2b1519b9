//! The table of sessions, of browsers and of programs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::sessions;
use crate::db::{Conn, QueryResult, prepared};

/// Who is behind a session.
#[derive(Clone, Debug, QueryableByName)]
pub struct PersonRow {
    #[diesel(sql_type = SqlUuid)]
    pub session: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub seen_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid, column_name = person)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text, column_name = speaks)]
    pub language: String,
    #[diesel(sql_type = Text)]
    pub time_zone: String,
    #[diesel(sql_type = Bool)]
    pub admin: bool,
    #[diesel(sql_type = Bool)]
    pub trains: bool,
}

/// The statement that finds the person of a living session by one column of it; disabled people have none. It is written
/// out because every page asks it, and the query builder would spell it anew each time.
macro_rules! person_of_session {
    ($column:literal) => {
        concat!(
            "select s.id as session, s.seen_at, p.id as person, p.name, p.language as speaks, ",
            "p.time_zone, p.admin, ",
            "exists(select from course_trainers where person_id = p.id) as trains ",
            "from sessions s join people p on p.id = s.person_id where s.",
            $column,
            " = $1 and s.kind = $2 and s.expires_at > $3 and p.disabled_at is null"
        )
    };
}

/// The person of a session by the hash of its token, for statements that ask for more of them: the hash is `$1`, the kind
/// of the session `$2`, the time `$3`.
pub const PERSON_OF_SESSION: &str = person_of_session!("token_hash");

/// The person of a session by the hash of its token.
pub async fn by_session(
    conn: &mut Conn,
    kind: &str,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<Option<PersonRow>> {
    let statement = diesel::sql_query(PERSON_OF_SESSION)
        .bind::<Bytea, _>(token_hash)
        .bind::<Text, _>(kind)
        .bind::<Timestamptz, _>(at);
    prepared(statement).get_result(conn).await.optional()
}

/// The person of a session by its id, for bearer tokens.
pub async fn by_session_id(
    conn: &mut Conn,
    session: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Option<PersonRow>> {
    let statement = diesel::sql_query(person_of_session!("id"))
        .bind::<SqlUuid, _>(session)
        .bind::<Text, _>("api")
        .bind::<Timestamptz, _>(at);
    prepared(statement).get_result(conn).await.optional()
}

/// A session to be.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = sessions)]
pub struct NewSession<'a> {
    pub id: Uuid,
    pub token_hash: &'a [u8],
    pub person_id: Uuid,
    pub kind: &'a str,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub device: &'a str,
}

pub async fn insert_session(conn: &mut Conn, session: &NewSession<'_>) -> QueryResult<usize> {
    diesel::insert_into(sessions::table).values(session).execute(conn).await
}

pub async fn touch_session(
    conn: &mut Conn,
    session: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(sessions::table.find(session)).set(sessions::seen_at.eq(at)).execute(conn).await
}

/// Gives an API session a new refresh token if the old one still fits: an old token works once.
pub async fn rotate_session(
    conn: &mut Conn,
    old_hash: &[u8],
    new_hash: &[u8],
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<Option<(Uuid, Uuid)>> {
    diesel::update(
        sessions::table.filter(
            sessions::token_hash
                .eq(old_hash)
                .and(sessions::kind.eq("api"))
                .and(sessions::expires_at.gt(at)),
        ),
    )
    .set((
        sessions::token_hash.eq(new_hash),
        sessions::seen_at.eq(at),
        sessions::expires_at.eq(expires_at),
    ))
    .returning((sessions::id, sessions::person_id))
    .get_result(conn)
    .await
    .optional()
}

/// Ends the API session of a refresh token that was used up before.
pub async fn end_api_session(conn: &mut Conn, session: Uuid) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::id.eq(session).and(sessions::kind.eq("api"))))
        .execute(conn)
        .await
}

/// One of a person's sessions, as the profile lists them.
#[derive(Clone, Debug, Queryable)]
pub struct SessionRow {
    pub id: Uuid,
    pub kind: String,
    pub device: String,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

pub async fn sessions_of(
    conn: &mut Conn,
    person: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Vec<SessionRow>> {
    sessions::table
        .filter(sessions::person_id.eq(person).and(sessions::expires_at.gt(at)))
        .order(sessions::seen_at.desc())
        .select((
            sessions::id,
            sessions::kind,
            sessions::device,
            sessions::created_at,
            sessions::seen_at,
        ))
        .load(conn)
        .await
}

pub async fn end_session(conn: &mut Conn, person: Uuid, session: Uuid) -> QueryResult<usize> {
    diesel::delete(
        sessions::table.filter(sessions::id.eq(session).and(sessions::person_id.eq(person))),
    )
    .execute(conn)
    .await
}

/// Ends all sessions of a person but one.
pub async fn end_other_sessions(
    conn: &mut Conn,
    person: Uuid,
    keep: Option<Uuid>,
) -> QueryResult<usize> {
    diesel::delete(
        sessions::table
            .filter(sessions::person_id.eq(person).and(sessions::id.ne(keep.unwrap_or_default()))),
    )
    .execute(conn)
    .await
}

/// Forgets sessions that ended by themselves.
pub async fn forget_sessions(conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(at))).execute(conn).await
}
