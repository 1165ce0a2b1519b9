//! Taking a quiz. Questions leave without keys; options carry names that mean nothing outside their attempt.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Body, refused};
use super::caller::Caller;
use super::decimal;
use super::reply::{Problem, Reply, key, ok, once};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::db::Conn;
use crate::domain::locale::Locale;
use crate::domain::quiz::attempt::Refusal as Rule;
use crate::domain::quiz::form::{Control, Drawn, Form, GapField, GapPiece};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::parts::filled;
use crate::domain::quiz::read;
use crate::domain::quiz::response::{QuizId, Response};
use crate::outcome::{Failed, Refusal};
use crate::quizzes::finishing::{finish, settle};
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::{Clash, Given, Saved, save};
use crate::quizzes::sheet::{Question, Sheet, Sheets};
use crate::quizzes::sitting::{Answer as Kept, Sitting};
use crate::quizzes::starting;
use crate::web::problem::problem;
use crate::web::{Answer, Fault};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(start).service(show).service(put_response).service(hand_in);
}

/// An attempt.
#[derive(Serialize, ToSchema)]
pub struct AttemptSheet {
    pub id: Uuid,
    pub course: String,
    pub quiz: String,
    pub number: u32,
    /// `open` or `finished`.
    pub state: &'static str,
    pub started_at: DateTime<Utc>,
    /// `null` is no limit.
    pub deadline: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub slots: Vec<SlotSheet>,
}

/// A question of an attempt.
#[derive(Serialize, ToSchema)]
pub struct SlotSheet {
    pub slot: u16,
    /// `single`, `several`, `text`, `number`, `match`, `order`, `cloze`, `hotspot`, `scale` or `essay`.
    pub kind: &'static str,
    pub html: String,
    /// Marks that can be earned.
    pub of: String,
    pub options: Vec<OptionSheet>,
    /// Names of the units that a number may have.
    pub units: Vec<String>,
    /// Rows of a `match`, each to be given one of the options.
    pub rows: Vec<String>,
    /// Gaps of a `cloze` in their order; in `html` they stand as `[1]`, `[2]`, ….
    pub gaps: Vec<GapSheet>,
    pub response: Option<ResponseSheet>,
    /// How often the answer was written; send it with the next one.
    pub rev: i32,
    pub saved_at: Option<DateTime<Utc>>,
}

/// An option to pick.
#[derive(Serialize, ToSchema)]
pub struct OptionSheet {
    pub id: String,
    pub html: String,
}

/// A gap of a text.
#[derive(Serialize, ToSchema)]
pub struct GapSheet {
    /// `text`, `number` or `list`.
    pub kind: &'static str,
    /// Entries of a list; send the id of one.
    pub options: Vec<OptionSheet>,
    /// Names of the units that a number may have.
    pub units: Vec<String>,
}

/// A kept answer.
#[derive(Default, Serialize, ToSchema)]
pub struct ResponseSheet {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picks: Option<Vec<String>>,
    /// Ids of the steps in the order given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
    /// For each row the id of its option, or an empty text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Vec<String>>,
    /// For each gap what was written, or the id of the entry; or an empty text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// As it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
}

/// An answer: `picks`, `order`, `pairs`, `gaps`, `text` or `number` as the question asks; nothing takes the answer back.
#[derive(Deserialize, ToSchema)]
pub struct NewResponse {
    /// The `rev` of the answer that was seen; 0 for the first one.
    #[serde(default)]
    pub rev: i32,
    /// Ids of options.
    #[serde(default)]
    pub picks: Option<Vec<String>>,
    /// Ids of all steps in their order.
    #[serde(default)]
    pub order: Option<Vec<String>>,
    /// For each row the id of an option, or an empty text.
    #[serde(default)]
    pub pairs: Option<Vec<String>>,
    /// For each gap a text, a number or the id of an entry; or an empty text.
    #[serde(default)]
    pub gaps: Option<Vec<String>>,
    #[serde(default)]
    pub text: Option<String>,
    /// As people write it, with its unit if one is asked for.
    #[serde(default)]
    pub number: Option<String>,
}

