//! What is asked of a run.

use std::net::SocketAddr;
use std::time::Duration;

/// Where the minimum serves and keeps its data.
#[derive(Clone, Debug)]
pub struct Place {
    pub listen: SocketAddr,
    pub database: String,
}

/// The options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    pub rounds: usize,
    pub round: Duration,
    /// One case by name; all if there is none.
    pub only: Option<String>,
    /// Be the minimum instead of measuring it.
    pub minimum: Option<Place>,
}

impl Options {
    /// Reads the command line; what it does not know, as `--bench` from Cargo, it passes over.
    pub fn read(args: impl Iterator<Item = String>) -> Options {
        let args: Vec<String> = args.collect();
        let after = |name: &str| {
            args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1)).cloned()
        };
        let number = |name: &str, otherwise: u64| {
            after(name).and_then(|value| value.parse().ok()).unwrap_or(otherwise).max(1)
        };
        let minimum = after("--minimum").and_then(|listen| listen.parse().ok()).zip(after("--on"));
        Options {
            rounds: usize::try_from(number("--rounds", 5)).unwrap_or(5),
            round: Duration::from_secs(number("--seconds", 4)),
            only: after("--only"),
            minimum: minimum.map(|(listen, database)| Place { listen, database }),
        }
    }

    /// Is this case part of the run?
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == name)
    }
}
