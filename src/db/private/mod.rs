//! A private Postgres: an ordinary server of the system's packages, run as our child under the data folder.
//! It listens on a Unix socket only. If Bilik is killed the server lives on; the next start stops that
//! orphan and begins anew, so the server in use is always a child of the running program.

mod start_error;
mod account;
mod folders;
mod lock;
mod binaries;
mod settings;
mod cluster;
mod leftovers;
mod server;
mod private_postgres;

pub use private_postgres::PrivatePostgres;
pub use server::Stopped;
pub use settings::Durability;
pub use start_error::StartError;
