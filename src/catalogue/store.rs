//! The tables of courses and their versions.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{
    blobs, course_trainers, course_versions, courses, item_versions, library_state, version_files,
};
use crate::db::{self, Conn, QueryResult};
use crate::domain::course::model::Course;

/// How often something was published so far.
pub async fn revision(conn: &mut Conn) -> QueryResult<i64> {
    library_state::table.select(library_state::revision).first(conn).await
}

pub async fn raise_revision(conn: &mut Conn) -> QueryResult<usize> {
    diesel::update(library_state::table)
        .set(library_state::revision.eq(library_state::revision + 1))
        .execute(conn)
        .await
}

/// The cards of all courses that have a version, with that version.
pub async fn cards(conn: &mut Conn) -> QueryResult<Vec<(Uuid, String, DateTime<Utc>)>> {
    courses::table
        .inner_join(
            course_versions::table.on(courses::version_id.eq(course_versions::id.nullable())),
        )
        .select((course_versions::id, course_versions::card, course_versions::published_at))
        .order(course_versions::published_at)
        .load(conn)
        .await
}

pub async fn document(conn: &mut Conn, version: Uuid) -> QueryResult<Option<String>> {
    course_versions::table
        .find(version)
        .select(course_versions::document)
        .first(conn)
        .await
        .optional()
}

/// A version of a course as it was compiled.
pub async fn course(conn: &mut Conn, version: Uuid) -> Result<Course, db::Error> {
    let document = document(conn, version).await?;
    let document =
        document.ok_or_else(|| db::Error::Corrupt("a course version is missing".to_owned()))?;
    serde_json::from_str(&document).map_err(|why| db::Error::Corrupt(why.to_string()))
}

/// A version of a question.
#[derive(Clone, Debug, Queryable)]
pub struct ItemVersion {
    pub item: String,
    pub scoring_hash: String,
    pub root: String,
    pub number: i32,
    /// The version of the course in which it was last seen.
    pub last_version: Uuid,
    /// The number of that version.
    pub last_number: i32,
}

/// The versions of all questions that a course ever had.
pub async fn item_versions(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<ItemVersion>> {
    item_versions::table
        .inner_join(course_versions::table.on(item_versions::last_version.eq(course_versions::id)))
        .filter(item_versions::course_id.eq(course))
        .order((item_versions::root, item_versions::number))
        .select((
            item_versions::item,
            item_versions::scoring_hash,
            item_versions::root,
            item_versions::number,
            item_versions::last_version,
            course_versions::number,
        ))
        .load(conn)
        .await
}

/// A version of a question that is shown.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = item_versions)]
pub struct ShownItem<'a> {
    pub course_id: Uuid,
    pub item: &'a str,
    pub scoring_hash: &'a str,
    pub root: &'a str,
    pub number: i32,
    pub wording_hash: &'a str,
    pub first_version: Uuid,
    pub last_version: Uuid,
}

