//! Settings: environment variables named `BILIK_…`, each with its origin. The only place that reads the environment.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono_tz::Tz;

use crate::domain::diagnostic::Ink;
use crate::domain::locale::Locale;

/// The shortest secret, in characters: whoever guesses it can forge the tokens of everybody.
pub const SHORTEST_SECRET: usize = 32;

/// Where a setting's value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Environment,
    Default,
}

/// One line of `bilik config`.
#[derive(Clone, Debug)]
pub struct Shown {
    pub name: &'static str,
    pub value: String,
    pub origin: Origin,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// `BILIK_LISTEN`: address and port to listen on.
    pub listen: SocketAddr,
    /// `BILIK_URL`: the public address, without a slash at the end.
    pub url: String,
    /// `BILIK_DATABASE_URL`: unset means a private Postgres under the data folder.
    pub database_url: Option<String>,
    /// `BILIK_DATA`: folder for all that is not in the database.
    pub data: PathBuf,
    /// `BILIK_COURSES`: folder of the courses that `demo` publishes.
    pub courses: PathBuf,
    /// `BILIK_SECRET`: key for signatures; unset means one made at first start and kept in the data folder.
    pub secret: Option<String>,
    /// `BILIK_METRICS_TOKEN`: what a collector of metrics must present; unset means that only this machine may ask.
    pub metrics_token: Option<String>,
    /// `BILIK_LANGUAGES`: languages offered, the default first.
    pub languages: Vec<Locale>,
    /// `BILIK_TIMEZONE`: time zone of visitors and of new people.
    pub time_zone: Tz,
    /// `BILIK_LOG`: filter of log lines, for example `info` or `bilik=debug`.
    pub log: String,
    /// `BILIK_POSTGRES_BIN`: folder of the server programs of the private Postgres.
    pub postgres_bin: Option<PathBuf>,
    /// `BILIK_POOL`: most database connections of this program.
    pub pool: usize,
    /// `BILIK_WORKERS`: threads that answer requests.
    pub workers: usize,
    /// `NO_COLOR`, `TERM` and whether standard output is a terminal: may commands print in colour?
    pub ink: Ink,
    shown: Vec<Shown>,
}

/// A setting that cannot be understood.
#[derive(Debug, thiserror::Error)]
#[error("{name}={value} cannot be used: {why}")]
pub struct BadSetting {
    pub name: &'static str,
    pub value: String,
    pub why: String,
}

struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    shown: Vec<Shown>,
}

impl Reader<'_> {
    fn text(&mut self, name: &'static str, default: &str) -> String {
        let found = (self.lookup)(name).filter(|value| !value.is_empty());
        let origin = if found.is_some() { Origin::Environment } else { Origin::Default };
        let value = found.unwrap_or_else(|| default.to_owned());
        self.shown.push(Shown { name, value: value.clone(), origin });
        value
    }

    fn optional(&mut self, name: &'static str, unset: &str) -> Option<String> {
        let value = self.text(name, "");
        if let Some(line) = self.shown.last_mut().filter(|_| value.is_empty()) {
            line.value = unset.to_owned();
        }
        Some(value).filter(|value| !value.is_empty())
    }

    fn parsed<T>(&mut self, name: &'static str, default: &str) -> Result<T, BadSetting>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let value = self.text(name, default);
        value.parse().map_err(|why: T::Err| BadSetting { name, value, why: why.to_string() })
    }

    fn mask_last(&mut self) {
        if let Some(line) = self.shown.last_mut().filter(|line| line.origin == Origin::Environment)
        {
            line.value = mask(&line.value);
        }
    }
}

/// Hides the password of an address, or the whole of anything else.
fn mask(value: &str) -> String {
    let masked = url::Url::parse(value).ok().and_then(|mut address| {
        address.password()?;
        address.set_password(Some("***")).ok()?;
        Some(address.to_string())
    });
    masked
        .unwrap_or_else(|| if value.contains("://") { value.to_owned() } else { "***".to_owned() })
}

impl Config {
    /// Reads the environment, after `.env` in the working folder if there is one.
    pub fn from_environment() -> Result<Config, BadSetting> {
        let file = dotenv();
        Config::read(&move |name| {
            std::env::var(name).ok().or_else(|| {
                file.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
            })
        })
    }

