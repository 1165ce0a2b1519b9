//! An attempt: all its questions on one page, each answer kept as it is given; without script the page as a whole.

use std::sync::Arc;

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono_tz::Tz;
use uuid::Uuid;

use super::parts::{attempt_path, clock_face, clock_time, compare, fault, lesson_path, title};
use crate::accounts::{Learner, Sent};
use crate::catalogue::{Library, Published};
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::quiz::attempt::{Arrival, Phase, Refusal as Rule};
use crate::domain::quiz::behaviour::Certainty;
use crate::domain::quiz::form::Form;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::read;
use crate::domain::quiz::response::Response;
use crate::domain::quiz::review::{Reviewed, files};
use crate::outcome::Failed;
use crate::quizzes::finishing::{finish, settle};
use crate::quizzes::playing::Playing;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::{Given, given, save_page};
use crate::quizzes::sheet::{Question, Sheet, Sheets};
use crate::quizzes::sitting::Sitting;
use crate::web::{Answer, Fault, Page, Posted, Shell, see_other, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(post_page);
}

/// A question as it is drawn.
struct Asked {
    place: u16,
    heading: String,
    marks: String,
    form: Form,
    /// Where it is locked: what may be said of it, instead of a form.
    locked: Option<Reviewed>,
    /// Where it was tried and may be tried again: what was said, and how many tries are left.
    tried: Option<(Reviewed, String)>,
    can_check: bool,
    /// The words for how sure an answer is, where that is asked, and which was said.
    sure: Vec<(&'static str, bool)>,
    picked: Vec<String>,
    typed: String,
    rev: i32,
    is_answered: bool,
    kept: String,
}

#[derive(Template)]
#[template(path = "quizzes/pages/attempt.html")]
struct View {
    shell: Shell,
    title: String,
    intro: Option<Html>,
    path: String,
    lesson: String,
    number: String,
    pass: String,
    left: Option<(i64, String)>,
    sign_in: String,
    given_back: String,
    asked: Vec<Asked>,
}

#[get("/{lang}/attempts/{id}")]
async fn show(
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    mut learner: Learner,
) -> Answer {
    let (_, id) = path.into_inner();
    let (person, zone, lang) = (learner.person.id, learner.person.time_zone, learner.lang);
    let conn = learner.conn().await?;
    let sheet = sheets.own(conn, id, person).await?;
    let sitting = Sitting::read(conn, &sheet).await?;
    if sitting.attempt.settle(sitting.now).is_some() {
        settle(conn, &library, &sheet).await?;
    }
    if let Some(elsewhere) = elsewhere(&sitting, &attempt_path(lang, id)) {
        return Ok(see_other(&elsewhere));
    }
    let published = library.version(conn, sheet.version).await?;
    let lesson = lesson_path(lang, &library, &sheet);
    let quiz = sheet.quiz_in(&published)?;
    let playing = Playing::read(conn, &sheet, quiz).await?;
    let drawing = Drawing { sheet: &sheet, sitting: &sitting, playing: &playing, zone };
    let view = view(learner.cx.shell, quiz, drawing, lesson);
    Ok(Page::of(&view)?.answer())
}

/// Where an attempt is looked at that takes no answers now.
fn elsewhere(sitting: &Sitting, path: &str) -> Option<String> {
    let waits = sitting.attempt.phase(sitting.now) == Phase::Overdue
        && sitting.attempt.finish(sitting.now).is_ok()
        && sitting.attempt.overdue.grace() > 0;
    match (waits, sitting.attempt.may_save(sitting.now)) {
        (true, _) => Some(format!("{path}/finish")),
        (false, Err(_)) => Some(format!("{path}/review")),
        (false, Ok(())) => None,
    }
}

/// What is needed to draw the questions of an attempt.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) sitting: &'a Sitting,
    pub(super) playing: &'a Playing,
    pub(super) zone: Tz,
}

