//! One learner of a course: lessons and attempts.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use uuid::Uuid;

use super::parts::{day, mark, teach_trail};
use crate::accounts::Learner;
use crate::catalogue::{Library, Published};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::lesson::lesson_done;
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::response::QuizId;
use crate::reporting::teaching::{self, AttemptRow};
use crate::web::{Answer, Fault, Page, Shell};
use crate::{progress_log, words};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "reporting/pages/learner.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    course: String,
    name: String,
    email: String,
    enrolled: String,
    last: String,
    progress: String,
    percent: i16,
    modules: Vec<Module>,
    /// How many lessons are new or different since the learner passed, in words.
    unread: Option<String>,
    attempts: Vec<Attempt>,
    /// Addresses and titles: where this learner is given other times and attempts.
    terms: Vec<(String, String)>,
}

struct Module {
    title: String,
    lessons: Vec<Lesson>,
}

struct Lesson {
    title: String,
    state: &'static str,
    is_unread: bool,
}

struct Attempt {
    quiz: String,
    number: String,
    started: String,
    finished: String,
    mark: String,
    state: &'static str,
}

#[get("/{lang}/teach/{course}/learners/{person}")]
async fn show(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug, person) = path.into_inner();
    let person = Uuid::parse_str(&person).map_err(|_bad_id| Fault::NotFound)?;
    let card = teaching::course(&mut learner, &library, &slug).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let (lang, zone) = (learner.lang, learner.person.time_zone);
    let conn = learner.conn().await?;
    let standing = progress_log::standing(conn, person, card.id).await?.ok_or(Fault::NotFound)?;
    let (name, email) = teaching::name_of(conn, person).await?.ok_or(Fault::NotFound)?;
    let unread = progress_log::unread(conn, &library, &published, &standing).await?;
    let (found, facts) = (&standing.enrolment, &standing.facts);
    let attempts = teaching::attempts(conn, found.id).await?;
    let modules = published.modules().map(|module| Module {
        title: module.title.get(lang, published.course.source).to_owned(),
        lessons: published
            .lessons()
            .filter(|(of, _)| of.id == module.id)
            .map(|(_, lesson)| Lesson {
                title: lesson
                    .texts
                    .get(&lang)
                    .or_else(|| lesson.texts.get(&published.course.source))
                    .map_or_else(|| lesson.id.clone(), |text| text.title.clone()),
                state: match () {
                    () if lesson_done(lesson, facts) => "done",
                    () if facts.viewed.contains(&lesson.id) => "now",
                    () => "todo",
                },
                is_unread: unread.contains(&lesson.id),
            })
            .collect(),
    });
    let course = card.title_in(lang).to_owned();
    let mut trail = teach_trail(&learner.shell);
    trail.push((format!("/{}/teach/{}", lang.code(), card.slug), course.clone()));
    let view = View {
        trail,
        course,
        name,
        email: email.clone(),
        enrolled: day(lang, zone, Some(found.enrolled_at)),
        last: day(lang, zone, found.last_at),
        progress: format::percent(lang, found.percent.into()),
        percent: found.percent,
        modules: modules.collect(),
        unread: i64::try_from(unread.len())
            .ok()
            .filter(|n| *n > 0)
            .map(|n| words::tn(lang, "learner-unread-all", n).into_owned()),
        terms: teaching::graded(&published)
            .into_iter()
            .map(|quiz| {
                let place =
                    format!("/{}/teach/{}/quizzes/{}/terms", lang.code(), card.slug, quiz.id);
                let title = quiz.title.get(lang, published.course.source).to_owned();
                (format!("{place}?email={}", email.replace('+', "%2B")), title)
            })
            .collect(),
        attempts: attempts.iter().map(|row| attempt(row, &published, lang, zone)).collect(),
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

fn attempt(row: &AttemptRow, published: &Published, lang: Locale, zone: chrono_tz::Tz) -> Attempt {
    let quiz = published.quiz(&QuizId(row.quiz.clone())).map(|(_, quiz)| quiz);
    let at = |time: chrono::DateTime<chrono::Utc>| {
        format::date_time(lang, time.with_timezone(&zone).naive_local())
    };
    let fraction = row.raw.zip(row.max).and_then(|(raw, max)| Marks(raw).part_of(Marks(max)));
    Attempt {
        quiz: quiz.map_or_else(
            || row.quiz.clone(),
            |quiz| super::learners::quiz_title(quiz, published, lang),
        ),
        number: format::integer(lang, row.number.into()),
        started: at(row.started_at),
        finished: row.finished_at.map_or("–".to_owned(), at),
        mark: fraction.map_or("–".to_owned(), |fraction| {
            mark(lang, fraction.0, quiz.and_then(|quiz| quiz.rules.pass))
        }),
        state: match (row.practice, row.state.as_str(), row.passed) {
            (true, _, _) => "practice",
            (_, "open", _) => "open",
            (_, _, Some(true)) => "passed",
            (_, _, None) => "waiting",
            _ => "failed",
        },
    }
}
