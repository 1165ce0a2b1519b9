//! Joining, signing in and out, changing one's profile.

mod signing_in;
mod password;
mod joining;
mod administrators;
mod profile;

pub use administrators::{
    FirstAdminRefusal, first_admin_link, first_admin_link_works, join_as_first_admin, set_admin,
};
pub use joining::{Joining, Standing, add_person, find_by_email, join};
pub use password::{change_password, check_password_strength, reset_password};
pub use profile::{ProfileForm, organisation, profile, save_profile};
pub use signing_in::{SignInRefusal, check_password};