fn view(shell: Shell, quiz: &Quiz, drawing: Drawing<'_>, lesson: String) -> View {
    let Drawing { sheet, sitting, .. } = drawing;
    let (lang, path) = (shell.lang, attempt_path(shell.lang, sheet.attempt));
    let pass = quiz.rules.pass.map(|pass| format::percent(lang, pass.shown_percent(None)));
    let asked = sheet.questions(quiz).map(|question| drawing.asked(&shell, &question));
    let minutes = i64::from(sitting.given_back) / 60;
    View {
        asked: asked.collect(),
        title: title(quiz, lang),
        intro: quiz.intro.get(&lang).cloned(),
        sign_in: format!("/{}/sign-in?to={path}", lang.code()),
        lesson: format!("{lesson}#{}", sheet.quiz),
        number: format::integer(lang, i64::from(sheet.number)),
        pass: pass.unwrap_or_default(),
        given_back: match minutes {
            0 => String::new(),
            minutes => shell.tn("quiz-given-back", &minutes).into_owned(),
        },
        left: sitting.left().map(|left| (left, clock_face(left))),
        path,
        shell,
    }
}

impl Drawing<'_> {
    fn asked(self, shell: &Shell, question: &Question<'_>) -> Asked {
        let Drawing { sheet, sitting, playing, zone } = self;
        let lang = shell.lang;
        let outcome = playing.outcome(question);
        let seen = outcome.as_ref().map(|outcome| (playing.seen(question, outcome, lang), outcome));
        let (locked, tried) = match seen {
            Some((seen, outcome)) if outcome.locked => (Some(seen), None),
            Some((seen, outcome)) if !outcome.tries.is_empty() => {
                (None, Some((seen, tries_left(shell, outcome.left))))
            }
            Some(_) | None => (None, None),
        };
        let answer = sitting.answers.get(&question.place);
        let response = answer.map_or(&Response::Blank, |answer| &answer.response);
        let posted = read::posted(question.item, response, &question.tokens);
        let kept = |at| {
            let at = clock_time(at, zone);
            shell.t("part-saved").replace("{at}", &at)
        };
        let n_questions = i64::try_from(sheet.paper.slots.len()).unwrap_or(i64::MAX);
        let place = format::integer(lang, i64::from(question.place) + 1);
        let of = format::integer(lang, n_questions);
        Asked {
            place: question.place,
            heading: crate::words::ta(lang, "quiz-question-of", &[("number", &place), ("of", &of)])
                .into_owned(),
            marks: marks(shell, question),
            form: Form::draw(question.item, question.slot, &question.tokens, lang),
            can_check: outcome.as_ref().is_some_and(|outcome| !outcome.locked),
            sure: self.sure(question),
            locked,
            tried,
            typed: posted.first().cloned().unwrap_or_default(),
            picked: match question.item.takes_files() {
                true => files(response).iter().map(|file| file.name.clone()).collect(),
                false => posted,
            },
            rev: answer.map_or(0, |answer| answer.rev),
            is_answered: response != &Response::Blank,
            kept: answer.map_or_else(
                || shell.t("quiz-not-answered").into_owned(),
                |answer| kept(answer.saved_at),
            ),
        }
    }

    /// The words for how sure an answer is, and which was said.
    fn sure(self, question: &Question<'_>) -> Vec<(&'static str, bool)> {
        if !self.playing.play.asks_certainty(question.item) {
            return Vec::new();
        }
        let said = self.sitting.answers.get(&question.place).and_then(|answer| answer.sure);
        Certainty::ALL.iter().map(|sure| (sure.word(), said == Some(*sure))).collect()
    }
}

fn tries_left(shell: &Shell, left: Option<u32>) -> String {
    left.map(|left| shell.tn("quiz-tries-left", &i64::from(left)).into_owned()).unwrap_or_default()
}

/// One question as an attempt draws it, for a script that checked it.
#[derive(Template)]
#[template(path = "quizzes/pages/question.html")]
struct QuestionView<'a> {
    shell: &'a Shell,
    path: String,
    question: Asked,
}

