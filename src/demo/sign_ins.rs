//! The three people as whom visitors of the demo sign in. Their passwords are known to everybody, so the demo never
//! makes them in a database that holds anybody else.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::people::{Details, Person};
use crate::domain::locale::Locale;

/// How to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// `learner`, `trainer` or `admin`.
    pub role: &'static str,
    pub email: &'static str,
    pub password: &'static str,
}

/// Somebody who signs in.
#[derive(Clone, Debug)]
pub struct Member {
    pub sign_in: SignIn,
    pub person: Person,
}

const LEARNER: SignIn =
    SignIn { role: "learner", email: "leyla@demo.example", password: "learn-with-bilik" };
const TRAINER: SignIn =
    SignIn { role: "trainer", email: "rauf@demo.example", password: "teach-with-bilik" };
const ADMIN: SignIn =
    SignIn { role: "admin", email: "aysel@demo.example", password: "lead-with-bilik" };

/// The id of the administrator: whoever has it was made by the demo.
pub const ADMIN_ID: Uuid = Uuid::from_u128(0x019a_0000_b111_7de0_a5e1_0000_0000_0003);

/// The trainer's id.
pub const TRAINER_ID: Uuid = Uuid::from_u128(0x019a_0000_b111_7de0_a5e1_0000_0000_0002);

const LEARNER_ID: Uuid = Uuid::from_u128(0x019a_0000_b111_7de0_a5e1_0000_0000_0001);

/// The sign-ins in the order in which they are printed.
pub fn sign_ins() -> [SignIn; 3] {
    [LEARNER, TRAINER, ADMIN]
}

/// The learner, who joined lately.
pub fn learner(now: DateTime<Utc>) -> Member {
    member(LEARNER, LEARNER_ID, "Leyla Məmmədova", now - TimeDelta::days(19))
}

/// The trainer of all courses.
pub fn trainer(start: DateTime<Utc>) -> Member {
    member(TRAINER, TRAINER_ID, "Rauf Əliyev", start)
}

/// The administrator.
pub fn admin(start: DateTime<Utc>) -> Member {
    member(ADMIN, ADMIN_ID, "Aysel Quliyeva", start)
}

fn member(sign_in: SignIn, id: Uuid, name: &str, registered_at: DateTime<Utc>) -> Member {
    let details = Details {
        consent_at: registered_at + TimeDelta::minutes(3),
        region: Some("baku"),
        sector: Some("public"),
        sex: Some(if sign_in.role == "trainer" { "male" } else { "female" }),
        birth_year: Some(1991),
    };
    let person = Person {
        id,
        name: name.to_owned(),
        email: sign_in.email.to_owned(),
        language: Locale::Az,
        registered_at,
        disabled_at: None,
        details: Some(details),
        organisation: None,
        ability: 1.2,
        steadiness: 2.0,
    };
    Member { sign_in, person }
}
