//! A lesson: its text with questions in place, the outline of the course beside it, and the way on.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::course::lessons_done;
use super::find::find;
use super::locked;
use super::missing::count;
use super::outline::{ModuleLine, Viewer, modules};
use super::said::{Said, foreign, text_of};
use crate::accounts::visitor::Person;
use crate::accounts::{Arriving, Cx, Learner, Sent, Visitor};
use crate::catalogue::watched::{Remarks, Shown};
use crate::catalogue::{Cards, Library, Published};
use crate::domain::course::condition::Condition;
use crate::domain::course::model::{Block, Lesson, LessonRule, LessonText, Module, TextState};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{Progress, course_progress};
use crate::domain::progress::facts::Facts;
use crate::domain::progress::form::is_for;
use crate::domain::progress::lesson::{lesson_done, published as quizzes_of};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::QuizId;
use crate::lessons::actions::{self, LessonRefusal};
use crate::outcome::{Failed, Refusal};
use crate::progress_log::{self, Gate, Standing, gate};
use crate::quizzes::practising::Standing as Tried;
use crate::quizzes::{practice, start};
use crate::web::sign::Key;
use crate::web::{Answer, Cache, Fault, Page, Shell, see_other, see_other_saying};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(complete);
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

/// A stretch of the lesson.
enum Part<'a> {
    Prose(&'a Html),
    /// As the quizzes drew it.
    Quiz(&'a QuizId, String),
}

/// The lesson after this one.
struct Next<'a> {
    id: &'a str,
    title: Said<'a>,
    minutes: String,
}

