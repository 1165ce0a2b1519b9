//! Marking by people: where the marking of an answer stands, who may judge it, what two judgements come to.

pub mod standing;
pub mod turn;
