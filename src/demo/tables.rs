//! People and records as rows of tables, in the order in which tables refer to each other.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::copy::{Rows, at, hex, id, is, maybe, maybe_at};
use super::people::{NO_PASSWORD, Organisation, Person};
use super::record::{Outcome, Record, Taken};
use super::sign_ins::Member;
use crate::domain::quiz::response::Response;
use crate::web::sign::hex as in_hex;

/// All that is loaded.
#[derive(Clone, Debug)]
pub struct Tables {
    organisations: Rows,
    people: Rows,
    trainers: Rows,
    enrolments: Rows,
    lessons: Rows,
    grades: Rows,
    journal: Rows,
    attempts: Rows,
    events: Rows,
    answers: Rows,
    marks: Rows,
    zone: String,
}

impl Tables {
    /// Empty tables; people live in this time zone.
    pub fn new(zone: &str) -> Tables {
        Tables {
            organisations: Rows::new(
                "organisations",
                "copy organisations (id, name, name_fold, created_at) from stdin",
            ),
            people: Rows::new(
                "people",
                "copy people (id, email, email_key, name, password_hash, language, time_zone, admin, disabled_at, \
                 registered_at, organisation_id, region, sector, sex, birth_year, profile_consent_at) from stdin",
            ),
            trainers: Rows::new(
                "trainers",
                "copy course_trainers (course_id, person_id, added_at) from stdin",
            ),
            enrolments: Rows::new(
                "enrolments",
                "copy enrolments (id, person_id, course_id, language, enrolled_at, started_at, halfway_at, \
                 completed_at, percent, last_lesson, last_at, completed_version) from stdin",
            ),
            lessons: Rows::new(
                "lessons",
                "copy lesson_progress (enrolment_id, lesson, viewed_at, marked_at, done_at, seen_version) from stdin",
            ),
            grades: Rows::new(
                "grades",
                "copy quiz_grades (enrolment_id, quiz, fraction, passed, answered, attempts, graded_at) from stdin",
            ),
            journal: Rows::new(
                "journal",
                "copy journal (id, at, person_id, verb, course_id, object) from stdin",
            ),
            attempts: Rows::new(
                "attempts",
                "copy attempts (id, enrolment_id, person_id, course_id, version_id, lesson, quiz, number, practice, \
                 seed, paper, state, started_at, deadline, finished_at, raw, max, passed) from stdin",
            ),
            events: Rows::new(
                "events",
                "copy attempt_events (attempt_id, at, kind, slot, response) from stdin",
            ),
            answers: Rows::new(
                "answers",
                "copy saved_answers (attempt_id, slot, rev, response, saved_at) from stdin",
            ),
            marks: Rows::new(
                "marks",
                "copy slot_marks (attempt_id, slot, item, item_version, fraction, marks, of, verdict) from stdin",
            ),
            zone: zone.to_owned(),
        }
    }

    /// The tables, those first to which others refer.
    pub fn in_order(self) -> [Rows; 11] {
        [
            self.organisations,
            self.people,
            self.trainers,
            self.enrolments,
            self.lessons,
            self.grades,
            self.journal,
            self.attempts,
            self.events,
            self.answers,
            self.marks,
        ]
    }

    /// Adds the organisations at which somebody works, each made when the first of them named it.
    pub fn add_organisations(&mut self, organisations: &[Organisation], people: &[Person]) {
        let mut named: BTreeMap<usize, DateTime<Utc>> = BTreeMap::new();
        for person in people {
            if let (Some(place), Some(details)) = (person.organisation, person.details) {
                let first = named.entry(place).or_insert(details.consent_at);
                *first = (*first).min(details.consent_at);
            }
        }
        for (place, organisation) in organisations.iter().enumerate() {
            if let Some(first) = named.get(&place) {
                let (name, fold) = (is(&organisation.name), is(&organisation.name_fold));
                self.organisations.add([id(organisation.id), name, fold, at(*first)]);
            }
        }
    }

    /// Adds a person as whom nobody can sign in.
    pub fn add_person(&mut self, person: &Person, organisations: &[Organisation]) {
        self.add_somebody(person, organisations, NO_PASSWORD, "false");
    }

    /// Adds somebody who signs in.
    pub fn add_member(&mut self, member: &Member, password_hash: &str) {
        let admin = if member.sign_in.role == "admin" { "true" } else { "false" };
        self.add_somebody(&member.person, &[], password_hash, admin);
    }

