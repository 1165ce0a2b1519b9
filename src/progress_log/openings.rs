//! Openings of lessons, noted together: whoever opens a lesson while others are being written down goes with the next
//! commit. Under load one commit carries many, which is what a page waits for most.

use std::collections::{BTreeSet, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use uuid::Uuid;

use super::store::{self, Busy, Opening};
use crate::db::{self, Pool};

/// Openings in one commit at most.
const MOST: usize = 64;

/// The openings of this program that wait to be noted; cheap to clone.
#[derive(Clone, Default)]
pub struct Openings(Arc<Mutex<Queue>>);

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Somebody takes from the queue until it is empty.
    is_served: bool,
}

struct Waiting {
    opening: Opening,
    /// Hears whether it was noted.
    page: oneshot::Sender<bool>,
}

impl Openings {
    /// Returns when the opening is committed.
    pub async fn note(&self, pool: &Pool, opening: Opening) -> Result<(), db::Error> {
        let (page, noted) = oneshot::channel();
        let must_serve = {
            let mut queue = self.queue();
            queue.waiting.push_back(Waiting { opening: opening.clone(), page });
            !mem::replace(&mut queue.is_served, true)
        };
        if must_serve {
            let serving = Serving { openings: self.clone(), is_over: false };
            tokio::spawn(serve(serving, pool.clone()));
        }
        if noted.await.unwrap_or(false) {
            return Ok(());
        }
        // The enrolment is being written by another request, or the commit failed. Alone it waits, and hears why.
        let mut conn = pool.get().await?;
        store::note_openings(&mut conn, &[opening], Busy::Wait).await?;
        Ok(())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever serves the queue. If it is cut short, those who wait go alone and the next one serves.
struct Serving {
    openings: Openings,
    is_over: bool,
}

impl Serving {
    /// The next openings, at most one of each enrolment. None is left: the service ends.
    fn next(&mut self) -> Vec<Waiting> {
        let mut queue = self.openings.queue();
        let mut enrolments = BTreeSet::new();
        let (taken, left) = mem::take(&mut queue.waiting).into_iter().partition(|waiting| {
            enrolments.len() < MOST && enrolments.insert(waiting.opening.enrolment)
        });
        queue.waiting = left;
        let taken = Vec::from(taken);
        self.is_over = taken.is_empty();
        queue.is_served = !self.is_over;
        taken
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if !self.is_over {
            let mut queue = self.openings.queue();
            queue.waiting.clear();
            queue.is_served = false;
        }
    }
}

async fn serve(mut serving: Serving, pool: Pool) {
    loop {
        let (openings, pages): (Vec<Opening>, Vec<oneshot::Sender<bool>>) =
            serving.next().into_iter().map(|waiting| (waiting.opening, waiting.page)).unzip();
        if openings.is_empty() {
            return;
        }
        let noted = note(&pool, &openings).await.unwrap_or_default();
        for (opening, page) in openings.iter().zip(pages) {
            // Whoever does not wait any more needs no answer.
            let _ = page.send(noted.contains(&opening.enrolment));
        }
    }
}

async fn note(pool: &Pool, openings: &[Opening]) -> Result<Vec<Uuid>, db::Error> {
    let mut conn = pool.get().await?;
    Ok(store::note_openings(&mut conn, openings, Busy::Skip).await?)
}
