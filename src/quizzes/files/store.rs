//! The tables of files and their pieces.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{answer_files, answer_pieces};
use crate::db::{Conn, QueryResult};

/// A file that begins to come in.
#[derive(Clone, Copy, Debug)]
pub struct NewFile {
    pub id: Uuid,
    pub attempt: Uuid,
    pub slot: i16,
    pub op: Option<Uuid>,
}

/// Notes that a file begins to come in; says no if the attempt takes nothing more, or if this write is known.
pub async fn begin(conn: &mut Conn, new: &NewFile) -> QueryResult<bool> {
    let written = diesel::sql_query(
        "insert into answer_files (id, attempt_id, slot, op, started_at) \
         select $1, id, $3, $4, now() from attempts where id = $2 and state = 'open' \
         and (deadline is null or now() <= deadline + interval '60 seconds') \
         on conflict (attempt_id, slot, op) do nothing",
    )
    .bind::<SqlUuid, _>(new.id)
    .bind::<SqlUuid, _>(new.attempt)
    .bind::<SmallInt, _>(new.slot)
    .bind::<Nullable<SqlUuid>, _>(new.op)
    .execute(conn)
    .await?;
    Ok(written == 1)
}

/// The file of a write, and whether all of it is here.
pub async fn of_op(conn: &mut Conn, new: &NewFile) -> QueryResult<Option<(Uuid, bool)>> {
    let Some(op) = new.op else { return Ok(None) };
    answer_files::table
        .filter(answer_files::attempt_id.eq(new.attempt).and(answer_files::slot.eq(new.slot)))
        .filter(answer_files::op.eq(op))
        .select((answer_files::id, answer_files::size.is_not_null()))
        .first(conn)
        .await
        .optional()
}

#[derive(QueryableByName)]
struct Held {
    #[diesel(sql_type = BigInt)]
    bytes: i64,
    #[diesel(sql_type = BigInt)]
    coming: i64,
}

/// How many bytes an attempt holds, and how many files are coming in just now.
pub async fn held(conn: &mut Conn, attempt: Uuid) -> QueryResult<(i64, i64)> {
    let row: Held = diesel::sql_query(
        "select coalesce(sum(size), 0)::bigint as bytes, \
         count(*) filter (where size is null and started_at > now() - interval '1 hour') as coming \
         from answer_files where attempt_id = $1",
    )
    .bind::<SqlUuid, _>(attempt)
    .get_result(conn)
    .await?;
    Ok((row.bytes, row.coming))
}

/// Keeps a piece.
pub async fn add_piece(conn: &mut Conn, file: Uuid, place: i32, bytes: &[u8]) -> QueryResult<()> {
    let piece = (
        answer_pieces::file_id.eq(file),
        answer_pieces::place.eq(place),
        answer_pieces::bytes.eq(bytes),
    );
    diesel::insert_into(answer_pieces::table).values(piece).execute(conn).await?;
    Ok(())
}

/// Notes that all of a file is here.
pub async fn complete(conn: &mut Conn, file: Uuid, size: i64) -> QueryResult<()> {
    let found = answer_files::table.find(file);
    diesel::update(found).set(answer_files::size.eq(size)).execute(conn).await?;
    Ok(())
}

/// Takes a file away with all its pieces.
pub async fn remove(conn: &mut Conn, attempt: Uuid, file: Uuid) -> QueryResult<()> {
    let found = answer_files::table.filter(answer_files::id.eq(file));
    diesel::delete(found.filter(answer_files::attempt_id.eq(attempt))).execute(conn).await?;
    Ok(())
}

/// Takes away what began to come in and never came to its end.
pub async fn remove_unfinished(conn: &mut Conn) -> QueryResult<usize> {
    diesel::sql_query(
        "delete from answer_files where size is null and started_at < now() - interval '1 day'",
    )
    .execute(conn)
    .await
}

/// A piece of a file.
pub async fn piece(conn: &mut Conn, file: Uuid, place: i32) -> QueryResult<Option<Vec<u8>>> {
    let found = answer_pieces::table.find((file, place)).select(answer_pieces::bytes);
    found.first(conn).await.optional()
}
