//! Answers, and writes that are done once however often they are sent: the `Idempotency-Key` of a caller brings the
//! same answer again.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::refused;
use crate::accounts::Learner;
use crate::accounts::replies::{self, Kept};
use crate::db;
use crate::domain::locale::Locale;
use crate::web::problem::problem;
use crate::web::{Answer, Fault, Problems};
use crate::words;

/// A problem document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the code says which problem it is.
    pub r#type: String,
    /// The status of the answer.
    pub status: u16,
    /// Stable; programs decide by it.
    pub code: String,
    /// A sentence for people, in the language of the caller.
    pub title: String,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<FieldError>>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    /// Stable; programs decide by it.
    pub code: String,
    /// A sentence for people, in the language of the caller.
    pub title: String,
}

/// An answer in the making, and as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    status: u16,
    body: Value,
}

impl Reply {
    /// 200.
    pub fn ok(body: &impl Serialize) -> Result<Reply, Fault> {
        Reply::of(200, body)
    }

    /// 201.
    pub fn created(body: &impl Serialize) -> Result<Reply, Fault> {
        Reply::of(201, body)
    }

    fn of(status: u16, body: &impl Serialize) -> Result<Reply, Fault> {
        let body = serde_json::to_value(body).map_err(|why| Fault::Broken(why.to_string()))?;
        Ok(Reply { status, body })
    }

    /// As it is kept for a request.
    pub fn kept(&self, action: &str) -> Result<Kept, Fault> {
        let reply = serde_json::to_string(self).map_err(|why| Fault::Broken(why.to_string()))?;
        Ok(Kept { action: action.to_owned(), reply })
    }

    /// The response.
    pub fn answer(&self) -> HttpResponse {
        HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or_default())
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "Authorization, Accept-Language"))
            .json(&self.body)
    }
}

/// An answer that reads only.
pub fn ok(body: &impl Serialize) -> Answer {
    Ok(Reply::ok(body)?.answer())
}

/// Does a write once for each key. The write and its reply are kept in one transaction, or neither is.
pub async fn once(
    req: &HttpRequest,
    learner: &mut Learner,
    write: impl AsyncFnOnce(&mut Learner) -> Result<Reply, Fault>,
) -> Answer {
    let Some(key) = key(req)? else { return Ok(write(learner).await?.answer()) };
    let action = action(req);
    db::begin(learner.conn().await?).await?;
    let kept = kept_or_new(learner, key, &action, write).await;
    let conn = learner.conn().await?;
    match &kept {
        Ok(_) => db::commit(conn).await?,
        Err(_) => db::roll_back(conn).await?,
    }
    again(&kept?, &action)
}

async fn kept_or_new(
    learner: &mut Learner,
    key: Uuid,
    action: &str,
    write: impl AsyncFnOnce(&mut Learner) -> Result<Reply, Fault>,
) -> Result<Kept, Fault> {
    let (person, now) = (learner.person.id, learner.now);
    let conn = learner.conn().await?;
    replies::lock(conn, key).await?;
    if let Some(kept) = replies::recall(conn, person, key).await? {
        return Ok(kept);
    }
    let new = write(learner).await?.kept(action)?;
    replies::keep(learner.conn().await?, person, key, &new, now).await?;
    Ok(new)
}

/// What a request asks for.
pub fn action(req: &HttpRequest) -> String {
    format!("{} {}", req.method(), req.path())
}

/// The key that a caller gave to a write.
pub fn key(req: &HttpRequest) -> Result<Option<Uuid>, Fault> {
    let Some(value) = req.headers().get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().and_then(|value| Uuid::parse_str(value.trim()).ok());
    key.map(Some).ok_or_else(|| refused(StatusCode::BAD_REQUEST, "api-key-unreadable"))
}

/// A kept reply, to the request that it was made for.
pub fn again(kept: &Kept, action: &str) -> Answer {
    if kept.action != action {
        return Err(refused(StatusCode::UNPROCESSABLE_ENTITY, "api-key-used"));
    }
    let reply: Reply =
        serde_json::from_str(&kept.reply).map_err(|why| Fault::Broken(why.to_string()))?;
    Ok(reply.answer())
}

/// The fields that cannot be used, each with its sentence.
pub fn unfit(lang: Locale, problems: &Problems) -> HttpResponse {
    let errors: Vec<FieldError> = problems
        .pairs()
        .iter()
        .map(|(field, code)| FieldError {
            field: field.replace('-', "_"),
            code: (*code).to_owned(),
            title: words::t(lang, code).into_owned(),
        })
        .collect();
    let more = Map::from_iter([("errors".to_owned(), json!(errors))]);
    let (status, code) = (StatusCode::UNPROCESSABLE_ENTITY, "api-fields");
    problem(status, code, &words::t(lang, code), more)
}
