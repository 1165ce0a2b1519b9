//! Noticing that the platform was away. The database is the only witness: somebody wrote the last beat into it, and
//! whoever writes the next sees the gap. It does not matter whether the program or the database was down.

use chrono::TimeDelta;

use super::store;
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::quizzes::sitting::corrupt;
use crate::quizzes::store::now;

/// Beats come twice a minute; a longer silence than this is an outage.
const SILENCE: TimeDelta = TimeDelta::seconds(90);

/// Says that the platform is there. After an outage, gives its time back to all open attempts and tells how many.
pub async fn beat(conn: &mut Conn) -> Result<usize, db::Error> {
    conn.transaction(async |conn| {
        let (last, now) = (store::last_beat(conn).await?, now(conn).await?);
        store::set_beat(conn, last.map_or(now, |last| last.max(now))).await?;
        let Some(since) = last.filter(|last| now - *last > SILENCE) else { return Ok(0) };
        let seconds = i32::try_from((now - since).num_seconds()).map_err(corrupt)?;
        let given = store::give_back(conn, since, seconds).await?;
        let n_attempts = i32::try_from(given).map_err(corrupt)?;
        store::note(conn, clock::new_id(), (since, now), n_attempts).await?;
        Ok(given)
    })
    .await
}