/// Notes which versions of questions a course shows now; all others of it are retired.
pub async fn show_items(
    conn: &mut Conn,
    course: Uuid,
    shown: &[ShownItem<'_>],
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(item_versions::table)
        .filter(item_versions::course_id.eq(course).and(item_versions::retired_at.is_null()))
        .set(item_versions::retired_at.eq(at))
        .execute(conn)
        .await?;
    diesel::insert_into(item_versions::table)
        .values(shown)
        .on_conflict((item_versions::course_id, item_versions::item, item_versions::scoring_hash))
        .do_update()
        .set((
            item_versions::wording_hash.eq(excluded(item_versions::wording_hash)),
            item_versions::last_version.eq(excluded(item_versions::last_version)),
            item_versions::retired_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The course that has this address, if it is another one.
pub async fn slug_taken_by_other(conn: &mut Conn, slug: &str, course: Uuid) -> QueryResult<bool> {
    diesel::select(exists(
        courses::table.filter(courses::slug.eq(slug).and(courses::id.ne(course))),
    ))
    .get_result(conn)
    .await
}

/// Adds a course or locks it, so that two publications of one course go one after the other.
pub async fn upsert_course(
    conn: &mut Conn,
    course: Uuid,
    slug: &str,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(courses::table)
        .values((courses::id.eq(course), courses::slug.eq(slug), courses::published_at.eq(at)))
        .on_conflict(courses::id)
        .do_update()
        .set(courses::slug.eq(slug))
        .execute(conn)
        .await
}

/// The version of a course with this content.
pub async fn version_by_hash(
    conn: &mut Conn,
    course: Uuid,
    content_hash: &str,
) -> QueryResult<Option<(Uuid, i32)>> {
    course_versions::table
        .filter(
            course_versions::course_id
                .eq(course)
                .and(course_versions::content_hash.eq(content_hash)),
        )
        .select((course_versions::id, course_versions::number))
        .first(conn)
        .await
        .optional()
}

pub async fn last_number(conn: &mut Conn, course: Uuid) -> QueryResult<Option<i32>> {
    course_versions::table
        .filter(course_versions::course_id.eq(course))
        .select(diesel::dsl::max(course_versions::number))
        .first(conn)
        .await
}

/// The course at an address and the version that is shown of it.
pub async fn shown_at(conn: &mut Conn, slug: &str) -> QueryResult<Option<(Uuid, Option<Uuid>)>> {
    courses::table
        .filter(courses::slug.eq(slug))
        .select((courses::id, courses::version_id))
        .first(conn)
        .await
        .optional()
}

pub async fn slug(conn: &mut Conn, course: Uuid) -> QueryResult<String> {
    courses::table.find(course).select(courses::slug).first(conn).await
}

/// The version that is shown.
pub async fn current_version(conn: &mut Conn, course: Uuid) -> QueryResult<Option<Uuid>> {
    let found: Option<Option<Uuid>> =
        courses::table.find(course).select(courses::version_id).first(conn).await.optional()?;
    Ok(found.flatten())
}

/// A version to be.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = course_versions)]
pub struct NewVersion<'a> {
    pub id: Uuid,
    pub course_id: Uuid,
    pub number: i32,
    pub content_hash: &'a str,
    pub card: &'a str,
    pub document: &'a str,
    pub published_at: DateTime<Utc>,
}

pub async fn insert_version(conn: &mut Conn, version: &NewVersion<'_>) -> QueryResult<usize> {
    diesel::insert_into(course_versions::table).values(version).execute(conn).await
}

pub async fn refresh_version(
    conn: &mut Conn,
    version: Uuid,
    card: &str,
    document: &str,
) -> QueryResult<usize> {
    diesel::update(course_versions::table.find(version))
        .set((course_versions::card.eq(card), course_versions::document.eq(document)))
        .execute(conn)
        .await
}

pub async fn show_version(
    conn: &mut Conn,
    course: Uuid,
    version: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(courses::table.find(course))
        .set((courses::version_id.eq(version), courses::published_at.eq(at)))
        .execute(conn)
        .await
}

/// Keeps a file of a version; equal bytes are kept once.
pub async fn insert_file(
    conn: &mut Conn,
    version: Uuid,
    path: &str,
    hash: &str,
    bytes: &[u8],
) -> QueryResult<()> {
    diesel::insert_into(blobs::table)
        .values((blobs::hash.eq(hash), blobs::bytes.eq(bytes)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    diesel::insert_into(version_files::table)
        .values((
            version_files::version_id.eq(version),
            version_files::path.eq(path),
            version_files::hash.eq(hash),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// The files of a version by their paths, as hashes of their bytes.
pub async fn files(conn: &mut Conn, version: Uuid) -> QueryResult<Vec<(String, String)>> {
    version_files::table
        .filter(version_files::version_id.eq(version))
        .order(version_files::path)
        .select((version_files::path, version_files::hash))
        .load(conn)
        .await
}

/// The bytes of a file.
pub async fn blob(conn: &mut Conn, hash: &str) -> QueryResult<Vec<u8>> {
    blobs::table.find(hash).select(blobs::bytes).first(conn).await
}

/// The number and the content of a version.
pub async fn edition(conn: &mut Conn, version: Uuid) -> QueryResult<(i32, String)> {
    course_versions::table
        .find(version)
        .select((course_versions::number, course_versions::content_hash))
        .first(conn)
        .await
}

/// A picture or attachment. Texts of courses hold keys and are not given out here.
pub async fn media(conn: &mut Conn, hash: &str) -> QueryResult<Option<Vec<u8>>> {
    let used_as_media = exists(
        version_files::table
            .filter(version_files::hash.eq(hash).and(version_files::path.like("media/%"))),
    );
    blobs::table
        .filter(blobs::hash.eq(hash))
        .filter(used_as_media)
        .select(blobs::bytes)
        .first(conn)
        .await
        .optional()
}

pub async fn is_trainer(conn: &mut Conn, course: Uuid, person: Uuid) -> QueryResult<bool> {
    diesel::select(exists(course_trainers::table.find((course, person)))).get_result(conn).await
}

pub async fn add_trainer(
    conn: &mut Conn,
    course: Uuid,
    person: Uuid,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(course_trainers::table)
        .values((
            course_trainers::course_id.eq(course),
            course_trainers::person_id.eq(person),
            course_trainers::added_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
}

pub async fn remove_trainer(conn: &mut Conn, course: Uuid, person: Uuid) -> QueryResult<usize> {
    diesel::delete(course_trainers::table.find((course, person))).execute(conn).await
}

pub async fn courses_of_trainer(conn: &mut Conn, person: Uuid) -> QueryResult<Vec<Uuid>> {
    course_trainers::table
        .filter(course_trainers::person_id.eq(person))
        .select(course_trainers::course_id)
        .load(conn)
        .await
}
