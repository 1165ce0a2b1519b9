//! Who may read a file, and its pieces.

use uuid::Uuid;

use super::store;
use crate::catalogue::{Library, trainers};
use crate::db::{self, Conn};
use crate::domain::access::rules::{Actor, Object, Permission, may};
use crate::domain::quiz::response::HandedFile;
use crate::outcome::Failed;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::sheet::Sheet;
use crate::quizzes::sitting::state;
use crate::quizzes::store as attempts;

/// A file that somebody may read.
#[derive(Clone, Debug)]
pub struct Readable {
    pub file: HandedFile,
    /// The name under which it is sent: without that of the learner where names are hidden.
    pub name: String,
}

/// The file of an attempt, for its owner and those who mark it.
pub async fn find(
    conn: &mut Conn,
    library: &Library,
    (attempt, file): (Uuid, Uuid),
    (me, admin): (Uuid, bool),
) -> Result<Readable, Failed<QuizRefusal>> {
    let row = attempts::find(conn, attempt).await?.ok_or(QuizRefusal::Unknown)?;
    let sheet = Sheet::of(&row)?;
    let trains = trainers::courses_of(conn, me).await?.into_iter().collect();
    let actor = Actor { person: Some(me), admin, trains };
    let record = Object::Record { person: sheet.person, course: sheet.course };
    if !may(&actor, Permission::SeeRecord, &record) {
        return Err(QuizRefusal::Unknown.into());
    }
    let state = state(conn, &sheet).await?;
    let lists = state.responses.iter();
    let found = lists.flat_map(|(place, response)| {
        crate::domain::quiz::review::files(response).iter().map(move |file| (*place, file))
    });
    let (place, found) =
        found.into_iter().find(|(_, known)| known.id == file).ok_or(QuizRefusal::Unknown)?;
    let published = library.version(conn, sheet.version).await?;
    let anonymous = sheet.quiz_in(&published)?.rules.marking.anonymous;
    let hidden = anonymous && sheet.person != me && !state.released.contains_key(&place);
    let name = if hidden { neutral(found) } else { found.name.clone() };
    Ok(Readable { file: found.clone(), name })
}

/// A name that says nothing of its owner.
pub fn neutral(file: &HandedFile) -> String {
    let id = file.id.simple().to_string();
    format!("{}.{}", id.get(id.len().saturating_sub(8)..).unwrap_or("file"), file.kind)
}

/// A piece of a file; `None` after the last.
pub async fn piece(conn: &mut Conn, file: Uuid, place: i32) -> Result<Option<Vec<u8>>, db::Error> {
    Ok(store::piece(conn, file, place).await?)
}

/// Takes away what never came to its end.
pub async fn sweep(conn: &mut Conn) -> Result<usize, db::Error> {
    Ok(store::remove_unfinished(conn).await?)
}
