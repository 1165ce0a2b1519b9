//! How people go through courses: when they come back, what they answer, where they stop. What it leads to is worked
//! out by the rules of the domain alone.

use chrono::{DateTime, TimeDelta, Utc};

use super::answers::{Characters, Sitter, answer};
use super::calendar::Year;
use super::chance::Chance;
use super::people::Person;
use super::record::{Joining, Outcome, Reached, Record, Taken};
use crate::catalogue::Published;
use crate::domain::course::model::{Course, Lesson, LessonRule};
use crate::domain::grading::quiz::{Earned, final_grade};
use crate::domain::journal::verb::Verb;
use crate::domain::progress::lesson::published;
use crate::domain::quiz::attempt::{Attempt, Opening, may_start};
use crate::domain::quiz::event::{Event, EventKind, fold};
use crate::domain::quiz::grade::{Fraction, Verdict};
use crate::domain::quiz::item::{Item, Quiz};
use crate::domain::quiz::paper::{Paper, Seen};
use crate::domain::quiz::response::Response;
use crate::domain::quiz::score::{find, score};
use crate::domain::quiz::seed::Seed;
use crate::domain::quiz::terms::{Grants, Terms};

/// How many courses people join.
const N_COURSES: [(usize, u32); 5] = [(0, 6), (1, 60), (2, 21), (3, 9), (4, 4)];

/// Days until somebody comes back for the next lesson.
const PAUSES: [(u64, u32); 9] =
    [(0, 6), (1, 28), (2, 18), (3, 13), (5, 10), (7, 10), (10, 6), (16, 5), (30, 4)];

/// Days until somebody tries a quiz again.
const SECOND_THOUGHTS: [(u64, u32); 5] = [(0, 42), (1, 26), (2, 14), (4, 10), (9, 8)];

/// After so many tries everybody has had enough.
const MOST_TRIES: u32 = 5;

/// A course in which people can learn.
#[derive(Clone, Copy, Debug)]
pub struct Taught<'a> {
    pub published: &'a Published,
    pub characters: &'a Characters,
    /// How many join it, against the others.
    pub popularity: u32,
}

/// How somebody goes through a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// As people do: some stop, some leave something out.
    Ordinary,
    /// Everything in turn, until half of it is done and the next lesson is open.
    ToTheMiddle,
}

