//! The page of a course: what it gives, what it takes, its syllabus, and the way in or on.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use super::find::find;
use super::missing::{Reason, count, reasons};
use super::outline::{Learnt, ModuleLine, modules};
use super::said::Said;
use crate::accounts::{Learner, Sent, Visitor};
use crate::catalogue::watched::{Remarks, Shown};
use crate::catalogue::{Library, Published, duration};
use crate::domain::course::model::{Course, TextState};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::course::course_progress;
use crate::lessons::actions;
use crate::progress_log::{self, Standing};
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
    let person = visitor.person.as_ref().map(|person| person.id);
    let standing = match person {
        Some(person) => {
            progress_log::standing(visitor.conn().await?, person, published.course.id).await?
        }
        None => None,
    };
    let unread = match &standing {
        Some(standing) => {
            progress_log::unread(visitor.conn().await?, &library, &published, standing).await?
        }
        None => BTreeSet::new(),
    };
    let signed_in = person.map(|_| standing.as_ref());
    let remarks = library.watched.of(&slug);
    let shell = visitor.cx.shell.at("courses");
    let view = View { remarks, ..view(shell, &published, signed_in, &unread) };
    Ok(Page::of(&view)?.answer())
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
    let standing = actions::enrol(learner.conn().await?, person, &published, lang, now)
        .await
        .map_err(|error| Fault::from(error).keeping(&form))?;
    let place =
        actions::resume(&published, Some(&standing)).map(|(_, lesson)| format!("/{}", lesson.id));
    Ok(see_other(&format!("/{}/courses/{slug}{}", lang.code(), place.unwrap_or_default())))
}

/// `signed_in` is `None` for visitors, and holds nothing for those who have not joined.
fn view<'a>(
    shell: Shell,
    published: &'a Published,
    signed_in: Option<Option<&Standing>>,
    unread: &BTreeSet<String>,
) -> View<'a> {
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
        modules: modules(published, Learnt { standing, unread }, None, lang),
        way: way(published, signed_in, lang),
        taken: standing.map(|standing| taken(published, standing, unread, &shell)),
        remarks: None,
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

fn way<'a>(
    published: &'a Published,
    signed_in: Option<Option<&Standing>>,
    lang: Locale,
) -> Way<'a> {
    let standing = signed_in.flatten();
    let Some((_, lesson)) = actions::resume(published, standing) else { return Way::Nowhere };
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
