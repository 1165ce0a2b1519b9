//! Handing in: first the names of questions without an answer, then the end.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use uuid::Uuid;

use super::parts::{attempt_path, clock_face};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::quiz::attempt::Phase;
use crate::quizzes::finishing;
use crate::quizzes::sheet::Sheets;
use crate::quizzes::sitting::Sitting;
use crate::web::{Answer, Fault, Page, Shell, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(ask).service(finish);
}

#[derive(Template)]
#[template(path = "quizzes/pages/finish.html")]
struct View {
    shell: Shell,
    path: String,
    count: String,
    blank: Vec<(u16, String, Html)>,
    left: Option<(i64, String)>,
    /// The time is over and it may still be handed in.
    late: Option<String>,
}

/// The minutes in which it may still be handed in after its time was over.
fn late(sitting: &Sitting) -> Option<i64> {
    let is_late = sitting.attempt.phase(sitting.now) == Phase::Overdue;
    let last = sitting.attempt.last_call().filter(|_| is_late)?;
    (sitting.attempt.overdue.grace() > 0)
        .then(|| ((last - sitting.now).num_seconds().max(0) + 59) / 60)
}

#[get("/{lang}/attempts/{id}/finish")]
async fn ask(
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id) = path.into_inner();
    let (person, lang) = (learner.person.id, learner.lang);
    let path = attempt_path(lang, id);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let sitting = Sitting::read(conn, &sheet).await?;
    if sitting.attempt.finish(sitting.now).is_err() {
        return Ok(see_other(&path));
    }
    let late = late(&sitting);
    let published = library.version(conn, sheet.version).await?;
    let quiz = sheet.quiz_in(&published)?;
    let blank = sitting.unanswered(&sheet);
    let count = i64::try_from(blank.len()).unwrap_or(i64::MAX);
    let blank = blank.into_iter().filter_map(|place| {
        let title = sheet.question(quiz, place)?.item.text(lang)?.title.clone();
        Some((place, format::integer(lang, i64::from(place) + 1), title))
    });
    let view = View {
        count: learner.shell.tn("quiz-blank-count", &count).into_owned(),
        blank: blank.collect(),
        left: sitting.left().filter(|_| late.is_none()).map(|left| (left, clock_face(left))),
        late: late.map(|minutes| learner.shell.tn("finish-late", &minutes).into_owned()),
        path,
        shell: learner.cx.shell,
    };
    Ok(Page::of(&view)?.answer())
}

#[post("/{lang}/attempts/{id}/finish")]
async fn finish(
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, id) = path.into_inner();
    let mut learner = sent.who;
    let (person, lang) = (learner.person.id, learner.lang);
    let keeping = |fault: Fault| fault.keeping(&sent.form);
    let conn = learner.conn().await.map_err(|error| keeping(error.into()))?;
    let sheet = sheets.own(conn, id, person).await.map_err(|failed| keeping(failed.into()))?;
    let done = finishing::finish(conn, &library, &sheet).await;
    done.map_err(|failed| keeping(failed.into()))?;
    Ok(see_other(&format!("{}/review", attempt_path(lang, id))))
}
