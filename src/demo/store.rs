//! Filling an empty database by COPY, all in one transaction, on a connection of its own.

use std::io::Cursor;

use futures_util::SinkExt;
use tokio_postgres::Client;

use super::copy::Rows;
use super::sign_ins::ADMIN_ID;
use crate::db::{Error, QueryError, client};

/// Whose people are in the database?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There are none.
    Empty,
    /// The demo's.
    Demo,
    /// Somebody else's.
    Others,
}

/// Looks who is in the database.
pub async fn standing(url: &str) -> Result<Standing, Error> {
    look(&client(url).await?).await
}

async fn look(client: &Client) -> Result<Standing, Error> {
    let query =
        "select exists (select from people), exists (select from people where id = $1::text::uuid)";
    let row = client.query_one(query, &[&ADMIN_ID.to_string()]).await.map_err(failed)?;
    Ok(match (row.get(0), row.get(1)) {
        (false, _) => Standing::Empty,
        (true, true) => Standing::Demo,
        (true, false) => Standing::Others,
    })
}

/// Loads the tables if nobody is in the database, else changes nothing. Of two programs that load at once, one does.
pub async fn load(
    url: &str,
    tables: Vec<Rows>,
    tell: &mut dyn FnMut(&'static str),
) -> Result<Standing, Error> {
    let client = client(url).await?;
    client.batch_execute("begin; lock table people in exclusive mode").await.map_err(failed)?;
    let standing = look(&client).await?;
    if standing != Standing::Empty {
        return Ok(standing);
    }
    for rows in tables {
        tell(rows.what);
        copy(&client, rows).await?;
    }
    client.batch_execute("commit; analyze").await.map_err(failed)?;
    Ok(Standing::Demo)
}

async fn copy(client: &Client, rows: Rows) -> Result<(), Error> {
    let sink = client.copy_in(rows.statement).await.map_err(failed)?;
    let mut sink = std::pin::pin!(sink);
    sink.send(Cursor::new(rows.text.into_bytes())).await.map_err(failed)?;
    sink.finish().await.map_err(failed)?;
    Ok(())
}

/// The message of Postgres with the place in the rows, where there is one.
fn failed(why: tokio_postgres::Error) -> Error {
    match why.as_db_error() {
        Some(told) => {
            let place = told.where_().unwrap_or_default();
            let text = format!("{} {place}", told.message());
            Error::Statement(QueryError::QueryBuilderError(text.into()))
        }
        None => Error::Gone(why.to_string()),
    }
}
