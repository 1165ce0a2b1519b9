//! Taking a quiz: starting, answering, handing in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::attempt_sheet::{AttemptSheet, ResponseSheet, SlotSheet, drawn, response, slot_of};
use super::body::{Body, refused};
use super::caller::Caller;
use super::reply::{Problem, Reply, key, ok, once};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::locale::Locale;
use crate::domain::quiz::attempt::Refusal as Rule;
use crate::domain::quiz::response::QuizId;
use crate::outcome::{Failed, Refusal};
use crate::quizzes::checking::{Checked, check};
use crate::quizzes::finishing::{finish, settle};
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::{Clash, Given, Saved, save};
use crate::quizzes::sheet::{Question, Sheets};
use crate::quizzes::starting::{self, Wanted};
use crate::web::problem::problem;
use crate::web::{Answer, Fault};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(start).service(show).service(put_response).service(check_one).service(hand_in);
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
    /// How sure the answer is, where the quiz asks: `low`, `mid` or `high`.
    #[serde(default)]
    pub sure: Option<String>,
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
        ("quiz" = String, Path, description = "The id of the quiz"),
        ("X-Quiz-Password" = Option<String>, Header, description = "The password of the quiz, if it has one")),
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
        let header = req.headers().get("x-quiz-password").and_then(|value| value.to_str().ok());
        let password = header.unwrap_or_default();
        let wanted = Wanted { person, course: &slug, quiz: &quiz, password };
        let id = starting::start(conn, &library, &signs, &wanted).await?;
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
    let question = sheet.question(sheet.quiz_in(&published)?, slot);
    let question = question.filter(|found| !found.item.takes_files()).ok_or(Fault::NotFound)?;
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

/// Checks an answer, in quizzes that are checked question by question: it is kept as a try and judged at once.
#[utoipa::path(post, path = "/api/v1/attempts/{id}/responses/{slot}/check", tag = "attempts",
    operation_id = "check_response", request_body = NewResponse,
    params(("id" = Uuid, Path, description = "The id of the attempt"),
        ("slot" = u16, Path, description = "The number of the question, from 0")),
    responses((status = 200, description = "The question with what may be said of it", body = SlotSheet),
        (status = 409, description = "Another answer was kept meanwhile (it stands in `stored`), or the attempt is over",
            body = StaleProblem, content_type = "application/problem+json")))]
#[post("/api/v1/attempts/{id}/responses/{slot}/check")]
async fn check_one(
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
    let quiz = sheet.quiz_in(&published)?;
    let question = sheet.question(quiz, slot).ok_or(Fault::NotFound)?;
    let given = given(&question, body.0, op)?;
    match check(conn, &sheet, quiz, &question, &given).await {
        Ok(Checked::Judged) => ok(&slot_of(conn, &sheet, quiz, &question, lang).await?),
        Ok(Checked::Blank) => Err(refused(StatusCode::UNPROCESSABLE_ENTITY, "practice-blank")),
        Ok(Checked::Stale(clash)) => Ok(stale(&question, &clash, lang)),
        Err(Failed::Refused(refusal @ QuizRefusal::Rule(Rule::Finished | Rule::TimeUp { .. }))) => {
            settle(conn, &library, &sheet).await?;
            Err(refused(StatusCode::CONFLICT, refusal.words()))
        }
        Err(failed) => Err(failed.into()),
    }
}

/// The answer as a page would have posted it.
fn given(question: &Question<'_>, new: NewResponse, op: Option<Uuid>) -> Result<Given, Fault> {
    let sure = new.sure.unwrap_or_default();
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
    Ok(Given { rev: new.rev, ..Given::read(question, &values, "", op).sure(&sure) })
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