/// An answer is kept.
#[derive(Serialize, ToSchema)]
pub struct SavedResponse {
    pub slot: u16,
    pub rev: i32,
    pub saved_at: DateTime<Utc>,
    pub deadline: Option<DateTime<Utc>>,
}

/// Another answer was kept meanwhile.
#[derive(Serialize, ToSchema)]
pub struct StoredResponse {
    pub slot: u16,
    pub rev: i32,
    pub saved_at: DateTime<Utc>,
    pub response: Option<ResponseSheet>,
}

/// The problem of an answer that another was kept before.
#[derive(Serialize, ToSchema)]
pub struct StaleProblem {
    #[serde(flatten)]
    pub problem: Problem,
    /// The kept answer; only there if the answer is stale.
    pub stored: Option<StoredResponse>,
}

/// Starts an attempt, or goes on with the open one.
#[utoipa::path(post, path = "/api/v1/courses/{course}/quizzes/{quiz}/attempts", tag = "attempts",
    operation_id = "start_attempt",
    params(("course" = String, Path, description = "The address of the course"),
        ("quiz" = String, Path, description = "The id of the quiz")),
    responses((status = 201, description = "The open attempt", body = AttemptSheet)))]
#[post("/api/v1/courses/{course}/quizzes/{quiz}/attempts")]
async fn start(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<(String, String)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (slug, quiz) = path.into_inner();
    once(&req, &mut learner, async |learner| {
        let (person, lang, signs) = (learner.person.id, learner.lang, learner.site.key.clone());
        let (quiz, conn) = (QuizId(quiz), learner.conn().await?);
        let id = starting::start(conn, &library, &signs, person, &slug, &quiz).await?;
        let sheet = sheets.own(conn, id, person).await?;
        Reply::created(&drawn(conn, &library, &sheet, lang).await?)
    })
    .await
}

/// An attempt with the answers kept so far.
#[utoipa::path(get, path = "/api/v1/attempts/{id}", tag = "attempts", operation_id = "attempt",
    params(("id" = Uuid, Path, description = "The id of the attempt")),
    responses((status = 200, description = "The attempt", body = AttemptSheet)))]
#[get("/api/v1/attempts/{id}")]
async fn show(
    caller: Caller<Learner>,
    path: Path<Uuid>,
    library: Data<Library>,
    sheets: Data<Sheets>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (person, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, path.into_inner(), person).await?;
    settle(conn, &library, &sheet).await?;
    ok(&drawn(conn, &library, &sheet, lang).await?)
}

/// Keeps an answer. A `rev` that is not the latest is refused with the kept answer, and nothing is lost.
#[utoipa::path(put, path = "/api/v1/attempts/{id}/responses/{slot}", tag = "attempts",
    operation_id = "put_response", request_body = NewResponse,
    params(("id" = Uuid, Path, description = "The id of the attempt"),
        ("slot" = u16, Path, description = "The number of the question, from 0")),
    responses((status = 200, description = "Kept", body = SavedResponse),
        (status = 409, description = "Another answer was kept meanwhile (it stands in `stored`), or the attempt is over",
            body = StaleProblem, content_type = "application/problem+json")))]
