//! `bilik import` and `bilik export`: courses from folders into the store, and back.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::courses::{Form, beside, found, show};
use super::say::{Ending, line};
use super::start::Started;
use crate::catalogue::base::{self, Stand};
use crate::catalogue::copies::{Copy, Export, Wins, slug_of};
use crate::catalogue::folder;
use crate::catalogue::publish::{Change, Files, PublishRefusal};
use crate::db::Conn;
use crate::domain::course::compile_with;
use crate::domain::diagnostic::Ink;
use crate::outcome::Failed;

/// How courses are imported.
#[derive(Clone, Copy, Debug)]
pub struct Import {
    pub form: Form,
    pub ink: Ink,
    pub wins: Wins,
    pub run: Run,
    /// The time of the publication.
    pub at: DateTime<Utc>,
}

/// In earnest, or only to see what would happen?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    Earnest,
    Dry,
}

/// Publishes the courses at a path; one with errors is not published, and none replaces work that it does not know.
pub async fn import(started: &Started, path: &Path, how: Import) -> Result<(), Ending> {
    let mut refused = 0;
    let places = found(path)?;
    let (facts, remarks) = beside(places.first())?;
    if !remarks.is_empty() {
        show(path, &remarks, how.form, how.ink);
    }
    for place in places {
        let files = read(&place)?;
        let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
        let copy = Copy::look(&mut conn, &place, files, facts.clone()).await;
        let copy = copy.map_err(Ending::environment)?;
        if import_one(&mut conn, &place, &copy, how).await? == Done::No {
            refused += 1;
        }
    }
    match refused {
        0 => Ok(()),
        _ => Err(Ending::Refused(format!(
            "{refused} courses were not published; nothing of them changed"
        ))),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Yes,
    No,
}

fn read(place: &Path) -> Result<Files, Ending> {
    folder::read(place).map_err(|why| Ending::Environment(format!("{}: {why}", place.display())))
}

async fn import_one(
    conn: &mut Conn,
    place: &Path,
    copy: &Copy,
    how: Import,
) -> Result<Done, Ending> {
    match (copy.stand, how.wins) {
        (Stand::New | Stand::Same | Stand::FolderChanged, Wins::Nobody | Wins::Folder)
        | (_, Wins::Folder) => publish(conn, place, copy, how).await,
        (Stand::New, Wins::Shown) => {
            line(format!("{}: nothing of it is published yet", place.display()));
            Ok(Done::No)
        }
        (_, Wins::Shown) => take_shown(conn, place, copy, how.run).await,
        (Stand::StoreChanged | Stand::BothChanged | Stand::Unknown, Wins::Nobody) => {
            let differences = copy.differences(conn).await.map_err(Ending::environment)?;
            line(conflict(place, copy, &differences));
            Ok(Done::No)
        }
    }
}

/// Says who changed what, and how to go on.
fn conflict(place: &Path, copy: &Copy, differences: &str) -> String {
    let shown = copy.shown.as_ref().map_or(0, |shown| shown.number);
    let why = match copy.stand {
        Stand::StoreChanged => format!(
            "this folder is older than version {shown}, which is shown, and nothing in it changed since"
        ),
        Stand::BothChanged => format!(
            "this folder and what is shown (version {shown}) have both changed since the folder was made"
        ),
        _ => format!(
            "this folder differs from what is shown (version {shown}) and does not say what it was made from: \
             it has no file `{}`",
            base::FILE
        ),
    };
    format!(
        "{}: {why}.\n\n{differences}\n- is shown now, + stands in the folder.\n\
         Say `--ours` to publish the folder all the same, or `--theirs` to write what is shown into the folder.",
        place.display()
    )
}

async fn publish(conn: &mut Conn, place: &Path, copy: &Copy, how: Import) -> Result<Done, Ending> {
    if how.run == Run::Dry {
        return rehearse(conn, place, copy, how).await;
    }
    match copy.publish(conn, how.at).await {
        Ok(outcome) => {
            show(place, &outcome.diagnostics, how.form, how.ink);
            line(format!("{}: {}", outcome.course.slug, told(outcome.change)));
            if let Err(why) = base::write(place, &copy.published(&outcome)) {
                line(format!(
                    "{}: {} cannot be written ({why}); the next import will ask whether this folder is up to date",
                    place.display(),
                    base::FILE
                ));
            }
            Ok(Done::Yes)
        }
        Err(Failed::Refused(refusal)) => {
            say_refusal(place, &refusal, how);
            Ok(Done::No)
        }
        Err(Failed::Broken(error)) => Err(Ending::environment(error)),
    }
}

fn say_refusal(place: &Path, refusal: &PublishRefusal, how: Import) {
    let place_shown = place.display();
    match refusal {
        PublishRefusal::Errors(diagnostics) => show(place, diagnostics, how.form, how.ink),
        PublishRefusal::SlugTaken(slug) => line(format!(
            "{place_shown}: another course has the address {slug}; choose another slug in course.yml"
        )),
        PublishRefusal::Overtaken => line(format!(
            "{place_shown}: another version was published at this very moment; look at it and import again"
        )),
    }
}

/// Says what an import would do, and does nothing.
async fn rehearse(conn: &mut Conn, place: &Path, copy: &Copy, how: Import) -> Result<Done, Ending> {
    let (_, diagnostics) = compile_with(&copy.files, &copy.facts, Some(how.at.date_naive()));
    show(place, &diagnostics, how.form, how.ink);
    if diagnostics.has_errors() {
        return Ok(Done::No);
    }
    let differences = copy.differences(conn).await.map_err(Ending::environment)?;
    line(match (&copy.shown, copy.stand) {
        (None, _) => format!("{}: would be published for the first time", place.display()),
        (Some(_), Stand::Same) => format!("{}: nothing new", place.display()),
        (Some(shown), _) => format!(
            "{}: would replace version {}:\n\n{differences}\nNothing was changed. `bilik plan` says whom it would touch.",
            place.display(),
            shown.number
        ),
    });
    Ok(Done::Yes)
}

/// Writes what is shown into the folder, because the person said so.
async fn take_shown(conn: &mut Conn, place: &Path, copy: &Copy, run: Run) -> Result<Done, Ending> {
    let Some(course) = copy.course else {
        return Err(Ending::Refused(format!(
            "{}: course.yml cannot be read, so nobody knows which course this is; `bilik export` names it",
            place.display()
        )));
    };
    let slug = slug_of(conn, course).await.map_err(Ending::environment)?;
    let prepared = Export::prepare(conn, &slug, &copy.files, place).await;
    let Some(export) = prepared.map_err(Ending::environment)? else { return Ok(Done::No) };
    write(place, &export, &copy.files, run)?;
    Ok(Done::Yes)
}

fn write(place: &Path, export: &Export, there: &Files, run: Run) -> Result<(), Ending> {
    for (path, effect) in &export.effects {
        line(format!("{path}: {}", what(*effect)));
    }
    for path in export.strangers(there) {
        line(format!("{path}: is no part of version {}, stays", export.number));
    }
    if export.tells_facts {
        line(
            "The course shows facts. They stand beside its folder in facts.yml, which is not written.",
        );
    }
    if run == Run::Dry {
        line("Nothing was changed.");
        return Ok(());
    }
    export
        .write(place)
        .map_err(|why| Ending::Environment(format!("{}: {why}", place.display())))?;
    line(format!("{}: is version {} now", place.display(), export.number));
    Ok(())
}

fn what(effect: folder::Effect) -> &'static str {
    match effect {
        folder::Effect::New => "new",
        folder::Effect::Replaced => "replaced",
        folder::Effect::Lost => "replaced, with the changes that were made to it",
        folder::Effect::Removed => "removed",
    }
}

/// Writes a course back as a folder, byte for byte as it was imported. The facts of all courses stand beside it and are no
/// part of it.
pub async fn export(
    started: &Started,
    slug: &str,
    place: &Path,
    force: Force,
) -> Result<(), Ending> {
    let there = match place.exists() {
        true => read(place)?,
        false => Files::new(),
    };
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    let prepared =
        Export::prepare(&mut conn, slug, &there, place).await.map_err(Ending::environment)?;
    let export = prepared
        .ok_or_else(|| Ending::Refused(format!("There is no course at the address {slug}.")))?;
    let lost: Vec<&str> = export.lost().collect();
    if !lost.is_empty() && force == Force::No {
        return Err(Ending::Refused(format!(
            "these files were changed here and would be lost:\n  {}\nNothing was written. Say `--force` to replace them.",
            lost.join("\n  ")
        )));
    }
    write(place, &export, &there, Run::Earnest)
}

/// May changed files be replaced?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    Yes,
    No,
}

fn told(change: Change) -> String {
    match change {
        Change::None => "nothing new".to_owned(),
        Change::Back(number) => format!("version {number} is shown again"),
        Change::New(number) => format!("version {number} is shown"),
    }
}
