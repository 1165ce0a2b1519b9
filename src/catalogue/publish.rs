//! Publishing a course folder as an immutable version, in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::card::Card;
use super::store::{self, NewVersion};
use crate::clock;
use crate::db::{self, Conn, Transact};
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

/// Why a folder is not published.
#[derive(Debug)]
pub enum PublishRefusal {
    /// The compiler found errors.
    Errors(Diagnostics),
    /// Another course has this address.
    SlugTaken(String),
}

impl Refusal for PublishRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            PublishRefusal::Errors(_) => RefusalKind::Invalid,
            PublishRefusal::SlugTaken(_) => RefusalKind::Conflict,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            PublishRefusal::Errors(_) => "publish-errors",
            PublishRefusal::SlugTaken(_) => "publish-slug-taken",
        }
    }
}

/// Compiles a folder and shows it to learners, unless it has errors.
pub async fn publish(
    conn: &mut Conn,
    files: &BTreeMap<String, Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    publish_with(conn, files, &Facts::new(), now).await
}

/// The same with the facts that stand beside the folder. Those that the course shows become part of the version.
pub async fn publish_with(
    conn: &mut Conn,
    files: &BTreeMap<String, Vec<u8>>,
    facts: &Facts,
    now: DateTime<Utc>,
) -> Result<Outcome, Failed<PublishRefusal>> {
    let (course, diagnostics) = compile_with(files, facts, Some(now.date_naive()));
    let course = match course {
        Some(course) if !diagnostics.has_errors() => course,
        _ => return Err(PublishRefusal::Errors(diagnostics).into()),
    };
    if store::slug_taken_by_other(conn, &course.slug, course.id).await? {
        return Err(PublishRefusal::SlugTaken(course.slug).into());
    }
    let (content_hash, compiled) = (version_hash(files, &course.facts), Compiled::of(&course)?);
    let change = conn
        .transaction(async |conn| {
            store_version(conn, &course, &content_hash, &compiled, files, now).await
        })
        .await?;
    Ok(Outcome { course, diagnostics, change })
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

async fn store_version(
    conn: &mut Conn,
    course: &Course,
    content_hash: &str,
    compiled: &Compiled,
    files: &BTreeMap<String, Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<Change, db::Error> {
    store::upsert_course(conn, course.id, &course.slug, now).await?;
    let shown = store::current_version(conn, course.id).await?;
    let (version, change) = match store::version_by_hash(conn, course.id, content_hash).await? {
        Some((version, number)) => {
            // The same text compiled by a newer program may give better pages.
            store::refresh_version(conn, version, &compiled.card, &compiled.document).await?;
            (version, if shown == Some(version) { Change::None } else { Change::Back(number) })
        }
        None => {
            let (version, number) =
                (clock::new_id(), store::last_number(conn, course.id).await?.unwrap_or(0) + 1);
            let new = NewVersion {
                id: version,
                course_id: course.id,
                number,
                content_hash,
                card: &compiled.card,
                document: &compiled.document,
                published_at: now,
            };
            store::insert_version(conn, &new).await?;
            for (path, bytes) in files {
                store::insert_file(conn, version, path, &hex(&Sha256::digest(bytes)), bytes)
                    .await?;
            }
            (version, Change::New(number))
        }
    };
    if change != Change::None {
        store::show_version(conn, course.id, version, now).await?;
    }
    store::raise_revision(conn).await?;
    Ok(change)
}
