//! What courses that stand beside each other ask of each other: none waits for one that is not there, and none for
//! itself, be it by way of others.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::condition::Condition;
use super::conditions::Placed;
use super::folders::numbered;
use super::manifest::{read_manifest, read_module};
use super::model::Course;
use super::shown::shown;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};

/// A condition of a course that speaks of other courses.
struct Wait {
    source: Source,
    placed: Placed,
    /// Must it hold before the course can be completed?
    needed: bool,
}

/// The conditions of all courses, by the names of their folders.
pub(super) struct Waits<'c> {
    courses: BTreeMap<&'c str, &'c Course>,
    waits: BTreeMap<&'c str, Vec<Wait>>,
}

impl<'c> Waits<'c> {
    /// Reads them again, with their places, from the courses that have any.
    pub(super) fn read(
        courses: impl Iterator<Item = (&'c str, &'c Course, &'c BTreeMap<String, Vec<u8>>)>,
    ) -> Waits<'c> {
        let mut all = Waits { courses: BTreeMap::new(), waits: BTreeMap::new() };
        for (name, course, files) in courses {
            all.courses.insert(name, course);
            if speaks_of_courses(course) {
                all.waits.insert(name, waits(course, files).unwrap_or_default());
            }
        }
        all
    }

    /// What there is to say, by the name of the folder.
    pub(super) fn check(&self) -> BTreeMap<String, Vec<Diagnostic>> {
        let stuck = self.stuck();
        let mut said: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        for (name, waits) in &self.waits {
            for wait in waits {
                let remarks = wait.placed.atoms.iter().filter_map(|(atom, at)| {
                    let Condition::Course(other) = atom else { return None };
                    match self.find(other) {
                        None => Some(nowhere(other, &wait.source, at.clone())),
                        Some(there) => {
                            let round = there != *name
                                && wait.needed
                                && stuck.contains(name)
                                && self.leads_back(there, name, &stuck);
                            round.then(|| waits_back(other, &wait.source, at.clone()))
                        }
                    }
                });
                said.entry((*name).to_owned()).or_default().extend(remarks);
            }
        }
        said
    }

    /// The folder of a course that is named by its address or its id.
    fn find(&self, course: &str) -> Option<&'c str> {
        let is = |known: &Course| known.slug == course || known.id.to_string() == course;
        self.courses.iter().find(|(_, known)| is(known)).map(|(name, _)| *name)
    }

    /// The courses that nobody can complete, whatever is completed before.
    fn stuck(&self) -> BTreeSet<&'c str> {
        let mut stuck: BTreeSet<&str> = self.courses.keys().copied().collect();
        loop {
            let before = stuck.len();
            let free: Vec<&str> =
                stuck.iter().copied().filter(|name| self.can_be_completed(name, &stuck)).collect();
            free.iter().for_each(|name| {
                stuck.remove(name);
            });
            if stuck.len() == before {
                return stuck;
            }
        }
    }

    fn can_be_completed(&self, name: &str, stuck: &BTreeSet<&str>) -> bool {
        let holds = |atom: &Condition| match atom {
            Condition::Course(other) => {
                self.find(other).is_none_or(|there| there == name || !stuck.contains(there))
            }
            Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::From(_)
            | Condition::All(_)
            | Condition::Any(_) => true,
        };
        let mut needed = self.waits.get(name).into_iter().flatten().filter(|wait| wait.needed);
        needed.all(|wait| wait.placed.condition.unmet(&holds).is_none())
    }

    /// Does a course wait for another, be it by way of others that are stuck?
    fn leads_back(&self, from: &'c str, to: &str, stuck: &BTreeSet<&'c str>) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            if name == to {
                return true;
            }
            if !stuck.contains(name) || !seen.insert(name) {
                continue;
            }
            let waits = self.waits.get(name).into_iter().flatten().filter(|wait| wait.needed);
            open.extend(waits.flat_map(|wait| &wait.placed.atoms).filter_map(|(atom, _)| {
                let Condition::Course(other) = atom else { return None };
                self.find(other)
            }));
        }
        false
    }
}

fn nowhere(other: &str, source: &Source, at: Range<usize>) -> Diagnostic {
    let message = format!("no course beside this one is called `{other}`");
    source.warning("C057", at, message).help(
        "write the address of a course, its `slug`; until that is published, nobody gets on here",
    )
}

fn waits_back(other: &str, source: &Source, at: Range<usize>) -> Diagnostic {
    let message =
        format!("nobody can complete this course: it waits for `{other}`, which waits for it");
    source
        .error("C056", at, message)
        .help("let at least one of these courses begin without the others")
}

fn speaks_of_courses(course: &Course) -> bool {
    let locks = course.modules.iter().filter_map(|module| module.unlock.as_ref());
    let mut atoms = course.prerequisites.iter().chain(locks).flat_map(Condition::atoms);
    atoms.any(|atom| matches!(atom, Condition::Course(_)))
}

fn waits(course: &Course, files: &BTreeMap<String, Vec<u8>>) -> Option<Vec<Wait>> {
    let source = |path: &String| {
        let text = std::str::from_utf8(files.get(path)?).ok()?;
        Some(Source::new(path, text.to_owned()))
    };
    let mut silent = Diagnostics::default();
    let own = source(&"course.yml".to_owned())?;
    let mut manifest = read_manifest(&own, &mut silent)?;
    let mut waits = Vec::new();
    let prerequisites = manifest.asks.prerequisites.take();
    waits.extend(prerequisites.map(|placed| Wait { source: own, placed, needed: true }));
    for path in files.keys() {
        let folder = path.strip_suffix("/module.yml").and_then(numbered);
        let (Some((_, id)), Some(source)) = (folder, source(path)) else { continue };
        let needed = shown(course).any(|(module, lesson)| module.id == id && lesson.required);
        let unlock = read_module(&source, &manifest, &mut silent).unlock;
        waits.extend(unlock.map(|placed| Wait { source, placed, needed }));
    }
    Some(waits)
}
