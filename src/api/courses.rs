//! The catalogue, outlines, and taking courses.

use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, get, post};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::caller::Caller;
use super::gate::arrive;
use super::list::{List, Paging, page};
use super::reply::{Reply, ok, once};
use super::said::CourseCard;
use crate::accounts::{Cx, Learner, Visitor};
use crate::catalogue::{Card, Library, Published};
use crate::domain::course::model::Module;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{Progress, course_progress};
use crate::enrolment::Enrolment;
use crate::lessons::needs::{need_texts, needs};
use crate::lessons::said::Said;
use crate::lessons::{actions, missing};
use crate::progress_log;
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(courses).service(course).service(enrol).service(my_enrolments);
}

/// Which courses are looked for; what is not given does not matter.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Words of title, summary or lessons; small slips of typing are forgiven.
    pub q: Option<String>,
    pub theme: Option<String>,
    pub level: Option<String>,
    /// A language in which the course is offered.
    pub language: Option<String>,
}

/// A course with its modules and lessons.
#[derive(Serialize, ToSchema)]
pub struct Outline {
    #[serde(flatten)]
    pub course: CourseCard,
    pub modules: Vec<ModuleLine>,
}

#[derive(Serialize, ToSchema)]
pub struct ModuleLine {
    pub id: String,
    pub title: String,
    /// What must be reached before its lessons open, in the language of the caller; empty if they are open.
    pub needs: Vec<String>,
    pub lessons: Vec<LessonLine>,
}

#[derive(Serialize, ToSchema)]
pub struct LessonLine {
    pub id: String,
    pub title: String,
    pub minutes: u32,
    /// Must it be complete for the course to be complete?
    pub required: bool,
}

/// How far a person is in a course.
#[derive(Serialize, ToSchema)]
pub struct EnrolmentLine {
    pub course: String,
    #[schema(example = "started")]
    pub state: &'static str,
    pub percent: u8,
    /// What is still missing, in the language of the caller.
    pub missing: Vec<String>,
    pub enrolled_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
    /// Where to resume.
    pub last_lesson: Option<String>,
}

/// Lists the courses.
#[utoipa::path(get, path = "/api/v1/courses", tag = "courses", operation_id = "courses",
    params(Wanted, Paging), security((), ("bearer" = [])),
    responses((status = 200, description = "Courses by address", body = List<CourseCard>)))]
#[get("/api/v1/courses")]
async fn courses(
    caller: Caller<Visitor>,
    library: Data<Library>,
    wanted: Query<Wanted>,
    paging: Query<Paging>,
) -> Answer {
    let (lang, cards) = (caller.0.lang, library.cards());
    let mut found: Vec<&Card> = match wanted.q.as_deref().map(str::trim) {
        None | Some("") => cards.shown().map(AsRef::as_ref).collect(),
        Some(words) => cards.search(words).into_iter().map(AsRef::as_ref).collect(),
    };
    found.retain(|card| wanted.fits(card));
    found.sort_by(|left, right| left.slug.cmp(&right.slug));
    let lines = found.into_iter().map(|card| (card.slug.clone(), CourseCard::of(card, lang)));
    ok(&page(lines, &paging))
}

impl Wanted {
    fn fits(&self, card: &Card) -> bool {
        let is = |asked: &Option<String>, code: &str| {
            asked.as_deref().is_none_or(|asked| asked.is_empty() || asked == code)
        };
        let spoken = card.languages.iter().any(|locale| is(&self.language, locale.code()));
        spoken && is(&self.theme, card.theme.code()) && is(&self.level, card.level.code())
    }
}

/// The outline of a course.
#[utoipa::path(get, path = "/api/v1/courses/{course}", tag = "courses", operation_id = "course",
    params(("course" = String, Path, description = "The address of the course")),
    security((), ("bearer" = [])),
    responses((status = 200, description = "The course with its lessons", body = Outline)))]
#[get("/api/v1/courses/{course}")]
async fn course(caller: Caller<Visitor>, path: Path<String>, library: Data<Library>) -> Answer {
    let Caller(mut visitor) = caller;
    let published = find(&mut visitor.cx, &library, &path).await?;
    let (_, gate) = arrive(&mut visitor, &published).await?;
    let (lang, cards) = (visitor.lang, library.cards());
    let modules = published.modules().map(|module| {
        let needs = match gate.module(&published, module) {
            Some(lock) => need_texts(&needs(&lock, &published, &cards, lang), lang),
            None => Vec::new(),
        };
        ModuleLine { needs, ..module_line(&published, module, lang) }
    });
    let modules = modules.filter(|module| !module.lessons.is_empty()).collect();
    ok(&Outline { course: CourseCard::of(&Card::of(&published.course), lang), modules })
}