    /// Reads settings from any source of names and values.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Config, BadSetting> {
        let mut reader = Reader { lookup, shown: Vec::new() };
        let listen: SocketAddr = reader.parsed("BILIK_LISTEN", "127.0.0.1:8080")?;
        let url: url::Url = reader.parsed("BILIK_URL", &format!("http://{listen}"))?;
        let database_url =
            reader.optional("BILIK_DATABASE_URL", "(a private Postgres under BILIK_DATA)");
        reader.mask_last();
        let data = PathBuf::from(reader.text("BILIK_DATA", "./var"));
        let courses = PathBuf::from(reader.text("BILIK_COURSES", "./courses"));
        let secret = reader.optional("BILIK_SECRET", "(kept in BILIK_DATA/secret)");
        reader.mask_last();
        if secret.as_ref().is_some_and(|secret| secret.chars().count() < SHORTEST_SECRET) {
            return Err(short_secret());
        }
        let metrics_token = reader.optional("BILIK_METRICS_TOKEN", "(only this machine may ask)");
        reader.mask_last();
        let languages = languages(&reader.text("BILIK_LANGUAGES", "az,en,ru"))?;
        let time_zone = reader.parsed("BILIK_TIMEZONE", "Asia/Baku")?;
        let log = reader.text("BILIK_LOG", "info");
        let postgres_bin =
            reader.optional("BILIK_POSTGRES_BIN", "(the newest found)").map(PathBuf::from);
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let pool: NonZeroUsize = reader.parsed("BILIK_POOL", &(cores * 4).max(8).to_string())?;
        let workers: NonZeroUsize = reader.parsed("BILIK_WORKERS", &cores.to_string())?;
        let ink = ink(lookup, std::io::stdout().is_terminal());
        let url = url.as_str().trim_end_matches('/').to_owned();
        Ok(Config {
            listen,
            url,
            database_url,
            data,
            courses,
            secret,
            metrics_token,
            languages,
            time_zone,
            log,
            postgres_bin,
            pool: pool.get(),
            workers: workers.get(),
            ink,
            shown: reader.shown,
        })
    }

    /// Every setting with its origin, secrets masked.
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// The language of people who have not chosen one.
    pub fn default_language(&self) -> Locale {
        self.languages.first().copied().unwrap_or(Locale::Az)
    }
}

/// The value stays out of the message, for messages end in logs.
fn short_secret() -> BadSetting {
    BadSetting {
        name: "BILIK_SECRET",
        value: "***".to_owned(),
        why: format!("it needs {SHORTEST_SECRET} characters; `openssl rand -hex 32` makes one"),
    }
}

fn languages(value: &str) -> Result<Vec<Locale>, BadSetting> {
    let bad = |why: &str| BadSetting {
        name: "BILIK_LANGUAGES",
        value: value.to_owned(),
        why: why.to_owned(),
    };
    let found: Option<Vec<Locale>> =
        value.split(',').map(|code| Locale::parse(code.trim())).collect();
    found
        .filter(|all| !all.is_empty())
        .ok_or_else(|| bad("a list of az, en and ru is needed, for example az,en,ru"))
}

/// Colour is for terminals that know it and people who have not declined it (no-color.org).
fn ink(lookup: &dyn Fn(&str) -> Option<String>, terminal: bool) -> Ink {
    let declined = lookup("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = lookup("TERM").is_some_and(|value| value == "dumb");
    if terminal && !declined && !dumb { Ink::Colour } else { Ink::Plain }
}

/// Lines `NAME=value` of `.env`; a missing file is an empty one.
fn dotenv() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(".env").unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unset_means_default_and_secrets_are_masked() {
        let config = Config::read(&|name| match name {
            "BILIK_DATABASE_URL" => Some("postgres://bilik:hidden@db/bilik".to_owned()),
            "BILIK_SECRET" | "BILIK_METRICS_TOKEN" => Some("hidden".repeat(6)),
            _ => None,
        })
        .unwrap();
        assert_eq!(config.listen.port(), 8080);
        assert_eq!(config.url, "http://127.0.0.1:8080");
        assert!(!format!("{:?}", config.shown()).contains("hidden"));
    }

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        let with = |set: &'static str| move |name: &str| (name == set).then(|| "dumb".to_owned());
        assert_eq!(ink(&|_| None, true), Ink::Colour);
        assert_eq!(ink(&|_| None, false), Ink::Plain);
        assert_eq!(ink(&with("NO_COLOR"), true), Ink::Plain);
        assert_eq!(ink(&with("TERM"), true), Ink::Plain);
    }

    #[test]
    fn a_bad_value_is_named() {
        let refused = Config::read(&|name| (name == "BILIK_LANGUAGES").then(|| "az,xx".to_owned()))
            .unwrap_err();
        assert!(refused.to_string().starts_with("BILIK_LANGUAGES=az,xx cannot be used"));
        for (name, value) in
            [("BILIK_POOL", "0"), ("BILIK_WORKERS", "0"), ("BILIK_SECRET", "short")]
        {
            let refused = Config::read(&|asked| (asked == name).then(|| value.to_owned()));
            let told = refused.unwrap_err().to_string();
            assert!(told.starts_with(name) && !told.contains("short"), "{told}");
        }
    }
}
