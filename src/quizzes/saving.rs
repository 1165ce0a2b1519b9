//! Keeping answers. One answer is one statement; only when it is not taken is anything else asked.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::outage;
use super::refusal::QuizRefusal;
use super::sheet::{Question, Sheet};
use super::sitting::{Answer, Sitting, corrupt, stored};
use super::store::{self, EventRow, Kept, Write};
use crate::db::{self, Conn};
use crate::domain::quiz::behaviour::Certainty;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::read;
use crate::domain::quiz::response::Response;
use crate::outcome::Failed;

/// An answer that a learner gave.
#[derive(Clone, Debug)]
pub struct Given {
    pub place: u16,
    pub response: Response,
    /// How sure the learner is, where that was said.
    pub sure: Option<Certainty>,
    /// The revision that the learner saw.
    pub rev: i32,
    /// The client's id of the write.
    pub op: Option<Uuid>,
}

impl Given {
    /// The answer in the values posted for one question.
    pub fn read(question: &Question<'_>, values: &[String], rev: &str, op: Option<Uuid>) -> Given {
        let response = read::response(question.item, &question.tokens, values);
        let rev = rev.trim().parse().unwrap_or(0);
        Given { place: question.place, response, sure: None, rev, op }
    }

    /// The same with the word for how sure the learner is.
    pub fn sure(self, word: &str) -> Given {
        Given { sure: Certainty::read(word), ..self }
    }
}

/// What became of an answer.
#[derive(Clone, Debug)]
pub enum Saved {
    /// It is kept, and for how long the attempt goes on.
    Kept { rev: i32, saved_at: DateTime<Utc>, deadline: Option<DateTime<Utc>> },
    /// Another page was first. Both answers are there, this one set aside.
    Stale(Clash),
}

impl From<Kept> for Saved {
    fn from(kept: Kept) -> Saved {
        Saved::Kept { rev: kept.rev, saved_at: kept.saved_at, deadline: kept.deadline }
    }
}

/// Two answers to one question.
#[derive(Clone, Debug)]
pub struct Clash {
    pub place: u16,
    /// The one that was not taken.
    pub mine: Response,
    /// The one that is kept.
    pub other: Answer,
}

/// Keeps one answer. Sent again with the same `op` it is taken once and answered alike.
pub async fn save(
    conn: &mut Conn,
    sheet: &Sheet,
    given: &Given,
) -> Result<Saved, Failed<QuizRefusal>> {
    let response = stored(&given.response)?;
    let write = Write {
        attempt: sheet.attempt,
        slot: i16::try_from(given.place).map_err(corrupt)?,
        rev: given.rev,
        response: &response,
        op: given.op,
        kind: "save",
        sure: given.sure.map(Certainty::word),
    };
    match store::save(conn, &write).await? {
        Some(kept) => Ok(Saved::from(kept)),
        None => not_taken(conn, sheet, given, &write).await,
    }
}

/// It was taken before, its time is over, or another page was first.
async fn not_taken(
    conn: &mut Conn,
    sheet: &Sheet,
    given: &Given,
    write: &Write<'_>,
) -> Result<Saved, Failed<QuizRefusal>> {
    let sitting = Sitting::read(conn, sheet).await?;
    let kept = sitting.answers.get(&given.place);
    let as_kept = |answer: &Answer| Saved::Kept {
        rev: answer.rev,
        saved_at: answer.saved_at,
        deadline: sitting.attempt.deadline,
    };
    let events = store::events(conn, sheet.attempt).await?;
    let again =
        |event: &EventRow| event.op.is_some() && event.op == given.op && event.kind != "aside";
    match kept {
        Some(answer) if is_same(answer, given) => return Ok(as_kept(answer)),
        Some(answer) if events.iter().any(again) => return Ok(as_kept(answer)),
        Some(_) | None => {}
    }
    // Perhaps the platform was away and the attempt has more time than it seems.
    if sitting.attempt.may_save(sitting.now).is_err()
        && outage::beat(conn).await? > 0
        && let Some(kept) = store::save(conn, write).await?
    {
        return Ok(Saved::from(kept));
    }
    store::set_aside(conn, write).await?;
    sitting.attempt.may_save(sitting.now).map_err(QuizRefusal::from)?;
    let saved_at = sitting.attempt.started;
    let blank = Answer { response: Response::Blank, sure: None, rev: 0, saved_at };
    let other = kept.cloned().unwrap_or(blank);
    Ok(Saved::Stale(Clash { place: given.place, mine: given.response.clone(), other }))
}

