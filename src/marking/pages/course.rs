//! What waits in one course: each quiz by question and by person, and handing back what is marked.

use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::parts::{Tasks, age, answer_path, course_path, number, quiz_title, tasks};
use crate::accounts::{Learner, Sent};
use crate::catalogue::Library;
use crate::domain::html::Html;
use crate::domain::marking::turn::Task;
use crate::domain::quiz::response::{ItemId, QuizId};
use crate::marking::judging::hand_back_all;
use crate::marking::queue::{By, Counts, Entry, Here, entries, next};
use crate::marking::rights;
use crate::web::{Answer, Page, Shell, see_other, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(list).service(go_on).service(hand_back);
}

#[derive(Template)]
#[template(path = "marking/pages/course.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    course: String,
    base: String,
    quizzes: Vec<QuizRow>,
}

struct QuizRow {
    id: String,
    title: String,
    tasks: Tasks,
    anonymous: bool,
    markers: usize,
    questions: Vec<QuestionRow>,
    people: Vec<PersonRow>,
}

struct QuestionRow {
    title: Html,
    href: Option<String>,
    tasks: Tasks,
}

/// The answers of one attempt.
struct PersonRow {
    name: String,
    age: String,
    answers: Vec<AnswerLink>,
}

struct AnswerLink {
    href: String,
    number: String,
    task: &'static str,
}

#[get("/{lang}/teach/{course}/marking")]
async fn list(
    path: Path<(String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let card = rights::course(&mut learner, &library, &path.1).await?;
    let (me, now) = (learner.person.id, learner.now);
    let found = entries(learner.conn().await?, &library, &[card.id], me).await?;
    let shell = learner.cx.shell.at("teach");
    let base = course_path(shell.lang, &card);
    let scene = Scene { shell: &shell, base: &base, me, now };
    let view = View {
        trail: vec![
            (format!("/{}/teach", shell.code()), shell.t("teach-title").into_owned()),
            (format!("/{}/marking", shell.code()), shell.t("marking-title").into_owned()),
        ],
        course: card.title_in(shell.lang).to_owned(),
        quizzes: each(&found, |entry| entry.quiz.clone())
            .into_iter()
            .map(|(id, of)| scene.quiz(&id, &of))
            .collect(),
        base: base.clone(),
        shell: shell.clone(),
    };
    Ok(Page::of(&view)?.answer())
}

/// What all rows of the page need.
struct Scene<'a> {
    shell: &'a Shell,
    base: &'a str,
    me: Uuid,
    now: DateTime<Utc>,
}

impl Scene<'_> {
    fn quiz(&self, id: &QuizId, of: &[&Entry]) -> QuizRow {
        let rules = of.first().map(|entry| entry.rules()).unwrap_or_default();
        let people = each(of.iter().copied(), |entry| entry.attempt);
        QuizRow {
            id: id.0.clone(),
            title: quiz_title(of.first().and_then(|entry| entry.quiz()), self.shell.lang),
            tasks: self.tasks(of),
            anonymous: rules.anonymous,
            markers: rules.markers(),
            questions: each(of.iter().copied(), |entry| entry.item.clone())
                .into_iter()
                .map(|(item, of)| self.question(&item, &of))
                .collect(),
            people: people.iter().zip(1..).map(|((_, of), n)| self.person(of, n)).collect(),
        }
    }

    fn tasks(&self, of: &[&Entry]) -> Tasks {
        tasks(self.shell, Counts::of(of.iter().copied(), self.me), self.now)
    }

    fn question(&self, item: &ItemId, of: &[&Entry]) -> QuestionRow {
        let first = of.iter().find(|entry| self.is_mine(entry));
        let text = of.first().and_then(|entry| entry.item()?.text(self.shell.lang));
        QuestionRow {
            title: text.map_or_else(|| Html::text(item.as_str()), |text| text.title.clone()),
            href: first.map(|entry| self.href(entry, By::Question)),
            tasks: self.tasks(of),
        }
    }

    fn person(&self, of: &[&Entry], n: usize) -> PersonRow {
        let place = number(self.shell.lang, n);
        let name = match of.first() {
            Some(entry) if !entry.rules().anonymous => entry.name.clone(),
            _ => self.shell.ta("marking-somebody", "n", &place).into_owned(),
        };
        PersonRow {
            name,
            age: of.first().map(|entry| age(self.shell, entry.since, self.now)).unwrap_or_default(),
            answers: of.iter().map(|entry| self.answer(entry)).collect(),
        }
    }

    fn answer(&self, entry: &Entry) -> AnswerLink {
        AnswerLink {
            href: self.href(entry, By::Person),
            number: number(self.shell.lang, usize::from(entry.place) + 1),
            task: match entry.task(self.me) {
                Task::Judge => "marking-task-judge",
                Task::Settle => "marking-task-settle",
                Task::HandBack => "marking-task-hand-back",
                Task::Nothing => "marking-task-others",
            },
        }
    }

    fn is_mine(&self, entry: &Entry) -> bool {
        matches!(entry.task(self.me), Task::Judge | Task::Settle)
    }

    fn href(&self, entry: &Entry, by: By) -> String {
        answer_path(self.base, entry.attempt, entry.place, by)
    }
}

/// Entries by a key, in the order in which they come.
fn each<'a, K: PartialEq>(
    entries: impl IntoIterator<Item = &'a Entry>,
    key: impl Fn(&Entry) -> K,
) -> Vec<(K, Vec<&'a Entry>)> {
    let mut found: Vec<(K, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let of = key(entry);
        match found.iter_mut().find(|(known, _)| *known == of) {
            Some((_, group)) => group.push(entry),
            None => found.push((of, vec![entry])),
        }
    }
    found
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    quiz: String,
    #[serde(default)]
    by: String,
    attempt: Option<Uuid>,
    slot: Option<u16>,
}

/// On to the next answer, passing over the present one.
#[get("/{lang}/teach/{course}/marking/next")]
async fn go_on(
    path: Path<(String, String)>,
    library: Data<Library>,
    place: Query<Place>,
    mut learner: Learner,
) -> Answer {
    let card = rights::course(&mut learner, &library, &path.1).await?;
    let me = learner.person.id;
    let mut found = entries(learner.conn().await?, &library, &[card.id], me).await?;
    found.retain(|entry| place.quiz.is_empty() || entry.quiz.as_str() == place.quiz);
    let here = found
        .iter()
        .find(|entry| Some(entry.attempt) == place.attempt && Some(entry.place) == place.slot);
    let (here, by) = (here.map(Here::of), By::read(&place.by));
    let base = course_path(learner.lang, &card);
    match next(&found, me, by, here.as_ref()) {
        Some(entry) => Ok(see_other(&answer_path(&base, entry.attempt, entry.place, by))),
        None => Ok(see_other_saying(&learner.site, &base, "info:marking-no-more")),
    }
}

/// Hands back all that is marked in a quiz.
#[post("/{lang}/teach/{course}/marking/hand-back")]
async fn hand_back(
    path: Path<(String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let Sent { who: mut learner, form } = sent;
    let card = rights::course(&mut learner, &library, &path.1).await?;
    let (me, base) = (learner.person.id, course_path(learner.lang, &card));
    let conn = learner.conn().await?;
    let found = entries(conn, &library, &[card.id], me).await?;
    let of: Vec<&Entry> =
        found.iter().filter(|entry| entry.quiz.as_str() == form.text("quiz")).collect();
    let count = hand_back_all(conn, &library, &of, me).await?;
    let said = if count > 0 { "ok:marking-handed-back" } else { "info:marking-nothing-ready" };
    Ok(see_other_saying(&learner.site, &base, said))
}
