//! `bilik check`: what is wrong with the courses of a folder, for people, for scripts and for GitHub.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::courses::{beside, found};
use super::explain::explain;
use super::say::{Ending, line};
use super::tables;
use crate::catalogue::folder;
use crate::clock;
use crate::domain::course::compile_all_with;
use crate::domain::course::model::Course;
use crate::domain::diagnostic::{Diagnostics, Ink, Level, Print, Report};
use crate::domain::edit::{Edit, apply};
use crate::domain::fact::Facts;
use crate::domain::locale::Locale;

/// What is asked of `bilik check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// A course folder, or a folder of course folders.
    #[arg(required_unless_present = "explain")]
    folder: Option<PathBuf>,
    /// How the problems are printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Make the changes that mend a problem and mean nothing else, then check again.
    #[arg(long)]
    fix: bool,
    /// Tell how each lesson stands in each language, block by block.
    #[arg(long)]
    languages: bool,
    /// List the facts of facts.yml with the courses that show them.
    #[arg(long)]
    facts: bool,
    /// Tell what a code means and how to mend it.
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// The language of the explanation: az, en or ru.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Locale,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With the lines of the files.
    Human,
    /// One document; the form is stable.
    Json,
    /// Lines that GitHub shows beside the changed files.
    Github,
}

fn language(code: &str) -> Result<Locale, String> {
    Locale::parse(code).ok_or_else(|| "expected az, en or ru".to_owned())
}

/// Checks the courses at a path; refused if any has errors.
pub fn check(asked: &Check, ink: Ink) -> Result<(), Ending> {
    if let Some(code) = &asked.explain {
        return explain(code, asked.lang);
    }
    let folder = asked.folder.as_deref().unwrap_or(Path::new("."));
    let mut checked = Checked::read(folder)?;
    if asked.fix {
        checked.fix()?;
        checked = Checked::read(folder)?;
    }
    let report = checked.report();
    match if asked.json { Format::Json } else { asked.format } {
        Format::Json => line(report.json()),
        Format::Github => line(report.github().trim_end()),
        Format::Human => show(&report, checked.files, ink),
    }
    for course in checked.courses.iter().filter(|_| asked.languages) {
        line(tables::languages(course));
    }
    if asked.facts {
        line(tables::facts(&checked.facts, &checked.courses));
    }
    match report.count(Level::Error) {
        0 => Ok(()),
        1 => Err(Ending::Refused("1 error".to_owned())),
        errors => Err(Ending::Refused(format!("{errors} errors"))),
    }
}

/// The courses beside each other, and what there is to say about them.
struct Checked {
    folders: Vec<PathBuf>,
    found: BTreeMap<String, Diagnostics>,
    files: usize,
    facts: Facts,
    courses: Vec<Course>,
}

impl Checked {
    fn read(path: &Path) -> Result<Checked, Ending> {
        let folders = found(path)?;
        let mut courses = BTreeMap::new();
        for course in &folders {
            let files = folder::read(course).map_err(|why| broken(course, &why))?;
            courses.insert(name(course), files);
        }
        let files = courses.values().map(BTreeMap::len).sum();
        let (facts, mut remarks) = beside(folders.first())?;
        let today = clock::now().date_naive();
        let (mut found, mut compiled) = (BTreeMap::new(), Vec::new());
        for (name, (course, diagnostics)) in compile_all_with(&courses, &facts, Some(today)) {
            // What is wrong with the facts that all courses share is told once, with the first.
            let mut all = diagnostics;
            std::mem::take(&mut remarks).iter().for_each(|remark| all.push(remark.clone()));
            found.insert(name, all);
            compiled.extend(course);
        }
        Ok(Checked { folders, found, files, facts, courses: compiled })
    }

    fn each(&self) -> impl Iterator<Item = (&PathBuf, &Diagnostics)> {
        self.folders.iter().filter_map(|folder| Some((folder, self.found.get(&name(folder))?)))
    }

    fn report(&self) -> Report<'_> {
        let course = |(folder, diagnostics): (&PathBuf, _)| {
            (folder.to_string_lossy().replace('\\', "/"), diagnostics)
        };
        Report { courses: self.each().map(course).collect() }
    }

    /// Writes the changed texts. A byte order mark at the beginning of a file stays.
    fn fix(&self) -> Result<(), Ending> {
        for (folder, diagnostics) in self.each() {
            let mut edits: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
            for remark in diagnostics.iter() {
                edits.entry(&remark.place.file).or_default().extend(remark.fix.clone());
            }
            for (file, edits) in edits.into_iter().filter(|(_, edits)| !edits.is_empty()) {
                let path = folder.join(file);
                let written = fs::read_to_string(&path).map_err(|why| broken(&path, &why))?;
                let text = written.trim_start_matches('\u{feff}');
                let mark = written.strip_suffix(text).unwrap_or_default();
                let text = format!("{mark}{}", apply(text, &edits));
                fs::write(&path, text).map_err(|why| broken(&path, &why))?;
            }
        }
        Ok(())
    }
}

fn name(folder: &Path) -> String {
    let named = folder.canonicalize().unwrap_or_else(|_unreadable| folder.to_owned());
    named.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn broken(path: &Path, why: &std::io::Error) -> Ending {
    Ending::Environment(format!("{}: {why}", path.display()))
}

/// For people: the problems, how many, and where to read more.
fn show(report: &Report<'_>, files: usize, ink: Ink) {
    for (folder, diagnostics) in report.courses.iter().filter(|(_, found)| !found.is_empty()) {
        line(Print { diagnostics, folder, ink }.to_string().trim_end());
        line("");
    }
    let courses = match report.courses.len() {
        1 => "1 course".to_owned(),
        count => format!("{count} courses"),
    };
    let Some(summary) = report.summary() else {
        return line(format!("no problems in {courses}, {files} files"));
    };
    line(format!("{summary} of {courses}, {files} files"));
    let codes: Vec<&str> = report.codes().into_keys().collect();
    line(format!("explained by `bilik check --explain CODE`: {}", codes.join(", ")));
}
