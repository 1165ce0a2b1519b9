//! The door to Postgres: private server, pool, migrations, schema.

pub mod schema;
pub mod owners;
mod error;
mod pool;
mod prepared;
mod unit;
mod migrate;
mod durability;
pub mod private;

/// What statements return.
pub use diesel::QueryResult;
/// What transactions need to know of failing statements.
pub use diesel::result::Error as QueryError;
/// Brings `transaction` into scope.
pub use diesel_async::AsyncConnection as Transact;
pub use durability::durability;
pub use error::Error;
pub use migrate::{MigrateError, migrate};
pub use pool::{Conn, Pool, Pooled, client, connect};
pub use prepared::prepared;
pub use unit::{begin, commit, roll_back};
