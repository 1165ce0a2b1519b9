//! Marking by people: what waits, one answer with its rubric, a judgement, and handing back. To all but the trainers of
//! the course and administrators none of it is there.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::attempt_sheet::FileSheet;
use super::body::{Body, refused};
use super::caller::Caller;
use super::decimal;
use super::list::{List, Paging, page};
use super::reply::{Problem, Reply, ok, once};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::locale::Locale;
use crate::domain::marking::standing::Standing;
use crate::domain::marking::turn::Task;
use crate::domain::quiz::grade::{Marks, WHOLE};
use crate::domain::quiz::item::ItemText;
use crate::domain::quiz::mark::{Judged, Mark};
use crate::domain::quiz::number::quantity;
use crate::domain::quiz::response::{OptionId, Response};
use crate::domain::quiz::review::files;
use crate::marking::judging::{Given, Kept, Then, Work, hand_back_all, judge};
use crate::marking::queue::{Entry, entries};
use crate::marking::refusal::MarkingRefusal;
use crate::marking::rights;
use crate::outcome::{Failed, Refusal};
use crate::quizzes::files::reading::neutral;
use crate::web::problem::problem;
use crate::web::{Answer, Fault};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(waiting).service(show).service(judge_answer).service(hand_back);
}

/// An answer that waits for people.
#[derive(Serialize, ToSchema)]
pub struct WaitingAnswer {
    pub attempt: Uuid,
    pub slot: u16,
    pub quiz: String,
    pub item: String,
    /// `null` while names are hidden.
    pub learner: Option<String>,
    pub handed_in_at: DateTime<Utc>,
    pub of: String,
    /// What the caller has to do: `judge`, `settle`, `hand-back`, or `nothing` while others have to.
    pub task: &'static str,
}

/// An answer to be judged.
#[derive(Serialize, ToSchema)]
pub struct AnswerToMark {
    pub attempt: Uuid,
    pub slot: u16,
    pub html: String,
    pub of: String,
    pub text: Option<String>,
    pub files: Vec<FileSheet>,
    pub rubric: Vec<RubricRow>,
    /// `waiting`, `differing`, `ready` or `released`.
    pub standing: &'static str,
    /// How many judgements the caller has seen; send it with a judgement.
    pub rev: usize,
    /// The judgements that the caller may see, first to last.
    pub judgements: Vec<JudgementSheet>,
}

/// A row of a rubric.
#[derive(Serialize, ToSchema)]
pub struct RubricRow {
    pub id: String,
    pub html: String,
    pub levels: Vec<RubricLevelSheet>,
}

/// A level of a row; its number is its place, from 0.
#[derive(Serialize, ToSchema)]
pub struct RubricLevelSheet {
    pub html: String,
    pub points: String,
}

/// A judgement.
#[derive(Serialize, ToSchema)]
pub struct JudgementSheet {
    pub by: Option<Uuid>,
    pub at: Option<DateTime<Utc>>,
    /// The number of the level, by row.
    pub levels: BTreeMap<String, u16>,
    pub marks: String,
    /// Markdown.
    pub comment: String,
}

/// A judgement to be noted: levels for a question with a rubric, marks for one without.
#[derive(Deserialize, ToSchema)]
pub struct NewJudgement {
    /// The `rev` of the answer that was seen.
    #[serde(default)]
    pub rev: usize,
    /// The number of the level, from 0, by row.
    #[serde(default)]
    pub levels: BTreeMap<String, u16>,
    /// A decimal.
    #[serde(default)]
    pub marks: Option<String>,
    /// Markdown.
    #[serde(default)]
    pub comment: String,
    /// Hand it back at once, if the markers agree.
    #[serde(default)]
    pub hand_back: bool,
}

/// The problem of a judgement that another was faster than.
#[derive(Serialize, ToSchema)]
pub struct OvertakenProblem {
    #[serde(flatten)]
    pub problem: Problem,
    /// The answer as it stands now.
    pub stored: Option<AnswerToMark>,
}

/// A quiz to be handed back.
#[derive(Deserialize, ToSchema)]
pub struct NewHandBack {
    /// The id of the quiz.
    #[serde(default)]
    pub quiz: String,
}

