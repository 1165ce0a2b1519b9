//! What is written down of one learner in one course: the same facts, moments and journal lines in the same order as
//! `progress_log` writes them. A test replays some through the real actions and compares.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::chance::Chance;
use crate::domain::course::model::Course;
use crate::domain::grading::quiz::Earned;
use crate::domain::journal::verb::Verb;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{Progress, course_progress, newly_done};
use crate::domain::progress::facts::Facts;
use crate::domain::quiz::attempt::Attempt;
use crate::domain::quiz::behaviour::Overdue;
use crate::domain::quiz::event::{Event, EventKind};
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::paper::Paper;
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::score::Score;
use crate::domain::quiz::seed::Seed;

/// One learner in one course.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: Uuid,
    pub person: Uuid,
    pub course: Uuid,
    pub version: Uuid,
    pub language: Locale,
    pub enrolled_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub halfway_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub percent: u8,
    pub last: Option<(String, DateTime<Utc>)>,
    /// When each lesson was opened, and when it was called done.
    pub lessons: BTreeMap<String, (DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// When each lesson was complete.
    pub done: BTreeMap<String, DateTime<Utc>>,
    pub grades: BTreeMap<QuizId, Reached>,
    pub journal: Vec<Line>,
    pub attempts: Vec<Taken>,
    pub facts: Facts,
}

/// What was reached in a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub fraction: Option<Fraction>,
    pub passed: bool,
    pub attempts: u32,
    pub at: DateTime<Utc>,
}

/// A line of the journal.
#[derive(Clone, Debug)]
pub struct Line {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub verb: Verb,
    pub object: String,
}

/// An attempt at a quiz, or practice.
#[derive(Clone, Debug)]
pub struct Taken {
    pub id: Uuid,
    pub lesson: String,
    pub quiz: QuizId,
    pub number: u32,
    pub practice: bool,
    pub seed: Seed,
    pub paper: Paper,
    pub started_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
    pub events: Vec<Event>,
    pub outcome: Option<Outcome>,
}

/// How a graded attempt ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub finished_at: DateTime<Utc>,
    pub score: Score,
    pub passed: bool,
}

/// The learner and the course of a new record.
#[derive(Clone, Copy, Debug)]
pub struct Joining {
    pub person: Uuid,
    pub course: Uuid,
    pub version: Uuid,
    pub language: Locale,
    pub at: DateTime<Utc>,
}

impl Taken {
    /// The attempt as the rules see it.
    pub fn attempt(&self) -> Attempt {
        let finished = self.outcome.as_ref().map(|outcome| outcome.finished_at);
        Attempt {
            number: self.number,
            started: self.started_at,
            deadline: self.deadline,
            finished,
            overdue: Overdue::Submit,
        }
    }

    /// What a finished attempt earned.
    pub fn earned(&self) -> Option<Earned> {
        let score = &self.outcome.as_ref()?.score;
        Some(Earned { raw: score.raw, max: score.max })
    }

    /// It began when its first event is said to have happened.
    pub fn begin(&mut self, at: DateTime<Utc>) {
        self.started_at = at;
        if let Some(first) = self.events.first_mut() {
            first.at = at;
        }
    }

    /// An answer was given.
    pub fn add(&mut self, at: DateTime<Utc>, slot: u16, kind: EventKind) {
        let seq = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        self.events.push(Event { seq, at, slot: Some(slot), kind });
    }

    /// The attempt ended.
    pub fn end(&mut self, at: DateTime<Utc>) {
        let seq = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
        self.events.push(Event { seq, at, slot: None, kind: EventKind::Finish });
    }
}

