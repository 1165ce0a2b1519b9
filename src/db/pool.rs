//! Connections, shared and bounded: a request waits a little for one and then says so.

use std::time::Duration;

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::deadpool::{Object, Pool as Inner, PoolError};
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::Error;

/// A connection as statements use it.
pub type Conn = AsyncPgConnection;
/// A connection on loan from the pool; it goes back when dropped.
pub type Pooled = Object<AsyncPgConnection>;

/// How long a request waits for a connection before it answers 503.
const WAIT: Duration = Duration::from_secs(2);

/// The connections of this program.
#[derive(Clone)]
pub struct Pool(Inner<AsyncPgConnection>);

impl Pool {
    /// A pool of at most `size` connections, made when they are needed.
    pub fn new(url: &str, size: usize) -> Result<Pool, Error> {
        let mut config = ManagerConfig::default();
        config.custom_setup = Box::new(|url| connect_boxed(url.to_owned()));
        config.recycling_method = RecyclingMethod::Fast;
        let manager =
            AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
        let pool = Inner::builder(manager)
            .max_size(size)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .recycle_timeout(Some(WAIT))
            .runtime(deadpool::Runtime::Tokio1)
            .build();
        pool.map(Pool).map_err(|why| Error::Gone(why.to_string()))
    }

    /// A connection, after a bounded wait.
    pub async fn get(&self) -> Result<Pooled, Error> {
        self.0.get().await.map_err(|why| match why {
            PoolError::Timeout(_) => Error::Busy,
            other => Error::Gone(other.to_string()),
        })
    }
}

/// A connection of one's own, outside the pool.
pub async fn connect(url: &str) -> ConnectionResult<Conn> {
    connect_boxed(url.to_owned()).await
}

/// A plain client, for what diesel has no words for: COPY. Its connection ends with it.
pub async fn client(url: &str) -> Result<Client, Error> {
    let opened = tokio_postgres::connect(url, tls()).await;
    let (client, connection) = opened.map_err(|why| Error::Gone(with_cause(&why)))?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a database connection broke off");
        }
    });
    Ok(client)
}

fn connect_boxed(url: String) -> BoxFuture<'static, ConnectionResult<Conn>> {
    async move {
        let (client, connection) = tokio_postgres::connect(&url, tls())
            .await
            .map_err(|why| ConnectionError::BadConnection(with_cause(&why)))?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }
    .boxed()
}

/// The error with what lies behind it: on its own it only says that there is no connection.
fn with_cause(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn tls() -> MakeRustlsConnect {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let config = rustls::ClientConfig::builder().with_root_certificates(roots);
    MakeRustlsConnect::new(config.with_no_client_auth())
}
