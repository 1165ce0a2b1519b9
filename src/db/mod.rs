//! The door to Postgres: private server, pool, migrations, schema.

pub mod schema;
pub mod owners;
mod error;
mod pool;
mod prepared;
mod migrate;
mod durability;
pub mod private;

pub use durability::durability;
pub use error::Error;
pub use migrate::{MigrateError, migrate};
pub use pool::{Conn, Pool, Pooled, client, connect};
pub use prepared::prepared;