#[put("/api/v1/attempts/{id}/responses/{slot}")]
async fn put_response(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<(Uuid, u16)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    body: Body<NewResponse>,
) -> Answer {
    let Caller(mut learner) = caller;
    let ((id, slot), op) = (path.into_inner(), key(&req)?);
    let (person, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let question = sheet.question(sheet.quiz_in(&published)?, slot).ok_or(Fault::NotFound)?;
    let given = given(&question, body.0, op)?;
    match save(conn, &sheet, &given).await {
        Ok(Saved::Kept { rev, saved_at, deadline }) => {
            ok(&SavedResponse { slot, rev, saved_at, deadline })
        }
        Ok(Saved::Stale(clash)) => Ok(stale(&question, &clash, lang)),
        Err(Failed::Refused(refusal @ QuizRefusal::Rule(Rule::Finished | Rule::TimeUp { .. }))) => {
            settle(conn, &library, &sheet).await?;
            Err(refused(StatusCode::CONFLICT, refusal.words()))
        }
        Err(failed) => Err(failed.into()),
    }
}

/// The answer as a page would have posted it.
fn given(question: &Question<'_>, new: NewResponse, op: Option<Uuid>) -> Result<Given, Fault> {
    let (picks, order) = (new.picks.unwrap_or_default(), new.order.unwrap_or_default());
    let pairs = new.pairs.unwrap_or_default();
    let named = picks.iter().chain(&order).chain(pairs.iter().filter(|token| !token.is_empty()));
    let mut unknown = named.filter(|token| question.tokens.option(token).is_none());
    if unknown.next().is_some() {
        return Err(refused(StatusCode::UNPROCESSABLE_ENTITY, "api-option-unknown"));
    }
    let places = order.iter().zip(1..).map(|(token, place): (_, usize)| format!("{token}:{place}"));
    let parts = places.chain(pairs).chain(new.gaps.unwrap_or_default());
    let typed = new.text.into_iter().chain(new.number);
    let values: Vec<String> = picks.iter().cloned().chain(parts).chain(typed).collect();
    Ok(Given { rev: new.rev, ..Given::read(question, &values, "", op) })
}

fn stale(question: &Question<'_>, clash: &Clash, lang: Locale) -> HttpResponse {
    let stored = StoredResponse {
        slot: clash.place,
        rev: clash.other.rev,
        saved_at: clash.other.saved_at,
        response: response(question, &clash.other.response),
    };
    let code = "api-answer-stale";
    let more = Map::from_iter([("stored".to_owned(), json!(stored))]);
    problem(StatusCode::CONFLICT, code, &words::t(lang, code), more)
}

/// Hands the attempt in; handing in twice is handing in once.
#[utoipa::path(post, path = "/api/v1/attempts/{id}/finish", tag = "attempts", operation_id = "finish_attempt",
    params(("id" = Uuid, Path, description = "The id of the attempt")),
    responses((status = 200, description = "The finished attempt", body = AttemptSheet)))]
#[post("/api/v1/attempts/{id}/finish")]
async fn hand_in(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<Uuid>,
    library: Data<Library>,
    sheets: Data<Sheets>,
) -> Answer {
    let Caller(mut learner) = caller;
    let id = path.into_inner();
    once(&req, &mut learner, async |learner| {
        let (person, lang) = (learner.person.id, learner.lang);
        let conn = learner.conn().await?;
        let sheet = sheets.own(conn, id, person).await?;
        finish(conn, &library, &sheet).await?;
        Reply::ok(&drawn(conn, &library, &sheet, lang).await?)
    })
    .await
}

async fn drawn(
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
    lang: Locale,
) -> Result<AttemptSheet, Fault> {
    let sitting = Sitting::read(conn, sheet).await?;
    let published = library.version(conn, sheet.version).await?;
    let course = library.cards().by_id(sheet.course).map(|card| card.slug.clone());
    Ok(AttemptSheet {
        id: sheet.attempt,
        course: course.unwrap_or_else(|| published.course.slug.clone()),
        quiz: sheet.quiz.0.clone(),
        number: sheet.number,
        state: if sitting.attempt.finished.is_some() { "finished" } else { "open" },
        started_at: sitting.attempt.started,
        deadline: sitting.attempt.deadline,
        finished_at: sitting.attempt.finished,
        slots: slots(sheet, sheet.quiz_in(&published)?, &sitting, lang),
    })
}

