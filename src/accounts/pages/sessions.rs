//! Where one is signed in, and the way to end each or all of it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::accounts::store;
use crate::accounts::visitor::{Learner, Sent};
use crate::domain::format;
use crate::web::{Answer, Fault, Page, Shell, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(end_others).service(end);
}

struct Row {
    id: Uuid,
    device: String,
    here: Here,
    is_api: bool,
    seen: String,
    since: String,
}

/// Is it the session that looks at the list?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Here {
    This,
    Other,
}

#[derive(Template)]
#[template(path = "accounts/pages/sessions.html")]
struct View {
    shell: Shell,
    rows: Vec<Row>,
}

#[get("/{lang}/me/sessions")]
async fn show(mut learner: Learner) -> Answer {
    let (person, now, lang) = (learner.person.clone(), learner.now, learner.lang);
    let rows = store::sessions_of(learner.conn().await?, person.id, now).await?;
    let time = |at: DateTime<Utc>| {
        format::date_time(lang, at.with_timezone(&person.time_zone).naive_local())
    };
    let rows = rows.into_iter().map(|row| Row {
        id: row.id,
        here: if row.id == person.session { Here::This } else { Here::Other },
        is_api: row.kind == "api",
        seen: time(row.seen_at),
        since: time(row.created_at),
        device: row.device,
    });
    Ok(Page::of(&View { rows: rows.collect(), shell: learner.cx.shell })?.answer())
}

#[post("/{lang}/me/sessions/others/end")]
async fn end_others(sent: Sent<Learner>) -> Answer {
    let mut learner = sent.who;
    let (person, session) = (learner.person.id, learner.person.session);
    store::end_other_sessions(learner.conn().await?, person, Some(session)).await?;
    Ok(see_other_saying(
        &learner.site,
        &format!("/{}/me/sessions", learner.lang.code()),
        "ok:sessions-ended",
    ))
}

#[post("/{lang}/me/sessions/{id}/end")]
async fn end(path: Path<(String, Uuid)>, sent: Sent<Learner>) -> Answer {
    let (_, session) = path.into_inner();
    let mut learner = sent.who;
    let person = learner.person.id;
    match store::end_session(learner.conn().await?, person, session).await? {
        0 => Err(Fault::NotFound),
        _ => Ok(see_other_saying(
            &learner.site,
            &format!("/{}/me/sessions", learner.lang.code()),
            "ok:session-ended",
        )),
    }
}
