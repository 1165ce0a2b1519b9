//! What a course asks for, held against what it offers: can each module be opened, and the course be completed?

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::condition::Condition;
use super::conditions::Placed;
use super::forms::{check_forms, check_gain};
use super::front::split;
use super::languages::Written;
use super::manifest::Asks;
use super::model::{Course, Lesson, Module};
use super::shown::{shown, shown_quizzes, why_not};
use crate::diagnostic::{Diagnostics, Source};
use crate::quiz::item::Quiz;

/// The condition of a module and the file that holds it.
#[derive(Debug)]
pub(super) struct Lock<'c> {
    pub(super) module: String,
    pub(super) source: &'c Source,
    pub(super) placed: Placed,
}

/// Checks all that speaks of several files of a course.
pub(super) fn check_rules(
    course: &Course,
    asks: &Asks,
    source: &Source,
    locks: &[Lock<'_>],
    out: &mut Diagnostics,
) {
    for lock in locks {
        check_names(course, &lock.placed, lock.source, out);
        check_dates(course, lock, out);
    }
    let open = check_reach(course, locks, out);
    check_prerequisites(course, asks, source, out);
    check_cover(course, asks, source, out);
    check_outcomes(course, asks, source, out);
    let own = (course, source);
    for (name, read) in [("pretest", &asks.pretest), ("posttest", &asks.posttest)] {
        if let Some(read) = read {
            check_forms(own, name, read, out);
        }
    }
    if let (Some(before), Some(after)) = (&asks.pretest, &asks.posttest) {
        check_gain(own, before, after, out);
    }
    check_completion(own, asks, &open, out);
}

/// Checks of a lesson's source text alone.
pub(super) fn check_lesson(original: &Written<'_>, outcomes: &[String], out: &mut Diagnostics) {
    let (source, file) = (original.source, &original.file);
    let has_front = split(source).is_some();
    if has_front && !outcomes.is_empty() && file.front.outcomes.is_empty() {
        let remark = source.warning("C062", 0..0, "this lesson serves no outcome of the course");
        out.push(remark.help(format!("write `outcomes: […]`, of {}", outcomes.join(", "))));
    }
    for quiz in &file.quizzes {
        if let (Some(open), Some(close)) = (quiz.rules.open, quiz.rules.close)
            && close <= open
        {
            out.push(source.error("C053", quiz.at.clone(), "this quiz closes before it opens"));
        }
    }
}

fn check_names(course: &Course, placed: &Placed, source: &Source, out: &mut Diagnostics) {
    for (atom, at) in &placed.atoms {
        if let Some(message) = unknown(course, atom) {
            out.push(source.error("C050", at.clone(), message));
        }
    }
}

/// What is wrong with a single thing that a condition speaks of.
fn unknown(course: &Course, atom: &Condition) -> Option<String> {
    match atom {
        Condition::Lesson(id) => {
            let mut all = course.modules.iter().flat_map(|module| &module.lessons);
            let seen = shown(course).any(|(_, lesson)| lesson.id == *id);
            absent("lesson", id, seen, all.any(|lesson| lesson.id == *id))
        }
        Condition::Module(id) => {
            let seen = shown(course).any(|(module, _)| module.id == *id);
            absent("module", id, seen, course.modules.iter().any(|module| module.id == *id))
        }
        Condition::Quiz(id) | Condition::Score(id, _) => why_not(course, id),
        Condition::Course(slug) if *slug == course.slug || *slug == course.id.to_string() => {
            Some("a course cannot wait for itself".to_owned())
        }
        Condition::Course(_) | Condition::From(_) | Condition::All(_) | Condition::Any(_) => None,
    }
}

fn absent(what: &str, id: &str, seen: bool, there: bool) -> Option<String> {
    match (seen, there) {
        (true, _) => None,
        (false, true) => Some(format!("{what} `{id}` is a draft, or holds nothing but drafts")),
        (false, false) => Some(format!("the course has no {what} `{id}`")),
    }
}

/// The modules that somebody who does everything can open. The others are reported.
fn check_reach<'c>(
    course: &'c Course,
    locks: &[Lock<'_>],
    out: &mut Diagnostics,
) -> BTreeSet<&'c str> {
    let mut open: BTreeSet<&str> = BTreeSet::new();
    loop {
        let more: Vec<&str> = course
            .modules
            .iter()
            .filter(|module| !open.contains(module.id.as_str()) && opens(course, module, &open))
            .map(|module| module.id.as_str())
            .collect();
        if more.is_empty() {
            break;
        }
        open.extend(more);
    }
    for lock in locks.iter().filter(|lock| !open.contains(lock.module.as_str())) {
        // What it waits for is missing altogether: that was said.
        if lock.placed.atoms.iter().any(|(atom, _)| unknown(course, atom).is_some()) {
            continue;
        }
        let waits = waits_for(course, &lock.placed.condition, &open).join("`, `");
        let message = format!(
            "module `{}` can never be opened: it waits for `{waits}`, which waits for it or is closed too",
            lock.module
        );
        let remark = lock.source.error("C051", lock.placed.at.clone(), message);
        out.push(remark.help("let at least one of these modules open without the other"));
    }
    open
}

