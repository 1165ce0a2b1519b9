//! What is known around the questions of a file.

use crate::diagnostic::{Diagnostics, Place};
use crate::markdown::Page;

/// What is known around the questions of a file.
#[derive(Debug)]
pub(crate) struct Reader<'p, 'c> {
    pub(crate) page: &'p mut Page<'c>,
    /// Ids declared in the manifest, and where.
    pub(crate) outcomes: &'p [String],
    pub(crate) outcomes_place: Option<&'p Place>,
    pub(crate) decimal_mark: Option<char>,
    pub(crate) out: &'p mut Diagnostics,
}
