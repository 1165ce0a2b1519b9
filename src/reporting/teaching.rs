//! What trainers may see of their courses: learners, marks, and how questions are answered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::Duration;
use uuid::Uuid;

use super::store;
use crate::accounts::{Cx, Learner};
use crate::catalogue::{Card, Library, Published, history};
use crate::db::{self, Conn};
use crate::domain::access::rules::{Object, Permission, may};
use crate::domain::course::identity::numbers;
use crate::domain::progress::lesson::published as quizzes_of;
use crate::domain::quiz::item::{Item, Kind, Quiz};
use crate::domain::quiz::response::Response;
use crate::web::Fault;

pub use super::store::{AttemptRow, CourseFigures, GradeRow, LearnerRow};
pub use crate::marking::rights::actor;

/// Whoever did something in a course within this time is active.
pub const ACTIVE: Duration = Duration::days(30);
/// With fewer answers nobody can say whether a question is good.
pub const FEW_ANSWERS: i64 = 10;

/// The course at an address if this person may see its learners; to all others it is not there.
pub async fn course(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
) -> Result<Arc<Card>, Fault> {
    course_for(learner, library, slug, Permission::SeeLearners).await
}

/// The course at an address if this person may do this there; to all others it is not there.
pub async fn course_for(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
    what: Permission,
) -> Result<Arc<Card>, Fault> {
    let card = library.cards().by_slug(slug).cloned().ok_or(Fault::NotFound)?;
    let actor = actor(learner).await?;
    if may(&actor, what, &Object::Course(card.id)) { Ok(card) } else { Err(Fault::NotFound) }
}

/// The courses that a person teaches, or all for administrators, with their figures.
pub async fn courses(
    learner: &mut Learner,
    library: &Library,
) -> Result<Vec<(Arc<Card>, CourseFigures)>, Fault> {
    let actor = actor(learner).await?;
    if !may(&actor, Permission::SeeTeaching, &Object::Platform) {
        return Err(Fault::Forbidden);
    }
    let since = learner.now - ACTIVE;
    let figures = store::course_figures(learner.conn().await?, since).await?;
    let none = |course| CourseFigures { course, learners: 0, active: 0, completed: 0 };
    let of = |course| {
        figures.iter().find(|row| row.course == course).cloned().unwrap_or_else(|| none(course))
    };
    Ok(library
        .cards()
        .all()
        .filter(|card| may(&actor, Permission::SeeLearners, &Object::Course(card.id)))
        .map(|card| (Arc::clone(card), of(card.id)))
        .collect())
}

/// The version of a course that is shown now.
pub async fn shown(cx: &mut Cx, library: &Library, card: &Card) -> Result<Arc<Published>, Fault> {
    library.current(cx.conn().await?, &card.slug).await?.ok_or(Fault::NotFound)
}

/// The quizzes of a course that have a pass mark.
pub fn graded(published: &Published) -> Vec<&Quiz> {
    published
        .lessons()
        .flat_map(|(_, lesson)| quizzes_of(lesson))
        .filter(|quiz| quiz.rules.pass.is_some())
        .collect()
}

/// Learners of a course by name.
pub async fn learners(
    conn: &mut Conn,
    course: Uuid,
    like: &str,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<LearnerRow>, db::Error> {
    Ok(store::learners(conn, course, like, after, limit).await?)
}

/// Grades by enrolment and quiz.
pub type Grades = BTreeMap<(Uuid, String), GradeRow>;

/// The grades of some learners.
pub async fn grades(conn: &mut Conn, learners: &[LearnerRow]) -> Result<Grades, db::Error> {
    let enrolments: Vec<Uuid> = learners.iter().map(|row| row.enrolment).collect();
    let rows = store::grades(conn, &enrolments).await?;
    Ok(rows.into_iter().map(|row| ((row.enrolment, row.quiz.clone()), row)).collect())
}

/// The attempts of a learner in a course, last first.
pub async fn attempts(conn: &mut Conn, enrolment: Uuid) -> Result<Vec<AttemptRow>, db::Error> {
    Ok(store::attempts_of(conn, enrolment).await?)
}

/// Name and address of a person.
pub async fn name_of(conn: &mut Conn, person: Uuid) -> Result<Option<(String, String)>, db::Error> {
    Ok(store::name_of(conn, person).await?)
}

/// What a share of right answers says about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Too few answers to say anything.
    Few,
    /// Fewer than three of ten are right.
    Hard,
    /// More than nine of ten are right.
    Easy,
    /// Neither.
    Fair,
}