/// What the button at the end does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Invites a visitor to sign in.
    SignIn,
    /// Invites a person to join.
    Enrol,
    /// Calls the lesson done and goes on.
    Complete,
    /// Goes on.
    Onward,
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
    arriving: Arriving,
) -> Answer {
    let (_, slug, id) = path.into_inner();
    let course = library.cards().by_slug(&slug).map(|card| card.id);
    let (mut visitor, standing) = arriving
        .and(async |conn, token| match course {
            Some(course) => progress_log::standing_of_session(conn, token, course).await,
            None => Ok(None),
        })
        .await?;
    let published = find(&library, &mut visitor, &slug).await?;
    let (module, lesson) = published.lesson(&id).ok_or_else(|| gone(&visitor, &slug))?;
    let person = visitor.person.clone();
    let Open { standing, gate, unread } =
        match open(&mut visitor, &library, (&published, module, lesson), standing).await? {
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

/// Seconds until the lesson may be called done. Only few lessons ask for that.
async fn time_left(
    cx: &mut Cx,
    standing: Option<&Standing>,
    lesson: &Lesson,
) -> Result<Option<i64>, Fault> {
    match (standing, lesson.complete) {
        (Some(standing), LessonRule::Dwell(_)) if !lesson_done(lesson, &standing.facts) => {
            let now = cx.now;
            Ok(actions::time_left(cx.conn().await?, standing, lesson, now).await?)
        }
        _ => Ok(None),
    }
}

/// What the person did with the quizzes of the lesson. The database is asked only if there may be something.
async fn tried(cx: &mut Cx, standing: Option<&Standing>, lesson: &Lesson) -> Result<Tried, Fault> {
    let Some(Standing { enrolment, attempted, .. }) = standing else {
        return Ok(Tried::stranger());
    };
    match *attempted && !lesson.quizzes.is_empty() {
        true => Ok(Tried::read(cx.conn().await?, enrolment, &lesson.id).await?),
        false => Ok(Tried::untouched(enrolment)),
    }
}

/// A lesson that is open to the visitor.
struct Open {
    standing: Option<Standing>,
    gate: Gate,
    /// The lessons that the person did not know as they are until now.
    unread: BTreeSet<String>,
}

/// The lesson counted as opened; or what must be done before it opens.
async fn open(
    cx: &mut Visitor,
    library: &Library,
    (published, module, lesson): (&Published, &Module, &Lesson),
    mut standing: Option<Standing>,
) -> Result<Result<Open, Condition>, Fault> {
    let (lang, now) = (cx.lang, cx.now);
    let facts = standing.as_ref().map(|standing| &standing.facts);
    let gate = match cx.person.as_ref().map(|person| (person.id, person.admin)) {
        Some(person) if !gate::is_free(published) => {
            Gate::read(cx.conn().await?, published, person, facts, now).await?
        }
        Some(_) | None => Gate::of(facts.unwrap_or(&Facts::default()), now),
    };
    if let Some(lock) = gate.lesson(published, module, lesson) {
        return Ok(Err(lock));
    }
    let mut unread = BTreeSet::new();
    if let Some(standing) = &mut standing {
        let conn = cx.conn().await?;
        unread = progress_log::unread(conn, library, published, standing).await?;
        progress_log::viewed(conn, published, standing, &lesson.id, lang, now).await?;
        standing.facts.viewed.insert(lesson.id.clone());
    }
    Ok(Ok(Open { standing, gate, unread }))
}

#[post("/{lang}/courses/{course}/{lesson}/complete")]
async fn complete(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, slug, id) = path.into_inner();
    let Sent { who: mut learner, form } = sent;
    let published = find(&library, &mut learner, &slug).await?;
    let (person, now) = (learner.person.id, learner.now);
    let progress =
        match actions::complete(learner.conn().await?, person, &published, &id, now).await {
            Ok(progress) => progress,
            Err(Failed::Refused(LessonRefusal::Locked | LessonRefusal::TooEarly(_))) => {
                // The page of the lesson says what is left to do, or for how long it must stay open.
                let address = format!("{}/{id}", course_address(&learner, &slug));
                return Ok(see_other_saying(&learner.site, &address, "warn:lesson-not-complete"));
            }
            Err(Failed::Refused(refusal)) => return Err(refused(&learner, &slug, refusal)),
            Err(Failed::Broken(error)) => return Err(Fault::from(error).keeping(&form)),
        };
    Ok(onward(&learner, &published, &id, &progress))
}

/// To the next lesson; after the last one, or when the course is complete, to the course.
fn onward(
    cx: &Cx,
    published: &Published,
    id: &str,
    progress: &Progress,
) -> actix_web::HttpResponse {
    let course = course_address(cx, &published.course.slug);
    let next =
        published.lessons().map(|(_, lesson)| lesson).skip_while(|lesson| lesson.id != id).nth(1);
    match next {
        _ if progress.complete => see_other_saying(&cx.site, &course, "ok:course-complete"),
        Some(next) => see_other(&format!("{course}/{}", next.id)),
        None => see_other_saying(&cx.site, &course, "ok:lesson-last-done"),
    }
}

fn course_address(cx: &Cx, slug: &str) -> String {
    format!("/{}/courses/{slug}", cx.lang.code())
}

/// The course has no such lesson, perhaps not any more.
fn gone(cx: &Cx, slug: &str) -> Fault {
    refused(cx, slug, LessonRefusal::Gone)
}

/// A refusal with the course page as the way on.
fn refused(cx: &Cx, slug: &str, refusal: LessonRefusal) -> Fault {
    let status = match refusal {
        LessonRefusal::NotEnrolled => StatusCode::FORBIDDEN,
        LessonRefusal::Gone => StatusCode::NOT_FOUND,
        LessonRefusal::Locked | LessonRefusal::TooEarly(_) | LessonRefusal::NotYet => {
            StatusCode::CONFLICT
        }
    };
    Fault::Refused { status, words: refusal.words(), onward: Some(course_address(cx, slug)) }
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

/// What the quizzes of a page are drawn with.
struct Quizzes<'a> {
    tried: &'a Tried,
    again: &'a str,
    now: DateTime<Utc>,
    key: &'a Key,
    person: Option<Uuid>,
}

fn parts<'a>(
    text: &'a LessonText,
    shell: &Shell,
    published: &Published,
    quizzes: &Quizzes<'_>,
) -> Result<Vec<Part<'a>>, Fault> {
    let part = |block: &'a Block| match block {
        Block::Prose(html) => Some(Ok(Part::Prose(html))),
        Block::Quiz(id) => {
            let (_, quiz) = published.quiz(id)?;
            // Of a test everybody gets one form; the other is not theirs to see.
            is_for(&published.course, id, quizzes.person).then_some(())?;
            Some(quizzes.draw(shell, published, quiz).map(|markup| Part::Quiz(id, markup)))
        }
    };
    text.blocks.iter().filter_map(part).collect()
}

