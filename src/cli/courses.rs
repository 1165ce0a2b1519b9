//! Courses from folders, and what the compiler has to say of them.

use std::path::{Path, PathBuf};

use super::say::{Ending, line};
use crate::catalogue::folder;
use crate::domain::course::read_facts;
use crate::domain::diagnostic::{Diagnostics, Ink, Print, Report};
use crate::domain::fact::Facts;

/// For people or for scripts?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Human,
    Json,
    /// Only what keeps a course from being published.
    Brief,
}

/// The facts beside the courses. Those found by one call share a folder.
pub fn beside(course: Option<&PathBuf>) -> Result<(Facts, Diagnostics), Ending> {
    let Some(course) = course else { return Ok((Facts::new(), Diagnostics::default())) };
    let text = folder::facts_beside(course)
        .map_err(|why| Ending::Environment(format!("{}: {why}", course.display())))?;
    Ok(read_facts(&text))
}

/// The course folders at a path; at least one.
pub fn found(path: &Path) -> Result<Vec<PathBuf>, Ending> {
    let courses = folder::courses_in(path)
        .map_err(|why| Ending::Environment(format!("{}: {why}", path.display())))?;
    if courses.is_empty() {
        Err(Ending::Usage(format!("{}: no course.yml here or one folder down", path.display())))
    } else {
        Ok(courses)
    }
}

/// Prints what the compiler has to say about a course.
pub fn show(course: &Path, diagnostics: &Diagnostics, form: Form, ink: Ink) {
    let folder = course.to_string_lossy().into_owned();
    match form {
        Form::Brief if !diagnostics.has_errors() => {}
        Form::Json => line(Report { courses: vec![(folder, diagnostics)] }.json()),
        Form::Human if diagnostics.is_empty() => line(format!("{folder}: no problems")),
        Form::Human | Form::Brief => line(Print { diagnostics, folder: &folder, ink }),
    }
}
