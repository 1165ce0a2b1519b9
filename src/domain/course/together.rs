//! Courses that stand beside each other in one folder: links from one to another, ids that two of them claim,
//! and what they ask of each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::between::Waits;
use super::compile::{addresses, compile_beside};
use super::facts::Shelf;
use super::kept::Kept;
use super::model::Course;
use super::yaml::{Fields, text};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::fact::Facts;

type Files = BTreeMap<String, Vec<u8>>;

/// Compiles the courses of a folder, each by the name of its own folder.
pub fn compile_all(
    courses: &BTreeMap<String, Files>,
) -> BTreeMap<String, (Option<Course>, Diagnostics)> {
    compile_all_with(courses, &Facts::new(), None)
}

/// The same with the facts that all of them share, and, if overdue ones are to be reported, the day.
pub fn compile_all_with(
    courses: &BTreeMap<String, Files>,
    facts: &Facts,
    today: Option<NaiveDate>,
) -> BTreeMap<String, (Option<Course>, Diagnostics)> {
    let wanted = courses.len() > 1 && courses.values().any(links_out);
    let shelf = wanted.then(|| shelf(courses));
    let mut compiled: BTreeMap<_, _> = courses
        .iter()
        .map(|(name, files)| {
            (
                name.clone(),
                compile_beside(files, Shelf { facts, today }, shelf.as_ref(), &mut Kept::default()),
            )
        })
        .collect();
    check_claims(courses, &mut compiled);
    if courses.len() > 1 {
        check_waits(courses, &mut compiled);
    }
    compiled
}

/// Might a text link to another course? Most do not, and then nobody needs to know the others.
fn links_out(files: &Files) -> bool {
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .any(|(_, text)| text.windows(6).any(|bytes| bytes == b"../../"))
}

/// The addresses of all courses by their folders, and of all lessons by their paths from the folder of all courses.
fn shelf(courses: &BTreeMap<String, Files>) -> BTreeMap<String, String> {
    let mut shelf = BTreeMap::new();
    for (name, files) in courses {
        let Some((course, lessons)) = addresses(files) else { continue };
        shelf.insert(name.clone(), course);
        shelf
            .extend(lessons.into_iter().map(|(path, address)| (format!("{name}/{path}"), address)));
    }
    shelf
}

/// What only one course may have: its id, and its address.
fn check_claims(
    courses: &BTreeMap<String, Files>,
    compiled: &mut BTreeMap<String, (Option<Course>, Diagnostics)>,
) {
    let mut first: BTreeMap<(&str, String), (&String, Claim)> = BTreeMap::new();
    for (name, files) in courses {
        for claim in claims(files) {
            let Some((_, out)) = compiled.get_mut(name) else { continue };
            match first.get(&(claim.code, claim.value.clone())) {
                Some((other, earlier)) => {
                    out.push(said_twice(&claim, other, earlier));
                    out.know(Arc::new(beside(other, &earlier.source)));
                    out.sort();
                }
                None => {
                    first.insert((claim.code, claim.value.clone()), (name, claim));
                }
            }
        }
    }
}

/// What courses ask of each other. Of a course that is checked alone, nobody knows what stands beside it.
fn check_waits(
    courses: &BTreeMap<String, Files>,
    compiled: &mut BTreeMap<String, (Option<Course>, Diagnostics)>,
) {
    let known = courses.iter().filter_map(|(name, files)| {
        let (course, _) = compiled.get(name)?;
        Some((name.as_str(), course.as_ref()?, files))
    });
    let found = Waits::read(known).check();
    for (name, remarks) in found {
        let Some((_, out)) = compiled.get_mut(&name).filter(|_| !remarks.is_empty()) else {
            continue;
        };
        remarks.into_iter().for_each(|remark| out.push(remark));
        out.sort();
    }
}

/// A field of a manifest that claims something for its course.
struct Claim {
    code: &'static str,
    message: &'static str,
    value: String,
    source: Arc<Source>,
    at: std::ops::Range<usize>,
}

fn claims(files: &Files) -> Vec<Claim> {
    let manifest = files.get("course.yml").and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(manifest) = manifest else { return Vec::new() };
    let source = Arc::new(Source::new("course.yml", manifest.to_owned()));
    let whole = 0..source.text.len();
    let Some(mut fields) = Fields::read(&source, whole, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (field, code, message) in [
        ("id", "C087", "another course has the same id"),
        ("slug", "C088", "another course has the same address"),
    ] {
        if let Some(node) = fields.node(field)
            && let Ok(value) = text(&node)
        {
            let (source, at) = (Arc::clone(&source), node.at);
            claims.push(Claim { code, message, value, source, at });
        }
    }
    claims
}

fn said_twice(claim: &Claim, other: &str, earlier: &Claim) -> Diagnostic {
    let there = beside(other, &earlier.source).place(earlier.at.clone());
    let message = format!("{}: `{}`", claim.message, claim.value);
    claim
        .source
        .diagnostic(claim.code, Level::Error, claim.at.clone(), message)
        .related_as(there, "first used here")
}

/// The manifest of the course beside, by its path from here.
fn beside(name: &str, source: &Source) -> Source {
    Source::new(&format!("../{name}/course.yml"), source.text.clone())
}

#[cfg(test)]
mod tests;
