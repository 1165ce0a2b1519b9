//! The button that starts an attempt, or goes on with the open one.

use actix_web::post;
use actix_web::web::{Data, Path, ServiceConfig};

use super::parts::{attempt_path, fault};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::domain::quiz::response::QuizId;
use crate::quizzes::starting::start;
use crate::web::{Answer, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(begin);
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
    let started = start(conn, &library, &key, person, &course, &QuizId(quiz)).await;
    let onward = format!("/{}/courses/{course}", lang.code());
    let attempt = started.map_err(|failed| fault(failed, onward).keeping(&sent.form))?;
    Ok(see_other(&attempt_path(lang, attempt)))
}
