//! Handing files over and taking them back, as long as the attempt is open. A file becomes part of the answer when all
//! of it is here, in one transaction; until then it is nothing.

use uuid::Uuid;

use super::refusal::{FileRefusal, of_attempt};
use super::store::{self, NewFile};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::quiz::item::{Item, Kind};
use crate::domain::quiz::kinds::Upload;
use crate::domain::quiz::response::{HandedFile, Response};
use crate::domain::quiz::review::files;
use crate::domain::upload::name;
use crate::domain::upload::sniff::{Sniffer, Unwanted};
use crate::outcome::Failed;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::{Given, Saved, save};
use crate::quizzes::sheet::Sheet;
use crate::quizzes::sitting::{Sitting, corrupt};
use crate::quizzes::store as attempts;

/// The most bytes that one attempt may hold.
pub const MOST: i64 = 200 * 1024 * 1024;
/// So many files of an attempt may come in at once.
const AT_ONCE: i64 = 4;

/// A question of an attempt that is answered with files.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub sheet: &'a Sheet,
    pub place: u16,
    pub upload: &'a Upload,
}

impl<'a> Place<'a> {
    /// The question at a place, if it asks for files.
    pub fn of(sheet: &'a Sheet, place: u16, item: &'a Item) -> Option<Place<'a>> {
        match &item.kind {
            Kind::Upload(upload) => Some(Place { sheet, place, upload }),
            _ => None,
        }
    }

    fn slot(&self) -> Result<i16, db::Error> {
        i16::try_from(self.place).map_err(corrupt)
    }
}

/// What is to be done with a file that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// To be kept under this id.
    New(Uuid),
    /// Nothing: this write is done.
    Already,
}

/// Before the first byte: may a file come? The same write that broke off begins anew.
pub async fn begin(
    conn: &mut Conn,
    at: &Place<'_>,
    op: Option<Uuid>,
) -> Result<Begun, Failed<FileRefusal>> {
    let (attempt, slot) = (at.sheet.attempt, at.slot()?);
    let new = NewFile { id: clock::new_id(), attempt, slot, op };
    match store::of_op(conn, &new).await? {
        Some((_, true)) => return Ok(Begun::Already),
        Some((broken, false)) => store::remove(conn, attempt, broken).await?,
        None => {}
    }
    let sitting = Sitting::read(conn, at.sheet).await.map_err(of_attempt)?;
    sitting.attempt.may_save(sitting.now).map_err(|rule| FileRefusal::Attempt(rule.into()))?;
    check_room(at, handed(&sitting, at.place).len())?;
    let (bytes, coming) = store::held(conn, attempt).await?;
    if bytes >= MOST || coming >= AT_ONCE {
        return Err(FileRefusal::TooMuch.into());
    }
    match store::begin(conn, &new).await? {
        true => Ok(Begun::New(new.id)),
        false => Err(FileRefusal::Attempt(QuizRefusal::Unknown).into()),
    }
}

fn check_room(at: &Place<'_>, n_files: usize) -> Result<(), FileRefusal> {
    let most = usize::try_from(at.upload.max).unwrap_or(usize::MAX);
    if n_files < most { Ok(()) } else { Err(FileRefusal::TooMany) }
}

/// The files of an answer.
pub fn handed(sitting: &Sitting, place: u16) -> &[HandedFile] {
    sitting.answers.get(&place).map_or(&[][..], |answer| files(&answer.response))
}

/// Keeps the next piece.
pub async fn keep(conn: &mut Conn, file: Uuid, place: i32, bytes: &[u8]) -> Result<(), db::Error> {
    Ok(store::add_piece(conn, file, place, bytes).await?)
}

/// All of a file is here: if it is what is asked for, it is part of the answer.
pub async fn complete(
    conn: &mut Conn,
    at: &Place<'_>,
    (file, called): (Uuid, &str),
    sniffer: &Sniffer,
) -> Result<(), Failed<FileRefusal>> {
    let called = name::cleaned(called);
    let kind = sniffer.kind(&name::ending(&called), &at.upload.accept);
    let kind = kind.map_err(|why: Unwanted| FileRefusal::Unwanted(why))?;
    let size = sniffer.size();
    let new = HandedFile { id: file, name: called, kind: kind.ending.to_owned(), size };
    conn.transaction(async |conn| {
        let (mut list, rev) = locked(conn, at).await?;
        check_room(at, list.len())?;
        let (held, _) = store::held(conn, at.sheet.attempt).await?;
        let size = i64::try_from(size).map_err(corrupt)?;
        if held.saturating_add(size) > MOST {
            return Err(FileRefusal::TooMuch.into());
        }
        store::complete(conn, file, size).await?;
        list.push(new);
        write(conn, at, list, rev).await
    })
    .await
}

/// Takes a file back.
pub async fn take_back(
    conn: &mut Conn,
    at: &Place<'_>,
    file: Uuid,
) -> Result<(), Failed<FileRefusal>> {
    conn.transaction(async |conn| {
        let (mut list, rev) = locked(conn, at).await?;
        let before = list.len();
        list.retain(|known| known.id != file);
        if list.len() == before {
            return Ok(());
        }
        write(conn, at, list, rev).await?;
        store::remove(conn, at.sheet.attempt, file).await?;
        Ok(())
    })
    .await
}

/// Forgets a file that will not be part of the answer.
pub async fn abandon(conn: &mut Conn, at: &Place<'_>, file: Uuid) -> Result<(), db::Error> {
    Ok(store::remove(conn, at.sheet.attempt, file).await?)
}

/// The files and the revision of the answer, while nobody else changes it.
async fn locked(
    conn: &mut Conn,
    at: &Place<'_>,
) -> Result<(Vec<HandedFile>, i32), Failed<FileRefusal>> {
    attempts::lock(conn, at.sheet.attempt).await?;
    let sitting = Sitting::read(conn, at.sheet).await.map_err(of_attempt)?;
    let rev = sitting.answers.get(&at.place).map_or(0, |answer| answer.rev);
    Ok((handed(&sitting, at.place).to_vec(), rev))
}

async fn write(
    conn: &mut Conn,
    at: &Place<'_>,
    list: Vec<HandedFile>,
    rev: i32,
) -> Result<(), Failed<FileRefusal>> {
    let response = if list.is_empty() { Response::Blank } else { Response::Files(list) };
    let given = Given { place: at.place, response, rev, op: None, sure: None };
    match save(conn, at.sheet, &given).await.map_err(of_attempt)? {
        Saved::Kept { .. } => Ok(()),
        Saved::Stale(_) => Err(corrupt("an answer changed under its lock").into()),
    }
}
