//! What the compiler says about a folder that an author is writing in, for the pages of a development server.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::domain::diagnostic::Diagnostics;

/// The last word on a course that is being written.
#[derive(Debug)]
pub struct Remarks {
    /// Rises with every save.
    pub stamp: u64,
    pub diagnostics: Diagnostics,
    pub shown: Shown,
}

/// Which text the pages show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The one that was saved last.
    Last,
    /// An earlier one, because the last one has errors.
    Earlier,
}

/// Courses that are being written, by address. Empty on every server that does not watch a folder.
#[derive(Clone, Debug, Default)]
pub struct Watched(Arc<RwLock<BTreeMap<String, Arc<Remarks>>>>);

impl Watched {
    /// The last word on a course, if its folder is watched.
    pub fn of(&self, slug: &str) -> Option<Arc<Remarks>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(slug).cloned()
    }

    /// Is no folder watched?
    pub fn is_empty(&self) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// A folder was saved.
    pub fn note(&self, slug: &str, diagnostics: Diagnostics, shown: Shown) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let stamp = all.get(slug).map_or(1, |before| before.stamp + 1);
        all.insert(slug.to_owned(), Arc::new(Remarks { stamp, diagnostics, shown }));
    }
}