/// How many answers were handed back.
#[derive(Serialize, ToSchema)]
pub struct HandedBack {
    pub handed_back: usize,
}

/// The answers of a course that wait for people, oldest first, without the caller's own.
#[utoipa::path(get, path = "/api/v1/teach/courses/{course}/marking", tag = "teaching", operation_id = "marking",
    params(("course" = String, Path, description = "The address of the course"), Paging),
    responses((status = 200, description = "What waits", body = List<WaitingAnswer>)))]
#[get("/api/v1/teach/courses/{course}/marking")]
async fn waiting(
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
    paging: Query<Paging>,
) -> Answer {
    let Caller(mut learner) = caller;
    let card = rights::course(&mut learner, &library, &path).await?;
    let me = learner.person.id;
    let found = entries(learner.conn().await?, &library, &[card.id], me).await?;
    let key = |entry: &Entry| {
        format!("{:020} {} {:05}", entry.since.timestamp_micros(), entry.attempt, entry.place)
    };
    ok(&page(found.iter().map(|entry| (key(entry), line(entry, me))), &paging))
}

fn line(entry: &Entry, me: Uuid) -> WaitingAnswer {
    WaitingAnswer {
        attempt: entry.attempt,
        slot: entry.place,
        quiz: entry.quiz.0.clone(),
        item: entry.item.0.clone(),
        learner: (!entry.rules().anonymous).then(|| entry.name.clone()),
        handed_in_at: entry.since,
        of: decimal::marks(entry.of),
        task: match entry.task(me) {
            Task::Judge => "judge",
            Task::Settle => "settle",
            Task::HandBack => "hand-back",
            Task::Nothing => "nothing",
        },
    }
}

/// An answer with its rubric and what was judged of it.
#[utoipa::path(get, path = "/api/v1/teach/courses/{course}/marking/{id}/{slot}", tag = "teaching",
    operation_id = "answer_to_mark",
    params(("course" = String, Path, description = "The address of the course"),
        ("id" = Uuid, Path, description = "The id of the attempt"),
        ("slot" = u16, Path, description = "The number of the question, from 0")),
    responses((status = 200, description = "The answer", body = AnswerToMark)))]
#[get("/api/v1/teach/courses/{course}/marking/{id}/{slot}")]
async fn show(
    caller: Caller<Learner>,
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (slug, id, slot) = path.into_inner();
    let card = rights::course(&mut learner, &library, &slug).await?;
    let (me, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    ok(&drawn(&Work::find(conn, &library, card.id, (id, slot), me).await?, me, lang))
}

fn drawn(work: &Work, me: Uuid, lang: Locale) -> AnswerToMark {
    let empty = ItemText::default();
    let text = work.item.text(lang).unwrap_or(&empty);
    let seen = work.judgements().seen_by(me);
    let hidden = work.is_anonymous();
    let files = files(work.response()).iter().map(|file| FileSheet {
        id: file.id,
        name: if hidden { neutral(file) } else { file.name.clone() },
        size: file.size,
    });
    AnswerToMark {
        attempt: work.sheet.attempt,
        slot: work.place,
        html: format!("<p>{}</p>\n{}", text.title.as_str(), text.stem.as_str()),
        of: decimal::marks(work.of),
        text: match work.response() {
            Response::Text(text) => Some(text.clone()),
            _ => None,
        },
        files: files.collect(),
        rubric: rubric(work, text),
        standing: match work.judgements().standing() {
            Standing::Waiting(_) => "waiting",
            Standing::Differing => "differing",
            Standing::Ready(_) => "ready",
            Standing::Released(_) => "released",
        },
        rev: seen.len(),
        judgements: seen.into_iter().map(judgement).collect(),
    }
}

fn rubric(work: &Work, text: &ItemText) -> Vec<RubricRow> {
    let rows = work.item.rubric().iter().zip(&text.rubric);
    rows.map(|(row, words)| RubricRow {
        id: row.id.0.clone(),
        html: words.name.as_str().to_owned(),
        levels: row
            .levels
            .iter()
            .zip(&words.levels)
            .map(|(points, level)| RubricLevelSheet {
                html: level.as_str().to_owned(),
                points: decimal::marks(Marks(points.0.saturating_mul(i64::from(row.weight)))),
            })
            .collect(),
    })
    .collect()
}

fn judgement(mark: &Mark) -> JudgementSheet {
    JudgementSheet {
        by: mark.by,
        at: mark.at,
        levels: mark.levels.iter().map(|(row, level)| (row.0.clone(), *level)).collect(),
        marks: decimal::marks(mark.marks),
        comment: mark.comment.clone(),
    }
}

/// Notes a judgement. A `rev` that is not the latest is refused with what is noted, and nothing is lost.
#[utoipa::path(post, path = "/api/v1/teach/courses/{course}/marking/{id}/{slot}", tag = "teaching",
    operation_id = "judge_answer", request_body = NewJudgement,
    params(("course" = String, Path, description = "The address of the course"),
        ("id" = Uuid, Path, description = "The id of the attempt"),
        ("slot" = u16, Path, description = "The number of the question, from 0")),
    responses((status = 200, description = "Noted", body = AnswerToMark),
        (status = 409, description = "Somebody else judged meanwhile (it stands in `stored`), or it is no answer to mark",
            body = OvertakenProblem, content_type = "application/problem+json")))]
