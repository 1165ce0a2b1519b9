//! Reading a lesson, and saying that it was opened or is done.

use std::fmt::Write;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Body, refused};
use super::caller::Caller;
use super::courses::{find, missing_texts};
use super::decimal;
use super::gate::arrive;
use super::reply::{Reply, ok, once};
use crate::accounts::{Learner, Visitor};
use crate::catalogue::{Library, Published};
use crate::domain::course::model::{Block, Course, Lesson};
use crate::domain::locale::Locale;
use crate::domain::progress::course::course_progress;
use crate::domain::progress::form::is_for;
use crate::domain::progress::lesson::{lesson_done, published as quizzes_of};
use crate::domain::quiz::item::Quiz;
use crate::lessons::actions::{self, LessonRefusal};
use crate::lessons::said::text_of;
use crate::outcome::Refusal;
use crate::progress_log::{self, Gate};
use crate::quizzes::practising::Standing;
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(event);
}

/// A lesson.
#[derive(Serialize, ToSchema)]
pub struct LessonText {
    pub id: String,
    pub title: String,
    /// The language of the text: the one asked for, if the lesson has it.
    pub lang: &'static str,
    /// The text. Where a quiz belongs stands an empty `section` with its id in `data-quiz`.
    pub html: String,
    pub minutes: u32,
    pub required: bool,
    pub quizzes: Vec<QuizLine>,
    /// `null` for those who do not take the course.
    pub progress: Option<LessonProgress>,
}

/// A quiz of a lesson, without its questions.
#[derive(Serialize, ToSchema)]
pub struct QuizLine {
    pub id: String,
    pub title: String,
    /// The pass mark in percent; `null` for practice, which is taken in the lesson's page.
    #[schema(example = "70")]
    pub pass: Option<String>,
    /// `null` is no limit.
    pub attempts_left: Option<u32>,
    /// Seconds to answer; `null` is no limit.
    pub time: Option<u32>,
    pub questions: usize,
}

/// What one did in a lesson.
#[derive(Serialize, ToSchema)]
pub struct LessonProgress {
    pub viewed: bool,
    pub completed: bool,
}

/// Something that happened in a lesson.
#[derive(Deserialize, ToSchema)]
pub struct LessonEvent {
    /// `viewed` or `completed`.
    #[schema(example = "viewed")]
    pub kind: String,
}

/// How far one is after an event.
#[derive(Serialize, ToSchema)]
pub struct Recorded {
    pub percent: u8,
    pub missing: Vec<String>,
    pub lesson: LessonProgress,
}

/// A lesson in a language.
#[utoipa::path(get, path = "/api/v1/courses/{course}/lessons/{lesson}", tag = "lessons", operation_id = "lesson",
    params(("course" = String, Path, description = "The address of the course"),
        ("lesson" = String, Path, description = "The id of the lesson"),
        ("lang" = Option<String>, Query, description = "`az`, `en` or `ru`")),
    security((), ("bearer" = [])),
    responses((status = 200, description = "The lesson", body = LessonText)))]
#[get("/api/v1/courses/{course}/lessons/{lesson}")]
async fn show(
    caller: Caller<Visitor>,
    path: Path<(String, String)>,
    library: Data<Library>,
) -> Answer {
    let Caller(mut visitor) = caller;
    let (slug, id) = path.into_inner();
    let published = find(&mut visitor.cx, &library, &slug).await?;
    let (module, lesson) = published.lesson(&id).ok_or(Fault::NotFound)?;
    let (place, gate) = arrive(&mut visitor, &published).await?;
    if gate.lesson(&published, module, lesson).is_some() {
        return Err(locked());
    }
    let standing = match &place {
        Some(place) => Standing::read(visitor.conn().await?, &place.enrolment, &id).await?,
        None => Standing::stranger(),
    };
    let progress = place.map(|place| LessonProgress {
        viewed: place.facts.viewed.contains(&id),
        completed: lesson_done(lesson, &place.facts),
    });
    let person = visitor.person.as_ref().map(|person| person.id);
    ok(&text(&published, lesson, (&standing, person), progress, visitor.lang)?)
}

fn locked() -> Fault {
    let words = LessonRefusal::Locked.words();
    Fault::Refused { status: StatusCode::FORBIDDEN, words, onward: None }
}