impl Finding {
    /// Judges a question.
    pub fn of(right: i64, answers: i64) -> Finding {
        match () {
            () if answers < FEW_ANSWERS => Finding::Few,
            () if right * 10 < answers * 3 => Finding::Hard,
            () if right * 10 > answers * 9 => Finding::Easy,
            () => Finding::Fair,
        }
    }
}

/// A question as it was answered.
#[derive(Clone, Debug)]
pub struct QuestionFigures {
    pub item: String,
    /// First, second, …: "v3" is the third key that the question has had.
    pub version: i32,
    pub answers: i64,
    pub right: i64,
    /// The key or the questions were changed since these answers.
    pub wording: Wording,
    /// Option, and how many ticked it.
    pub picks: BTreeMap<String, i64>,
}

/// Which version of a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    Present,
    Earlier,
}

/// How one version of a question was answered, under whatever id and spelling it had then.
#[derive(Default)]
struct Tally {
    answers: i64,
    right: i64,
    picks: BTreeMap<String, i64>,
}

/// Answers by the first id of a question and the number of its version.
type Tallies = BTreeMap<(String, i32), Tally>;

async fn tallies(
    conn: &mut Conn,
    course: Uuid,
    known: &numbers::History,
) -> Result<Tallies, db::Error> {
    let key = |item: &str, hash: &str| {
        known.number_of(item, hash).map(|found| (found.root.clone(), found.number))
    };
    let mut tallies = Tallies::new();
    for row in store::items(conn, course).await? {
        let Some(key) = key(&row.item, &row.item_version) else { continue };
        let tally = tallies.entry(key).or_default();
        tally.answers += row.answers;
        tally.right += row.right;
    }
    for row in store::responses(conn, course).await? {
        let Some(key) = key(&row.item, &row.item_version) else { continue };
        let counts = &mut tallies.entry(key).or_default().picks;
        if let Ok(Response::Picks(ticked)) = serde_json::from_str(&row.response) {
            for option in ticked {
                *counts.entry(option.0).or_default() += row.people;
            }
        }
    }
    Ok(tallies)
}

/// The questions of a course in their order, each version of a question apart: the present one first, the others from
/// the last to the first.
pub async fn questions(
    conn: &mut Conn,
    course: Uuid,
    published: &Published,
) -> Result<Vec<QuestionFigures>, db::Error> {
    let known = history::numbers(conn, course).await?;
    let mut tallies = tallies(conn, course, &known).await?;
    let mut found = Vec::new();
    for item in items(published) {
        let Some(here) = known.number_of(item.id.as_str(), &item.scoring_hash) else { continue };
        let present = tallies.remove(&(here.root.clone(), here.number)).unwrap_or_default();
        found.push(figures(item, here.number, Wording::Present, present));
        let others: Vec<i32> = tallies
            .range((here.root.clone(), i32::MIN)..=(here.root.clone(), i32::MAX))
            .map(|((_, number), _)| *number)
            .collect();
        for number in others.into_iter().rev() {
            let tally = tallies.remove(&(here.root.clone(), number)).unwrap_or_default();
            found.push(figures(item, number, Wording::Earlier, tally));
        }
    }
    Ok(found)
}

fn figures(item: &Item, version: i32, wording: Wording, tally: Tally) -> QuestionFigures {
    let Tally { answers, right, picks } = tally;
    QuestionFigures { item: item.id.0.clone(), version, answers, right, wording, picks }
}

/// The questions of graded quizzes; practice is never handed in, so there is nothing to count.
pub fn items(published: &Published) -> impl Iterator<Item = &Item> {
    let quizzes = published.lessons().flat_map(|(_, lesson)| quizzes_of(lesson));
    let graded = quizzes.filter(|quiz| quiz.rules.pass.is_some()).flat_map(|quiz| &quiz.items);
    graded.filter(|item| is_marked(item))
}

/// Does a question earn marks?
pub fn is_marked(item: &Item) -> bool {
    !matches!(item.kind, Kind::Survey(_))
}

/// The right options of a question.
pub fn key_of(item: &Item) -> BTreeSet<String> {
    let options = item.choice().map_or(&[][..], |choice| &choice.options);
    options.iter().filter(|option| option.right).map(|option| option.id.0.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_say_nothing() {
        for (right, answers, finding) in [
            (0, 9, Finding::Few),
            (2, 10, Finding::Hard),
            (3, 10, Finding::Fair),
            (9, 10, Finding::Fair),
            (10, 10, Finding::Easy),
        ] {
            assert_eq!(Finding::of(right, answers), finding, "{right} of {answers}");
        }
    }
}