/// Draws one question of an attempt as it stands now.
pub(super) fn draw(
    shell: &Shell,
    drawing: Drawing<'_>,
    question: &Question<'_>,
) -> Result<String, Fault> {
    let path = attempt_path(shell.lang, drawing.sheet.attempt);
    let question = drawing.asked(shell, question);
    Ok(QuestionView { shell, path, question }.render()?)
}

fn marks(shell: &Shell, question: &Question<'_>) -> String {
    let points = super::parts::marks_text(shell.lang, question.slot.points);
    shell.ta("quiz-marks", "marks", &points).into_owned()
}

#[post("/{lang}/attempts/{id}")]
async fn post_page(
    path: Path<(String, Uuid)>,
    library: Data<Library>,
    sheets: Data<Sheets>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, id) = path.into_inner();
    let Sent { who: learner, form } = sent;
    take(learner, &form, &library, &sheets, id).await.map_err(|fault| fault.keeping(&form))
}

async fn take(
    mut learner: Learner,
    form: &Posted,
    library: &Library,
    sheets: &Sheets,
    id: Uuid,
) -> Answer {
    let (person, zone, lang) = (learner.person.id, learner.person.time_zone, learner.lang);
    let conn = learner.conn().await?;
    let sheet: Arc<Sheet> = sheets.own(conn, id, person).await?;
    let published: Arc<Published> = library.version(conn, sheet.version).await?;
    let quiz = sheet.quiz_in(&published)?;
    match save_page(conn, &sheet, &answers(&sheet, quiz, form)).await {
        Ok(clashes) if clashes.is_empty() => next(learner, form, library, &sheet).await,
        Ok(clashes) => compare(learner.cx.shell, &sheet, quiz, &clashes, zone),
        Err(Failed::Refused(QuizRefusal::Rule(Rule::Finished | Rule::TimeUp { .. }))) => {
            next(learner, form, library, &sheet).await
        }
        Err(failed) => Err(fault(failed, attempt_path(lang, id))),
    }
}

/// The answers of a posted page. A question that is not in it, or whose other answer is to stay, is left alone.
pub(super) fn answers(sheet: &Sheet, quiz: &Quiz, form: &Posted) -> Vec<Given> {
    given(sheet, quiz, |place| {
        let stays = form.text(&format!("keep{place}")) == "other";
        let rev = form.all(&format!("rev{place}")).first().filter(|_| !stays)?;
        Some((form.all(&format!("a{place}")), rev.as_str(), form.text(&format!("s{place}"))))
    })
}

/// On with the attempt, or to its end: because the learner says so or because the time is over.
async fn next(mut learner: Learner, form: &Posted, library: &Library, sheet: &Sheet) -> Answer {
    let path = attempt_path(learner.lang, sheet.attempt);
    let review = format!("{path}/review");
    let conn = learner.conn().await?;
    let sitting = Sitting::read(conn, sheet).await?;
    let wants_end = form.text("do") == "finish";
    match sitting.attempt.arrival(sitting.now) {
        _ if sitting.attempt.finished.is_some() => Ok(see_other(&review)),
        Arrival::Take if !wants_end => Ok(match form.text("do").strip_prefix("files-a") {
            Some(place) if place.parse::<u16>().is_ok() => {
                see_other(&format!("{path}/files/{place}"))
            }
            _ => saved(&learner, &path),
        }),
        Arrival::Take if !sitting.unanswered(sheet).is_empty() => {
            Ok(see_other(&format!("{path}/finish")))
        }
        Arrival::Take => {
            finish(conn, library, sheet).await?;
            Ok(see_other(&review))
        }
        Arrival::Ignore if sitting.attempt.overdue.grace() > 0 => {
            Ok(see_other(&format!("{path}/finish")))
        }
        Arrival::TakeAndFinish(_) | Arrival::Ignore => {
            finish(conn, library, sheet).await?;
            Ok(see_other_saying(&learner.site, &review, "warn:quiz-time-up"))
        }
    }
}

fn saved(learner: &Learner, path: &str) -> HttpResponse {
    see_other_saying(&learner.site, path, "ok:quiz-answers-saved")
}
