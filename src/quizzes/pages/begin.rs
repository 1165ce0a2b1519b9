//! The button that starts an attempt, or goes on with the open one.

use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;

use super::parts::{attempt_path, fault};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::domain::quiz::response::QuizId;
use crate::outcome::Failed;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::starting::{Wanted, start};
use crate::web::{Answer, Page, Shell, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(begin);
}

/// The question for the password of a quiz.
#[derive(Template)]
#[template(path = "quizzes/pages/password.html")]
struct View {
    shell: Shell,
    action: String,
    back: String,
    error: String,
}

fn ask(shell: Shell, course: &str, quiz: &QuizId, tried: &str) -> Answer {
    let back = format!("/{}/courses/{course}", shell.lang.code());
    let error = match tried.is_empty() {
        true => String::new(),
        false => shell.t("quiz-password-wrong").into_owned(),
    };
    let view = View { action: format!("{back}/quizzes/{quiz}/attempts"), back, error, shell };
    Ok(Page::of(&view)?.status(StatusCode::UNPROCESSABLE_ENTITY).answer())
}

#[post("/{lang}/courses/{course}/quizzes/{quiz}/attempts")]
async fn begin(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, course, quiz) = path.into_inner();
    let mut learner = sent.who;
    let (person, lang, key) = (learner.person.id, learner.lang, learner.site.key.clone());
    let conn =
        learner.conn().await.map_err(|error| crate::web::Fault::from(error).keeping(&sent.form))?;
    let quiz = QuizId(quiz);
    let password = sent.form.text("password");
    let wanted = Wanted { person, course: &course, quiz: &quiz, password };
    let started = start(conn, &library, &key, &wanted).await;
    if let Err(Failed::Refused(QuizRefusal::Password)) = started {
        return ask(learner.cx.shell, &course, &quiz, password);
    }
    let onward = format!("/{}/courses/{course}", lang.code());
    let attempt = started.map_err(|failed| fault(failed, onward).keeping(&sent.form))?;
    Ok(see_other(&attempt_path(lang, attempt)))
}
