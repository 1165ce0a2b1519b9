//! The page of a course: what it gives, what it takes, its syllabus, and the way in or on.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use super::find::find;
use super::missing::{Reason, count, reasons};
use super::needs::{Need, needs};
use super::outline::{ModuleLine, Viewer, modules};
use super::regraded::{Reader, Regraded, regraded};
use super::said::Said;
use crate::accounts::{Learner, Sent, Visitor};
use crate::catalogue::watched::{Remarks, Shown};
use crate::catalogue::{Cards, Cover, Library, Published, duration};
use crate::domain::course::model::{Course, TextState};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::course::course_progress;
use crate::domain::progress::facts::Facts;
use crate::domain::progress::form::{posttest, pretest};
use crate::domain::quiz::response::QuizId;
use crate::lessons::actions;
use crate::outcome::Failed;
use crate::progress_log::{self, Gate, Standing};
use crate::web::{Answer, Fault, Page, Shell, see_other};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(enrol);
}

#[derive(Template)]
#[template(path = "lessons/pages/course.html")]
struct View<'a> {
    shell: Shell,
    course: &'a Course,
    title: Said<'a>,
    summary: Said<'a>,
    audience: Said<'a>,
    outcomes: Vec<Said<'a>>,
    trail: [(String, Cow<'static, str>); 1],
    theme: Cow<'static, str>,
    level: Cow<'static, str>,
    time: String,
    n_lessons: String,
    languages: Vec<LanguageLine>,
    modules: Vec<ModuleLine<'a>>,
    way: Way<'a>,
    taken: Option<Taken>,
    remarks: Option<Arc<Remarks>>,
    regraded: Vec<Regraded>,
    cover: Cover,
    pretest: Option<Test<'a>>,
    posttest: Option<Test<'a>>,
}

/// The test before or after the course, in the form that the person gets.
struct Test<'a> {
    title: Said<'a>,
    href: String,
    /// The grade, if it was taken.
    grade: Option<String>,
}

/// A language that the course is offered in.
struct LanguageLine {
    code: &'static str,
    name: &'static str,
    state: String,
    /// A native editor has still to check it.
    is_unchecked: bool,
}

/// The button of the page.
enum Way<'a> {
    /// To the sign-in page and back.
    SignIn,
    /// Joins the course.
    Enrol,
    /// Something must be done before one may join.
    NotYet { needs: Vec<Need> },
    /// To the lesson where one stopped.
    Onward { lesson: &'a str, title: Said<'a>, words: &'static str },
    /// There is no lesson yet.
    Nowhere,
}

/// How far the person is.
struct Taken {
    label: String,
    shown: String,
    percent: u8,
    complete: bool,
    reasons: Vec<Reason>,
    /// How many lessons are new or different since the person passed, in words.
    unread: Option<String>,
}

#[get("/{lang}/courses/{course}")]
async fn show(
    path: Path<(String, String)>,
    library: Data<Library>,
    mut visitor: Visitor,
) -> Answer {
    let (_, slug) = path.into_inner();
    let published = find(&library, &mut visitor, &slug).await?;
    let person = visitor.person.as_ref().map(|person| (person.id, person.admin));
    let now = visitor.now;
    let (standing, gate) = match person {
        Some(person) => {
            let conn = visitor.conn().await?;
            let standing = progress_log::standing(conn, person.0, published.course.id).await?;
            let facts = standing.as_ref().map(|standing| &standing.facts);
            let gate = Gate::read(conn, &published, person, facts, now).await?;
            (standing, gate)
        }
        None => (None, Gate::of(&Facts::default(), now)),
    };
    let unread = match &standing {
        Some(standing) => {
            progress_log::unread(visitor.conn().await?, &library, &published, standing).await?
        }
        None => BTreeSet::new(),
    };
    let place = Place {
        published: &published,
        unread: &unread,
        signed_in: person.map(|_| standing.as_ref()),
        gate: &gate,
        cards: &library.cards(),
    };
    let remarks = library.watched.of(&slug);
    let regraded = told(&mut visitor, &published, standing.as_ref()).await?;
    let view = View { remarks, regraded, ..view(visitor.cx.shell.at("courses"), &place) };
    Ok(Page::of(&view)?.answer())
}

/// What somebody who has attempted a quiz is told of their marks.
async fn told(
    visitor: &mut Visitor,
    published: &Published,
    standing: Option<&Standing>,
) -> Result<Vec<Regraded>, Fault> {
    let zone = visitor.person.as_ref().map(|person| person.time_zone);
    let Some((standing, zone)) = standing.filter(|it| it.attempted).zip(zone) else {
        return Ok(Vec::new());
    };
    let (lang, now) = (visitor.lang, visitor.now);
    let reader = Reader { enrolment: standing.enrolment.id, lang, zone, now };
    Ok(regraded(visitor.conn().await?, published, reader).await?)
}

/// A course and the person in front of it.
struct Place<'a> {
    published: &'a Published,
    /// `None` for visitors; holds nothing for those who have not joined.
    signed_in: Option<Option<&'a Standing>>,
    gate: &'a Gate,
    /// Lessons that are new or say something else since the person passed.
    unread: &'a BTreeSet<String>,
    cards: &'a Cards,
}