impl Quizzes<'_> {
    /// A graded quiz is announced, practice is shown.
    fn draw(&self, shell: &Shell, published: &Published, quiz: &Quiz) -> Result<String, Fault> {
        match quiz.rules.pass {
            Some(_) => start::part(shell, published, quiz, self.tried, self.now),
            None => practice::draw(shell, self.key, published, quiz, self.tried, self.again),
        }
    }
}

/// The headings of the page with their anchors, the quizzes last.
fn contents<'a>(
    lesson: &'a Lesson,
    text: &'a LessonText,
    parts: &[Part<'_>],
    (lang, source): (Locale, Locale),
) -> Vec<(&'a str, &'a str)> {
    let shown =
        |id: &QuizId| parts.iter().any(|part| matches!(part, Part::Quiz(shown, _) if *shown == id));
    let headings = text
        .headings
        .iter()
        .filter(|(level, _, _)| *level == 2)
        .map(|(_, anchor, heading)| (anchor.as_str(), heading.as_str()));
    headings
        .chain(
            quizzes_of(lesson)
                .filter(|quiz| shown(&quiz.id))
                .map(|quiz| (quiz.id.as_str(), quiz.title.get(lang, source))),
        )
        .collect()
}

/// How this lesson is completed, and for how long it must still stay open.
fn rule_text(
    shell: &Shell,
    lesson: &Lesson,
    standing: Option<&Standing>,
    left: Option<i64>,
) -> String {
    let rule = rule(lesson, standing);
    let seconds = match lesson.complete {
        LessonRule::Dwell(seconds) if rule == "lesson-rule-dwell" => seconds,
        LessonRule::Dwell(_) | LessonRule::Viewed | LessonRule::Marked | LessonRule::Quiz => {
            return shell.t(rule).into_owned();
        }
    };
    let time = format::minutes_and_seconds(seconds.into());
    let told = shell.ta("lesson-rule-dwell", "time", &time);
    match left {
        Some(left) => {
            let left = format::minutes_and_seconds(left);
            format!("{told} {}", shell.ta("lesson-time-left", "time", &left))
        }
        None => told.into_owned(),
    }
}

/// The key of the sentence that says how this lesson is completed.
fn rule(lesson: &Lesson, standing: Option<&Standing>) -> &'static str {
    let is_done = standing.is_some_and(|standing| lesson_done(lesson, &standing.facts));
    let (mut n_graded, mut n_practice) = (0, 0);
    quizzes_of(lesson)
        .for_each(|quiz| if quiz.rules.pass.is_some() { n_graded += 1 } else { n_practice += 1 });
    match (lesson.complete, n_graded, n_practice) {
        _ if is_done => "lesson-rule-done",
        (LessonRule::Marked, _, _) => "lesson-rule-marked",
        (LessonRule::Dwell(_), _, _) => "lesson-rule-dwell",
        (LessonRule::Viewed, _, _) | (LessonRule::Quiz, 0, 0) => "lesson-rule-viewed",
        (LessonRule::Quiz, 0, _) => "lesson-rule-practice",
        (LessonRule::Quiz, _, 0) => "lesson-rule-test",
        (LessonRule::Quiz, _, _) => "lesson-rule-test-and-practice",
    }
}

fn is_test_ahead(lesson: &Lesson, standing: Option<&Standing>) -> bool {
    let is_ahead = |standing: &Standing| {
        quizzes_of(lesson)
            .any(|quiz| quiz.rules.pass.is_some() && !standing.facts.passed.contains(&quiz.id))
    };
    standing.is_some_and(is_ahead)
}

fn step(person: Option<&Person>, standing: Option<&Standing>, lesson: &Lesson) -> Step {
    match standing {
        None if person.is_some() => Step::Enrol,
        None => Step::SignIn,
        Some(standing)
            if matches!(lesson.complete, LessonRule::Marked | LessonRule::Dwell(_))
                && !lesson_done(lesson, &standing.facts) =>
        {
            Step::Complete
        }
        Some(_) => Step::Onward,
    }
}
