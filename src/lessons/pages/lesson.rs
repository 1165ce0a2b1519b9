//! A lesson: its text with questions in place, the outline of the course beside it, and the way on.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use super::body::{Part, Quizzes, contents, parts};
use super::complete::gone;
use super::course::lessons_done;
use super::find::find;
use super::locked;
use super::missing::count;
use super::opening::{Open, open, time_left, tried};
use super::outline::{ModuleLine, Viewer, modules};
use super::rule::{Step, is_test_ahead, rule_text, step};
use super::said::{Said, foreign, text_of};
use crate::accounts::Arriving;
use crate::catalogue::watched::{Remarks, Shown};
use crate::catalogue::{Cards, Library, Published};
use crate::domain::course::model::{Lesson, LessonText, Module, TextState};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::course::course_progress;
use crate::lessons::actions;
use crate::progress_log::{self, Gate, Openings, Standing};
use crate::web::{Answer, Cache, Fault, Page, Shell};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "lessons/pages/lesson.html")]
struct View<'a> {
    shell: Shell,
    base: String,
    course: Said<'a>,
    title: Said<'a>,
    text: &'a LessonText,
    /// The language of the text, where it is not the page's.
    lang: Option<&'static str>,
    place: String,
    minutes: String,
    updated: Option<String>,
    state: State,
    modules: Vec<ModuleLine<'a>>,
    taken: Option<Taken>,
    parts: Vec<Part<'a>>,
    contents: Vec<(&'a str, &'a str)>,
    rule: String,
    before: Option<&'a Lesson>,
    next: Option<Next<'a>>,
    step: Step,
    /// The lesson has a test to pass, whose button is then the main one of the page.
    is_test_ahead: bool,
    id: &'a str,
    /// New, or with other words, since the learner passed the course.
    is_unread: bool,
    slug: &'a str,
    remarks: Option<Arc<Remarks>>,
}

/// How the text stands in the page's language.
enum State {
    /// As it should be.
    Fine,
    /// Not there: the language of the course is shown.
    Missing { words: &'static str },
    /// Older than the text it was made from.
    Stale { source: Locale },
}

/// How far the person is in the course.
struct Taken {
    label: String,
    shown: String,
    percent: u8,
}

/// The lesson after this one.
struct Next<'a> {
    id: &'a str,
    title: Said<'a>,
    minutes: String,
}

/// A question that is to be asked once more, by its id.
#[derive(Deserialize)]
struct Wish {
    #[serde(default)]
    again: String,
}

#[get("/{lang}/courses/{course}/{lesson}")]
async fn show(
    path: Path<(String, String, String)>,
    wish: Query<Wish>,
    library: Data<Library>,
    openings: Data<Openings>,
    arriving: Arriving,
) -> Answer {
    let (_, slug, id) = path.into_inner();
    let course = library.cards().by_slug(&slug).map(|card| card.id);
    let (mut visitor, standing) = arriving
        .found_by(async |conn, session| match course {
            Some(course) => progress_log::arrived(conn, session, course).await,
            None => Ok(session.person(conn).await?.map(|person| (person, None))),
        })
        .await?;
    let published = find(&library, &mut visitor, &slug).await?;
    let (module, lesson) = published.lesson(&id).ok_or_else(|| gone(&visitor, &slug))?;
    let person = visitor.person.clone();
    let Open { standing, gate, unread } =
        match open(&mut visitor, (&library, &openings), (&published, module, lesson), standing)
            .await?
        {
            Ok(open) => open,
            Err(lock) => return locked::answer(&visitor, &library, &published, lesson, &lock),
        };
    let left = time_left(&mut visitor, standing.as_ref(), lesson).await?;
    let tried = tried(&mut visitor, standing.as_ref(), lesson).await?;
    visitor.release();
    let place = Place {
        published: &published,
        module,
        lesson,
        standing: standing.as_ref(),
        gate: &gate,
        unread: &unread,
        cards: &library.cards(),
        left,
        step: step(person.as_ref(), standing.as_ref(), lesson),
        zone: person.as_ref().map_or(Tz::Asia__Baku, |person| person.time_zone),
    };
    let quizzes = Quizzes {
        tried: &tried,
        again: &wish.again,
        now: visitor.now,
        key: &visitor.site.key,
        person: person.as_ref().map(|person| person.id),
    };
    let (_, text) =
        text_of(lesson, visitor.lang, published.course.source).ok_or(Fault::NotFound)?;
    let parts = parts(text, &visitor.shell, &published, &quizzes)?;
    let drawn = view(visitor.cx.shell.at("courses"), place, parts).ok_or(Fault::NotFound)?;
    let view = View { remarks: library.watched.of(&slug), ..drawn };
    Ok(Page::of(&view)?.cache(Cache::Offline).answer())
}