#[post("/api/v1/teach/courses/{course}/marking/{id}/{slot}")]
async fn judge_answer(
    caller: Caller<Learner>,
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
    body: Body<NewJudgement>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (slug, id, slot) = path.into_inner();
    let card = rights::course(&mut learner, &library, &slug).await?;
    let (me, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let work = Work::find(conn, &library, card.id, (id, slot), me).await?;
    let kept = judge(conn, &work, &given(me, body.0)).await;
    let now = Work::find(conn, &library, card.id, (id, slot), me).await?;
    match kept {
        Ok(Kept::Noted | Kept::HandedBack) => ok(&drawn(&now, me, lang)),
        Ok(Kept::Overtaken) => Ok(overtaken(&drawn(&now, me, lang), lang)),
        Err(Failed::Refused(refusal @ MarkingRefusal::Unfit(_))) => {
            Err(refused(StatusCode::UNPROCESSABLE_ENTITY, refusal.words()))
        }
        Err(failed) => Err(failed.into()),
    }
}

fn given(me: Uuid, new: NewJudgement) -> Given {
    let units = new.marks.as_deref().and_then(quantity).filter(|read| read.unit.is_none());
    let units = units.and_then(|read| read.value.checked_mul(WHOLE.into()));
    let judged = Judged {
        levels: new.levels.into_iter().map(|(row, level)| (OptionId(row), level)).collect(),
        marks: units.and_then(|units| i64::try_from(units.round()).ok()).map(Marks),
        comment: new.comment,
    };
    let then = if new.hand_back { Then::HandBack } else { Then::Keep };
    Given { me, seen: new.rev, judged, then }
}

fn overtaken(stored: &AnswerToMark, lang: Locale) -> HttpResponse {
    let code = "api-judgement-overtaken";
    let more = Map::from_iter([("stored".to_owned(), json!(stored))]);
    problem(StatusCode::CONFLICT, code, &words::t(lang, code), more)
}

/// Hands back all answers of a quiz on which the markers agree.
#[utoipa::path(post, path = "/api/v1/teach/courses/{course}/marking/hand-back", tag = "teaching",
    operation_id = "hand_back", request_body = NewHandBack,
    params(("course" = String, Path, description = "The address of the course")),
    responses((status = 200, description = "Handed back", body = HandedBack)))]
#[post("/api/v1/teach/courses/{course}/marking/hand-back")]
async fn hand_back(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
    body: Body<NewHandBack>,
) -> Answer {
    let Caller(mut learner) = caller;
    let card = rights::course(&mut learner, &library, &path).await?;
    once(&req, &mut learner, async |learner| {
        let me = learner.person.id;
        let conn = learner.conn().await?;
        let found = entries(conn, &library, &[card.id], me).await?;
        let of: Vec<&Entry> =
            found.iter().filter(|entry| entry.quiz.as_str() == body.0.quiz).collect();
        let handed_back = hand_back_all(conn, &library, &of, me).await.map_err(Fault::from)?;
        Reply::ok(&HandedBack { handed_back })
    })
    .await
}
