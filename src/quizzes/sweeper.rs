//! Settles attempts that nobody comes back to. The outcome is the same as when somebody does.

use std::time::Duration;

use super::files;
use super::finishing::settle_all;
use super::outage;
use super::store::Whose;
use crate::catalogue::Library;
use crate::db::{self, Pool};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(30);

/// Looks for overdue attempts as long as the program runs.
pub async fn sweep(pool: Pool, library: Library) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = sweep_once(&pool, &library).await {
            tracing::warn!(%error, "overdue attempts could not be settled; the next round tries again");
        }
    }
}

async fn sweep_once(pool: &Pool, library: &Library) -> Result<(), db::Error> {
    let mut conn = pool.get().await?;
    let given_back = outage::beat(&mut conn).await?;
    if given_back > 0 {
        tracing::warn!(attempts = given_back, "the platform was away; its time was given back");
    }
    let settled = settle_all(&mut conn, library, Whose::Anybody).await?;
    files::reading::sweep(&mut conn).await?;
    if settled > 0 {
        tracing::info!(attempts = settled, "overdue attempts settled");
    }
    Ok(())
}
