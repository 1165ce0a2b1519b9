//! A regrade on trial: every answer is judged anew as the quiz is played, and nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::mended::{Mended, keys_of, mended};
use super::refusal::RegradeRefusal;
use super::store::{self, Asked, Finished};
use crate::catalogue::{Library, Published};
use crate::db::{self, Conn};
use crate::domain::grading::quiz::Earned;
use crate::domain::progress::course::course_progress;
use crate::domain::quiz::event::State;
use crate::domain::quiz::grade::{Fraction, Grade, Marks, Verdict};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::play::Play;
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::score::SlotScore;
use crate::domain::regrade::effect::{Crossing, Effect, Mean, Rule, Sum, Tally};
use crate::domain::regrade::policy::Policy;
use crate::outcome::Failed;
use crate::progress_log;
use crate::quizzes::regrading;

/// A decision about a question, by the first id that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub root: String,
    pub policy: Policy,
}

/// What a regrade would do.
#[derive(Clone, Debug)]
pub struct Trial {
    pub questions: Vec<(Mended, Policy)>,
    pub tally: Tally,
    /// The mean of the attempts concerned.
    pub before: Option<Fraction>,
    pub after: Option<Fraction>,
    /// How many attempts are concerned.
    pub attempts: usize,
    /// The learners whose grade changes or who cross the pass mark.
    pub learners: Vec<LearnerChange>,
    pub(super) slots: Vec<SlotChange>,
    pub(super) sums: Vec<AttemptChange>,
}

/// The grade of a learner in a quiz.
#[derive(Clone, Debug)]
pub struct LearnerChange {
    pub enrolment: Uuid,
    pub person: Uuid,
    pub quiz: QuizId,
    pub effect: Effect,
    /// Attempts that count.
    pub attempts: usize,
    /// Does the learner complete the course by it?
    pub completes: bool,
}

/// The marks of an answer.
#[derive(Clone, Debug)]
pub(super) struct SlotChange {
    pub attempt: Uuid,
    pub slot: i16,
    pub from: String,
    pub to: Option<String>,
    pub policy: Policy,
    pub before: SlotScore,
    pub after: SlotScore,
}

/// What an attempt is worth.
#[derive(Clone, Copy, Debug)]
pub(super) struct AttemptChange {
    pub attempt: Uuid,
    pub enrolment: Uuid,
    pub earned: Option<Earned>,
}

impl Trial {
    /// Learners who cross the pass mark this way.
    pub fn crossing(&self, way: Crossing) -> impl Iterator<Item = &LearnerChange> {
        self.learners.iter().filter(move |learner| learner.effect.crossing == way)
    }

    /// Learners who complete the course by it.
    pub fn completions(&self) -> usize {
        self.learners.iter().filter(|learner| learner.completes).count()
    }

    /// The figures in short: whoever applies what was shown applies nothing else.
    pub fn sign(&self) -> String {
        let Tally { answers, raised, lowered, other, by_people } = self.tally;
        let (up, down) =
            (self.crossing(Crossing::Up).count(), self.crossing(Crossing::Down).count());
        format!("{answers}-{raised}-{lowered}-{other}-{by_people}-{up}-{down}")
    }
}

/// Works out what these decisions would do.
pub async fn trial(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    choices: &[Choice],
) -> Result<Trial, Failed<RegradeRefusal>> {
    let questions = chosen(mended(conn, library, published).await?, choices)?;
    let (items, hashes) =
        keys_of(&questions.iter().map(|(question, _)| question).collect::<Vec<_>>());
    let (items, hashes): (Vec<&str>, Vec<&str>) = (strs(&items), strs(&hashes));
    let rows = store::asked(conn, published.course.id, &items, &hashes).await?;
    let slots: Vec<(Uuid, i16)> = rows.iter().map(|row| (row.attempt, row.slot)).collect();
    let states = regrading::states(conn, &slots).await?;
    let quizzes = Quizzes::read(conn, library, rows.iter().map(|row| row.version)).await?;
    let mut trial = judged(questions, &rows, &states, &quizzes)?;
    trial.learners = learners(conn, library, published, &rows, &trial.sums).await?;
    Ok(trial)
}

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn chosen(found: Vec<Mended>, choices: &[Choice]) -> Result<Vec<(Mended, Policy)>, RegradeRefusal> {
    let mut found: BTreeMap<String, Mended> =
        found.into_iter().map(|question| (question.root.clone(), question)).collect();
    let mut questions = Vec::new();
    for choice in choices {
        let question = found.remove(&choice.root).ok_or(RegradeRefusal::Unknown)?;
        if !choice.policy.fits(question.change) {
            return Err(RegradeRefusal::Unfit);
        }
        questions.push((question, choice.policy));
    }
    if questions.is_empty() { Err(RegradeRefusal::NothingChosen) } else { Ok(questions) }
}

