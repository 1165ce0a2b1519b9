//! `bilik fmt`: course files brought to the canonical form.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::courses::found;
use super::say::{Ending, line};
use crate::catalogue::folder;
use crate::domain::course::canonical::{diff, format, mark_translated};
use crate::domain::edit::{Edit, apply};

/// What to bring to the canonical form.
#[derive(Debug, Args)]
pub struct Fmt {
    /// A course folder, or a folder of courses.
    #[arg(required_unless_present = "translated")]
    folder: Option<PathBuf>,
    /// Write nothing; show what would change. The exit status is 1 if there is anything.
    #[arg(long)]
    check: bool,
    /// Write the files; this is what happens without `--check`.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Mark a translation as made from its source as it is now.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["folder", "check"])]
    translated: Option<PathBuf>,
}

/// Runs the command.
pub fn run(fmt: &Fmt) -> Result<(), Ending> {
    if let Some(file) = &fmt.translated {
        return translated(file);
    }
    let mut changed = 0;
    let mut all = 0;
    for course in found(fmt.folder.as_deref().unwrap_or(Path::new(".")))? {
        let files = read(&course)?;
        let edits = format(&files);
        all += files.len();
        changed += edits.len();
        for (path, edits) in &edits {
            let text = text(&files, path)?;
            if fmt.check {
                let shown = course.join(path).display().to_string();
                line(diff(&shown, text, edits).trim_end());
            } else {
                write(&course.join(path), text, edits)?;
            }
        }
    }
    match changed {
        0 => line(format!("{all} files, nothing to change")),
        _ if fmt.check => {
            let what = "are not in the canonical form; `bilik fmt` writes them so";
            return Err(Ending::Refused(format!("{changed} of {all} files {what}")));
        }
        _ => line(format!("{changed} of {all} files written anew")),
    }
    Ok(())
}

/// Marks one translation.
fn translated(file: &Path) -> Result<(), Ending> {
    let file = fs::canonicalize(file).map_err(|why| at(file, why))?;
    let not_one = || Ending::Refused(format!("{} is no translation of a lesson", file.display()));
    let is_course = |folder: &&Path| folder.join("course.yml").is_file();
    let course = file.ancestors().skip(1).find(is_course).ok_or_else(not_one)?;
    let inside = file.strip_prefix(course).map_err(|why| at(&file, why))?;
    let path = inside.to_string_lossy().replace('\\', "/");
    let files = read(course)?;
    let edit = mark_translated(&files, &path).ok_or_else(not_one)?;
    write(&file, text(&files, &path)?, &[edit])
}

fn read(course: &Path) -> Result<BTreeMap<String, Vec<u8>>, Ending> {
    folder::read(course).map_err(|why| at(course, why))
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> Result<&'f str, Ending> {
    let bytes = files.get(path).map(Vec::as_slice).unwrap_or_default();
    std::str::from_utf8(bytes).map_err(|why| at(Path::new(path), why))
}

/// Puts the new text beside the file first, so that a full disk leaves the old one whole.
fn write(path: &Path, text: &str, edits: &[Edit]) -> Result<(), Ending> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.new"));
    let written = fs::metadata(path)
        .and_then(|old| {
            fs::write(&beside, apply(text, edits))?;
            fs::set_permissions(&beside, old.permissions())
        })
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|why| at(path, why))
}

fn at(path: &Path, why: impl std::fmt::Display) -> Ending {
    Ending::Environment(format!("{}: {why}", path.display()))
}