fn text(
    published: &Published,
    lesson: &Lesson,
    (standing, person): (&Standing, Option<Uuid>),
    progress: Option<LessonProgress>,
    lang: Locale,
) -> Result<LessonText, Fault> {
    let source = published.course.source;
    let (spoken, text) = text_of(lesson, lang, source).ok_or(Fault::NotFound)?;
    let own = quizzes_of(lesson).filter(|quiz| is_for(&published.course, &quiz.id, person));
    let quizzes = own.map(|quiz| quiz_line(quiz, standing, (lang, source)));
    Ok(LessonText {
        id: lesson.id.clone(),
        title: text.title.clone(),
        lang: spoken.code(),
        html: html(&published.course, &text.blocks, person),
        minutes: lesson.minutes,
        required: lesson.required,
        quizzes: quizzes.collect::<Result<_, Fault>>()?,
        progress,
    })
}

/// The blocks of a lesson. Ids of quizzes are letters, digits and hyphens and need no escape.
fn html(course: &Course, blocks: &[Block], person: Option<Uuid>) -> String {
    blocks.iter().fold(String::new(), |mut html, block| {
        match block {
            Block::Prose(prose) => html.push_str(prose.as_str()),
            Block::Quiz(id) if !is_for(course, id, person) => {}
            Block::Quiz(id) => {
                // Writing to a text cannot fail.
                let _ = writeln!(html, "<section data-quiz=\"{id}\"></section>");
            }
        }
        html
    })
}

fn quiz_line(
    quiz: &Quiz,
    standing: &Standing,
    (lang, source): (Locale, Locale),
) -> Result<QuizLine, Fault> {
    Ok(QuizLine {
        id: quiz.id.0.clone(),
        title: quiz.title.get(lang, source).to_owned(),
        pass: quiz.rules.pass.map(decimal::percent),
        attempts_left: standing.attempts_left(quiz)?,
        time: quiz.rules.time,
        questions: quiz.n_asked(),
    })
}

/// Records that a lesson was opened, or that the learner calls it done.
#[utoipa::path(post, path = "/api/v1/courses/{course}/lessons/{lesson}/events", tag = "lessons",
    operation_id = "record_lesson_event", request_body = LessonEvent,
    params(("course" = String, Path, description = "The address of the course"),
        ("lesson" = String, Path, description = "The id of the lesson")),
    responses((status = 200, description = "How far one is now", body = Recorded)))]
#[post("/api/v1/courses/{course}/lessons/{lesson}/events")]
async fn event(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<(String, String)>,
    library: Data<Library>,
    body: Body<LessonEvent>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (slug, id) = path.into_inner();
    let published = find(&mut learner.cx, &library, &slug).await?;
    published.lesson(&id).ok_or(Fault::NotFound)?;
    let kind = body.0.kind;
    once(&req, &mut learner, async |learner| match kind.as_str() {
        "viewed" | "completed" => record(learner, &published, &id, &kind).await,
        _ => Err(refused(StatusCode::UNPROCESSABLE_ENTITY, "api-event-unknown")),
    })
    .await
}

async fn record(
    learner: &mut Learner,
    published: &Published,
    lesson: &str,
    kind: &str,
) -> Result<Reply, Fault> {
    let (module, lesson) = published.lesson(lesson).ok_or(Fault::NotFound)?;
    let (person, lang, now) = (learner.person.id, learner.lang, learner.now);
    let (course, conn) = (published.course.id, learner.conn().await?);
    let not_enrolled = || Fault::refused(&LessonRefusal::NotEnrolled, None);
    let standing = progress_log::standing(conn, person, course).await?.ok_or_else(not_enrolled)?;
    let enrolment = &standing.enrolment;
    let gate = Gate::read(conn, published, (person, false), Some(&standing.facts), now).await?;
    if gate.lesson(published, module, lesson).is_some() {
        return Err(locked());
    }
    progress_log::viewed(conn, published, &standing, &lesson.id, lang, now).await?;
    if kind == "completed" {
        actions::complete(conn, person, published, &lesson.id, now).await?;
    }
    let facts = progress_log::facts(conn, enrolment.id).await?;
    let progress = course_progress(&published.course, &facts);
    Reply::ok(&Recorded {
        percent: progress.percent,
        missing: missing_texts(published, &progress, lang),
        lesson: LessonProgress {
            viewed: facts.viewed.contains(&lesson.id),
            completed: lesson_done(lesson, &facts),
        },
    })
}
