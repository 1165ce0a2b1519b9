//! Watching a folder: courses are published as their author saves, and their pages say what the compiler says.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::courses::{Form, show};
use super::say::line;
use crate::catalogue::publish::{self, Files, Outcome, PublishRefusal};
use crate::catalogue::watched::Shown;
use crate::catalogue::{Library, folder};
use crate::domain::course::read_facts;
use crate::domain::diagnostic::Diagnostics;
use crate::domain::fact::Facts;
use crate::outcome::Failed;
use crate::web::Site;

/// How long a save stays unnoticed at most.
const TICK: Duration = Duration::from_millis(700);

/// Folders inside each other that are looked into.
const DEEPEST: usize = 10;

/// What tells that a folder was saved: each file with its time and size.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Publishes the courses at a path now and whenever they are saved, until the program ends.
pub async fn watch(site: Site, library: Library, path: PathBuf) {
    let mut watching = Watching::new(site, library);
    let mut tick = tokio::time::interval(TICK);
    loop {
        tick.tick().await;
        watching.look(&path).await;
    }
}

/// What was seen of the watched folders.
pub struct Watching {
    site: Site,
    library: Library,
    seen: BTreeMap<PathBuf, Look>,
    /// The last known address of each course, for when its manifest cannot be read.
    slugs: BTreeMap<PathBuf, String>,
}

impl Watching {
    /// Nothing was seen yet.
    pub fn new(site: Site, library: Library) -> Watching {
        Watching { site, library, seen: BTreeMap::new(), slugs: BTreeMap::new() }
    }

    /// Publishes those courses at a path that were saved since the last look.
    pub async fn look(&mut self, path: &Path) {
        for place in folder::courses_in(path).unwrap_or_default() {
            self.visit(place).await;
        }
    }

    async fn visit(&mut self, place: PathBuf) {
        let mut look = Look::new();
        let looked = collect(&place, &mut look, 0).and_then(|()| look_beside(&place, &mut look));
        if looked.is_err() || self.seen.get(&place) == Some(&look) {
            return;
        }
        match read(&place) {
            Ok(read) => self.publish(&place, &read).await,
            Err(why) => line(format!("{}: {why}", place.display())),
        }
        self.seen.insert(place, look);
    }

    async fn publish(&mut self, place: &Path, (files, facts, remarks): &Read) {
        let Ok(mut conn) = self.site.pool.get().await else { return };
        let published = publish::publish_with(&mut conn, files, facts, self.site.clock.now()).await;
        let (mut diagnostics, shown) = match published {
            Ok(Outcome { course, diagnostics, .. }) => {
                self.slugs.insert(place.to_owned(), course.slug);
                (diagnostics, Shown::Last)
            }
            Err(Failed::Refused(PublishRefusal::Errors(diagnostics))) => {
                (diagnostics, Shown::Earlier)
            }
            Err(Failed::Refused(PublishRefusal::SlugTaken(slug))) => {
                return line(format!("{}: another course has the address {slug}", place.display()));
            }
            Err(Failed::Refused(PublishRefusal::Overtaken)) => return,
            Err(Failed::Broken(error)) => return line(format!("{}: {error}", place.display())),
        };
        remarks.iter().cloned().for_each(|remark| diagnostics.push(remark));
        show(place, &diagnostics, Form::Human, self.site.config.ink);
        if let Err(error) = self.library.refresh(&mut conn).await {
            tracing::warn!(%error, "the course list could not be read again");
        }
        if let Some(slug) = self.slugs.get(place) {
            self.library.watched.note(slug, diagnostics, shown);
        }
    }
}

/// The files of a course, the facts beside it, and what there is to say about those.
type Read = (Files, Facts, Diagnostics);

fn read(place: &Path) -> io::Result<Read> {
    let (facts, remarks) = read_facts(&folder::facts_beside(place)?);
    Ok((folder::read(place)?, facts, remarks))
}

fn look_beside(place: &Path, look: &mut Look) -> io::Result<()> {
    let file = folder::facts_file(place)?;
    if let Ok(about) = fs::metadata(&file) {
        look.insert(file, (about.modified().ok(), about.len()));
    }
    Ok(())
}

fn collect(folder: &Path, look: &mut Look, depth: usize) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_str().is_none_or(|name| name.starts_with('.'));
        let about = entry.metadata()?;
        if about.is_dir() && !hidden && depth < DEEPEST {
            collect(&entry.path(), look, depth + 1)?;
        } else if !hidden {
            look.insert(entry.path(), (about.modified().ok(), about.len()));
        }
    }
    Ok(())
}