/// The quizzes of several versions of a course.
struct Quizzes(BTreeMap<(Uuid, String), Quiz>);

impl Quizzes {
    async fn read(
        conn: &mut Conn,
        library: &Library,
        versions: impl Iterator<Item = Uuid>,
    ) -> Result<Quizzes, db::Error> {
        let mut quizzes = BTreeMap::new();
        for version in versions.collect::<BTreeSet<_>>() {
            let published = library.version(conn, version).await?;
            let lessons = published.course.modules.iter().flat_map(|module| &module.lessons);
            for quiz in lessons.flat_map(|lesson| &lesson.quizzes) {
                let rules = Quiz { items: Vec::new(), ..quiz.clone() };
                quizzes.insert((version, quiz.id.0.clone()), rules);
            }
        }
        Ok(Quizzes(quizzes))
    }

    fn of(&self, version: Uuid, quiz: &str) -> Result<&Quiz, db::Error> {
        let found = self.0.get(&(version, quiz.to_owned()));
        found.ok_or_else(|| db::Error::Corrupt(format!("version {version}: no quiz {quiz}")))
    }
}

/// Every answer judged anew, and what that makes of the attempts.
fn judged(
    questions: Vec<(Mended, Policy)>,
    rows: &[Asked],
    states: &BTreeMap<(Uuid, i16), State>,
    quizzes: &Quizzes,
) -> Result<Trial, db::Error> {
    let mut tally = Tally::default();
    let mut slots = Vec::new();
    let mut sums: BTreeMap<Uuid, (Sum, Sum, &Asked)> = BTreeMap::new();
    let none = State::default();
    for row in rows {
        let before = score(row)?;
        let state = states.get(&(row.attempt, row.slot)).unwrap_or(&none);
        let found = questions.iter().find_map(|(question, policy)| {
            Some((question, *policy, question.key(&row.item, &row.item_version)?))
        });
        let Some((question, policy, key)) = found else { continue };
        let place = u16::try_from(row.slot).unwrap_or(u16::MAX);
        let is_kept = state.released.contains_key(&place) && policy != Policy::Void;
        let play = Play::of(&quizzes.of(row.version, &row.quiz)?.rules);
        let now = key.judge.as_ref().map(|item| play.outcome(item, &state.given(place)).grade);
        let now: Option<Grade> = now.filter(|grade| grade.verdict != Verdict::Waiting);
        let after = if is_kept { before } else { policy.decide(before, now) };
        tally.count(&before, &after);
        tally.by_people += usize::from(is_kept);
        let sum = sums.entry(row.attempt).or_insert_with(|| (sum(row), sum(row), row));
        sum.1 = sum.1.less(&before).plus(&after);
        if before != after {
            let to = question.now.as_ref().map(|now| now.scoring_hash.clone());
            let (attempt, slot, from) = (row.attempt, row.slot, row.item_version.clone());
            slots.push(SlotChange { attempt, slot, from, to, policy, before, after });
        }
    }
    let (mut old, mut new) = (Mean::default(), Mean::default());
    let mut changes = Vec::new();
    for (attempt, (before, after, row)) in &sums {
        before.earned().iter().for_each(|earned| old.add(earned.share()));
        after.earned().iter().for_each(|earned| new.add(earned.share()));
        if before != after {
            let enrolment = row.enrolment;
            changes.push(AttemptChange { attempt: *attempt, enrolment, earned: after.earned() });
        }
    }
    Ok(Trial {
        questions,
        tally,
        before: old.value(),
        after: new.value(),
        attempts: sums.len(),
        learners: Vec::new(),
        slots,
        sums: changes,
    })
}

