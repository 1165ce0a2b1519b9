//! What every request of the running program shares.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Pool;

use super::metrics::Metrics;
use super::sign::Key;

/// The running program, cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub config: Arc<Config>,
    pub pool: Pool,
    pub clock: Clock,
    pub key: Key,
    pub metrics: Arc<Metrics>,
    draining: Arc<AtomicBool>,
}

impl Site {
    /// Puts the parts together.
    pub fn new(config: Config, pool: Pool, clock: Clock, key: Key) -> Site {
        Site {
            config: Arc::new(config),
            pool,
            clock,
            key,
            metrics: Arc::default(),
            draining: Arc::default(),
        }
    }

    /// From now on new visitors should go to another node.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Is this node about to stop?
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }

    /// Are cookies to be sent over TLS only?
    pub fn is_https(&self) -> bool {
        self.config.url.starts_with("https://")
    }
}
