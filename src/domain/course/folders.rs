//! The folders and files of a course by their names: modules, lessons, languages.

use std::collections::BTreeMap;

use super::bank::bank_file;
use super::front::written_id;
use super::manifest::Manifest;
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::locale::Locale;
use crate::slug::is_id;

/// A module folder: its number, id and name, and its lessons by number and file name.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) number: u32,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) lessons: BTreeMap<(u32, String), Files>,
}

/// The files of a lesson by language, and its id: as its source text says, else by the file name.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) id: String,
    pub(super) texts: BTreeMap<Locale, String>,
}

/// The module folders in the order of their numbers. Files that fit nowhere are reported.
pub(super) fn read_folders(
    sources: &BTreeMap<String, Source>,
    language: Locale,
    out: &mut Diagnostics,
) -> Vec<Folder> {
    let mut folders: BTreeMap<(u32, String), Folder> = BTreeMap::new();
    for path in sources.keys() {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["course.yml" | "README.md"] | ["media", ..] => {}
            ["banks", file] if bank_file(file).is_some() => {}
            ["banks", ..] => {
                let message = "this file is no question bank and is left out";
                let remark = Diagnostic::of_file("C007", Level::Warning, path, message);
                out.push(remark.help("banks are called `banks/some-name.en.md`"));
            }
            [name, file] if numbered(name).is_some() => {
                let (number, id) = numbered(name).unwrap_or_default();
                let folder = folders.entry((number, id.to_owned())).or_insert_with(|| Folder {
                    number,
                    id: id.to_owned(),
                    name: (*name).to_owned(),
                    lessons: BTreeMap::new(),
                });
                add_file(folder, path, file, out);
            }
            _ => out.push(stray(path)),
        }
    }
    let mut folders: Vec<Folder> = folders.into_values().collect();
    for ((_, name), files) in folders.iter_mut().flat_map(|folder| &mut folder.lessons) {
        let source = files.texts.get(&language).and_then(|path| sources.get(path));
        files.id = source.and_then(written_id).unwrap_or_else(|| name.clone());
    }
    folders
}

fn add_file(folder: &mut Folder, path: &str, file: &str, out: &mut Diagnostics) {
    if file == "module.yml" || file == "README.md" {
        return;
    }
    let name = file.strip_suffix(".md").and_then(|name| name.rsplit_once('.'));
    let lesson = name.and_then(|(name, code)| Some((numbered(name)?, Locale::parse(code)?)));
    match lesson {
        Some(((number, id), locale)) => {
            folder
                .lessons
                .entry((number, id.to_owned()))
                .or_default()
                .texts
                .insert(locale, path.to_owned());
        }
        None => out.push(stray(path)),
    }
}

fn stray(path: &str) -> Diagnostic {
    Diagnostic::of_file(
        "C007",
        Level::Warning,
        path,
        "this file belongs to no lesson and is left out",
    )
    .help("modules are called `1-some-name/`, lessons `1-some-name.en.md`")
}

/// `3-some-name` as its number and id.
pub(super) fn numbered(name: &str) -> Option<(u32, &str)> {
    let (number, id) = name.split_once('-')?;
    let digits = number.chars().all(|c| c.is_ascii_digit());
    let number: u32 = number.parse().ok().filter(|_| digits)?;
    is_id(id).then_some((number, id))
}

/// Reports numbers and ids that are used twice.
pub(super) fn check_folders(folders: Vec<Folder>, out: &mut Diagnostics) -> Vec<Folder> {
    let mut modules: BTreeMap<&str, &str> = BTreeMap::new();
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    let mut lessons: BTreeMap<&str, String> = BTreeMap::new();
    for folder in &folders {
        let file = format!("{}/module.yml", folder.name);
        if let Some(first) = modules.insert(&folder.id, &folder.name) {
            let message = format!("module id `{}` is already used by `{first}/`", folder.id);
            out.push(Diagnostic::of_file("C012", Level::Error, &file, message));
        }
        if let Some(first) = numbers.insert(folder.number.to_string(), folder.name.clone()) {
            let message = format!("number {} is already used by `{first}/`", folder.number);
            out.push(Diagnostic::of_file("C012", Level::Error, &file, message));
        }
        for ((number, _), files) in &folder.lessons {
            let path = files.texts.values().next().map(String::as_str).unwrap_or_default();
            if let Some(first) = lessons.insert(&files.id, path.to_owned()) {
                let message = format!("lesson id `{}` is already used by `{first}`", files.id);
                out.push(Diagnostic::of_file("C012", Level::Error, path, message));
            }
            if let Some(first) =
                numbers.insert(format!("{}/{number}", folder.name), path.to_owned())
            {
                let message = format!("number {number} is already used by `{first}`");
                out.push(Diagnostic::of_file("C012", Level::Error, path, message));
            }
        }
    }
    folders
}

/// The folders in the order that the manifest asks for.
pub(super) fn ordered(
    folders: Vec<Folder>,
    manifest: &Manifest,
    source: &Source,
    out: &mut Diagnostics,
) -> Vec<Folder> {
    let Some(order) = &manifest.order else { return folders };
    let mut rest = folders;
    let mut sorted = Vec::new();
    for (id, at) in order {
        match rest.iter().position(|folder| folder.id == *id) {
            Some(index) => sorted.push(rest.remove(index)),
            None => out.push(source.error(
                "C005",
                at.clone(),
                format!("`modules`: no folder is called `…-{id}`"),
            )),
        }
    }
    for folder in &rest {
        let message = format!("module `{}` is not listed in `modules` of course.yml", folder.id);
        out.push(Diagnostic::of_file(
            "C007",
            Level::Warning,
            &format!("{}/module.yml", folder.name),
            message,
        ));
    }
    sorted.extend(rest);
    sorted
}

pub(super) fn lesson_addresses(
    folders: &[Folder],
    manifest: &Manifest,
) -> BTreeMap<String, String> {
    let mut addresses = BTreeMap::new();
    for files in folders.iter().flat_map(|folder| folder.lessons.values()) {
        for (locale, path) in &files.texts {
            let address = format!("/{}/courses/{}/{}", locale.code(), manifest.slug, files.id);
            addresses.insert(path.clone(), address);
        }
    }
    addresses
}
