//! Slows down guessing: counts tries by address and by network, in the database, so that all nodes share the count.

use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::store;
use crate::db::{Conn, QueryResult};

/// Failures with one address before it has to wait.
const BY_ADDRESS: i32 = 10;
/// Failures from one network before it has to wait.
const BY_NETWORK: i32 = 100;
/// After this long without waiting the count starts anew.
const WINDOW: Duration = Duration::minutes(15);

/// What is counted for one try.
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

    /// The counter of somebody who is signed in and says their password again.
    pub fn of_person(person: Uuid) -> Throttle {
        Throttle { address: key("person", &person.to_string()), network: None }
    }

    /// May one more try be made? It is counted before the password is looked at, so that many tries at once are no more
    /// than the same tries one after the other.
    pub async fn admits(&self, conn: &mut Conn, at: DateTime<Utc>) -> QueryResult<bool> {
        if store::count_failure(conn, &self.address, at, at - WINDOW).await? > BY_ADDRESS {
            return Ok(false);
        }
        match &self.network {
            Some(network) => {
                Ok(store::count_failure(conn, network, at, at - WINDOW).await? <= BY_NETWORK)
            }
            None => Ok(true),
        }
    }

    /// The try was none: forgets the failures of the address. Those of the network stay, but for this one: one good
    /// password says nothing of the others.
    pub async fn succeeded(&self, conn: &mut Conn) -> QueryResult<()> {
        store::forget_failures(conn, &self.address).await?;
        if let Some(network) = &self.network {
            store::take_failure_back(conn, network).await?;
        }
        Ok(())
    }
}

fn key(kind: &str, value: &str) -> Vec<u8> {
    Sha256::digest(format!("{kind}:{value}").as_bytes()).to_vec()
}
