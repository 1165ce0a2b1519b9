//! Roles, and one table of what they may do. A page asks `may`, never a role.

use std::collections::BTreeSet;

use uuid::Uuid;

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The person signed in; `None` is a visitor.
    pub person: Option<Uuid>,
    /// Runs the platform.
    pub admin: bool,
    /// Courses of which the person is a trainer.
    pub trains: BTreeSet<Uuid>,
}

/// A part that a person plays towards an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Anybody, signed in or not.
    Visitor,
    /// Anybody signed in.
    Learner,
    /// The person whom the object is about.
    Owner,
    /// A trainer of any course.
    Trainer,
    /// A trainer of the course to which the object belongs.
    TrainerOfCourse,
    /// An admin.
    Admin,
}

/// What is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The platform as a whole.
    Platform,
    /// A course.
    Course(Uuid),
    /// A person's account.
    Person(Uuid),
    /// Something of one person in one course: an enrolment, an attempt, a mark.
    Record {
        /// Whose.
        person: Uuid,
        /// Where.
        course: Uuid,
    },
}

/// What may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Read the catalogue and course pages.
    BrowseCatalogue,
    /// Join a course and read its lessons.
    Enrol,
    /// Answer in an attempt, mark lessons as done, leave a course.
    ActOnRecord,
    /// See an attempt, progress and marks.
    SeeRecord,
    /// See and change an account's profile, sessions and password.
    EditProfile,
    /// See what learners do not see yet.
    SeeDrafts,
    /// See the learners of a course with progress and marks.
    SeeLearners,
    /// Judge answers and hand them back.
    MarkAnswers,
    /// See how questions were answered.
    SeeQuestionFigures,
    /// Decide about answers that were judged by an earlier key, and take that back.
    Regrade,
    /// See the list of own courses to teach.
    SeeTeaching,
    /// Publish versions of a course.
    PublishCourse,
    /// Find people and see their accounts.
    SeePeople,
    /// Give and take roles, disable accounts.
    ManagePeople,
    /// See the figures of the whole platform.
    SeeReports,
}

/// The one table: a permission and the roles that have it.
const TABLE: [(Permission, &[Role]); 15] = [
    (Permission::BrowseCatalogue, &[Role::Visitor]),
    (Permission::Enrol, &[Role::Learner]),
    (Permission::ActOnRecord, &[Role::Owner]),
    (Permission::SeeRecord, &[Role::Owner, Role::TrainerOfCourse, Role::Admin]),
    (Permission::EditProfile, &[Role::Owner]),
    (Permission::SeeDrafts, &[Role::TrainerOfCourse, Role::Admin]),
    (Permission::SeeLearners, &[Role::TrainerOfCourse, Role::Admin]),
    (Permission::MarkAnswers, &[Role::TrainerOfCourse, Role::Admin]),
    (Permission::SeeQuestionFigures, &[Role::TrainerOfCourse, Role::Admin]),
    (Permission::Regrade, &[Role::TrainerOfCourse, Role::Admin]),
    (Permission::SeeTeaching, &[Role::Trainer, Role::Admin]),
    (Permission::PublishCourse, &[Role::Admin]),
    (Permission::SeePeople, &[Role::Admin]),
    (Permission::ManagePeople, &[Role::Admin]),
    (Permission::SeeReports, &[Role::Admin]),
];

/// May this person do this to that? What the table does not name is refused.
pub fn may(actor: &Actor, permission: Permission, object: &Object) -> bool {
    TABLE
        .iter()
        .filter(|(named, _)| *named == permission)
        .any(|(_, roles)| roles.iter().any(|role| actor.is(*role, object)))
}

impl Actor {
    /// Somebody who is not signed in.
    pub fn visitor() -> Actor {
        Actor::default()
    }

    /// Does the person play this part towards the object? Only a person who is signed in plays any but the first.
    pub fn is(&self, role: Role, object: &Object) -> bool {
        let Some(person) = self.person else { return role == Role::Visitor };
        match role {
            Role::Visitor | Role::Learner => true,
            Role::Owner => object.person() == Some(person),
            Role::Trainer => !self.trains.is_empty(),
            Role::TrainerOfCourse => {
                object.course().is_some_and(|course| self.trains.contains(&course))
            }
            Role::Admin => self.admin,
        }
    }
}

impl Object {
    fn person(&self) -> Option<Uuid> {
        match self {
            Object::Person(person) | Object::Record { person, .. } => Some(*person),
            Object::Platform | Object::Course(_) => None,
        }
    }

    fn course(&self) -> Option<Uuid> {
        match self {
            Object::Course(course) | Object::Record { course, .. } => Some(*course),
            Object::Platform | Object::Person(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const HERE: Uuid = Uuid::from_u128(2);
    const ELSEWHERE: Uuid = Uuid::from_u128(3);

    fn actors() -> [(&'static str, Actor); 6] {
        let person = |id| Actor { person: Some(Uuid::from_u128(id)), ..Actor::default() };
        let trainer = |id, course| Actor { trains: BTreeSet::from([course]), ..person(id) };
        [
            ("visitor", Actor::visitor()),
            ("self", person(1)),
            ("other", person(9)),
            ("trainer", trainer(8, HERE)),
            ("other trainer", trainer(7, ELSEWHERE)),
            ("admin", Actor { admin: true, ..person(6) }),
        ]
    }

    fn who(permission: Permission, object: &Object) -> String {
        let names: Vec<&str> = actors()
            .iter()
            .filter(|(_, actor)| may(actor, permission, object))
            .map(|(name, _)| *name)
            .collect();
        names.join(", ")
    }

    #[test]
    fn the_table() {
        let record = Object::Record { person: ME, course: HERE };
        let signed_in = "self, other, trainer, other trainer, admin";
        for (permission, object, expected) in [
            (
                Permission::BrowseCatalogue,
                Object::Platform,
                "visitor, self, other, trainer, other trainer, admin",
            ),
            (Permission::Enrol, Object::Course(HERE), signed_in),
            (Permission::ActOnRecord, record, "self"),
            (Permission::SeeRecord, record, "self, trainer, admin"),
            (Permission::EditProfile, Object::Person(ME), "self"),
            (Permission::SeeDrafts, Object::Course(HERE), "trainer, admin"),
            (Permission::SeeLearners, Object::Course(HERE), "trainer, admin"),
            (Permission::SeeQuestionFigures, Object::Course(HERE), "trainer, admin"),
            (Permission::MarkAnswers, Object::Course(HERE), "trainer, admin"),
            (Permission::Regrade, Object::Course(HERE), "trainer, admin"),
            (Permission::SeeTeaching, Object::Platform, "trainer, other trainer, admin"),
            (Permission::PublishCourse, Object::Course(HERE), "admin"),
            (Permission::SeePeople, Object::Platform, "admin"),
            (Permission::ManagePeople, Object::Person(ME), "admin"),
            (Permission::SeeReports, Object::Platform, "admin"),
        ] {
            assert_eq!(who(permission, &object), expected, "{permission:?}");
        }
    }

    #[test]
    fn rights_need_a_person() {
        let ghost = Actor { person: None, admin: true, trains: BTreeSet::from([HERE]) };
        assert!(!may(&ghost, Permission::SeePeople, &Object::Platform));
        assert!(!may(&ghost, Permission::SeeLearners, &Object::Course(HERE)));
    }
}
