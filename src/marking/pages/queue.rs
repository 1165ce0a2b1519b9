//! All that waits for a marker, course by course and quiz by quiz, oldest first.

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use uuid::Uuid;

use super::parts::{Tasks, course_path, quiz_title, tasks};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::quiz::response::QuizId;
use crate::marking::queue::{Counts, Entry, entries};
use crate::marking::rights;
use crate::web::{Answer, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(list);
}

#[derive(Template)]
#[template(path = "marking/pages/queue.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    quiz: String,
    course: String,
    tasks: Tasks,
}

#[get("/{lang}/marking")]
async fn list(library: Data<Library>, mut learner: Learner) -> Answer {
    let cards = rights::courses(&mut learner, &library).await?;
    let (me, now) = (learner.person.id, learner.now);
    let ids: Vec<Uuid> = cards.iter().map(|card| card.id).collect();
    let found = entries(learner.conn().await?, &library, &ids, me).await?;
    let shell = learner.cx.shell.at("teach");
    let mut rows = Vec::new();
    for (course, quiz) in quizzes(&found) {
        let Some(card) = cards.iter().find(|card| card.id == course) else { continue };
        let of: Vec<&Entry> =
            found.iter().filter(|entry| entry.course == course && entry.quiz == quiz).collect();
        rows.push(Row {
            href: format!("{}#{quiz}", course_path(shell.lang, card)),
            quiz: quiz_title(of.first().and_then(|entry| entry.quiz()), shell.lang),
            course: card.title_in(shell.lang).to_owned(),
            tasks: tasks(&shell, Counts::of(of, me), now),
        });
    }
    rows.sort_by_key(|row| (row.tasks.counts.oldest.is_none(), row.tasks.counts.oldest));
    let trail = vec![(format!("/{}/teach", shell.code()), shell.t("teach-title").into_owned())];
    Ok(Page::of(&View { trail, rows, shell })?.answer())
}

/// The quizzes of some answers, each once, in the order in which they come.
fn quizzes(entries: &[Entry]) -> Vec<(Uuid, QuizId)> {
    let mut found: Vec<(Uuid, QuizId)> = Vec::new();
    for entry in entries {
        let quiz = (entry.course, entry.quiz.clone());
        if !found.contains(&quiz) {
            found.push(quiz);
        }
    }
    found
}