    fn add_somebody(
        &mut self,
        person: &Person,
        organisations: &[Organisation],
        password_hash: &str,
        admin: &str,
    ) {
        let details = person.details;
        let workplace = person.organisation.and_then(|place| organisations.get(place));
        self.people.add([
            id(person.id),
            is(&person.email),
            is(&person.email),
            is(&person.name),
            is(password_hash),
            is(person.language.code()),
            is(&self.zone),
            is(admin),
            maybe_at(person.disabled_at),
            at(person.registered_at),
            maybe(workplace.map(|workplace| workplace.id)),
            maybe(details.and_then(|details| details.region)),
            maybe(details.and_then(|details| details.sector)),
            maybe(details.and_then(|details| details.sex)),
            maybe(details.and_then(|details| details.birth_year)),
            maybe_at(details.map(|details| details.consent_at)),
        ]);
    }

    /// Adds a trainer of a course.
    pub fn add_trainer(&mut self, course: uuid::Uuid, person: uuid::Uuid, since: DateTime<Utc>) {
        self.trainers.add([id(course), id(person), at(since)]);
    }

    /// Adds what somebody did in a course.
    pub fn add_record(&mut self, record: &Record) {
        let (last, last_at) = record.last.clone().unzip();
        self.enrolments.add([
            id(record.id),
            id(record.person),
            id(record.course),
            is(record.language.code()),
            at(record.enrolled_at),
            maybe_at(record.started_at),
            maybe_at(record.halfway_at),
            maybe_at(record.completed_at),
            is(record.percent),
            maybe(last),
            maybe_at(last_at),
            maybe(record.completed_at.map(|_| record.version)),
        ]);
        for (lesson, (viewed, marked)) in &record.lessons {
            self.lessons.add([
                id(record.id),
                is(lesson),
                at(*viewed),
                maybe_at(*marked),
                maybe_at(record.done.get(lesson).copied()),
                id(record.version),
            ]);
        }
        self.add_grades(record);
        for line in &record.journal {
            let (person, course) = (id(record.person), id(record.course));
            self.journal.add([
                id(line.id),
                at(line.at),
                person,
                is(line.verb.name()),
                course,
                is(&line.object),
            ]);
        }
        for taken in &record.attempts {
            self.add_attempt(record, taken);
            self.add_events(taken);
            self.add_answers(taken);
            self.add_marks(taken);
        }
    }

    fn add_grades(&mut self, record: &Record) {
        for (quiz, reached) in &record.grades {
            self.grades.add([
                id(record.id),
                is(quiz),
                maybe(reached.fraction.map(|fraction| fraction.0)),
                is(reached.passed),
                is("true"),
                is(reached.attempts),
                at(reached.at),
            ]);
        }
    }

    fn add_attempt(&mut self, record: &Record, taken: &Taken) {
        let outcome = taken.outcome.as_ref();
        self.attempts.add([
            id(taken.id),
            id(record.id),
            id(record.person),
            id(record.course),
            id(record.version),
            is(&taken.lesson),
            is(&taken.quiz),
            is(taken.number),
            is(taken.practice),
            hex(&in_hex(&taken.seed.0)),
            is(json(&taken.paper)),
            is(outcome.map_or("open", |_| "finished")),
            at(taken.started_at),
            maybe_at(taken.deadline),
            maybe_at(outcome.map(|outcome| outcome.finished_at)),
            maybe(outcome.map(|outcome| outcome.score.raw.0)),
            maybe(outcome.map(|outcome| outcome.score.max.0)),
            maybe(outcome.map(|outcome| outcome.passed)),
        ]);
    }

    fn add_events(&mut self, taken: &Taken) {
        for event in &taken.events {
            let response = event.kind.response().map(json);
            self.events.add([
                id(taken.id),
                at(event.at),
                is(event.kind.name()),
                maybe(event.slot),
                maybe(response),
            ]);
        }
    }

    /// The latest answer of each question, with how often it was written.
    fn add_answers(&mut self, taken: &Taken) {
        let mut latest: BTreeMap<u16, (u32, &Response, DateTime<Utc>)> = BTreeMap::new();
        for event in &taken.events {
            if let (Some(slot), Some(response)) = (event.slot, event.kind.response()) {
                let n_before = latest.get(&slot).map_or(0, |(n_writes, ..)| *n_writes);
                latest.insert(slot, (n_before + 1, response, event.at));
            }
        }
        for (slot, (rev, response, saved)) in latest {
            self.answers.add([id(taken.id), is(slot), is(rev), is(json(response)), at(saved)]);
        }
    }

    fn add_marks(&mut self, taken: &Taken) {
        let Some(Outcome { score, .. }) = &taken.outcome else { return };
        for ((place, slot), scored) in taken.paper.numbered().zip(&score.slots) {
            self.marks.add([
                id(taken.id),
                is(place),
                is(&slot.item),
                is(&slot.version),
                is(scored.grade.fraction.0),
                is(scored.marks.0),
                is(scored.of.0),
                is(scored.grade.verdict.code()),
            ]);
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("papers and answers can always be written as JSON")
}