fn slots(sheet: &Sheet, quiz: &Quiz, sitting: &Sitting, lang: Locale) -> Vec<SlotSheet> {
    let drawn =
        |question: Question<'_>| slot(&question, sitting.answers.get(&question.place), lang);
    sheet.questions(quiz).map(drawn).collect()
}

fn slot(question: &Question<'_>, kept: Option<&Kept>, lang: Locale) -> SlotSheet {
    let form = Form::draw(question.item, question.slot, &question.tokens, lang);
    let stem = match filled(question.item, lang) {
        Some(text) => text,
        None => form.stem,
    };
    let sheet = SlotSheet {
        slot: question.place,
        kind: "text",
        html: format!("<p>{}</p>\n{}", form.title.as_str(), stem.as_str()),
        of: decimal::marks(question.slot.points),
        options: Vec::new(),
        units: Vec::new(),
        rows: Vec::new(),
        gaps: Vec::new(),
        response: kept.and_then(|kept| response(question, &kept.response)),
        rev: kept.map_or(0, |kept| kept.rev),
        saved_at: kept.map(|kept| kept.saved_at),
    };
    answered_by(form.control, sheet)
}

/// The sheet with what its question is answered by.
fn answered_by(control: Control, sheet: SlotSheet) -> SlotSheet {
    match control {
        Control::PickOne(options) => choices("single", options, sheet),
        Control::PickMany(options) => choices("several", options, sheet),
        Control::Scale(options) => choices("scale", options, sheet),
        Control::Arrange(options) => choices("order", options, sheet),
        Control::Spots { spots, .. } => {
            choices("hotspot", spots.into_iter().map(|spot| spot.option).collect(), sheet)
        }
        Control::Line => sheet,
        Control::Lines { .. } => SlotSheet { kind: "essay", ..sheet },
        Control::Decimal { units, .. } => SlotSheet { kind: "number", units, ..sheet },
        Control::Pairs { rows, choices: options } => {
            let rows = rows.iter().map(|row| row.as_str().to_owned()).collect();
            SlotSheet { rows, ..choices("match", options, sheet) }
        }
        Control::Gaps(pieces) => {
            SlotSheet { kind: "cloze", gaps: pieces.into_iter().filter_map(gap).collect(), ..sheet }
        }
    }
}

fn choices(kind: &'static str, options: Vec<Drawn>, sheet: SlotSheet) -> SlotSheet {
    SlotSheet { kind, options: options.into_iter().map(option).collect(), ..sheet }
}

fn option(drawn: Drawn) -> OptionSheet {
    OptionSheet { id: drawn.token, html: drawn.text.as_str().to_owned() }
}

fn gap(piece: GapPiece) -> Option<GapSheet> {
    let GapPiece::Field(_, field) = piece else { return None };
    let (kind, options, units) = match field {
        GapField::Line => ("text", Vec::new(), Vec::new()),
        GapField::Decimal { units } => ("number", Vec::new(), units),
        GapField::Pick(options) => ("list", options, Vec::new()),
    };
    Some(GapSheet { kind, options: options.into_iter().map(option).collect(), units })
}

fn response(question: &Question<'_>, response: &Response) -> Option<ResponseSheet> {
    let none = ResponseSheet::default();
    let posted = read::posted(question.item, response, &question.tokens);
    match response {
        Response::Blank => None,
        Response::Picks(_) => Some(ResponseSheet { picks: Some(posted), ..none }),
        Response::Order(_) => {
            let token = |value: &String| value.split(':').next().unwrap_or_default().to_owned();
            Some(ResponseSheet { order: Some(posted.iter().map(token).collect()), ..none })
        }
        Response::Pairs(_) => Some(ResponseSheet { pairs: Some(posted), ..none }),
        Response::Gaps(_) => Some(ResponseSheet { gaps: Some(posted), ..none }),
        Response::Text(text) => Some(ResponseSheet { text: Some(text.clone()), ..none }),
        Response::Number { typed, .. } => {
            Some(ResponseSheet { number: Some(typed.clone()), ..none })
        }
    }
}