fn opens(course: &Course, module: &Module, open: &BTreeSet<&str>) -> bool {
    let Some(condition) = &module.unlock else { return true };
    condition.unmet(&|atom| home(course, atom).is_none_or(|home| open.contains(home))).is_none()
}

/// The module in which a single thing is done; nothing for what is done elsewhere.
fn home<'c>(course: &'c Course, atom: &Condition) -> Option<&'c str> {
    let id = match atom {
        Condition::Lesson(id) => {
            shown(course).find(|(_, lesson)| lesson.id == *id).map(|(module, _)| &module.id)
        }
        Condition::Module(id) => {
            course.modules.iter().find(|module| module.id == *id).map(|module| &module.id)
        }
        Condition::Quiz(id) | Condition::Score(id, _) => {
            shown_quizzes(course).find(|(_, quiz)| quiz.id == *id).map(|(module, _)| &module.id)
        }
        Condition::Course(_) | Condition::From(_) | Condition::All(_) | Condition::Any(_) => None,
    };
    id.map(String::as_str)
}

/// The closed modules that a condition speaks of.
fn waits_for<'c>(course: &'c Course, condition: &Condition, open: &BTreeSet<&str>) -> Vec<&'c str> {
    let homes = condition.atoms().into_iter().filter_map(|atom| home(course, atom));
    let closed: BTreeSet<&str> = homes.filter(|home| !open.contains(home)).collect();
    closed.into_iter().collect()
}

/// A module that opens when its quiz is closed already.
fn check_dates(course: &Course, lock: &Lock<'_>, out: &mut Diagnostics) {
    let Some(day) = not_before(&lock.placed.condition) else { return };
    for (module, quiz) in shown_quizzes(course).filter(|(module, _)| module.id == lock.module) {
        if quiz.rules.close.is_some_and(|close| close.date_naive() < day) {
            let message = format!(
                "module `{}` opens on {day}, when its quiz `{}` is closed already",
                module.id, quiz.id
            );
            out.push(lock.source.error("C053", lock.placed.at.clone(), message));
        }
    }
}

/// The day before which a condition cannot hold.
fn not_before(condition: &Condition) -> Option<NaiveDate> {
    match condition {
        Condition::From(day) => Some(*day),
        Condition::All(parts) => parts.iter().filter_map(not_before).max(),
        Condition::Any(parts) => {
            let days: Option<Vec<NaiveDate>> = parts.iter().map(not_before).collect();
            days?.into_iter().min()
        }
        Condition::Lesson(_)
        | Condition::Module(_)
        | Condition::Quiz(_)
        | Condition::Score(..)
        | Condition::Course(_) => None,
    }
}

/// Before one has joined, only other courses and days can be waited for.
fn check_prerequisites(course: &Course, asks: &Asks, source: &Source, out: &mut Diagnostics) {
    let Some(placed) = &asks.prerequisites else { return };
    for (atom, at) in &placed.atoms {
        let message = match atom {
            Condition::Course(_) => unknown(course, atom),
            Condition::From(_) => None,
            Condition::Lesson(_)
            | Condition::Module(_)
            | Condition::Quiz(_)
            | Condition::Score(..)
            | Condition::All(_)
            | Condition::Any(_) => Some(
                "prerequisites come before the course: they speak of courses and days only"
                    .to_owned(),
            ),
        };
        if let Some(message) = message {
            out.push(source.error("C050", at.clone(), message));
        }
    }
}

