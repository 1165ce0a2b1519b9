//! Publishing a course folder as an immutable version, in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::card::Card;
use super::history::{History, empty};
use super::store::{self, NewVersion, ShownItem};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::course::identity::numbers::Numbered;
use crate::domain::course::identity::remarks;
use crate::domain::course::model::Course;
use crate::domain::course::{compile_with, version_hash};
use crate::domain::diagnostic::Diagnostics;
use crate::domain::fact::Facts;
use crate::outcome::{Failed, Refusal, RefusalKind};
use crate::web::sign::hex;

/// What a publication did.
#[derive(Debug)]
pub struct Outcome {
    pub course: Course,
    pub diagnostics: Diagnostics,
    pub change: Change,
    /// The version that is shown now.
    pub version: Uuid,
}

/// What became of the shown version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same text was shown already.
    None,
    /// A version that was published before is shown again.
    Back(i32),
    /// A new version is shown.
    New(i32),
}

/// What must be shown for the publication to go on, so that nobody's work is replaced unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Anything,
    /// This version, or none yet.
    Version(Option<Uuid>),
}

/// Why a folder is not published.
#[derive(Debug)]
pub enum PublishRefusal {
    /// The compiler found errors.
    Errors(Diagnostics),
    /// Another course has this address.
    SlugTaken(String),
    /// Something else was published meanwhile.
    Overtaken,
}

impl Refusal for PublishRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            PublishRefusal::Errors(_) => RefusalKind::Invalid,
            PublishRefusal::SlugTaken(_) | PublishRefusal::Overtaken => RefusalKind::Conflict,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            PublishRefusal::Errors(_) => "publish-errors",
            PublishRefusal::SlugTaken(_) => "publish-slug-taken",
            PublishRefusal::Overtaken => "publish-overtaken",
        }
    }
}

/// Files of a course folder by their path inside it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A course folder that was read, and the facts that stand beside it.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'f> {
    pub files: &'f Files,
    pub facts: &'f Facts,
}

/// Compiles a folder and shows it to learners, unless it has errors.
pub async fn publish(
    conn: &mut Conn,
    files: &Files,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    publish_with(conn, files, &Facts::new(), now).await
}

/// The same with the facts that stand beside the folder. Those that the course shows become part of the version.
pub async fn publish_with(
    conn: &mut Conn,
    files: &Files,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    publish_over(conn, Folder { files, facts }, Expected::Anything, now).await
}

/// The same, if that is shown which the publisher saw.
pub async fn publish_over(
    conn: &mut Conn,
    folder: Folder<'_>,
    expected: Expected,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    let (course, diagnostics) = compile_with(folder.files, folder.facts, Some(now.date_naive()));
    let course = match course {
        Some(course) if !diagnostics.has_errors() => course,
        _ => return Err(PublishRefusal::Errors(diagnostics).into()),
    };
    if store::slug_taken_by_other(conn, &course.slug, course.id).await? {
        return Err(PublishRefusal::SlugTaken(course.slug).into());
    }
    let hash = version_hash(folder.files, &course.facts);
    let text = Text { files: folder.files, hash, diagnostics };
    conn.transaction(async |conn| {
        store::upsert_course(conn, course.id, &course.slug, now).await?;
        let shown = store::current_version(conn, course.id).await?;
        match expected {
            Expected::Version(version) if version != shown => Err(PublishRefusal::Overtaken.into()),
            Expected::Version(_) | Expected::Anything => {
                store_version(conn, course, &text, shown, now).await
            }
        }
    })
    .await
}

/// What was written.
struct Text<'f> {
    files: &'f Files,
    hash: String,
    diagnostics: Diagnostics,
}

async fn store_version(
    conn: &mut Conn,
    course: Course,
    text: &Text<'_>,
    shown: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    let known = store::version_by_hash(conn, course.id, &text.hash).await?;
    let followed = known.map(|(version, _)| version).or(shown);
    let history = History::read(conn, course.id, followed).await?;
    let course = history.settle(course);
    let diagnostics = judged(&history, &course, text)?;
    let compiled = Compiled::of(&course)?;
    let (version, change) = match known {
        Some((version, number)) => {
            // The same text compiled by a newer program may give better pages.
            store::refresh_version(conn, version, &compiled.card, &compiled.document).await?;
            (version, if shown == Some(version) { Change::None } else { Change::Back(number) })
        }
        None => insert(conn, &course, text, &compiled, now).await?,
    };
    show_items(conn, &history, &course, version, now).await?;
    if change != Change::None {
        store::show_version(conn, course.id, version, now).await?;
    }
    store::raise_revision(conn).await?;
    Ok(Outcome { course, diagnostics, change, version })
}

/// What the compiler and the history of the course have to say.
fn judged(
    history: &History,
    course: &Course,
    text: &Text<'_>,
) -> Result<Diagnostics, Failed<PublishRefusal>> {
    let mut diagnostics = text.diagnostics.clone();
    if let Some(before) = &history.before {
        let strangers = history.compare(before, course).strangers;
        remarks::strangers(text.files, &strangers)
            .iter()
            .cloned()
            .for_each(|one| diagnostics.push(one));
        diagnostics.sort();
    }
    match diagnostics.has_errors() {
        true => Err(PublishRefusal::Errors(diagnostics).into()),
        false => Ok(diagnostics),
    }
}

/// A course as it is stored.
struct Compiled {
    card: String,
    document: String,
}

impl Compiled {
    fn of(course: &Course) -> Result<Compiled, db::Error> {
        let text = |value: Result<String, serde_json::Error>| {
            value.map_err(|why| db::Error::Corrupt(why.to_string()))
        };
        Ok(Compiled {
            card: text(serde_json::to_string(&Card::of(course)))?,
            document: text(serde_json::to_string(course))?,
        })
    }
}

async fn insert(
    conn: &mut Conn,
    course: &Course,
    text: &Text<'_>,
    compiled: &Compiled,
    now: DateTime<Utc>,
) -> Result<(Uuid, Change), db::Error> {
    let (version, number) =
        (clock::new_id(), store::last_number(conn, course.id).await?.unwrap_or(0) + 1);
    let new = NewVersion {
        id: version,
        course_id: course.id,
        number,
        content_hash: &text.hash,
        card: &compiled.card,
        document: &compiled.document,
        published_at: now,
    };
    store::insert_version(conn, &new).await?;
    for (path, bytes) in text.files {
        store::insert_file(conn, version, path, &hex(&Sha256::digest(bytes)), bytes).await?;
    }
    Ok((version, Change::New(number)))
}

/// Notes which versions of its questions the course shows now.
async fn show_items(
    conn: &mut Conn,
    history: &History,
    course: &Course,
    version: Uuid,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    let nothing = empty(course);
    let compared = history.compare(history.before.as_ref().unwrap_or(&nothing), course);
    let numbered: Vec<_> = compared
        .pairs
        .iter()
        .filter_map(|pair| Some((pair.now?, history.numbers.next(pair)?)))
        .collect();
    let shown = numbered.iter().map(|(item, Numbered { root, number })| ShownItem {
        course_id: course.id,
        item: item.id.as_str(),
        scoring_hash: &item.scoring_hash,
        root,
        number: *number,
        wording_hash: &item.wording_hash,
        first_version: version,
        last_version: version,
    });
    Ok(store::show_items(conn, course.id, &shown.collect::<Vec<_>>(), now).await?)
}
