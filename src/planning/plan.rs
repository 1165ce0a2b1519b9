//! Working out a plan: the new version beside the shown one, and the people between them.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::store::{self, LessonPeople, Marked};
use crate::catalogue::copies::Edition;
use crate::catalogue::history::{History, empty};
use crate::catalogue::publish::{Folder, PublishRefusal};
use crate::db::{self, Conn};
use crate::domain::course::identity::questions::{Fate, Pair, Questions};
use crate::domain::course::identity::rules::{Stricter, stricter};
use crate::domain::course::identity::similar::plain;
use crate::domain::course::identity::{lessons, remarks};
use crate::domain::course::model::Course;
use crate::domain::course::{compile_with, version_hash};
use crate::domain::diagnostic::Diagnostics;
use crate::domain::grading::regrade::{Regrade, regrade};
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::item::Item;
use crate::domain::quiz::response::Response;
use crate::outcome::Failed;

/// What publishing would do.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// The address of the course.
    pub course: String,
    /// The number of the shown version; `None` if nothing is published.
    pub shown: Option<i32>,
    /// The text is the shown one.
    pub nothing_new: bool,
    pub enrolled: i64,
    pub completed: i64,
    pub modules: Vec<lessons::Change>,
    pub lessons: Vec<LessonPlan>,
    pub questions: Vec<QuestionPlan>,
    /// People who are in the middle of a quiz right now.
    pub sitting: Vec<SittingPlan>,
    pub stricter: Vec<Stricter>,
    pub proposals: Vec<Proposal>,
    #[serde(serialize_with = "as_text")]
    pub diagnostics: Diagnostics,
}

/// As people read them.
fn as_text<S: Serializer>(remarks: &Diagnostics, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(remarks)
}

/// A lesson that is not as it was.
#[derive(Clone, Debug, Serialize)]
pub struct LessonPlan {
    #[serde(flatten)]
    pub change: lessons::Change,
    /// People who have opened it.
    pub opened: i64,
    /// People who have completed it.
    pub done: i64,
}

/// A question that is not as it was.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionPlan {
    pub id: String,
    /// The id it had, if it had another.
    pub was: Option<String>,
    pub title: String,
    pub quiz: String,
    pub fate: Fate,
    /// The number of the shown version of the question.
    pub from: Option<i32>,
    /// The number of the version to come.
    pub to: Option<i32>,
    /// Finished attempts that answered the shown version.
    pub attempts: usize,
    /// What a regrade would do to them; `None` where their answers do not fit any more.
    pub regrade: Option<RegradePlan>,
}

/// What a regrade would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RegradePlan {
    pub raised: usize,
    pub lowered: usize,
}

/// People in the middle of a quiz.
#[derive(Clone, Debug, Serialize)]
pub struct SittingPlan {
    pub quiz: String,
    pub title: String,
    pub people: i64,
}

/// Something new that may be something old: a person decides, by writing the old id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    pub what: What,
    pub now: String,
    pub before: String,
    /// In percent.
    pub likeness: u32,
}

/// A kind of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    Question,
    Quiz,
    Lesson,
}

/// Works out what publishing these files would do. Refused if they have errors.
pub async fn plan(conn: &mut Conn, folder: Folder<'_>) -> Result<Plan, Failed<PublishRefusal>> {
    let Folder { files, facts } = folder;
    let (course, mut diagnostics) = compile_with(files, facts, None);
    let course = match course {
        Some(course) if !diagnostics.has_errors() => course,
        _ => return Err(PublishRefusal::Errors(diagnostics).into()),
    };
    let hash = version_hash(files, &course.facts);
    let shown = Edition::shown(conn, course.id).await?;
    let history = History::read(conn, course.id, shown.as_ref().map(|it| it.version)).await?;
    let now = history.settle(course);
    let nothing = empty(&now);
    let before = history.before.as_ref().unwrap_or(&nothing);
    let compared = history.compare(before, &now);
    let questions = questions(conn, &history, &now, &compared).await?;
    remarks::strangers(files, &compared.strangers)
        .iter()
        .cloned()
        .for_each(|it| diagnostics.push(it));
    let scored = questions.iter().filter(|it| it.regrade.is_some() && it.attempts > 0);
    let scored: Vec<(&str, usize)> = scored.map(|it| (it.id.as_str(), it.attempts)).collect();
    remarks::scored(files, &scored).iter().cloned().for_each(|it| diagnostics.push(it));
    diagnostics.sort();
    let people = store::people(conn, now.id).await?;
    let first = history.before.is_none();
    Ok(Plan {
        course: now.slug.clone(),
        nothing_new: shown.as_ref().is_some_and(|shown| shown.content == hash),
        shown: shown.map(|shown| shown.number),
        enrolled: people.enrolled,
        completed: people.completed,
        modules: lessons::modules(before, &now),
        lessons: changed_lessons(conn, before, &now).await?,
        questions,
        sitting: sitting(conn, before).await?,
        stricter: if first { Vec::new() } else { stricter(before, &now) },
        proposals: proposals(before, &now, &compared),
        diagnostics,
    })
}

