//! `bilik plan`: what publishing would do to people.

use std::path::Path;

use super::courses::{Form, beside, found, show};
use super::say::{Ending, line};
use super::start::Started;
use crate::catalogue::folder;
use crate::catalogue::publish::{Folder, PublishRefusal};
use crate::outcome::Failed;
use crate::planning;

/// Says what publishing the courses at a path would do; refused if any has errors.
pub async fn plan(started: &Started, path: &Path, form: Form) -> Result<(), Ending> {
    let ink = started.site.config.ink;
    let mut refused = 0;
    let mut plans = Vec::new();
    let places = found(path)?;
    let (facts, remarks) = beside(places.first())?;
    if !remarks.is_empty() && form != Form::Json {
        show(path, &remarks, form, ink);
    }
    for place in places {
        let files = folder::read(&place)
            .map_err(|why| Ending::Environment(format!("{}: {why}", place.display())))?;
        let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
        match planning::plan(&mut conn, Folder { files: &files, facts: &facts }).await {
            Ok(plan) => plans.push((place, plan)),
            Err(Failed::Refused(PublishRefusal::Errors(diagnostics))) => {
                show(&place, &diagnostics, form, ink);
                refused += 1;
            }
            Err(Failed::Refused(other)) => return Err(Ending::Refused(format!("{other:?}"))),
            Err(Failed::Broken(error)) => return Err(Ending::environment(error)),
        }
    }
    match form {
        Form::Json => {
            let plans: Vec<_> = plans.iter().map(|(_, plan)| plan).collect();
            line(serde_json::to_string_pretty(&plans).map_err(Ending::environment)?);
        }
        Form::Human | Form::Brief => plans.iter().for_each(|(place, plan)| {
            if !plan.diagnostics.is_empty() {
                show(place, &plan.diagnostics, form, ink);
            }
            line(plan);
        }),
    }
    match refused {
        0 => Ok(()),
        _ => Err(Ending::Refused(format!("{refused} courses have errors and cannot be published"))),
    }
}
