//! Courses in folders and courses in the store: bringing one in step with the other without losing anybody's work.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::base::{self, Base, Stand};
use super::folder::{self, Effect};
use super::publish::{self, Change, Expected, Files, Folder, Outcome, PublishRefusal};
use super::store;
use crate::db::{self, Conn};
use crate::domain::course::model::Course;
use crate::domain::course::{FACTS_FILE, compile_with, version_hash};
use crate::domain::diff;
use crate::domain::fact::Facts;
use crate::outcome::Failed;

/// Lines of a file's differences that are shown.
const LINES_SHOWN: usize = 60;

/// Which side is kept where both have changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wins {
    /// Nobody: a person is asked.
    #[default]
    Nobody,
    /// What stands in the folder.
    Folder,
    /// What is shown to learners.
    Shown,
}

/// A folder that was read, beside what is shown of its course.
#[derive(Debug)]
pub struct Copy {
    pub files: Files,
    /// All that stand beside the folder.
    pub facts: Facts,
    /// The id of the course, if its manifest can be read.
    pub course: Option<Uuid>,
    pub stand: Stand,
    pub shown: Option<Edition>,
    base: Option<Base>,
    /// Those facts that the course shows.
    told: Facts,
    hash: String,
}

/// A version that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub version: Uuid,
    pub number: i32,
    pub content: String,
}

impl Edition {
    /// The shown version of a course.
    pub async fn shown(conn: &mut Conn, course: Uuid) -> Result<Option<Edition>, db::Error> {
        match store::current_version(conn, course).await? {
            Some(version) => {
                let (number, content) = store::edition(conn, version).await?;
                Ok(Some(Edition { version, number, content }))
            }
            None => Ok(None),
        }
    }
}

impl Copy {
    /// Looks at the files of a folder and at what is shown.
    pub async fn look(
        conn: &mut Conn,
        place: &Path,
        files: Files,
        facts: Facts,
    ) -> Result<Copy, db::Error> {
        let (course, told) = match compile_with(&files, &facts, None).0 {
            Some(Course { id, facts, .. }) => (Some(id), facts),
            None => (None, Facts::new()),
        };
        let shown = match course {
            Some(course) => Edition::shown(conn, course).await?,
            None => None,
        };
        let base = base::read(place).filter(|base| Some(base.course) == course);
        let hash = version_hash(&files, &told);
        let stand = base::stand(base.as_ref(), &hash, shown.as_ref().map(|it| it.content.as_str()));
        Ok(Copy { files, facts, course, stand, shown, base, told, hash })
    }

    /// Publishes the folder over what was shown when it was looked at.
    pub async fn publish(
        &self,
        conn: &mut Conn,
        now: DateTime<Utc>,
    ) -> Result<Outcome, Failed<PublishRefusal>> {
        let expected = Expected::Version(self.shown.as_ref().map(|shown| shown.version));
        let folder = Folder { files: &self.files, facts: &self.facts };
        publish::publish_over(conn, folder, expected, now).await
    }

    /// What the folder is made from after this publication.
    pub fn published(&self, outcome: &Outcome) -> Base {
        let number = match outcome.change {
            Change::New(number) | Change::Back(number) => number,
            Change::None => self.shown.as_ref().map_or(1, |shown| shown.number),
        };
        Base { course: outcome.course.id, version: number, content: self.hash.clone() }
    }

    /// What differs between what is shown and the folder: who changed each file, and the lines.
    pub async fn differences(&self, conn: &mut Conn) -> Result<String, db::Error> {
        let Some(shown) = &self.shown else { return Ok(String::new()) };
        let theirs = files_of(conn, shown.version).await?;
        let before = self.base_files(conn).await?;
        let mut out = String::new();
        let paths: BTreeSet<&String> = theirs.keys().chain(self.files.keys()).collect();
        for path in paths {
            let (old, new) = (theirs.get(path), self.files.get(path));
            if old != new {
                let who = before.as_ref().map(|before| who(before.get(path), old, new));
                out.push_str(&format!("{path}{}\n", who.unwrap_or_default()));
                out.push_str(&changes(old, new));
            }
        }
        let facts = store::course(conn, shown.version).await?.facts;
        let ids: BTreeSet<&String> = facts.keys().chain(self.told.keys()).collect();
        for id in ids.into_iter().filter(|id| facts.get(*id) != self.told.get(*id)) {
            out.push_str(&format!("{FACTS_FILE} (the fact `{id}`)\n"));
        }
        Ok(out)
    }

