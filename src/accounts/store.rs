//! The tables of people and sessions.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, now};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Bytea, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{
    course_trainers, one_time_links, organisations, people, replies, sessions, sign_in_failures,
};
use crate::db::{Conn, QueryResult, prepared};

/// Who is behind a session.
#[derive(Clone, Debug, Queryable, QueryableByName)]
pub struct PersonRow {
    #[diesel(sql_type = SqlUuid)]
    pub session: Uuid,
    #[diesel(sql_type = Timestamptz)]
    pub seen_at: DateTime<Utc>,
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub language: String,
    #[diesel(sql_type = Text)]
    pub time_zone: String,
    #[diesel(sql_type = Bool)]
    pub admin: bool,
    #[diesel(sql_type = Bool)]
    pub trains: bool,
}

/// The person of a living session; disabled people have none. Every page asks this, so it is written out: the query
/// builder would spell it anew each time.
pub async fn by_session(
    mut conn: &Conn,
    kind: &str,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<Option<PersonRow>> {
    let statement = diesel::sql_query(
        "select s.id as session, s.seen_at, p.id, p.name, p.language, p.time_zone, p.admin, \
           exists(select from course_trainers where person_id = p.id) as trains \
         from sessions s join people p on p.id = s.person_id \
         where s.token_hash = $1 and s.kind = $2 and s.expires_at > $3 and p.disabled_at is null",
    )
    .bind::<Bytea, _>(token_hash)
    .bind::<Text, _>(kind)
    .bind::<Timestamptz, _>(at);
    prepared(statement).get_result(&mut conn).await.optional()
}

/// The person of a session by its id, for bearer tokens.
pub async fn by_session_id(
    conn: &mut Conn,
    session: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<Option<PersonRow>> {
    let trains = exists(course_trainers::table.filter(course_trainers::person_id.eq(people::id)));
    sessions::table
        .inner_join(people::table)
        .filter(
            sessions::id
                .eq(session)
                .and(sessions::kind.eq("api"))
                .and(sessions::expires_at.gt(at))
                .and(people::disabled_at.is_null()),
        )
        .select((
            sessions::id,
            sessions::seen_at,
            people::id,
            people::name,
            people::language,
            people::time_zone,
            people::admin,
            trains,
        ))
        .first(conn)
        .await
        .optional()
}

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

pub async fn set_password(conn: &mut Conn, person: Uuid, hash: &str) -> QueryResult<usize> {
    diesel::update(people::table.find(person))
        .set(people::password_hash.eq(hash))
        .execute(conn)
        .await
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

/// How often something failed lately, and since when.
pub async fn failures(conn: &mut Conn, key: &[u8]) -> QueryResult<Option<(i32, DateTime<Utc>)>> {
    sign_in_failures::table
        .find(key)
        .select((sign_in_failures::failures, sign_in_failures::since))
        .first(conn)
        .await
        .optional()
}

/// Counts a failure; the count starts anew when the last window is over.
pub async fn count_failure(
    conn: &mut Conn,
    key: &[u8],
    at: DateTime<Utc>,
    window_start: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::sql_query(
        "insert into sign_in_failures (key, failures, since) values ($1, 1, $2) \
         on conflict (key) do update set \
           failures = case when sign_in_failures.since < $3 then 1 else sign_in_failures.failures + 1 end, \
           since = case when sign_in_failures.since < $3 then $2 else sign_in_failures.since end",
    )
    .bind::<diesel::sql_types::Bytea, _>(key)
    .bind::<diesel::sql_types::Timestamptz, _>(at)
    .bind::<diesel::sql_types::Timestamptz, _>(window_start)
    .execute(conn)
    .await
}

pub async fn forget_failures(conn: &mut Conn, key: &[u8]) -> QueryResult<usize> {
    diesel::delete(sign_in_failures::table.find(key)).execute(conn).await
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

/// The kept reply to a write: what was asked for, and the answer.
pub async fn reply(
    conn: &mut Conn,
    person: Uuid,
    key: Uuid,
) -> QueryResult<Option<(String, String)>> {
    replies::table
        .find((person, key))
        .select((replies::action, replies::reply))
        .first(conn)
        .await
        .optional()
}

/// Lets one request with a key act at a time, until its transaction ends.
pub async fn lock_reply(conn: &mut Conn, key: Uuid) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock(hashtextextended($1::text, 0))")
        .bind::<diesel::sql_types::Uuid, _>(key)
        .execute(conn)
        .await?;
    Ok(())
}

/// A reply to keep.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = replies)]
pub struct NewReply<'a> {
    pub person_id: Uuid,
    pub key: Uuid,
    pub action: &'a str,
    pub reply: &'a str,
    pub at: DateTime<Utc>,
}

/// Keeps a reply unless there is one.
pub async fn insert_reply(conn: &mut Conn, new: &NewReply<'_>) -> QueryResult<usize> {
    diesel::insert_into(replies::table).values(new).on_conflict_do_nothing().execute(conn).await
}

/// Forgets a person's replies from before a moment.
pub async fn forget_replies(
    conn: &mut Conn,
    person: Uuid,
    before: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::delete(replies::table.filter(replies::person_id.eq(person).and(replies::at.lt(before))))
        .execute(conn)
        .await
}
