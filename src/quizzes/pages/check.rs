//! Checking one question of an attempt. Without script the whole page is kept first; a script gets the question alone.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, post};
use uuid::Uuid;

use super::attempt::{Drawing, answers, draw};
use super::parts::{attempt_path, compare, fault};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::db::Conn;
use crate::domain::quiz::attempt::Refusal as Rule;
use crate::outcome::Failed;
use crate::quizzes::checking::{Checked, check};
use crate::quizzes::finishing::settle;
use crate::quizzes::playing::Playing;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::save_page;
use crate::quizzes::sheet::{Sheet, Sheets};
use crate::quizzes::sitting::Sitting;
use crate::web::{Answer, Fault, Page, Posted, see_other, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(check_one);
}

#[post("/{lang}/attempts/{id}/responses/{slot}/check")]
async fn check_one(
    req: HttpRequest,
    path: Path<(String, Uuid, u16)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, id, place) = path.into_inner();
    let Sent { who: learner, form } = sent;
    let wanted =
        if req.headers().contains_key("x-fragment") { Wanted::Question } else { Wanted::Page };
    let answered = take(learner, &form, (&library, &sheets), (id, place), wanted).await;
    answered.map_err(|fault| fault.keeping(&form))
}

/// What the answer to a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Question,
    Page,
}

async fn take(
    mut learner: Learner,
    form: &Posted,
    (library, sheets): (&Library, &Sheets),
    (id, place): (Uuid, u16),
    wanted: Wanted,
) -> Answer {
    let (person, zone, lang) = (learner.person.id, learner.person.time_zone, learner.lang);
    let path = attempt_path(lang, id);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let published = library.version(conn, sheet.version).await?;
    let quiz = sheet.quiz_in(&published)?;
    let asked = sheet.question(quiz, place).ok_or(Fault::NotFound)?;
    let (own, others): (Vec<_>, Vec<_>) =
        answers(&sheet, quiz, form).into_iter().partition(|given| given.place == place);
    let clashes = match save_page(conn, &sheet, &others).await {
        Ok(clashes) => clashes,
        Err(failed) => return over(failed, conn, library, &sheet, path).await,
    };
    let checked = match own.first() {
        Some(given) => check(conn, &sheet, quiz, &asked, given).await,
        None => Ok(Checked::Blank),
    };
    let place_on_page = format!("{path}#q{place}");
    match (checked, wanted) {
        (Err(failed), _) => over(failed, conn, library, &sheet, path).await,
        (Ok(Checked::Stale(clash)), _) => compare(learner.cx.shell, &sheet, quiz, &[clash], zone),
        (Ok(_), _) if !clashes.is_empty() => {
            compare(learner.cx.shell, &sheet, quiz, &clashes, zone)
        }
        (Ok(_), Wanted::Question) => {
            let sitting = Sitting::read(conn, &sheet).await?;
            let playing = Playing::read(conn, &sheet, quiz).await?;
            let drawing = Drawing { sheet: &sheet, sitting: &sitting, playing: &playing, zone };
            Ok(Page::of_markup(draw(&learner.shell, drawing, &asked)?).answer())
        }
        (Ok(Checked::Judged), Wanted::Page) => Ok(see_other(&place_on_page)),
        (Ok(Checked::Blank), Wanted::Page) => {
            Ok(see_other_saying(&learner.site, &place_on_page, "warn:practice-blank"))
        }
    }
}

/// When the attempt is over, its result is shown.
async fn over(
    failed: Failed<QuizRefusal>,
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
    path: String,
) -> Answer {
    match failed {
        Failed::Refused(QuizRefusal::Rule(Rule::Finished | Rule::TimeUp { .. })) => {
            settle(conn, library, sheet).await?;
            Ok(see_other(&format!("{path}/review")))
        }
        failed => Err(fault(failed, path)),
    }
}
