//! A transaction around work that borrows more than a connection. Where a connection is all, use `Transact`.

use diesel_async::{AsyncConnection, TransactionManager};

use super::error::Error;
use super::pool::Conn;

type Manager = <Conn as AsyncConnection>::TransactionManager;

/// Begins a transaction. A connection that is dropped inside one does not go back to the pool.
pub async fn begin(conn: &mut Conn) -> Result<(), Error> {
    Ok(Manager::begin_transaction(conn).await?)
}

/// Keeps what was done since `begin`.
pub async fn commit(conn: &mut Conn) -> Result<(), Error> {
    Ok(Manager::commit_transaction(conn).await?)
}

/// Undoes what was done since `begin`.
pub async fn roll_back(conn: &mut Conn) -> Result<(), Error> {
    Ok(Manager::rollback_transaction(conn).await?)
}
