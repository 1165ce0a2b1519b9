//! The forms of the tests before and after: they must ask about the same things for the same points, or the difference
//! between two marks would say nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::award::ReadForms;
use super::model::{Course, LessonRule};
use super::shown::{find_quiz, shown, why_not};
use crate::diagnostic::{Diagnostics, Source};
use crate::quiz::grade::{Marks, WHOLE};
use crate::quiz::item::Quiz;
use crate::quiz::response::QuizId;

/// Points by outcome.
type Weights<'c> = BTreeMap<&'c str, Marks>;

/// Checks one test.
pub(super) fn check_forms(
    (course, source): (&Course, &Source),
    name: &str,
    read: &ReadForms,
    out: &mut Diagnostics,
) {
    let forms = [(&read.forms.a, &read.at[0]), (&read.forms.b, &read.at[1])];
    for (quiz, at) in forms {
        if let Some(why) = why_not(course, quiz) {
            out.push(source.error("C054", at.clone(), format!("`{name}`: {why}")));
        }
        let home = shown(course).map(|(_, lesson)| lesson).find(|lesson| {
            lesson.complete == LessonRule::Quiz
                && lesson.quizzes.iter().any(|found| found.id == *quiz)
        });
        if let Some(lesson) = home {
            let message = format!(
                "`{name}`: lesson `{}` waits for all its quizzes, but nobody gets both forms",
                lesson.id
            );
            let remark = source.error("C054", at.clone(), message);
            out.push(remark.help("write `complete: viewed` in that lesson"));
        }
    }
    if read.forms.a == read.forms.b {
        let message = format!("`{name}`: both forms are the same quiz");
        out.push(source.error("C054", read.at[1].clone(), message));
    }
    let (first, second) = (weights(course, &read.forms.a), weights(course, &read.forms.b));
    compare(source, (&read.forms.a, first), (&read.forms.b, second, &read.at[1]), out);
}

/// Checks the test before against the one after.
pub(super) fn check_gain(
    (course, source): (&Course, &Source),
    before: &ReadForms,
    after: &ReadForms,
    out: &mut Diagnostics,
) {
    let (first, second) = (weights(course, &before.forms.a), weights(course, &after.forms.a));
    compare(source, (&before.forms.a, first), (&after.forms.a, second, &after.at[0]), out);
}

fn compare(
    source: &Source,
    (first, left): (&QuizId, Option<Weights<'_>>),
    (second, right, at): (&QuizId, Option<Weights<'_>>, &Range<usize>),
    out: &mut Diagnostics,
) {
    let (Some(left), Some(right)) = (left, right) else { return };
    let all: BTreeSet<&str> = left.keys().chain(right.keys()).copied().collect();
    for outcome in all {
        let points = |weights: &Weights<'_>| weights.get(outcome).copied().unwrap_or(Marks(0));
        let (here, there) = (points(&left), points(&right));
        if here != there {
            let named = match outcome {
                "" => "without an outcome".to_owned(),
                id => format!("about `{id}`"),
            };
            let message = format!(
                "the forms do not measure the same: {named} `{first}` asks for {} points, `{second}` for {}",
                decimal(here),
                decimal(there)
            );
            let remark = source.error("C055", at.clone(), message);
            out.push(remark.help("give both the same outcomes with the same points"));
        }
    }
}

/// The points of a form by outcome; questions without one stand under the empty name.
fn weights<'c>(course: &'c Course, quiz: &QuizId) -> Option<Weights<'c>> {
    let quiz: &Quiz = find_quiz(course, quiz)?;
    let mut weights = BTreeMap::new();
    for item in &quiz.items {
        let none = item.outcomes.is_empty().then_some("");
        for outcome in item.outcomes.iter().map(String::as_str).chain(none) {
            let points: &mut Marks = weights.entry(outcome).or_insert(Marks(0));
            points.0 = points.0.saturating_add(item.points.0);
        }
    }
    Some(weights)
}

fn decimal(points: Marks) -> Decimal {
    (Decimal::from(points.0) / Decimal::from(WHOLE)).normalize()
}
