//! The regrades of a course, applied and taken back.

use uuid::Uuid;

use super::store;
pub use super::store::{Batch, BatchItem};
use crate::db::{self, Conn};

/// A regrade with its decisions.
#[derive(Clone, Debug)]
pub struct Told {
    pub batch: Batch,
    pub items: Vec<BatchItem>,
}

impl Told {
    /// Can it be taken back now? A later one that decided about the same questions goes first.
    pub fn is_last(&self) -> bool {
        self.batch.taken_back_at.is_none() && !self.batch.covered
    }
}

/// The regrades of a course, last first.
pub async fn of_course(conn: &mut Conn, course: Uuid) -> Result<Vec<Told>, db::Error> {
    let items = store::batch_items(conn, course).await?;
    let told = |batch: Batch| {
        let own = items.iter().filter(|item| item.regrade_id == batch.id).cloned().collect();
        Told { batch, items: own }
    };
    Ok(store::batches(conn, course).await?.into_iter().map(told).collect())
}
