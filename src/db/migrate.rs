//! Brings the schema up to date at start. One node at a time does it, and no statement waits long for a lock.

use diesel_async::{AsyncConnection, AsyncMigrationHarness, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::pool::connect;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("the database cannot be reached ({0}); BILIK_DATABASE_URL says where it is")]
    Unreachable(#[from] diesel::ConnectionError),
    #[error("the migration lock cannot be taken: {0}")]
    Lock(#[from] diesel::result::Error),
    #[error("a migration failed, and nothing of it was kept: {0}")]
    Failed(String),
}

/// Runs the migrations that are missing; returns their names.
///
/// A row lock on a second connection keeps other nodes out; it needs no session locks, so it works behind poolers too.
pub async fn migrate(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut gate = connect(url).await?;
    // Two nodes may do this at once, and one of them then meets the other's table.
    let _ = gate.batch_execute("create table if not exists migration_gate (one boolean primary key default true check (one))").await;
    gate.batch_execute("insert into migration_gate values (true) on conflict do nothing").await?;
    gate.transaction(async |gate| {
        gate.batch_execute(
            "set local lock_timeout = '60s'; select one from migration_gate for update",
        )
        .await?;
        run(url).await
    })
    .await
}

async fn run(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut conn = connect(url).await?;
    conn.batch_execute("set lock_timeout = '5s'").await?;
    let mut harness = AsyncMigrationHarness::new(conn);
    let done = harness
        .run_pending_migrations(MIGRATIONS)
        .map_err(|why| MigrateError::Failed(why.to_string()))?;
    Ok(done.iter().map(ToString::to_string).collect())
}
