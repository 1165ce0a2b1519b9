//! One answer on its own, as scripts send it; and the page with both answers when another page was first.

use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::parts::{attempt_path, clock_time, compare, fault};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::domain::quiz::attempt::Refusal as Rule;
use crate::outcome::{Failed, Refusal};
use crate::quizzes::finishing::settle;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::{Given, Saved, clash, save};
use crate::quizzes::sheet::Sheets;
use crate::web::{Answer, Fault, Posted, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(keep).service(both);
}

#[post("/{lang}/attempts/{id}/responses/{slot}")]
async fn keep(
    req: HttpRequest,
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, id, place) = path.into_inner();
    let Sent { who: learner, form } = sent;
    let op = op(&req, &form);
    let kept = take(learner, &form, op, &library, &sheets, (id, place)).await;
    let reply = kept.map_err(|fault| fault.keeping(&form))?;
    Ok(if wants_json(req.headers()) { reply.as_json() } else { see_other(&reply.page) })
}

/// What is answered: a status and a document for scripts, a page to go to for everybody else.
struct Reply {
    status: u16,
    body: serde_json::Value,
    page: String,
}

impl Reply {
    fn as_json(&self) -> HttpResponse {
        let status = actix_web::http::StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CACHE_CONTROL, "no-store")).json(&self.body)
    }
}

async fn take(
    mut learner: Learner,
    form: &Posted,
    op: Option<Uuid>,
    library: &Library,
    sheets: &Sheets,
    (id, place): (Uuid, u16),
) -> Result<Reply, Fault> {
    let (person, zone, lang) = (learner.person.id, learner.person.time_zone, learner.lang);
    let path = attempt_path(lang, id);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let question = sheet.question(sheet.quiz_in(&published)?, place);
    let question = question.filter(|found| !found.item.takes_files()).ok_or(Fault::NotFound)?;
    let (values, rev) = (values(form, place), rev(form, place));
    let given = Given::read(&question, values, rev, op).sure(form.text(&format!("s{place}")));
    match save(conn, &sheet, &given).await {
        Ok(Saved::Kept { rev, saved_at, deadline }) => {
            let left = deadline.map(|deadline| (deadline - saved_at).num_seconds().max(0));
            let at = clock_time(saved_at, zone);
            let body = json!({ "rev": rev, "saved_at_text": at, "left": left });
            Ok(Reply { status: 200, body, page: format!("{path}#q{place}") })
        }
        Ok(Saved::Stale(_)) => {
            let page = format!("{path}/compare?slot={place}");
            Ok(Reply { status: 409, body: json!({ "page": page }), page })
        }
        Err(Failed::Refused(refusal @ QuizRefusal::Rule(Rule::Finished | Rule::TimeUp { .. }))) => {
            settle(conn, library, &sheet).await?;
            let text = crate::words::t(lang, refusal.words());
            Ok(Reply { status: 422, body: json!({ "text": text }), page: format!("{path}/review") })
        }
        Err(failed) => Err(fault(failed, path)),
    }
}

/// A script sends the fields under the names that they have on the page.
fn values(form: &Posted, place: u16) -> &[String] {
    let own = format!("a{place}");
    if form.has(&own) { form.all(&own) } else { form.all("a") }
}

fn rev(form: &Posted, place: u16) -> &str {
    let own = form.text("rev");
    match own.is_empty() {
        true => form.all(&format!("rev{place}")).first().map_or("", String::as_str),
        false => own,
    }
}

fn op(req: &HttpRequest, form: &Posted) -> Option<Uuid> {
    let key = req.headers().get("idempotency-key").and_then(|value| value.to_str().ok());
    key.and_then(|key| Uuid::parse_str(key).ok()).or_else(|| form.op())
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("application/json"))
}

#[derive(Deserialize)]
struct Asked {
    slot: u16,
}

#[get("/{lang}/attempts/{id}/compare")]
async fn both(
    path: Path<(String, Uuid)>,
    query: Query<Asked>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id) = path.into_inner();
    let (person, zone, lang) = (learner.person.id, learner.person.time_zone, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let Some(clash) = clash(conn, &sheet, query.slot).await? else {
        return Ok(see_other(&attempt_path(lang, id)));
    };
    compare(learner.cx.shell, &sheet, sheet.quiz_in(&published)?, &[clash], zone)
}