fn is_same(kept: &Answer, given: &Given) -> bool {
    kept.response == given.response && given.sure.is_none_or(|sure| kept.sure == Some(sure))
}

/// Keeps a whole page of answers. What the learner did not touch is left as another page may have changed it.
pub async fn save_page(
    conn: &mut Conn,
    sheet: &Sheet,
    given: &[Given],
) -> Result<Vec<Clash>, Failed<QuizRefusal>> {
    let sitting = Sitting::read(conn, sheet).await?;
    let events = store::events(conn, sheet.attempt).await?;
    let mut clashes = Vec::new();
    for given in given {
        let kept = sitting.answers.get(&given.place);
        let current = kept.map_or(&Response::Blank, |answer| &answer.response);
        let says_more =
            given.sure.is_some_and(|sure| kept.and_then(|kept| kept.sure) != Some(sure));
        if !says_more && (*current == given.response || is_untouched(&events, given)?) {
            continue;
        }
        match save(conn, sheet, given).await? {
            Saved::Kept { .. } => {}
            Saved::Stale(clash) => clashes.push(clash),
        }
    }
    Ok(clashes)
}

/// Is the answer the one that the page was drawn with? Every write of a question raised its revision by one.
fn is_untouched(events: &[EventRow], given: &Given) -> Result<bool, db::Error> {
    let Ok(place) = i16::try_from(given.place) else { return Ok(false) };
    let writes = events.iter().filter(|event| {
        event.slot == Some(place) && event.response.is_some() && event.kind != "aside"
    });
    let latest = i32::try_from(writes.clone().count()).unwrap_or(i32::MAX);
    let Some(before) = usize::try_from(given.rev).ok().filter(|_| given.rev < latest) else {
        return Ok(false);
    };
    let drawn = match before.checked_sub(1) {
        None => Response::Blank,
        Some(index) => writes.clone().nth(index).map_or(Ok(Response::Blank), read_event)?,
    };
    Ok(drawn == given.response)
}

fn read_event(event: &EventRow) -> Result<Response, db::Error> {
    serde_json::from_str(event.response.as_deref().unwrap_or("\"blank\"")).map_err(corrupt)
}

/// The answer that was set aside last for a question, beside the one that is kept.
pub async fn clash(
    conn: &mut Conn,
    sheet: &Sheet,
    place: u16,
) -> Result<Option<Clash>, Failed<QuizRefusal>> {
    let sitting = Sitting::read(conn, sheet).await?;
    let slot = i16::try_from(place).map_err(corrupt)?;
    let events = store::events(conn, sheet.attempt).await?;
    let aside = events.iter().rev().find(|event| event.kind == "aside" && event.slot == Some(slot));
    let Some((aside, other)) = aside.zip(sitting.answers.get(&place).cloned()) else {
        return Ok(None);
    };
    Ok(Some(Clash { place, mine: read_event(aside)?, other }))
}

/// Reads the questions of a posted page; `sent` gives the values, the revision and the certainty of a place.
pub fn given<'a>(
    sheet: &Sheet,
    quiz: &Quiz,
    sent: impl Fn(u16) -> Option<(&'a [String], &'a str, &'a str)>,
) -> Vec<Given> {
    let read = |question: Question<'_>| {
        let (values, rev, sure) = sent(question.place)?;
        Some(Given::read(&question, values, rev, None).sure(sure))
    };
    // Files come one by one on a page of their own; a page of answers says nothing of them.
    let written = sheet.questions(quiz).filter(|question| !question.item.takes_files());
    written.filter_map(read).collect()
}
