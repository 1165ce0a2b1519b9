//! Finds the course of an address.

use std::sync::Arc;

use crate::accounts::Cx;
use crate::catalogue::{Library, Published};
use crate::lessons::actions;
use crate::web::Fault;

/// The course that learners see at an address. An unknown address, or one in memory, needs no database.
pub async fn find(library: &Library, cx: &mut Cx, slug: &str) -> Result<Arc<Published>, Fault> {
    if library.cards().by_slug(slug).is_none_or(|card| card.draft) {
        return Err(Fault::NotFound);
    }
    match library.current_in_memory(slug) {
        Some(published) => Ok(published),
        None => actions::course(library, cx.conn().await?, slug).await?.ok_or(Fault::NotFound),
    }
}
