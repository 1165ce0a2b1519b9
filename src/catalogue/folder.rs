//! Reads course folders from disk.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest file of a course.
const LARGEST: u64 = 50 * 1024 * 1024;

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

/// All files of a course folder by their path inside it, with `/`. Hidden files and links are left out.
pub fn read(folder: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files)?;
    Ok(files)
}

/// The text of the facts that stand beside a course folder; empty if there are none.
pub fn facts_beside(course: &Path) -> io::Result<String> {
    let course = course.canonicalize()?;
    let file = course.parent().unwrap_or(&course).join("facts.yml");
    match fs::read(file) {
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|_not_text| io::Error::other("facts.yml is not UTF-8 text")),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(why) => Err(why),
    }
}

fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (kind, path) = (entry.file_type()?, format!("{inside}{name}"));
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if entry.metadata()?.len() <= LARGEST {
            files.insert(path, fs::read(entry.path())?);
        } else {
            return Err(io::Error::other(format!(
                "{path} is larger than {} MB",
                LARGEST / 1024 / 1024
            )));
        }
    }
    Ok(())
}
