//! Slows down guessing: counts failures by address and by network, in the database, so that all nodes share the count.

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use super::store;
use crate::db::{Conn, QueryResult};

/// Failures with one address before it has to wait.
const BY_ADDRESS: i32 = 10;
/// Failures from one network before it has to wait.
const BY_NETWORK: i32 = 100;
/// After this long without waiting the count starts anew.
const WINDOW: Duration = Duration::minutes(15);

/// What is counted for one try to sign in.
pub struct Throttle {
    address: Vec<u8>,
    network: Option<Vec<u8>>,
}

impl Throttle {
    /// The counters of an address and a network; only hashes of both are stored.
    pub fn of(email_key: &str, network: Option<&str>) -> Throttle {
        Throttle {
            address: key("address", email_key),
            network: network.map(|network| key("network", network)),
        }
    }

    /// May one more try be made?
    pub async fn is_open(&self, conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<bool> {
        let address = recent(store::failures(conn, &self.address).await?, at);
        let network = match &self.network {
            Some(network) => recent(store::failures(conn, network).await?, at),
            None => 0,
        };
        Ok(address < BY_ADDRESS && network < BY_NETWORK)
    }

    /// Counts a failure.
    pub async fn failed(&self, conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<()> {
        store::count_failure(conn, &self.address, at, at - WINDOW).await?;
        if let Some(network) = &self.network {
            store::count_failure(conn, network, at, at - WINDOW).await?;
        }
        Ok(())
    }

    /// Forgets the failures of the address. Those of the network stay: one good password says nothing of the others.
    pub async fn succeeded(&self, conn: &mut Conn) -> QueryResult<()> {
        store::forget_failures(conn, &self.address).await.map(|_| ())
    }
}

fn recent(found: Option<(i32, DateTime<Utc>)>, at: DateTime<Utc>) -> i32 {
    found.filter(|(_, since)| *since > at - WINDOW).map_or(0, |(failures, _)| failures)
}

fn key(kind: &str, value: &str) -> Vec<u8> {
    Sha256::digest(format!("{kind}:{value}").as_bytes()).to_vec()
}
