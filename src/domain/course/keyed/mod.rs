//! One key and the texts of a question, put together from its languages.

mod names;
mod words;
mod aligned;
mod kind;
mod texts;
mod hash;

pub(super) use aligned::aligned;
pub(super) use hash::{scoring_hash, wording_hash};
pub(super) use kind::kind;
pub(super) use names::{Names, Numbers, free, names};
pub(super) use texts::item_text;