#[post("/{lang}/courses/{course}/enrol")]
async fn enrol(
    path: Path<(String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, slug) = path.into_inner();
    let Sent { who: mut learner, form } = sent;
    let (person, lang, now) = (learner.person.id, learner.lang, learner.now);
    let published = find(&library, &mut learner, &slug).await?;
    let course = format!("/{}/courses/{slug}", lang.code());
    let joined = actions::enrol(learner.conn().await?, person, &published, lang, now).await;
    let standing = joined.map_err(|failed| match failed {
        Failed::Refused(refusal) => Fault::refused(&refusal, course),
        Failed::Broken(error) => Fault::from(error).keeping(&form),
    })?;
    let gate = Gate::of(&standing.facts, now);
    let place = actions::resume(&published, Some(&standing), &gate)
        .map(|(_, lesson)| format!("/{}", lesson.id));
    Ok(see_other(&format!("/{}/courses/{slug}{}", lang.code(), place.unwrap_or_default())))
}

fn view<'a>(shell: Shell, place: &Place<'a>) -> View<'a> {
    let Place { published, signed_in, gate, unread, cards } = *place;
    let (course, lang) = (&published.course, shell.lang);
    let said = |texts| Said::of(texts, lang, course.source);
    let standing = signed_in.flatten();
    View {
        title: said(&course.title),
        summary: said(&course.summary),
        audience: said(&course.audience),
        outcomes: course.outcomes.iter().map(|outcome| said(&outcome.text)).collect(),
        trail: [(format!("/{}/courses", lang.code()), shell.t("layout-courses"))],
        theme: shell.t(&format!("theme-{}", course.theme.code())),
        level: shell.t(&format!("level-{}", course.level.code())),
        time: duration(&shell, published.lessons().map(|(_, lesson)| lesson.minutes).sum()),
        n_lessons: count(lang, published.lessons().count()),
        languages: course
            .languages
            .iter()
            .map(|locale| language(published, *locale, &shell))
            .collect(),
        modules: modules(published, Viewer { standing, gate, unread, cards, here: None, lang }),
        way: way(place, lang),
        cover: Cover::of(course),
        pretest: standing.and_then(|standing| {
            test(published, standing, pretest(course, standing.enrolment.person_id)?, lang)
        }),
        posttest: standing.and_then(|standing| {
            test(published, standing, posttest(course, standing.enrolment.person_id)?, lang)
        }),
        taken: standing.map(|standing| taken(published, standing, unread, &shell)),
        remarks: None,
        regraded: Vec::new(),
        course,
        shell,
    }
}

fn language(published: &Published, locale: Locale, shell: &Shell) -> LanguageLine {
    let (mut n_all, mut n_done) = (0, 0);
    for (_, lesson) in published.lessons() {
        n_all += 1;
        n_done += usize::from(
            lesson.texts.get(&locale).is_some_and(|text| text.state != TextState::Stale),
        );
    }
    let state = match (locale == published.course.source, n_done == n_all) {
        (true, _) => shell.t("course-language-source").into_owned(),
        (false, true) => shell.t("course-language-whole").into_owned(),
        (false, false) => words::ta(
            shell.lang,
            "course-language-part",
            &[("done", &count(shell.lang, n_done)), ("of", &count(shell.lang, n_all))],
        )
        .into_owned(),
    };
    LanguageLine {
        code: locale.code(),
        name: locale.native_name(),
        state,
        is_unchecked: published.course.unchecked.contains(&locale),
    }
}

fn test<'a>(
    published: &'a Published,
    standing: &Standing,
    quiz: &QuizId,
    lang: Locale,
) -> Option<Test<'a>> {
    let (lesson, quiz) = published.quiz(quiz)?;
    let course = &published.course;
    let grade = standing.facts.grades.get(&quiz.id);
    Some(Test {
        title: Said::of(&quiz.title, lang, course.source),
        href: format!("/{}/courses/{}/{}#{}", lang.code(), course.slug, lesson.id, quiz.id),
        grade: grade.map(|grade| format::percent(lang, grade.shown_percent(None))),
    })
}

fn way<'a>(place: &Place<'a>, lang: Locale) -> Way<'a> {
    let Place { published, signed_in, gate, cards, .. } = *place;
    let standing = signed_in.flatten();
    let resumed = actions::resume(published, standing, gate);
    let Some((_, lesson)) = resumed else { return Way::Nowhere };
    if let (Some(None), Some(lock)) = (signed_in, gate.entry(published)) {
        return Way::NotYet { needs: needs(&lock, published, cards, lang) };
    }
    let words = match (signed_in, standing) {
        (None, _) => return Way::SignIn,
        (Some(_), None) => return Way::Enrol,
        (_, Some(standing)) if standing.enrolment.completed_at.is_some() => "course-read-again",
        (_, Some(standing)) if standing.enrolment.started_at.is_none() => "course-start",
        _ => "course-continue",
    };
    Way::Onward {
        lesson: &lesson.id,
        title: Said::title(lesson, lang, published.course.source),
        words,
    }
}

fn taken(
    published: &Published,
    standing: &Standing,
    unread: &BTreeSet<String>,
    shell: &Shell,
) -> Taken {
    let progress = course_progress(&published.course, &standing.facts);
    Taken {
        label: lessons_done(shell, progress.lessons_done, progress.lessons_total),
        shown: format::percent(shell.lang, progress.percent.into()),
        percent: progress.percent,
        complete: progress.complete,
        reasons: reasons(published, &progress, shell.lang),
        unread: unread_words(shell, unread.len()),
    }
}

/// "2 lessons are new or changed since you passed"; nothing for none.
pub fn unread_words(shell: &Shell, n: usize) -> Option<String> {
    let n = i64::try_from(n).ok().filter(|n| *n > 0)?;
    Some(shell.tn("course-unread", &n).into_owned())
}

/// How many lessons are complete, in words.
pub fn lessons_done(shell: &Shell, done: usize, of: usize) -> String {
    words::ta(
        shell.lang,
        "lesson-meter",
        &[("done", &count(shell.lang, done)), ("of", &count(shell.lang, of))],
    )
    .into_owned()
}
