//! Whether this Postgres keeps what it has confirmed.

use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;

use super::error::Error;
use super::pool::connect;

/// The settings on which "saved" rests.
#[derive(Debug, QueryableByName)]
pub struct DurabilitySettings {
    #[diesel(sql_type = Text)]
    pub fsync: String,
    #[diesel(sql_type = Text)]
    pub synchronous_commit: String,
}

impl DurabilitySettings {
    /// Is a confirmed write on disk?
    pub fn is_safe(&self) -> bool {
        self.fsync == "on" && self.synchronous_commit != "off"
    }
}

/// Asks Postgres for these settings.
pub async fn durability(url: &str) -> Result<DurabilitySettings, Error> {
    let mut conn = connect(url).await.map_err(|why| Error::Gone(why.to_string()))?;
    let query = sql_query(
        "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit",
    );
    Ok(query.get_result(&mut conn).await?)
}
