//! The tables of people and of what belongs to them.

mod people;
mod profile;
mod sessions;
mod failures;
mod links;
mod replies;

pub use failures::{count_failure, forget_failures, forget_old_failures, take_failure_back};
pub use links::{drop_links, find_link, forget_links, insert_link, use_link};
pub use people::{
    NewPerson, any_admin, credentials, insert_person, lock_admins, password_hash_of, set_admin,
    set_disabled, set_password,
};
pub use profile::{Profile, ProfileChange, organisation, profile, update_profile};
pub use replies::{NewReply, forget_old_replies, insert_reply, lock_reply, reply};
pub use sessions::{
    NewSession, PERSON_OF_SESSION, PersonRow, by_session, by_session_id, end_api_session,
    end_other_sessions, end_session, forget_sessions, insert_session, rotate_session, sessions_of,
    touch_session,
};