fn module_line(published: &Published, module: &Module, lang: Locale) -> ModuleLine {
    let source = published.course.source;
    let lessons = module.lessons.iter().filter(|lesson| !lesson.draft);
    ModuleLine {
        id: module.id.clone(),
        title: module.title.get(lang, source).to_owned(),
        needs: Vec::new(),
        lessons: lessons
            .map(|lesson| LessonLine {
                id: lesson.id.clone(),
                title: Said::title(lesson, lang, source).text.to_owned(),
                minutes: lesson.minutes,
                required: lesson.required,
            })
            .collect(),
    }
}

/// The course that learners see at an address.
pub async fn find(
    cx: &mut Cx,
    library: &Library,
    slug: &str,
) -> Result<std::sync::Arc<Published>, Fault> {
    actions::course(library, cx.conn().await?, slug).await?.ok_or(Fault::NotFound)
}

/// Joins a course; joining twice is joining once.
#[utoipa::path(post, path = "/api/v1/courses/{course}/enrolments", tag = "courses", operation_id = "enrol",
    params(("course" = String, Path, description = "The address of the course")),
    responses((status = 201, description = "Enrolled, now or before", body = EnrolmentLine)))]
#[post("/api/v1/courses/{course}/enrolments")]
async fn enrol(
    req: HttpRequest,
    caller: Caller<Learner>,
    path: Path<String>,
    library: Data<Library>,
) -> Answer {
    let Caller(mut learner) = caller;
    let published = find(&mut learner.cx, &library, &path).await?;
    once(&req, &mut learner, async |learner| {
        let (person, lang, now) = (learner.person.id, learner.lang, learner.now);
        let conn = learner.conn().await?;
        let standing = actions::enrol(conn, person, &published, lang, now).await?;
        let progress = course_progress(&published.course, &standing.facts);
        Reply::created(&line(&published, &standing.enrolment, &progress, lang))
    })
    .await
}

/// The courses that one takes, with what is missing.
#[utoipa::path(get, path = "/api/v1/me/enrolments", tag = "courses", operation_id = "my_enrolments",
    params(Paging),
    responses((status = 200, description = "Enrolments, oldest first", body = List<EnrolmentLine>)))]
#[get("/api/v1/me/enrolments")]
async fn my_enrolments(
    caller: Caller<Learner>,
    library: Data<Library>,
    paging: Query<Paging>,
) -> Answer {
    let Caller(mut learner) = caller;
    let (person, lang) = (learner.person.id, learner.lang);
    let conn = learner.conn().await?;
    let mut standings = progress_log::standings(conn, person).await?;
    standings.sort_by_key(|standing| standing.enrolment.id);
    let mut lines = Vec::new();
    for standing in standings {
        let enrolment = &standing.enrolment;
        if let Some(published) = library.current_of(conn, enrolment.course_id).await? {
            let progress = course_progress(&published.course, &standing.facts);
            lines.push((enrolment.id.to_string(), line(&published, enrolment, &progress, lang)));
        }
    }
    ok(&page(lines.into_iter(), &paging))
}

fn line(
    published: &Published,
    enrolment: &Enrolment,
    progress: &Progress,
    lang: Locale,
) -> EnrolmentLine {
    let state = match (enrolment.completed_at, enrolment.started_at) {
        (Some(_), _) => "completed",
        (None, Some(_)) => "started",
        (None, None) => "enrolled",
    };
    EnrolmentLine {
        course: published.course.slug.clone(),
        state,
        percent: progress.percent,
        missing: missing_texts(published, progress, lang),
        enrolled_at: enrolment.enrolled_at,
        completed_at: enrolment.completed_at,
        last_lesson: enrolment.last_lesson.clone(),
    }
}

/// What is missing, as sentences.
pub fn missing_texts(published: &Published, progress: &Progress, lang: Locale) -> Vec<String> {
    missing::reasons(published, progress, lang).into_iter().map(|reason| reason.text).collect()
}