/// All that a person learned.
pub fn learn(seed: &str, person: &Person, courses: &[Taught<'_>], year: &Year) -> Vec<Record> {
    let mut chance = Chance::of(seed, &format!("learning {}", person.id));
    let n_courses = chance.weighted(&N_COURSES);
    let mut left: Vec<(Taught<'_>, u32)> =
        courses.iter().map(|taught| (*taught, taught.popularity)).collect();
    let mut records = Vec::new();
    let mut at = first_joining(person, year, &mut chance);
    while records.len() < n_courses && !left.is_empty() && at < last_moment(person, year) {
        let taught = chance.weighted(&left);
        left.retain(|(other, _)| other.published.version != taught.published.version);
        records.push(Journey::new(person, taught, year, at, &mut chance).followed());
        at = year.back(at, u64::try_from(chance.between(5, 75)).unwrap_or(0), &mut chance);
    }
    records
}

/// Somebody who is half through a course and has the next lesson open.
pub fn half_way(
    seed: &str,
    person: &Person,
    taught: Taught<'_>,
    year: &Year,
    at: DateTime<Utc>,
) -> Record {
    let mut chance = Chance::of(seed, "half-way");
    let journey = Journey::new(person, taught, year, at, &mut chance);
    Journey { manner: Manner::ToTheMiddle, ..journey }.followed()
}

/// Somebody who has joined a course and not opened it.
pub fn joined(
    seed: &str,
    person: &Person,
    taught: Taught<'_>,
    year: &Year,
    at: DateTime<Utc>,
) -> Record {
    let mut chance = Chance::of(seed, "joined");
    Journey::new(person, taught, year, at, &mut chance).record
}

fn first_joining(person: &Person, year: &Year, chance: &mut Chance) -> DateTime<Utc> {
    match chance.happens(0.78) {
        true => person.registered_at + TimeDelta::seconds(chance.between(60, 1_200)),
        false => {
            let days = u64::try_from(chance.between(1, 20)).unwrap_or(0);
            year.back(person.registered_at, days, chance)
        }
    }
}

fn last_moment(person: &Person, year: &Year) -> DateTime<Utc> {
    person.disabled_at.unwrap_or(year.until)
}

/// One person on the way through one course.
struct Journey<'a> {
    taught: Taught<'a>,
    year: &'a Year,
    until: DateTime<Utc>,
    sitter: Sitter,
    steadiness: f64,
    manner: Manner,
    at: DateTime<Utc>,
    record: Record,
    chance: Chance,
}

/// `None` when the person left, or the present has come.
type Onward = Option<()>;

impl<'a> Journey<'a> {
    fn new(
        person: &Person,
        taught: Taught<'a>,
        year: &'a Year,
        at: DateTime<Utc>,
        chance: &mut Chance,
    ) -> Journey<'a> {
        let course = &taught.published.course;
        let offered = course.languages.contains(&person.language);
        let language = if offered { person.language } else { course.source };
        let joining = Joining {
            person: person.id,
            course: course.id,
            version: taught.published.version,
            language,
            at,
        };
        let record = Record::new(joining, chance);
        Journey {
            taught,
            year,
            until: last_moment(person, year),
            sitter: Sitter { ability: person.ability, language },
            steadiness: person.steadiness,
            manner: Manner::Ordinary,
            at,
            record,
            chance: Chance::of(&person.id.to_string(), &course.slug),
        }
    }

    fn followed(mut self) -> Record {
        // Where the person stops, the record ends; both are fine.
        let _ = self.follow();
        self.record
    }

    fn follow(&mut self) -> Onward {
        for (_, lesson) in self.taught.published.lessons() {
            self.come_to_next()?;
            self.record.viewed(self.course(), &lesson.id, self.at, &mut self.chance);
            self.stay_unless_half_way()?;
            self.study(lesson)?;
        }
        Some(())
    }

    fn course(&self) -> &'a Course {
        &self.taught.published.course
    }

    /// Now and then somebody does not go on; most who stop do so before the first lesson.
    fn come_to_next(&mut self) -> Onward {
        let first = self.record.started_at.is_none();
        let drawn = if first { 1.9 } else { 2.7 } + self.steadiness * 0.85;
        self.does(1.0 / (1.0 + (-drawn).exp())).then_some(())?;
        let same_sitting = if first { 0.8 } else { 0.45 };
        if self.chance.happens(same_sitting) && !self.year.is_night(self.at) {
            return self.spend(20, 240);
        }
        let days = self.chance.weighted(&PAUSES);
        self.return_after(days)
    }

    /// Does the person do this? Who goes straight to the middle always does.
    fn does(&mut self, how_often: f64) -> bool {
        self.manner == Manner::ToTheMiddle || self.chance.happens(how_often)
    }

    fn stay_unless_half_way(&self) -> Onward {
        let there = self.manner == Manner::ToTheMiddle && self.record.halfway_at.is_some();
        (!there).then_some(())
    }

    fn spend(&mut self, least: i64, most: i64) -> Onward {
        let later = self.at + TimeDelta::seconds(self.chance.between(least, most));
        self.move_to(later)
    }

    fn return_after(&mut self, days: u64) -> Onward {
        let days = if self.manner == Manner::ToTheMiddle { days.min(1) } else { days };
        let later = self.year.back(self.at, days, &mut self.chance);
        self.move_to(later)
    }

    fn move_to(&mut self, later: DateTime<Utc>) -> Onward {
        (later < self.until).then(|| self.at = later)
    }

    fn study(&mut self, lesson: &Lesson) -> Onward {
        let seconds = i64::from(lesson.minutes) * 60;
        let reading = if lesson.complete == LessonRule::Quiz { seconds / 12 } else { seconds };
        self.spend(reading * 45 / 100, reading * 130 / 100 + 20)?;
        for quiz in published(lesson).filter(|quiz| quiz.rules.pass.is_none()) {
            if self.does(0.9) {
                self.practise(lesson, quiz)?;
            }
        }
        let wait = match lesson.complete {
            LessonRule::Marked => Some(0),
            LessonRule::Dwell(seconds) => Some(i64::from(seconds)),
            LessonRule::Viewed | LessonRule::Quiz => None,
        };
        if let Some(wait) = wait.filter(|_| self.does(0.96)) {
            self.spend(wait + 5, wait + 60)?;
            self.record.marked(self.course(), &lesson.id, self.at, &mut self.chance);
        }
        for quiz in published(lesson).filter(|quiz| quiz.rules.pass.is_some()) {
            self.sit(lesson, quiz)?;
        }
        Some(())
    }

    fn answer(&mut self, item: &Item, more: f64) -> Response {
        let sitter = Sitter { ability: self.sitter.ability + more, ..self.sitter };
        match self.taught.characters.get(&item.id) {
            Some(character) => answer(item, character, sitter, &mut self.chance),
            None => Response::Blank,
        }
    }

    fn new_attempt(&mut self, lesson: &Lesson, quiz: &Quiz, number: u32) -> Taken {
        let seed = Seed(self.chance.bytes());
        let terms = Terms::of(&quiz.rules, &Grants::default());
        Taken {
            id: self.chance.id(self.at),
            lesson: lesson.id.clone(),
            quiz: quiz.id.clone(),
            number,
            practice: quiz.rules.pass.is_none(),
            seed,
            paper: Paper::draw(quiz, &seed, &self.seen()),
            started_at: self.at,
            deadline: quiz.rules.pass.and_then(|_| terms.deadline(self.at)),
            events: vec![Event { seq: 0, at: self.at, slot: None, kind: EventKind::Start }],
            outcome: None,
        }
    }

    fn seen(&self) -> Seen {
        let mut seen = Seen::new();
        for slot in self.record.attempts.iter().flat_map(|taken| &taken.paper.slots) {
            *seen.entry(slot.item.clone()).or_default() += 1;
        }
        seen
    }

    /// Each question is checked; after a wrong answer most try once more. Practice begins with its first check.
    fn practise(&mut self, lesson: &Lesson, quiz: &Quiz) -> Onward {
        let mut taken = self.new_attempt(lesson, quiz, 1);
        let done = self.check_all(&mut taken, quiz);
        if let Some(first) = taken.events.get(1).map(|first| first.at) {
            taken.begin(first);
            self.record.attempts.push(taken);
        }
        done
    }

    fn check_all(&mut self, taken: &mut Taken, quiz: &Quiz) -> Onward {
        for place in 0..taken.paper.slots.len() {
            let slot = u16::try_from(place).ok()?;
            let item = find(&quiz.items, taken.paper.slot(slot)?).ok()?;
            for more in [0.0, 1.6] {
                self.spend(9, 50)?;
                let response = self.answer(item, more);
                let verdict = item.grade(&response).verdict;
                if response != Response::Blank {
                    taken.add(self.at, slot, EventKind::Check(response));
                    self.note_practised(taken, quiz);
                }
                if verdict == Verdict::Right || !self.does(0.7) {
                    break;
                }
            }
        }
        Some(())
    }

    fn note_practised(&mut self, taken: &Taken, quiz: &Quiz) {
        let known = self.record.facts.answered.contains(&quiz.id);
        if !known && fold(&taken.events).has_practised(&taken.paper) {
            self.record.answered(self.course(), &quiz.id, self.at, &mut self.chance);
        }
    }

    /// Attempts until one is passed, or there are no more, or the person has had enough.
    fn sit(&mut self, lesson: &Lesson, quiz: &Quiz) -> Onward {
        let terms = Terms::of(&quiz.rules, &Grants::default());
        loop {
            let past: Vec<Attempt> = self.past(quiz).map(Taken::attempt).collect();
            let Ok(Opening::New(number)) = may_start(&past, &terms, self.at) else {
                return Some(());
            };
            self.take(lesson, quiz, number)?;
            let enough = self.record.facts.passed.contains(&quiz.id) || number >= MOST_TRIES;
            if enough || !self.does(0.8 + self.steadiness.clamp(-2.0, 1.5) * 0.1) {
                return Some(());
            }
            let days = self.chance.weighted(&SECOND_THOUGHTS);
            self.return_after(days)?;
        }
    }

    fn past<'s>(&'s self, quiz: &'s Quiz) -> impl Iterator<Item = &'s Taken> {
        self.record.attempts.iter().filter(move |taken| taken.quiz == quiz.id)
    }

    fn take(&mut self, lesson: &Lesson, quiz: &Quiz, number: u32) -> Onward {
        let mut taken = self.new_attempt(lesson, quiz, number);
        self.record.note(Verb::Attempted, quiz.id.as_str(), self.at, &mut self.chance);
        let filled = self.fill(&mut taken, quiz, f64::from(number - 1) * 0.7);
        let ended = filled.and_then(|()| taken.attempt().finish(self.at).ok());
        let settled = ended.or_else(|| taken.attempt().settle(self.until));
        match settled {
            Some(settled) => self.finish(taken, quiz, settled.finished_at),
            None => self.record.attempts.push(taken),
        }
        settled.map(|_| ())
    }

    /// Saves an answer to each question; some are changed once more before the end.
    fn fill(&mut self, taken: &mut Taken, quiz: &Quiz, learned: f64) -> Onward {
        for place in 0..taken.paper.slots.len() {
            let slot = u16::try_from(place).ok()?;
            let item = find(&quiz.items, taken.paper.slot(slot)?).ok()?;
            self.does(0.9985).then_some(())?;
            for _ in 0..if self.chance.happens(0.07) { 2 } else { 1 } {
                self.spend(14, 80)?;
                taken.attempt().may_save(self.at).ok()?;
                let response = self.answer(item, learned);
                if response != Response::Blank {
                    taken.add(self.at, slot, EventKind::Save(response));
                }
            }
        }
        self.spend(6, 90)
    }

    fn finish(&mut self, mut taken: Taken, quiz: &Quiz, finished_at: DateTime<Utc>) {
        // An attempt that nobody finished ends at its deadline, wherever the person is by then.
        self.at = self.at.max(finished_at);
        taken.end(finished_at);
        let responses = fold(&taken.events).responses;
        let Ok(score) = score(&taken.paper, &quiz.items, &responses) else { return };
        let passed = score.passed(&quiz.rules).unwrap_or(false);
        taken.outcome = Some(Outcome { finished_at, score, passed });
        self.record.attempts.push(taken);
        self.record.note(Verb::Finished, quiz.id.as_str(), finished_at, &mut self.chance);
        let earned: Vec<Earned> = self.past(quiz).filter_map(Taken::earned).collect();
        let fraction = final_grade(quiz.rules.grade, &earned).unwrap_or(Fraction::ZERO);
        let reached = Reached {
            fraction: Some(fraction),
            passed: quiz.rules.pass.is_some_and(|pass| fraction >= pass),
            attempts: u32::try_from(earned.len()).unwrap_or(u32::MAX),
            at: finished_at,
        };
        self.record.graded(self.course(), &quiz.id, reached, &mut self.chance);
    }
}
