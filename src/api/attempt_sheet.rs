//! An attempt as programs get it: questions without keys, options under names that mean nothing outside their attempt.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::decimal;
use crate::catalogue::Library;
use crate::db::Conn;
use crate::domain::locale::Locale;
use crate::domain::quiz::behaviour::Certainty;
use crate::domain::quiz::form::{Control, Drawn, Form, GapField, GapPiece};
use crate::domain::quiz::grade::Verdict;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::parts::filled;
use crate::domain::quiz::read;
use crate::domain::quiz::response::Response;
use crate::quizzes::playing::Playing;
use crate::quizzes::sheet::{Question, Sheet};
use crate::quizzes::sitting::{Answer as Kept, Sitting};
use crate::web::Fault;

/// An attempt.
#[derive(Serialize, ToSchema)]
pub struct AttemptSheet {
    pub id: Uuid,
    pub course: String,
    pub quiz: String,
    pub number: u32,
    /// `open`, `finished` or `abandoned`.
    pub state: &'static str,
    pub started_at: DateTime<Utc>,
    /// `null` is no limit.
    pub deadline: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    /// How it is judged: `deferred`, `immediate`, `tries`, `adaptive`, `points-list`, `certainty` or `practice`.
    pub behaviour: &'static str,
    pub slots: Vec<SlotSheet>,
}

/// A question of an attempt.
#[derive(Serialize, ToSchema)]
pub struct SlotSheet {
    pub slot: u16,
    /// `single`, `several`, `text`, `number`, `match`, `order`, `cloze`, `hotspot`, `scale`, `essay` or `files`.
    pub kind: &'static str,
    pub html: String,
    /// Marks that can be earned.
    pub of: String,
    pub options: Vec<OptionSheet>,
    /// Names of the units that a number may have.
    pub units: Vec<String>,
    /// Rows of a `match`, each to be given one of the options.
    pub rows: Vec<String>,
    /// Gaps of a `cloze` in their order; in `html` they stand as `[1]`, `[2]`, ….
    pub gaps: Vec<GapSheet>,
    pub response: Option<ResponseSheet>,
    /// How often the answer was written; send it with the next one.
    pub rev: i32,
    pub saved_at: Option<DateTime<Utc>>,
    /// How sure the answer is, where that was said.
    pub sure: Option<&'static str>,
    /// Only where questions are checked one by one.
    pub check: Option<CheckSheet>,
}

/// Where a question stands that is checked on its own. What may not be seen is `null`.
#[derive(Serialize, ToSchema)]
pub struct CheckSheet {
    /// No other answer is taken.
    pub locked: bool,
    pub tries: usize,
    /// `null` is no limit.
    pub tries_left: Option<u32>,
    pub verdict: Option<&'static str>,
    pub score: Option<String>,
    pub feedback: Vec<String>,
    pub hints: Vec<String>,
}

/// An option to pick.
#[derive(Serialize, ToSchema)]
pub struct OptionSheet {
    pub id: String,
    pub html: String,
}

/// A gap of a text.
#[derive(Serialize, ToSchema)]
pub struct GapSheet {
    /// `text`, `number` or `list`.
    pub kind: &'static str,
    /// Entries of a list; send the id of one.
    pub options: Vec<OptionSheet>,
    /// Names of the units that a number may have.
    pub units: Vec<String>,
}

/// A kept answer.
#[derive(Default, Serialize, ToSchema)]
pub struct ResponseSheet {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picks: Option<Vec<String>>,
    /// Ids of the steps in the order given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<String>>,
    /// For each row the id of its option, or an empty text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Vec<String>>,
    /// For each gap what was written, or the id of the entry; or an empty text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// As it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Files that were handed over. They are sent and taken away on the page of the attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<FileSheet>>,
}

/// A file that was handed over.
#[derive(Serialize, ToSchema)]
pub struct FileSheet {
    pub id: Uuid,
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// The attempt with the answers kept so far.
pub async fn drawn(
    conn: &mut Conn,
    library: &Library,
    sheet: &Sheet,
    lang: Locale,
) -> Result<AttemptSheet, Fault> {
    let sitting = Sitting::read(conn, sheet).await?;
    let published = library.version(conn, sheet.version).await?;
    let quiz = sheet.quiz_in(&published)?;
    let playing = Playing::read(conn, sheet, quiz).await?;
    let course = library.cards().by_id(sheet.course).map(|card| card.slug.clone());
    Ok(AttemptSheet {
        id: sheet.attempt,
        course: course.unwrap_or_else(|| published.course.slug.clone()),
        quiz: sheet.quiz.0.clone(),
        number: sheet.number,
        state: sitting.state,
        started_at: sitting.attempt.started,
        deadline: sitting.attempt.deadline,
        finished_at: sitting.attempt.finished,
        behaviour: playing.play.behaviour.word(),
        slots: slots(sheet, quiz, &sitting, &playing, lang),
    })
}

fn slots(
    sheet: &Sheet,
    quiz: &Quiz,
    sitting: &Sitting,
    playing: &Playing,
    lang: Locale,
) -> Vec<SlotSheet> {
    let drawn = |question: Question<'_>| {
        let check = checked(&question, sitting, playing, lang);
        SlotSheet { check, ..slot(&question, sitting.answers.get(&question.place), lang) }
    };
    sheet.questions(quiz).map(drawn).collect()
}

