//! `bilik regrade`: what a mended key does to old answers, before it is done; then doing it, and taking it back.

use std::sync::Arc;

use clap::Args;
use uuid::Uuid;

use super::courses::Form;
use super::say::{Ending, line};
use super::start::Started;
use crate::accounts::actions::find_by_email;
use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::Conn;
use crate::domain::locale::Locale;
use crate::domain::regrade::policy::Policy;
use crate::grades::applying::{Order, apply};
use crate::grades::batches::of_course;
use crate::grades::mended::mended;
use crate::grades::report::{
    BatchReport, CourseReport, LearnerReport, QuestionReport, TrialReport,
};
use crate::grades::taking_back::{Because, take_back};
use crate::grades::trial::{Choice, Trial, trial};
use crate::outcome::{Failed, Refusal};
use crate::words;

/// Decide about answers that were judged by an earlier key; without decisions, list the questions that wait for one.
#[derive(Debug, Args)]
pub struct Regrade {
    /// The address of the course.
    course: String,
    /// A question and what happens to its old answers: keep-best, recompute, full-marks, void or none.
    #[arg(long = "item", value_name = "QUESTION=POLICY", value_parser = choice)]
    items: Vec<Choice>,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Why; learners read it.
    #[arg(long, default_value = "")]
    reason: String,
    /// The email address of who decides.
    #[arg(long, value_name = "EMAIL")]
    by: Option<String>,
    /// Take this regrade back.
    #[arg(long, value_name = "REGRADE", conflicts_with_all = ["items", "dry_run"])]
    take_back: Option<Uuid>,
    /// Print as JSON.
    #[arg(long)]
    json: bool,
}

fn choice(text: &str) -> Result<Choice, String> {
    let (root, policy) = text.split_once('=').ok_or("write QUESTION=POLICY")?;
    let known = Policy::ALL.map(Policy::code).join(", ");
    let policy = Policy::parse(policy).ok_or_else(|| format!("known policies: {known}"))?;
    Ok(Choice { root: root.to_owned(), policy })
}

/// Runs the command.
pub async fn run(started: &Started, asked: &Regrade) -> Result<(), Ending> {
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    let library = Library::open(&mut conn).await.map_err(Ending::environment)?;
    let found = library.current(&mut conn, &asked.course).await.map_err(Ending::environment)?;
    let nowhere =
        || Ending::Refused(format!("There is no course at the address {}.", asked.course));
    let published = found.ok_or_else(nowhere)?;
    let form = if asked.json { Form::Json } else { Form::Human };
    let place = Place { library: &library, published: &published, form };
    match (asked.take_back, asked.items.is_empty()) {
        (Some(regrade), _) => back(&mut conn, place, asked, regrade).await,
        (None, true) => list(&mut conn, place).await,
        (None, false) if asked.dry_run => {
            let found =
                trial(&mut conn, &library, &published, &asked.items).await.map_err(ending)?;
            told(&mut conn, None, &found, form).await
        }
        (None, false) => {
            let (id, actor) = (clock::new_id(), actor(&mut conn, asked).await?);
            let (choices, reason) = (asked.items.as_slice(), asked.reason.as_str());
            let order = Order { id, choices, reason, actor, seen: None };
            let found = apply(&mut conn, &library, &published, order).await.map_err(ending)?;
            told(&mut conn, Some(id), &found, form).await
        }
    }
}

/// Where and how.
#[derive(Clone, Copy)]
struct Place<'a> {
    library: &'a Library,
    published: &'a Arc<Published>,
    form: Form,
}

fn ending<R: Refusal>(failed: Failed<R>) -> Ending {
    match failed {
        Failed::Refused(refusal) => {
            Ending::Refused(words::t(Locale::En, refusal.words()).into_owned())
        }
        Failed::Broken(error) => Ending::environment(error),
    }
}

async fn actor(conn: &mut Conn, asked: &Regrade) -> Result<Option<Uuid>, Ending> {
    let Some(email) = &asked.by else { return Ok(None) };
    let person = find_by_email(conn, email).await.map_err(Ending::environment)?;
    let unknown = || Ending::Refused(format!("Nobody has the address {email}."));
    person.map(Some).ok_or_else(unknown)
}

fn json(value: &impl serde::Serialize) -> Result<(), Ending> {
    line(serde_json::to_string_pretty(value).map_err(Ending::environment)?);
    Ok(())
}