impl Record {
    /// Somebody joined a course.
    pub fn new(joining: Joining, chance: &mut Chance) -> Record {
        let mut record = Record {
            id: chance.id(joining.at),
            person: joining.person,
            course: joining.course,
            version: joining.version,
            language: joining.language,
            enrolled_at: joining.at,
            started_at: None,
            halfway_at: None,
            completed_at: None,
            percent: 0,
            last: None,
            lessons: BTreeMap::new(),
            grades: BTreeMap::new(),
            journal: Vec::new(),
            attempts: Vec::new(),
            facts: Facts::default(),
            done: BTreeMap::new(),
        };
        record.note(Verb::Enrolled, "", joining.at, chance);
        record
    }

    /// A lesson was opened.
    pub fn viewed(
        &mut self,
        course: &Course,
        lesson: &str,
        at: DateTime<Utc>,
        chance: &mut Chance,
    ) {
        self.last = Some((lesson.to_owned(), at));
        if !self.facts.viewed.insert(lesson.to_owned()) {
            return;
        }
        self.lessons.insert(lesson.to_owned(), (at, None));
        self.note(Verb::Viewed, lesson, at, chance);
        if self.started_at.is_none() {
            self.started_at = Some(at);
            self.note(Verb::Started, lesson, at, chance);
        }
        self.settle(course, at, chance);
    }

    /// A lesson was called done.
    pub fn marked(
        &mut self,
        course: &Course,
        lesson: &str,
        at: DateTime<Utc>,
        chance: &mut Chance,
    ) {
        if let Some(known) = self.lessons.get_mut(lesson) {
            known.1 = Some(at);
        }
        self.facts.marked.insert(lesson.to_owned());
        self.note(Verb::CompletedLesson, lesson, at, chance);
        self.settle(course, at, chance);
    }

    /// Every question of a practice quiz was answered.
    pub fn answered(
        &mut self,
        course: &Course,
        quiz: &QuizId,
        at: DateTime<Utc>,
        chance: &mut Chance,
    ) {
        self.facts.answered.insert(quiz.clone());
        self.grades
            .insert(quiz.clone(), Reached { fraction: None, passed: false, attempts: 1, at });
        self.note(Verb::Answered, quiz.as_str(), at, chance);
        self.settle(course, at, chance);
    }

    /// A graded quiz has a new grade.
    pub fn graded(
        &mut self,
        course: &Course,
        quiz: &QuizId,
        reached: Reached,
        chance: &mut Chance,
    ) {
        self.facts.answered.insert(quiz.clone());
        if let Some(fraction) = reached.fraction {
            self.facts.grades.insert(quiz.clone(), fraction);
        }
        if reached.passed {
            self.facts.passed.insert(quiz.clone());
        }
        let passed = self.facts.passed.contains(quiz);
        self.grades.insert(quiz.clone(), Reached { passed, ..reached });
        let verb = if reached.passed { Verb::Passed } else { Verb::Failed };
        self.note(verb, quiz.as_str(), reached.at, chance);
        self.settle(course, reached.at, chance);
    }

    /// How far the learner is.
    pub fn progress(&self, course: &Course) -> Progress {
        course_progress(course, &self.facts)
    }

    fn settle(&mut self, course: &Course, at: DateTime<Utc>, chance: &mut Chance) {
        let progress = self.progress(course);
        self.percent = progress.percent;
        let done: Vec<String> = newly_done(course, &self.facts).map(str::to_owned).collect();
        for lesson in done {
            self.facts.done.insert(lesson.clone());
            self.done.insert(lesson, at);
        }
        if progress.half_way && self.halfway_at.is_none() {
            self.halfway_at = Some(at);
            self.note(Verb::HalfWay, "", at, chance);
        }
        if progress.complete && self.completed_at.is_none() {
            self.completed_at = Some(at);
            self.note(Verb::CompletedCourse, "", at, chance);
        }
    }

    /// Writes a line of the journal.
    pub fn note(&mut self, verb: Verb, object: &str, at: DateTime<Utc>, chance: &mut Chance) {
        self.journal.push(Line { id: chance.id(at), at, verb, object: object.to_owned() });
    }
}