    /// The files of the version that the folder was made from, if that is known.
    async fn base_files(&self, conn: &mut Conn) -> Result<Option<Files>, db::Error> {
        let Some(base) = &self.base else { return Ok(None) };
        match store::version_by_hash(conn, base.course, &base.content).await? {
            Some((version, _)) => files_of(conn, version).await.map(Some),
            None => Ok(None),
        }
    }
}

fn who(base: Option<&Vec<u8>>, shown: Option<&Vec<u8>>, folder: Option<&Vec<u8>>) -> &'static str {
    match (base == shown, base == folder) {
        (true, _) => " (changed in the folder)",
        (false, true) => " (changed in what is shown)",
        (false, false) => " (changed on both sides)",
    }
}

fn changes(old: Option<&Vec<u8>>, new: Option<&Vec<u8>>) -> String {
    let text = |bytes: Option<&Vec<u8>>| match bytes {
        None => Some(String::new()),
        Some(bytes) => String::from_utf8(bytes.clone()).ok(),
    };
    match (text(old), text(new)) {
        (Some(_), Some(_)) if new.is_none() => "  only in what is shown\n".to_owned(),
        (Some(_), Some(_)) if old.is_none() => "  only in the folder\n".to_owned(),
        (Some(old), Some(new)) => diff::unified(&old, &new, LINES_SHOWN),
        _ => "  not text\n".to_owned(),
    }
}

/// The address of a course.
pub async fn slug_of(conn: &mut Conn, course: Uuid) -> Result<String, db::Error> {
    Ok(store::slug(conn, course).await?)
}

/// All files of a version.
pub async fn files_of(conn: &mut Conn, version: Uuid) -> Result<Files, db::Error> {
    let mut files = Files::new();
    for (path, hash) in store::files(conn, version).await? {
        files.insert(path, store::blob(conn, &hash).await?);
    }
    Ok(files)
}

/// A version on its way into a folder.
#[derive(Debug)]
pub struct Export {
    pub number: i32,
    pub effects: BTreeMap<String, Effect>,
    /// Does it show facts, which stand beside its folder and are not written?
    pub tells_facts: bool,
    files: Files,
    base: Base,
}

impl Export {
    /// The shown version of the course at an address, against what stands in the folder.
    pub async fn prepare(
        conn: &mut Conn,
        slug: &str,
        there: &Files,
        place: &Path,
    ) -> Result<Option<Export>, db::Error> {
        let Some((course, Some(version))) = store::shown_at(conn, slug).await? else {
            return Ok(None);
        };
        let (number, content) = store::edition(conn, version).await?;
        let files = files_of(conn, version).await?;
        let known = base::read(place).filter(|base| base.course == course);
        let before = match &known {
            Some(known) => store::version_by_hash(conn, course, &known.content).await?,
            None => None,
        };
        let before = match before {
            Some((version, _)) => files_of(conn, version).await?,
            None => Files::new(),
        };
        let effects = folder::effects(there, &before, &files);
        let tells_facts = !store::course(conn, version).await?.facts.is_empty();
        let base = Base { course, version: number, content };
        Ok(Some(Export { number, effects, tells_facts, files, base }))
    }

    /// The files that somebody changed and that would be lost.
    pub fn lost(&self) -> impl Iterator<Item = &str> {
        let lost = self.effects.iter().filter(|(_, effect)| **effect == Effect::Lost);
        lost.map(|(path, _)| path.as_str())
    }

    /// Files in the folder that the version does not have and that stay there.
    pub fn strangers<'a>(&'a self, there: &'a Files) -> impl Iterator<Item = &'a str> {
        let kept = there
            .keys()
            .filter(|path| !self.files.contains_key(*path) && !self.effects.contains_key(*path));
        kept.map(String::as_str)
    }

    /// Writes the version into the folder.
    pub fn write(&self, place: &Path) -> std::io::Result<()> {
        folder::write(place, &self.files, &self.effects)?;
        base::write(place, &self.base)
    }
}