/// What waits, and what was decided.
async fn list(conn: &mut Conn, place: Place<'_>) -> Result<(), Ending> {
    let (library, published) = (place.library, place.published);
    let found = mended(conn, library, published).await.map_err(Ending::environment)?;
    let made = of_course(conn, published.course.id).await.map_err(Ending::environment)?;
    let report = CourseReport {
        questions: found.iter().map(QuestionReport::of).collect(),
        regrades: made.iter().map(BatchReport::of).collect(),
    };
    if place.form == Form::Json {
        return json(&report);
    }
    if report.questions.is_empty() {
        line("No question was answered under another key than its present one.");
    }
    report.questions.iter().for_each(|question| line(question_line(question)));
    report.regrades.iter().for_each(|batch| line(batch_line(batch)));
    Ok(())
}

fn question_line(question: &QuestionReport) -> String {
    let from: Vec<String> = question.from.iter().map(|number| format!("v{number}")).collect();
    let to = question.to.map_or("taken out".to_owned(), |number| format!("v{number}"));
    let state = match (&question.decided, question.open) {
        (Some(policy), false) => format!("decided: {policy}"),
        (Some(policy), true) => format!("decided: {policy}, and more answers since"),
        (None, _) => format!("to decide: {}", question.policies.join(", ")),
    };
    let (name, answers) = (&question.question, question.answers);
    format!("{name}: {} → {to}, {answers} answers, {state}", from.join(", "))
}

fn batch_line(batch: &BatchReport) -> String {
    let state = if batch.taken_back_at.is_some() { ", taken back" } else { "" };
    let decisions = batch.decisions.iter().map(|it| format!("{}={}", it.question, it.policy));
    let decisions: Vec<String> = decisions.collect();
    let day = batch.at.format("%Y-%m-%d %H:%M");
    format!(
        "{day} {}: {}; {} up, {} down{state}: {}",
        batch.id,
        decisions.join(" "),
        batch.raised,
        batch.lowered,
        batch.reason
    )
}

async fn told(conn: &mut Conn, id: Option<Uuid>, found: &Trial, form: Form) -> Result<(), Ending> {
    let report = TrialReport::of(conn, id, found).await.map_err(Ending::environment)?;
    if form == Form::Json {
        return json(&report);
    }
    let shown = |mean: &Option<String>| mean.clone().unwrap_or_else(|| "–".to_owned());
    line(format!(
        "{} answers in {} attempts: {} up, {} down, {} count differently, {} marked by people stay.",
        report.answers,
        report.attempts,
        report.raised,
        report.lowered,
        report.other,
        report.by_people
    ));
    line(format!("Mean: {} % → {} %.", shown(&report.mean_before), shown(&report.mean_after)));
    line(format!("{} complete the course.", report.completions));
    people("reach the pass mark", &report.up);
    people("would fall below it and keep their pass", &report.down);
    match report.id {
        Some(id) => line(format!("Done. To take it back: --take-back {id}")),
        None => line("Nothing was changed."),
    }
    Ok(())
}

fn people(what: &str, learners: &[LearnerReport]) {
    line(format!("{} {what}.", learners.len()));
    for learner in learners {
        let grade = |grade: &Option<String>| grade.clone().unwrap_or_else(|| "–".to_owned());
        let (before, after) = (grade(&learner.before), grade(&learner.after));
        line(format!("  {}, {}: {before} % → {after} %", learner.name, learner.quiz));
    }
}

async fn back(
    conn: &mut Conn,
    place: Place<'_>,
    asked: &Regrade,
    regrade: Uuid,
) -> Result<(), Ending> {
    let because = Because { actor: actor(conn, asked).await?, reason: &asked.reason };
    let (library, published) = (place.library, place.published);
    let told = take_back(conn, library, published, regrade, because).await.map_err(ending)?;
    match place.form {
        Form::Json => json(&BatchReport::of(&told)),
        Form::Human | Form::Brief => {
            line("Taken back: marks, passes and completions are as they were.");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_written_with_an_equals_sign() {
        assert_eq!(
            choice("heat=void").map(|it| (it.root, it.policy)),
            Ok(("heat".into(), Policy::Void))
        );
        assert!(choice("heat").is_err());
        assert!(choice("heat=nothing").unwrap_err().contains("keep-best"));
    }
}
