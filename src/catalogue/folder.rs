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
