//! What is over is forgotten: ended sessions, used links, old counts of failures, kept replies. The privacy notice
//! promises it.

use std::time::Duration as Pause;

use chrono::{DateTime, Duration, Utc};

use super::store;
use crate::clock::Clock;
use crate::db::{self, Conn, Pool};

/// How often it looks.
const EVERY: Pause = Pause::from_secs(3600);
/// A count of failures means nothing after this long.
const FAILURES: Duration = Duration::days(1);
/// Nobody repeats a write after this long.
const REPLIES: Duration = Duration::days(7);

/// Looks as long as the program runs.
pub async fn forget(pool: Pool, clock: Clock) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = forget_now(&pool, clock.now()).await {
            tracing::warn!(%error, "what is over could not be forgotten; the next round tries again");
        }
    }
}

async fn forget_now(pool: &Pool, now: DateTime<Utc>) -> Result<(), db::Error> {
    forget_once(&mut *pool.get().await?, now).await
}

/// Forgets what is over now.
pub async fn forget_once(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), db::Error> {
    store::forget_sessions(conn, now).await?;
    store::forget_links(conn, now).await?;
    store::forget_old_failures(conn, now - FAILURES).await?;
    store::forget_old_replies(conn, now - REPLIES).await?;
    Ok(())
}