/// The lesson, its surroundings and the person.
struct Place<'a> {
    published: &'a Published,
    module: &'a Module,
    lesson: &'a Lesson,
    standing: Option<&'a Standing>,
    gate: &'a Gate,
    unread: &'a BTreeSet<String>,
    cards: &'a Cards,
    /// Seconds until it may be called done.
    left: Option<i64>,
    step: Step,
    zone: Tz,
}

fn view<'a>(shell: Shell, place: Place<'a>, parts: Vec<Part<'a>>) -> Option<View<'a>> {
    let Place { published, module, lesson, standing, gate, unread, cards, left, step, zone } =
        place;
    let (course, lang) = (&published.course, shell.lang);
    let (text_lang, text) = text_of(lesson, lang, course.source)?;
    let updated = actions::published_at(published)
        .map(|at| format::date(lang, at.with_timezone(&zone).date_naive()));
    let around: Vec<&Lesson> = published.lessons().map(|(_, lesson)| lesson).collect();
    let here = around.iter().position(|other| other.id == lesson.id)?;
    let next = around.get(here + 1).map(|next| Next {
        id: &next.id,
        title: Said::title(next, lang, course.source),
        minutes: format::integer(lang, next.minutes.into()),
    });
    Some(View {
        base: format!("/{}/courses/{}", lang.code(), course.slug),
        course: Said::of(&course.title, lang, course.source),
        title: Said::title(lesson, lang, course.source),
        lang: foreign(text_lang, lang),
        place: words::ta(
            lang,
            "lesson-place",
            &[
                ("module", &module_number(published, module, lang)),
                ("lesson", &lesson_number(module, lesson, lang)),
            ],
        )
        .into_owned(),
        minutes: format::integer(lang, lesson.minutes.into()),
        updated,
        state: state(text_lang, text, lang, course.source),
        modules: modules(
            published,
            Viewer { standing, gate, unread, cards, here: Some(&lesson.id), lang },
        ),
        taken: standing.map(|standing| taken(published, standing, &shell)),
        contents: contents(lesson, text, &parts, (lang, course.source)),
        rule: rule_text(&shell, lesson, standing, left),
        before: here.checked_sub(1).and_then(|before| around.get(before).copied()),
        next,
        step,
        is_test_ahead: is_test_ahead(lesson, standing),
        id: &lesson.id,
        is_unread: unread.contains(&lesson.id),
        slug: &course.slug,
        remarks: None,
        text,
        parts,
        shell,
    })
}

fn module_number(published: &Published, module: &Module, lang: Locale) -> String {
    let before = published.modules().take_while(|other| other.id != module.id);
    count(lang, before.filter(|other| other.lessons.iter().any(|lesson| !lesson.draft)).count() + 1)
}

fn lesson_number(module: &Module, lesson: &Lesson, lang: Locale) -> String {
    let before = module.lessons.iter().take_while(|other| other.id != lesson.id);
    count(lang, before.filter(|other| !other.draft).count() + 1)
}

fn state(text_lang: Locale, text: &LessonText, lang: Locale, source: Locale) -> State {
    match text.state {
        _ if text_lang != lang => State::Missing { words: missing_words(text_lang) },
        TextState::Stale => State::Stale { source },
        TextState::Source | TextState::Done => State::Fine,
    }
}

/// The key of the sentence that names the language shown instead.
fn missing_words(shown: Locale) -> &'static str {
    match shown {
        Locale::Az => "lesson-not-translated-az",
        Locale::En => "lesson-not-translated-en",
        Locale::Ru => "lesson-not-translated-ru",
    }
}

fn taken(published: &Published, standing: &Standing, shell: &Shell) -> Taken {
    let progress = course_progress(&published.course, &standing.facts);
    Taken {
        label: lessons_done(shell, progress.lessons_done, progress.lessons_total),
        shown: format::percent(shell.lang, progress.percent.into()),
        percent: progress.percent,
    }
}