async fn changed_lessons(
    conn: &mut Conn,
    before: &Course,
    now: &Course,
) -> Result<Vec<LessonPlan>, db::Error> {
    let people = store::lessons(conn, now.id).await?;
    let of = |id: &str| people.iter().find(|row| row.lesson == id);
    let count = |row: Option<&LessonPeople>| row.map_or((0, 0), |row| (row.opened, row.done));
    let changes = lessons::lessons(before, now).into_iter().map(|change| {
        let (opened, done) = count(of(&change.id));
        LessonPlan { change, opened, done }
    });
    Ok(changes.collect())
}

async fn questions(
    conn: &mut Conn,
    history: &History,
    now: &Course,
    compared: &Questions<'_>,
) -> Result<Vec<QuestionPlan>, db::Error> {
    let told = |pair: &&Pair<'_>| {
        pair.fate != Fate::Unchanged || pair.before.map(|it| &it.id) != pair.now.map(|it| &it.id)
    };
    let pairs: Vec<&Pair<'_>> = compared.pairs.iter().filter(told).collect();
    let items: Vec<&str> =
        pairs.iter().filter_map(|pair| pair.before).map(|item| item.id.as_str()).collect();
    let mut answers: BTreeMap<String, Vec<Marked>> = BTreeMap::new();
    for row in store::marked(conn, now.id, &items).await? {
        answers.entry(row.item.clone()).or_default().push(row);
    }
    let none = Vec::new();
    let plan = |pair: &&Pair<'_>| {
        let rows = pair.before.and_then(|item| answers.get(item.id.as_str())).unwrap_or(&none);
        question(history, pair, rows, now)
    };
    Ok(pairs.iter().filter_map(plan).collect())
}

fn question(
    history: &History,
    pair: &Pair<'_>,
    rows: &[Marked],
    course: &Course,
) -> Option<QuestionPlan> {
    let item = pair.now.or(pair.before)?;
    let number = |item: &Item, hash: &str| {
        history.numbers.number_of(item.id.as_str(), hash).map(|known| known.number)
    };
    let from = pair.before.and_then(|before| number(before, &before.scoring_hash));
    let rows: Vec<&Marked> = rows
        .iter()
        .filter(|row| pair.before.and_then(|before| number(before, &row.item_version)) == from)
        .collect();
    let is_replayed = |now: &&Item| pair.fate == Fate::Scoring && !now.needs_marking();
    let replay = pair.now.filter(is_replayed);
    Some(QuestionPlan {
        id: item.id.0.clone(),
        was: pair.before.filter(|before| before.id != item.id).map(|before| before.id.0.clone()),
        title: title(item, course),
        quiz: pair.quiz.0.clone(),
        fate: pair.fate,
        from,
        to: history.numbers.next(pair).map(|next| next.number),
        attempts: rows.len(),
        regrade: replay.map(|now| replayed(now, pair, &rows)),
    })
}

/// Judges the stored answers by the new key.
fn replayed(now: &Item, pair: &Pair<'_>, rows: &[&Marked]) -> RegradePlan {
    let read = |row: &&Marked| {
        let response = row.response.as_deref().map(serde_json::from_str::<Response>);
        Some((Fraction(row.fraction), response.unwrap_or(Ok(Response::Blank)).ok()?))
    };
    let answers: Vec<(Fraction, Response)> = rows.iter().filter_map(read).collect();
    let Regrade { raised, lowered, .. } =
        regrade(now, &pair.kept, answers.iter().map(|(earned, response)| (*earned, response)));
    RegradePlan { raised, lowered }
}

fn title(item: &Item, course: &Course) -> String {
    let text = item.text(course.source).map(|text| plain(&text.title)).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whoever is in the middle of a quiz keeps the paper that they have.
async fn sitting(conn: &mut Conn, before: &Course) -> Result<Vec<SittingPlan>, db::Error> {
    let lessons = before.modules.iter().flat_map(|module| &module.lessons);
    let quizzes: Vec<_> = lessons.flat_map(|lesson| &lesson.quizzes).collect();
    let rows = store::sittings(conn, before.id).await?;
    let plan = |row: store::Sitting| {
        let quiz = quizzes.iter().find(|quiz| quiz.id.as_str() == row.quiz);
        let title = quiz.map(|quiz| quiz.title.get(before.source, before.source).to_owned());
        SittingPlan { title: title.unwrap_or_default(), quiz: row.quiz, people: row.people }
    };
    Ok(rows.into_iter().map(plan).collect())
}

fn proposals(before: &Course, now: &Course, compared: &Questions<'_>) -> Vec<Proposal> {
    let part = |what: What| {
        move |it: lessons::Proposal| Proposal {
            what,
            now: it.now,
            before: it.before,
            likeness: it.likeness,
        }
    };
    let questions = compared.proposals.iter().map(|it| Proposal {
        what: What::Question,
        now: it.now.0.clone(),
        before: it.before.0.clone(),
        likeness: it.likeness,
    });
    let lessons = lessons::moved_lessons(before, now).into_iter().map(part(What::Lesson));
    let quizzes = lessons::moved_quizzes(before, now, compared).into_iter().map(part(What::Quiz));
    lessons.chain(quizzes).chain(questions).collect()
}
