//! Time, ids and chance: the only place that asks the machine for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

/// The clock of the running program. Tests move it.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        now() + Duration::seconds(self.ahead.load(Ordering::Relaxed))
    }

    /// Moves this clock and its clones forward.
    pub fn advance(&self, by: Duration) {
        self.ahead.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }
}

/// The machine's time.
#[expect(clippy::disallowed_methods, reason = "this is the one door to the machine's clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A new id that sorts by time.
#[expect(clippy::disallowed_methods, reason = "this is the one door to new ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// When an id was made by `new_id`; `None` for ids that came from elsewhere.
pub fn moment_of(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}

/// Bytes that nobody can guess.
///
/// # Panics
/// If the operating system has no randomness to give, since nothing can be safe then.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
