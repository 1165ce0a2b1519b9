//! The result of an attempt, and its questions as far as they may be seen.

use std::collections::BTreeMap;

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;
use uuid::Uuid;

use super::parts::{attempt_path, lesson_path, marks_text, played_words, title};
use crate::accounts::Learner;
use crate::catalogue::Library;
use crate::domain::format;
use crate::domain::quiz::allowed::{Allowed, Thing};
use crate::domain::quiz::attempt::Ending;
use crate::domain::quiz::event::Ruling;
use crate::domain::quiz::grade::Marks;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::review::Reviewed;
use crate::outcome::Failed;
use crate::quizzes::finishing::settle;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::reviewing::{Review, review};
use crate::quizzes::sheet::{Sheet, Sheets};
use crate::quizzes::sitting::Sitting;
use crate::web::{Answer, Page, Shell, see_other};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "quizzes/pages/review.html")]
struct View {
    shell: Shell,
    title: String,
    lesson: String,
    again: Option<String>,
    /// The share of the marks, and the marks in words.
    score: Option<(String, String)>,
    pass: String,
    passed: Option<bool>,
    attempts_left: String,
    finished: String,
    /// How many answers wait for a person, in words.
    waiting: Option<String>,
    hidden: &'static str,
    questions: Vec<(u16, String, Reviewed, Vec<String>)>,
    /// Why marks were worked out anew.
    regraded: BTreeMap<u16, String>,
}

#[get("/{lang}/attempts/{id}/review")]
async fn show(
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id) = path.into_inner();
    let (person, lang, zone) = (learner.person.id, learner.lang, learner.person.time_zone);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let sitting = Sitting::read(conn, &sheet).await?;
    if sitting.attempt.settle(sitting.now).is_some() {
        settle(conn, &library, &sheet).await?;
    }
    let review = match review(conn, &library, &sheet, lang).await {
        Err(Failed::Refused(QuizRefusal::NotFinished)) => {
            return Ok(see_other(&attempt_path(lang, id)));
        }
        other => other?,
    };
    let published = library.version(conn, sheet.version).await?;
    let finished = review.finished.with_timezone(&zone).naive_local();
    let finished = format::date_time(lang, finished);
    let quiz = sheet.quiz_in(&published)?;
    let view = view(learner.cx.shell, &library, &sheet, quiz, review, finished);
    Ok(Page::of(&view)?.answer())
}

fn view(
    shell: Shell,
    library: &Library,
    sheet: &Sheet,
    quiz: &Quiz,
    review: Review,
    finished: String,
) -> View {
    let lang = shell.lang;
    let score = review.earned.map(|earned| {
        let share = format::percent(lang, earned.share().shown_percent(quiz.rules.pass));
        let (raw, max) = (marks_text(lang, earned.raw), marks_text(lang, earned.max));
        (share, words::ta(lang, "quiz-marks-of", &[("marks", &raw), ("of", &max)]).into_owned())
    });
    let heading = |place: u16| {
        let number = format::integer(lang, i64::from(place) + 1);
        shell.ta("quiz-question", "number", &number).into_owned()
    };
    let told = |(place, ruling): (&u16, &Ruling)| (*place, regraded(&shell, ruling));
    let regraded = review.rulings.iter().map(told).collect();
    let questions = review.questions.into_iter();
    let pass = quiz.rules.pass.map(|pass| format::percent(lang, pass.shown_percent(None)));
    View {
        title: title(quiz, lang),
        lesson: lesson_path(lang, library, sheet),
        again: again(library, sheet, review.attempts_left, lang.code()),
        score,
        pass: pass.unwrap_or_default(),
        passed: review.passed,
        attempts_left: attempts_left(&shell, review.attempts_left),
        finished,
        waiting: waiting(&shell, review.waiting),
        hidden: hidden(&review.allowed, review.ending),
        questions: questions
            .map(|(place, seen)| {
                let played = played_words(&shell, &seen);
                (place, heading(place), seen, played)
            })
            .collect(),
        regraded,
        shell,
    }
}

/// Marks before and after, and why.
fn regraded(shell: &Shell, ruling: &Ruling) -> String {
    let marks = |marks: Option<Marks>| marks_text(shell.lang, marks.unwrap_or_default());
    let (old, new) = (marks(ruling.old), marks(ruling.new));
    let values = [("old", old.as_str()), ("new", &new), ("reason", &ruling.reason)];
    words::ta(shell.lang, "review-regraded", &values).into_owned()
}

/// The address that starts another attempt, if there is one left.
fn again(library: &Library, sheet: &Sheet, left: Option<u32>, lang: &str) -> Option<String> {
    let cards = library.cards();
    let card = cards.by_id(sheet.course).filter(|_| left != Some(0))?;
    Some(format!("/{lang}/courses/{}/quizzes/{}/attempts", card.slug, sheet.quiz))
}

/// How many attempts are left, in words.
fn attempts_left(shell: &Shell, left: Option<u32>) -> String {
    match left {
        Some(left) => shell.tn("quiz-attempts-left", &i64::from(left)).into_owned(),
        None => shell.t("quiz-attempts-unlimited").into_owned(),
    }
}

/// How many answers wait for a person, in words.
fn waiting(shell: &Shell, count: usize) -> Option<String> {
    let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
    Some(shell.tn("review-waiting", &count).into_owned())
}

/// What is said of things that may not be seen yet.
fn hidden(allowed: &Allowed, ending: Ending) -> &'static str {
    match (allowed.shows(Thing::Verdicts), allowed.shows(Thing::RightAnswers)) {
        _ if ending == Ending::Abandoned => "quiz-not-counted",
        (true, true) => "",
        (true, false) => "quiz-answers-hidden",
        (false, _) => "quiz-review-hidden",
    }
}
