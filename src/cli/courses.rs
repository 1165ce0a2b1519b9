//! `bilik import`: courses from folders.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::say::{Ending, line};
use super::start::Started;
use crate::catalogue::folder;
use crate::catalogue::publish::{self, Change, PublishRefusal};
use crate::domain::course::read_facts;
use crate::domain::diagnostic::{Diagnostics, Ink, Print, Report};
use crate::domain::fact::Facts;
use crate::outcome::Failed;

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

/// Publishes the courses at a path; one with errors is not published.
pub async fn import(started: &Started, path: &Path, form: Form) -> Result<(), Ending> {
    import_at(started, path, form, started.site.clock.now()).await
}

/// Publishes the courses at a path as if it were then.
pub async fn import_at(
    started: &Started,
    path: &Path,
    form: Form,
    now: DateTime<Utc>,
) -> Result<(), Ending> {
    let ink = started.site.config.ink;
    let mut refused = 0;
    let folders = found(path)?;
    let (facts, remarks) = beside(folders.first())?;
    if !remarks.is_empty() {
        show(path, &remarks, form, ink);
    }
    for course in folders {
        let files = folder::read(&course)
            .map_err(|why| Ending::Environment(format!("{}: {why}", course.display())))?;
        let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
        match publish::publish_with(&mut conn, &files, &facts, now).await {
            Ok(outcome) => {
                show(&course, &outcome.diagnostics, form, ink);
                line(format!("{}: {}", outcome.course.slug, told(outcome.change)));
            }
            Err(Failed::Refused(PublishRefusal::Errors(diagnostics))) => {
                show(&course, &diagnostics, form, ink);
                refused += 1;
            }
            Err(Failed::Refused(PublishRefusal::SlugTaken(slug))) => {
                line(format!(
                    "{}: another course has the address {slug}; choose another slug in course.yml",
                    course.display()
                ));
                refused += 1;
            }
            Err(Failed::Broken(error)) => return Err(Ending::environment(error)),
        }
    }
    if refused > 0 {
        Err(Ending::Refused(format!(
            "{refused} courses were not published; nothing of them changed"
        )))
    } else {
        Ok(())
    }
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

fn told(change: Change) -> String {
    match change {
        Change::None => "nothing new".to_owned(),
        Change::Back(number) => format!("version {number} is shown again"),
        Change::New(number) => format!("version {number} is shown"),
    }
}

fn show(course: &Path, diagnostics: &Diagnostics, form: Form, ink: Ink) {
    let folder = course.to_string_lossy().into_owned();
    match form {
        Form::Brief if !diagnostics.has_errors() => {}
        Form::Json => line(Report { courses: vec![(folder, diagnostics)] }.json()),
        Form::Human if diagnostics.is_empty() => line(format!("{folder}: no problems")),
        Form::Human | Form::Brief => line(Print { diagnostics, folder: &folder, ink }),
    }
}