fn score(row: &Asked) -> Result<SlotScore, db::Error> {
    let verdict = Verdict::parse(&row.verdict)
        .ok_or_else(|| db::Error::Corrupt(format!("attempt {}: {}", row.attempt, row.verdict)))?;
    let grade = Grade { fraction: Fraction(row.fraction), verdict };
    Ok(SlotScore { grade, marks: Marks(row.marks), of: Marks(row.of) })
}

fn sum(row: &Asked) -> Sum {
    Sum { marks: Marks(row.sum_marks), of: Marks(row.sum_of), waiting: row.waiting }
}

/// What the changed attempts do to grades, passes and completions.
async fn learners(
    conn: &mut Conn,
    library: &Library,
    published: &Published,
    rows: &[Asked],
    changes: &[AttemptChange],
) -> Result<Vec<LearnerChange>, db::Error> {
    let changed: BTreeMap<Uuid, &AttemptChange> =
        changes.iter().map(|change| (change.attempt, change)).collect();
    let concerned = rows.iter().filter(|row| changed.contains_key(&row.attempt));
    let (enrolments, quizzes): (BTreeSet<Uuid>, BTreeSet<&str>) =
        concerned.map(|row| (row.enrolment, row.quiz.as_str())).unzip();
    let (enrolments, quizzes): (Vec<Uuid>, Vec<&str>) =
        (enrolments.into_iter().collect(), quizzes.into_iter().collect());
    let all = store::finished(conn, &enrolments, &quizzes).await?;
    let rules = Quizzes::read(conn, library, all.iter().map(|row| row.version)).await?;
    let mut found = Vec::new();
    for own in all.chunk_by(|one, other| one.enrolment == other.enrolment && one.quiz == other.quiz)
    {
        if own.iter().any(|row| changed.contains_key(&row.id)) {
            found.extend(learner(own, &changed, &rules)?);
        }
    }
    complete(conn, published, &mut found).await?;
    Ok(found)
}

/// The grade of one learner in one quiz. The rules are those of the last attempt, as when it was finished.
fn learner(
    own: &[Finished],
    changed: &BTreeMap<Uuid, &AttemptChange>,
    rules: &Quizzes,
) -> Result<Option<LearnerChange>, db::Error> {
    let Some(last) = own.last() else { return Ok(None) };
    let quiz = rules.of(last.version, &last.quiz)?;
    let Some(pass) = quiz.rules.pass else { return Ok(None) };
    let earned = |row: &Finished| Some(Earned { raw: Marks(row.raw?), max: Marks(row.max?) });
    let before: Vec<Earned> = own.iter().filter_map(earned).collect();
    let new = |row: &Finished| changed.get(&row.id).map_or(earned(row), |change| change.earned);
    let after: Vec<Earned> = own.iter().filter_map(new).collect();
    let effect = Effect::of(Rule { by: quiz.rules.grade, pass }, &before, &after);
    Ok((effect.before != effect.after).then(|| LearnerChange {
        enrolment: last.enrolment,
        person: last.person,
        quiz: quiz.id.clone(),
        effect,
        attempts: after.len(),
        completes: false,
    }))
}

/// Who completes the course by a better grade.
async fn complete(
    conn: &mut Conn,
    published: &Published,
    found: &mut [LearnerChange],
) -> Result<(), db::Error> {
    let better = found.iter().filter(|learner| learner.effect.after > learner.effect.before);
    let enrolments: BTreeSet<Uuid> = better.map(|learner| learner.enrolment).collect();
    let enrolments: Vec<Uuid> = enrolments.into_iter().collect();
    let mut facts = progress_log::regraded::facts_of(conn, &enrolments).await?;
    facts.retain(|_, facts| !facts.completed);
    for learner in found.iter() {
        let Some(facts) = facts.get_mut(&learner.enrolment) else { continue };
        facts.grades.extend(learner.effect.after.map(|grade| (learner.quiz.clone(), grade)));
        if learner.effect.crossing == Crossing::Up {
            facts.passed.insert(learner.quiz.clone());
        }
    }
    let completing: BTreeSet<Uuid> = facts
        .iter()
        .filter(|(_, facts)| course_progress(&published.course, facts).complete)
        .map(|(enrolment, _)| *enrolment)
        .collect();
    let mut told = BTreeSet::new();
    for learner in found {
        learner.completes =
            completing.contains(&learner.enrolment) && told.insert(learner.enrolment);
    }
    Ok(())
}