fn check_cover(course: &Course, asks: &Asks, source: &Source, out: &mut Diagnostics) {
    let Some((path, at)) = &asks.cover else { return };
    let is_picture = course.media.get(path).is_some_and(|media| media.size.is_some());
    if !is_picture {
        let message = format!("`cover`: the course has no picture `{path}`");
        let remark = source.error("C064", at.clone(), message);
        out.push(remark.help("name a file of the folder: `media/cover.svg`"));
    }
}

/// Outcomes that no lesson serves, or that are taught but never asked about.
fn check_outcomes(course: &Course, asks: &Asks, source: &Source, out: &mut Diagnostics) {
    for (outcome, at) in course.outcomes.iter().zip(&asks.outcomes) {
        let serves = |lesson: &Lesson| lesson.outcomes.contains(&outcome.id);
        let planned = course.modules.iter().flat_map(|module| &module.lessons).any(serves);
        if !planned {
            let message = format!("no lesson serves the outcome `{}`", outcome.id);
            out.push(source.warning("C060", at.clone(), message));
            continue;
        }
        let taught = shown(course).any(|(_, lesson)| serves(lesson));
        let mut items = shown_quizzes(course).flat_map(|(_, quiz)| &quiz.items);
        if taught && !items.any(|item| item.outcomes.contains(&outcome.id)) {
            let message = format!("no question asks about the outcome `{}`", outcome.id);
            let remark = source.warning("C061", at.clone(), message);
            out.push(remark.help(format!("write `outcome={}` at a question", outcome.id)));
        }
    }
}

/// Completion rules that nobody can fulfil.
fn check_completion(
    (course, source): (&Course, &Source),
    asks: &Asks,
    open: &BTreeSet<&str>,
    out: &mut Diagnostics,
) {
    let read = &asks.completion;
    let error = |at: &Range<usize>, message: &str| source.error("C052", at.clone(), message);
    for (quiz, at) in &read.quizzes {
        if let Some(why) = why_not(course, quiz) {
            out.push(error(at, &why));
        }
    }
    if read.completion.attendance.is_some() {
        let message = "nobody could complete this: presence at sessions is not recorded yet";
        out.push(error(&read.attendance_at, message).help("leave `attendance` out for now"));
    }
    // An unfinished course has nothing to show yet.
    if shown(course).next().is_none() {
        return;
    }
    let is_form = |quiz: &Quiz| {
        [&course.pretest, &course.posttest]
            .into_iter()
            .flatten()
            .any(|forms| forms.contain(&quiz.id))
    };
    let counts = |quiz: &Quiz| match read.completion.named.is_empty() {
        true => quiz.rules.pass.is_some() && !is_form(quiz),
        false => read.completion.named.contains(&quiz.id),
    };
    let graded: Vec<&Module> =
        shown_quizzes(course).filter(|(_, quiz)| counts(quiz)).map(|(module, _)| module).collect();
    if read.completion.pass.is_some() && graded.is_empty() {
        out.push(error(&read.pass_at, "a mean of graded quizzes is asked for, but there are none"));
    }
    let required: Vec<&Module> =
        shown(course).filter(|(_, lesson)| lesson.required).map(|(module, _)| module).collect();
    if required.is_empty() && graded.is_empty() {
        let message = "nothing is asked for: all lessons are optional and no quiz counts";
        out.push(error(&read.at, message).help("make at least one lesson `required: true`"));
    }
    let closed: BTreeSet<&str> = required
        .iter()
        .chain(&graded)
        .map(|module| module.id.as_str())
        .filter(|id| !open.contains(id))
        .collect();
    for id in closed {
        let message =
            format!("what completion asks for stands in module `{id}`, which never opens");
        out.push(error(&read.at, &message));
    }
}
