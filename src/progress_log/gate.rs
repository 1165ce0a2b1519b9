//! What is open to whom: the rules of courses, held against facts and today's date.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::actions;
use crate::catalogue::{Published, trainers};
use crate::db::{self, Conn};
use crate::domain::course::condition::Condition;
use crate::domain::course::model::{Lesson, Module};
use crate::domain::progress::facts::Facts;
use crate::domain::progress::unlock::Situation;

/// The date on which courses open: that of the platform, wherever one is.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&Tz::Asia__Baku).date_naive()
}

/// Somebody in front of a course.
#[derive(Clone, Debug)]
pub struct Gate {
    facts: Facts,
    today: NaiveDate,
    /// Those who teach the course see all of it.
    teaches: Teaches,
}

/// Does the person teach the course, or run the platform?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Teaches {
    Yes,
    No,
}

impl Gate {
    /// For somebody who did this.
    pub fn of(facts: &Facts, now: DateTime<Utc>) -> Gate {
        Gate { facts: facts.clone(), today: today(now), teaches: Teaches::No }
    }

    /// For a person who has perhaps not joined, and perhaps teaches. Courses without any condition ask nothing.
    pub async fn read(
        conn: &mut Conn,
        published: &Published,
        (person, admin): (Uuid, bool),
        facts: Option<&Facts>,
        now: DateTime<Utc>,
    ) -> Result<Gate, db::Error> {
        let mut gate = Gate::of(facts.unwrap_or(&Facts::default()), now);
        if is_free(published) {
            return Ok(gate);
        }
        if asks_for_courses(published) {
            gate.facts.courses = actions::elsewhere(conn, person).await?.courses;
        }
        if admin || trainers::is_trainer(conn, published.course.id, person).await? {
            gate.teaches = Teaches::Yes;
        }
        Ok(gate)
    }

    /// What keeps the person from joining.
    pub fn entry(&self, published: &Published) -> Option<Condition> {
        self.of_learners(self.situation(published).entry())
    }

    /// What keeps a module closed.
    pub fn module(&self, published: &Published, module: &Module) -> Option<Condition> {
        self.of_learners(self.situation(published).module(module))
    }

    /// What keeps a lesson closed.
    pub fn lesson(
        &self,
        published: &Published,
        module: &Module,
        lesson: &Lesson,
    ) -> Option<Condition> {
        self.of_learners(self.situation(published).lesson(module, lesson))
    }

    fn of_learners(&self, condition: Option<Condition>) -> Option<Condition> {
        condition.filter(|_| self.teaches == Teaches::No)
    }

    fn situation<'a>(&'a self, published: &'a Published) -> Situation<'a> {
        Situation { course: &published.course, facts: &self.facts, today: self.today }
    }
}

/// Does it matter which other courses somebody has completed?
fn asks_for_courses(published: &Published) -> bool {
    let unlocks = published.modules().filter_map(|module| module.unlock.as_ref());
    unlocks
        .chain(&published.course.prerequisites)
        .flat_map(Condition::atoms)
        .any(|atom| matches!(atom, Condition::Course(_)))
}

/// Is everything open to everybody?
pub fn is_free(published: &Published) -> bool {
    published.course.prerequisites.is_none()
        && published.modules().all(|module| module.unlock.is_none())
}
