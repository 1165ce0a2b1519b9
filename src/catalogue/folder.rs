//! Course folders on disk: reading them, and writing a version back byte for byte.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The largest file of a course.
const LARGEST: u64 = 50 * 1024 * 1024;

/// All files of a course together.
const LARGEST_FOLDER: u64 = 500 * 1024 * 1024;

/// Files of a course at most.
const MOST_FILES: usize = 10_000;

/// Folders inside each other at most; a course needs two.
const DEEPEST: usize = 8;

/// The course folders at a path: itself, or those inside it.
pub fn courses_in(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.join("course.yml").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.join("course.yml").is_file() {
            found.push(entry);
        }
    }
    found.sort();
    Ok(found)
}

/// All files of a course folder by their path inside it, with `/`. Hidden files are no part of the course; links,
/// names that are not text, and folders that no course needs are refused.
pub fn read(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut reading = Reading { files: BTreeMap::new(), bytes: 0 };
    reading.collect(folder, "", 0)?;
    Ok(reading.files)
}

struct Reading {
    files: BTreeMap<String, Vec<u8>>,
    bytes: u64,
}

/// The text of the facts that stand beside a course folder; empty if there are none.
pub fn facts_beside(course: &Path) -> io::Result<String> {
    match fs::read(facts_file(course)?) {
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|_not_text| io::Error::other("facts.yml is not UTF-8 text")),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(why) => Err(why),
    }
}

/// Where the facts of a course folder stand, if there are any.
pub fn facts_file(course: &Path) -> io::Result<PathBuf> {
    let course = course.canonicalize()?;
    Ok(course.parent().unwrap_or(&course).join("facts.yml"))
}

impl Reading {
    fn collect(&mut self, folder: &Path, inside: &str, depth: usize) -> io::Result<()> {
        if depth > DEEPEST {
            return refused(format!("{inside} lies more than {DEEPEST} folders deep"));
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = match entry.file_name().into_string() {
                Ok(name) => name,
                Err(name) => {
                    return refused(format!("the name {inside}{} is not text", name.display()));
                }
            };
            if !name.starts_with('.') {
                self.add(&entry, format!("{inside}{name}"), depth)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: &DirEntry, path: String, depth: usize) -> io::Result<()> {
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            return refused(format!("{path} is a link; put the file itself there"));
        }
        if kind.is_dir() {
            return self.collect(&entry.path(), &format!("{path}/"), depth + 1);
        }
        if !kind.is_file() {
            return refused(format!("{path} is neither a file nor a folder"));
        }
        let size = entry.metadata()?.len();
        self.bytes += size;
        match () {
            () if size > LARGEST => {
                refused(format!("{path} is larger than {}", megabytes(LARGEST)))
            }
            () if self.bytes > LARGEST_FOLDER => {
                refused(format!("the folder holds more than {}", megabytes(LARGEST_FOLDER)))
            }
            () if self.files.len() >= MOST_FILES => {
                refused(format!("the folder holds more than {MOST_FILES} files"))
            }
            () => {
                self.files.insert(path, fs::read(entry.path())?);
                Ok(())
            }
        }
    }
}

fn refused<T>(why: String) -> io::Result<T> {
    Err(io::Error::other(why))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1024 / 1024)
}

/// What writing a version into a folder would do to a file there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is not there yet.
    New,
    /// It is replaced; nobody changed it since the folder was made.
    Replaced,
    /// It would be lost: somebody changed it.
    Lost,
    /// It is taken away; the version does not have it, and nobody changed it.
    Removed,
}

/// What writing the files of a version into a folder would do. `base` are the files that the folder was made from;
/// files that belong to neither stay where they are.
pub fn effects(
    there: &BTreeMap<String, Vec<u8>>,
    base: &BTreeMap<String, Vec<u8>>,
    files: &BTreeMap<String, Vec<u8>>,
) -> BTreeMap<String, Effect> {
    let mut effects = BTreeMap::new();
    for (path, bytes) in files {
        let effect = match there.get(path) {
            Some(known) if known == bytes => continue,
            None => Effect::New,
            Some(known) if base.get(path) == Some(known) => Effect::Replaced,
            Some(_) => Effect::Lost,
        };
        effects.insert(path.clone(), effect);
    }
    for (path, bytes) in base.iter().filter(|(path, _)| !files.contains_key(*path)) {
        let effect = match there.get(path) {
            None => continue,
            Some(known) if known == bytes => Effect::Removed,
            Some(_) => Effect::Lost,
        };
        effects.insert(path.clone(), effect);
    }
    effects
}

/// Writes the files of a version and takes away those that it does not have any more.
pub fn write(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    effects: &BTreeMap<String, Effect>,
) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for path in effects.keys() {
        let place = inside(folder, path)?;
        match files.get(path) {
            Some(bytes) => {
                place.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::write(place, bytes)?;
            }
            None => fs::remove_file(place)?,
        }
    }
    Ok(())
}

/// The place of a path inside the folder, never outside of it and never through a link.
fn inside(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let mut place = folder.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else {
            return refused(format!("{path} leads out of the folder"));
        };
        place.push(name);
        if place.is_symlink() {
            return refused(format!(
                "{} is a link; nothing is written through it",
                place.display()
            ));
        }
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn only_what_nobody_changed_is_replaced() {
        let base = files(&[
            ("same", "1"),
            ("mine", "1"),
            ("old", "1"),
            ("edited-old", "1"),
            ("theirs", "1"),
        ]);
        let there = files(&[
            ("same", "1"),
            ("mine", "2"),
            ("old", "1"),
            ("edited-old", "2"),
            ("theirs", "1"),
            ("own", "1"),
        ]);
        let new = files(&[("same", "1"), ("mine", "3"), ("theirs", "3"), ("new", "1")]);
        let expected = [
            ("edited-old", Effect::Lost),
            ("mine", Effect::Lost),
            ("new", Effect::New),
            ("old", Effect::Removed),
            ("theirs", Effect::Replaced),
        ];
        let expected = expected.map(|(path, effect)| (path.to_owned(), effect));
        assert_eq!(effects(&there, &base, &new), BTreeMap::from(expected));
    }

    #[test]
    fn nothing_is_written_outside() {
        let folder = Path::new("/nonexistent");
        for path in ["../x", "/etc/x", "a/../../x"] {
            assert!(inside(folder, path).is_err(), "{path}");
        }
        assert!(inside(folder, "1-a/2-b.md").is_ok());
    }
}
