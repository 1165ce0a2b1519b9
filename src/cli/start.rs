//! What every command with a database does first: settings, secret, private Postgres, migrations.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::say::{Ending, line};
use crate::catalogue::Library;
use crate::clock::{self, Clock};
use crate::config::{Config, SHORTEST_SECRET};
use crate::db::private::{Durability, PrivatePostgres, StartError};
use crate::db::{self, Pool};
use crate::web::Site;
use crate::web::sign::{Key, hex};

/// The program with its database, ready to work.
pub struct Started {
    pub site: Site,
    pub library: Library,
    /// The address of the database.
    pub url: String,
    private: Option<PrivatePostgres>,
}

impl Started {
    /// Starts the private Postgres if there is no other, and brings the schema up to date.
    pub async fn new(config: Config) -> Result<Started, Ending> {
        let database = match &config.database_url {
            Some(url) => Database { url: url.clone(), private: None },
            None => Database::private(&config).await.map_err(Ending::environment)?,
        };
        Started::with(config, database).await
    }

    /// The same for commands that may run beside a serving program: they use its private Postgres.
    pub async fn beside(config: Config) -> Result<Started, Ending> {
        let database = match &config.database_url {
            Some(url) => Database { url: url.clone(), private: None },
            None => Database::private_or_shared(&config).await.map_err(Ending::environment)?,
        };
        Started::with(config, database).await
    }

    async fn with(config: Config, database: Database) -> Result<Started, Ending> {
        match Started::on(config, &database.url).await {
            Ok((site, library)) => {
                Ok(Started { site, library, url: database.url, private: database.private })
            }
            Err(ending) => {
                stop(database.private).await;
                Err(ending)
            }
        }
    }

    async fn on(config: Config, url: &str) -> Result<(Site, Library), Ending> {
        let done = db::migrate(url).await.map_err(Ending::environment)?;
        if !done.is_empty() {
            tracing::info!(migrations = done.len(), "schema brought up to date");
        }
        warn_if_unsafe(url).await;
        let key = key(&config)?;
        let pool = Pool::new(url, config.pool).map_err(Ending::environment)?;
        let library = Library::open(&mut *pool.get().await.map_err(Ending::environment)?)
            .await
            .map_err(Ending::environment)?;
        Ok((Site::new(config, pool, Clock::default(), key), library))
    }

    /// Stops the private Postgres, if it is ours.
    pub async fn stop(self) {
        stop(self.private).await;
    }
}

async fn stop(private: Option<PrivatePostgres>) {
    if let Some(private) = private {
        private.stop().await;
    }
}

/// Where the data is, and the server if it is our child.
struct Database {
    url: String,
    private: Option<PrivatePostgres>,
}

impl Database {
    async fn private(config: &Config) -> Result<Database, StartError> {
        tracing::debug!("starting the private Postgres");
        let programs = config.postgres_bin.as_deref();
        let private = PrivatePostgres::start_with(programs, &config.data, Durability::Safe).await?;
        Ok(Database { url: private.url(), private: Some(private) })
    }

    async fn private_or_shared(config: &Config) -> Result<Database, StartError> {
        match Database::private(config).await {
            Err(StartError::InUse { .. }) => {
                let url = PrivatePostgres::url_of_running(&config.data).await?;
                Ok(Database { url, private: None })
            }
            started => started,
        }
    }
}

/// The promise "saved is never lost" rests on these two settings of Postgres.
async fn warn_if_unsafe(url: &str) {
    match db::durability(url).await {
        Ok(found) if found.is_safe() => {}
        Ok(found) => tracing::warn!(
            fsync = found.fsync,
            synchronous_commit = found.synchronous_commit,
            "answers marked as saved can be lost in a power cut: turn fsync and synchronous_commit on"
        ),
        Err(error) => tracing::warn!(%error, "the durability settings of Postgres cannot be read"),
    }
}

/// The program's secret: from the settings, or made once and kept in the data folder.
fn key(config: &Config) -> Result<Key, Ending> {
    if let Some(secret) = &config.secret {
        return Ok(Key::new(secret));
    }
    kept_secret(&config.data).map(|secret| Key::new(&secret))
}

fn kept_secret(folder: &Path) -> Result<String, Ending> {
    let path = folder.join("secret");
    let broken = |what: &str, why: std::io::Error| {
        Ending::Environment(format!("{} cannot be {what}: {why}", path.display()))
    };
    match fs::read_to_string(&path).map(|text| text.trim().to_owned()) {
        Ok(secret) if secret.len() >= SHORTEST_SECRET => Ok(secret),
        // Nothing was ever signed with it: the first start was cut short.
        Ok(secret) if secret.is_empty() => {
            make_secret(folder, &path).map_err(|why| broken("written", why))
        }
        Ok(_) => Err(Ending::Environment(format!(
            "{} is damaged: a secret has at least {SHORTEST_SECRET} characters. Put back the file that was there; \
             without it, remove this one, and everybody signs in again.",
            path.display()
        ))),
        Err(why) if why.kind() == ErrorKind::NotFound => {
            make_secret(folder, &path).map_err(|why| broken("written", why))
        }
        Err(why) => Err(broken("read", why)),
    }
}

/// It grows beside its place, so that a start that is cut short leaves no half of a secret.
fn make_secret(folder: &Path, path: &Path) -> std::io::Result<String> {
    fs::create_dir_all(folder)?;
    let secret = hex(&clock::random::<32>());
    let draft = path.with_extension("new");
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    Ok(secret)
}

/// Log lines go to standard error: readable on a terminal, JSON elsewhere.
pub fn log(filter: &str) {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_new(filter).unwrap_or_else(|why| {
        line(format!("BILIK_LOG is not understood ({why}); using info"));
        tracing_subscriber::EnvFilter::new("info")
    });
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        lines.compact().init()
    } else {
        lines.json().flatten_event(true).init()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_half_of_one_is_never_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let made = kept_secret(folder.path()).unwrap();
        assert_eq!(made.len(), 64);
        assert_eq!(kept_secret(folder.path()).unwrap(), made);
        fs::write(&path, "").unwrap();
        let anew = kept_secret(folder.path()).unwrap();
        assert!(anew.len() == 64 && anew != made);
        fs::write(&path, "0123456789").unwrap();
        assert!(kept_secret(folder.path()).unwrap_err().text().contains("damaged"));
    }
}
