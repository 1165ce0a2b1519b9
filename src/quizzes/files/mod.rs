//! Files as answers: they come in pieces, are kept in the database, and leave it only as attachments.

mod store;
pub mod refusal;
pub mod handing;
pub mod reading;