/// One question as it stands now.
pub async fn slot_of(
    conn: &mut Conn,
    sheet: &Sheet,
    quiz: &Quiz,
    question: &Question<'_>,
    lang: Locale,
) -> Result<SlotSheet, Fault> {
    let sitting = Sitting::read(conn, sheet).await?;
    let playing = Playing::read(conn, sheet, quiz).await?;
    let check = checked(question, &sitting, &playing, lang);
    Ok(SlotSheet { check, ..slot(question, sitting.answers.get(&question.place), lang) })
}

/// Where a question stands while the attempt goes on; afterwards the review tells.
fn checked(
    question: &Question<'_>,
    sitting: &Sitting,
    playing: &Playing,
    lang: Locale,
) -> Option<CheckSheet> {
    let outcome = playing.outcome(question).filter(|_| sitting.attempt.finished.is_none())?;
    let seen = playing.seen(question, &outcome, lang);
    let said = seen.options.iter().filter_map(|option| option.feedback.as_ref());
    let said = said.chain(&seen.feedback).chain(&seen.note).map(|html| html.as_str().to_owned());
    let hints = seen.played.iter().flat_map(|played| &played.hints);
    Some(CheckSheet {
        locked: outcome.locked,
        tries: outcome.tries.len(),
        tries_left: outcome.left,
        verdict: seen.verdict.filter(|_| !outcome.tries.is_empty()).map(Verdict::code),
        score: seen.marks.map(|(marks, _)| decimal::marks(marks)),
        feedback: if outcome.tries.is_empty() { Vec::new() } else { said.collect() },
        hints: hints.map(|hint| hint.as_str().to_owned()).collect(),
    })
}

fn slot(question: &Question<'_>, kept: Option<&Kept>, lang: Locale) -> SlotSheet {
    let form = Form::draw(question.item, question.slot, &question.tokens, lang);
    let stem = match filled(question.item, lang) {
        Some(text) => text,
        None => form.stem,
    };
    let sheet = SlotSheet {
        slot: question.place,
        kind: "text",
        html: format!("<p>{}</p>\n{}", form.title.as_str(), stem.as_str()),
        of: decimal::marks(question.slot.points),
        options: Vec::new(),
        units: Vec::new(),
        rows: Vec::new(),
        gaps: Vec::new(),
        response: kept.and_then(|kept| response(question, &kept.response)),
        rev: kept.map_or(0, |kept| kept.rev),
        saved_at: kept.map(|kept| kept.saved_at),
        sure: kept.and_then(|kept| kept.sure).map(Certainty::word),
        check: None,
    };
    answered_by(form.control, sheet)
}

/// The sheet with what its question is answered by.
fn answered_by(control: Control, sheet: SlotSheet) -> SlotSheet {
    match control {
        Control::PickOne(options) => choices("single", options, sheet),
        Control::PickMany(options) => choices("several", options, sheet),
        Control::Scale(options) => choices("scale", options, sheet),
        Control::Arrange(options) => choices("order", options, sheet),
        Control::Spots { spots, .. } => {
            choices("hotspot", spots.into_iter().map(|spot| spot.option).collect(), sheet)
        }
        Control::Line => sheet,
        Control::Lines { .. } => SlotSheet { kind: "essay", ..sheet },
        Control::Files { .. } => SlotSheet { kind: "files", ..sheet },
        Control::Decimal { units, .. } => SlotSheet { kind: "number", units, ..sheet },
        Control::Pairs { rows, choices: options } => {
            let rows = rows.iter().map(|row| row.as_str().to_owned()).collect();
            SlotSheet { rows, ..choices("match", options, sheet) }
        }
        Control::Gaps(pieces) => {
            SlotSheet { kind: "cloze", gaps: pieces.into_iter().filter_map(gap).collect(), ..sheet }
        }
    }
}

fn choices(kind: &'static str, options: Vec<Drawn>, sheet: SlotSheet) -> SlotSheet {
    SlotSheet { kind, options: options.into_iter().map(option).collect(), ..sheet }
}

fn option(drawn: Drawn) -> OptionSheet {
    OptionSheet { id: drawn.token, html: drawn.text.as_str().to_owned() }
}

fn gap(piece: GapPiece) -> Option<GapSheet> {
    let GapPiece::Field(_, field) = piece else { return None };
    let (kind, options, units) = match field {
        GapField::Line => ("text", Vec::new(), Vec::new()),
        GapField::Decimal { units } => ("number", Vec::new(), units),
        GapField::Pick(options) => ("list", options, Vec::new()),
    };
    Some(GapSheet { kind, options: options.into_iter().map(option).collect(), units })
}

/// A kept answer under the names of its attempt.
pub fn response(question: &Question<'_>, response: &Response) -> Option<ResponseSheet> {
    let none = ResponseSheet::default();
    let posted = read::posted(question.item, response, &question.tokens);
    match response {
        Response::Blank => None,
        Response::Files(files) => {
            let files = files.iter().map(|file| FileSheet {
                id: file.id,
                name: file.name.clone(),
                size: file.size,
            });
            Some(ResponseSheet { files: Some(files.collect()), ..none })
        }
        Response::Picks(_) => Some(ResponseSheet { picks: Some(posted), ..none }),
        Response::Order(_) => {
            let token = |value: &String| value.split(':').next().unwrap_or_default().to_owned();
            Some(ResponseSheet { order: Some(posted.iter().map(token).collect()), ..none })
        }
        Response::Pairs(_) => Some(ResponseSheet { pairs: Some(posted), ..none }),
        Response::Gaps(_) => Some(ResponseSheet { gaps: Some(posted), ..none }),
        Response::Text(text) => Some(ResponseSheet { text: Some(text.clone()), ..none }),
        Response::Number { typed, .. } => {
            Some(ResponseSheet { number: Some(typed.clone()), ..none })
        }
    }
}
