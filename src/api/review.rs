//! The result of an attempt, as far as its review window allows. What may not be seen is `null`.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Caller;
use super::decimal;
use super::reply::ok;
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::html::Html;
use crate::domain::quiz::allowed::{Allowed, Thing};
use crate::domain::quiz::behaviour::Certainty;
use crate::domain::quiz::grade::Verdict;
use crate::domain::quiz::review::{FoundRow, Reviewed};
use crate::quizzes::finishing::settle;
use crate::quizzes::reviewing::{Review, review};
use crate::quizzes::sheet::Sheets;
use crate::web::Answer;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

/// The result of an attempt.
#[derive(Serialize, ToSchema)]
pub struct ReviewSheet {
    pub id: Uuid,
    /// Marks earned.
    #[schema(example = "7.5")]
    pub score: Option<String>,
    /// Marks that could be earned.
    #[schema(example = "10")]
    pub of: Option<String>,
    pub passed: Option<bool>,
    pub finished_at: DateTime<Utc>,
    /// `null` is no limit.
    pub attempts_left: Option<u32>,
    /// How many answers wait for a person; there is no score before.
    pub waiting: usize,
    /// Empty while questions may not be seen.
    pub slots: Vec<ReviewedSlot>,
}

/// A question with its answer.
#[derive(Serialize, ToSchema)]
pub struct ReviewedSlot {
    pub slot: u16,
    pub html: String,
    pub score: Option<String>,
    pub of: Option<String>,
    /// `right`, `partly`, `wrong`, `unanswered`, `waiting` or `noted`.
    pub verdict: Option<&'static str>,
    /// What is said of the answer.
    pub feedback: Vec<String>,
    /// The right answers.
    pub right: Option<Vec<String>>,
    pub explanation: Option<String>,
    /// How each try was judged, first to last; of answers that are judged at the end there is one.
    pub tries: Vec<&'static str>,
    /// Hints that were given.
    pub hints: usize,
    /// How sure the learner was, where that was asked.
    pub sure: Option<&'static str>,
    /// What was typed.
    pub typed: Option<String>,
    pub options: Vec<ReviewedChoice>,
    /// Rows, steps or gaps of a question made of parts.
    pub parts: Vec<ReviewedRow>,
    /// What a person found, row by row of the rubric.
    pub rubric: Vec<RubricLevel>,
    /// What a person said.
    pub comment: Option<String>,
}

/// A row of a rubric with the level that was reached.
#[derive(Serialize, ToSchema)]
pub struct RubricLevel {
    pub html: String,
    /// What the level means.
    pub level: String,
    #[schema(example = "1")]
    pub score: String,
    #[schema(example = "2")]
    pub of: String,
}

/// A part of a reviewed question.
#[derive(Serialize, ToSchema)]
pub struct ReviewedRow {
    pub html: String,
    /// What was given.
    pub given: Option<String>,
    pub right: Option<bool>,
    /// The right answer, where another was given and it may be seen.
    pub answer: Option<String>,
    pub feedback: Option<String>,
}

/// An option of a reviewed question.
#[derive(Serialize, ToSchema)]
pub struct ReviewedChoice {
    pub html: String,
    pub chosen: bool,
    pub right: Option<bool>,
    pub feedback: Option<String>,
}

/// The result of a finished attempt.
#[utoipa::path(get, path = "/api/v1/attempts/{id}/review", tag = "attempts", operation_id = "review",
    params(("id" = Uuid, Path, description = "The id of the attempt")),
    responses((status = 200, description = "What may be seen now", body = ReviewSheet)))]
#[get("/api/v1/attempts/{id}/review")]
async fn show(
    caller: Caller<Learner>,
    path: Path<Uuid>,
    library: Data<Library>,
    sheets: Data<Sheets>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (id, person, lang) = (path.into_inner(), learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    settle(conn, &library, &sheet).await?;
    ok(&drawn(id, &review(conn, &library, &sheet, lang).await?))
}

fn drawn(id: Uuid, review: &Review) -> ReviewSheet {
    let allowed = &review.allowed;
    let slots = review.questions.iter().map(|(place, seen)| slot(*place, seen, allowed));
    ReviewSheet {
        id,
        score: review.earned.map(|earned| decimal::marks(earned.raw)),
        of: review.earned.map(|earned| decimal::marks(earned.max)),
        passed: review.passed,
        finished_at: review.finished,
        attempts_left: review.attempts_left,
        waiting: review.waiting,
        slots: slots.collect(),
    }
}

fn slot(place: u16, seen: &Reviewed, allowed: &Allowed) -> ReviewedSlot {
    let text = |html: &Html| html.as_str().to_owned();
    let played = seen.played.as_ref();
    let right_options = seen.options.iter().filter(|option| option.right == Some(true));
    let right = right_options.map(|option| &option.text).chain(&seen.right_answer).map(text);
    ReviewedSlot {
        slot: place,
        html: format!("<p>{}</p>\n{}", seen.title.as_str(), seen.stem.as_str()),
        score: seen.marks.map(|(marks, _)| decimal::marks(marks)),
        of: seen.marks.map(|(_, of)| decimal::marks(of)),
        verdict: seen.verdict.map(Verdict::code),
        feedback: seen.feedback.iter().chain(&seen.note).map(text).collect(),
        right: allowed.shows(Thing::RightAnswers).then(|| right.collect()),
        explanation: seen.explanation.as_ref().map(text),
        tries: played
            .map(|played| &played.tries)
            .into_iter()
            .flatten()
            .map(|it| it.code())
            .collect(),
        hints: played.map_or(0, |played| played.hints.len()),
        sure: played.and_then(|played| played.sure).map(Certainty::word),
        typed: seen.typed.clone(),
        options: seen
            .options
            .iter()
            .map(|option| ReviewedChoice {
                html: text(&option.text),
                chosen: option.chosen,
                right: option.right,
                feedback: option.feedback.as_ref().map(text),
            })
            .collect(),
        rubric: seen.found.iter().flat_map(|found| &found.rows).map(level).collect(),
        comment: seen.found.as_ref().and_then(|found| found.comment.as_ref()).map(text),
        parts: seen
            .parts
            .iter()
            .map(|part| ReviewedRow {
                html: text(&part.prompt),
                given: part.given.as_ref().map(text),
                right: part.right,
                answer: part.answer.as_ref().map(text),
                feedback: part.feedback.as_ref().map(text),
            })
            .collect(),
    }
}

fn level(row: &FoundRow) -> RubricLevel {
    RubricLevel {
        html: row.name.as_str().to_owned(),
        level: row.level.as_str().to_owned(),
        score: decimal::marks(row.points.0),
        of: decimal::marks(row.points.1),
    }
}
