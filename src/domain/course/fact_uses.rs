//! The facts that a lesson shows: are they fresh, have they a value in its language, do marks depend on them?

use std::ops::Range;

use chrono::Datelike;
use pulldown_cmark::Event;

use super::front::Around;
use super::questions::parsed::ParsedQuiz;
use crate::diagnostic::{Diagnostics, Source};
use crate::fact::{Facts, fact_id};
use crate::markdown::Document;

/// A fact, and where a text shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FactUse {
    pub(super) id: String,
    pub(super) at: Range<usize>,
}

/// The facts of a text, in order.
pub(super) fn fact_uses(document: &Document<'_>) -> Vec<FactUse> {
    let mut uses = Vec::new();
    for spot in &document.spots {
        if let Event::Code(code) = &spot.event
            && let Some(id) = fact_id(code)
        {
            uses.push(FactUse { id: id.to_owned(), at: spot.range.clone() });
        }
    }
    uses
}

/// Reports facts that should have been checked, or that say nothing in the language of the text.
pub(super) fn check_uses(
    source: &Source,
    uses: &[FactUse],
    around: Around<'_>,
    out: &mut Diagnostics,
) {
    for FactUse { id, at } in uses {
        let Some(fact) = around.shelf.facts.get(id) else { continue };
        if around.shelf.today.is_some_and(|today| today > fact.next_check) {
            let message = format!("fact `{id}` was to be checked on {}", fact.next_check);
            let remark = source.warning("C071", at.clone(), message);
            let help =
                "look at the source, then put value, `as_of` and `next_check` right in facts.yml";
            out.push(remark.help(help));
        }
        if !fact.value.0.contains_key(&around.locale) {
            let message = format!("fact `{id}` has no value in `{}`", around.locale.code());
            out.push(source.warning("C073", at.clone(), message));
        }
    }
}

/// A mark must not depend on the day: a graded question that rests on a fact names its year.
pub(super) fn check_graded(
    source: &Source,
    quiz: &ParsedQuiz,
    end: usize,
    (uses, facts): (&[FactUse], &Facts),
    out: &mut Diagnostics,
) {
    let starts: Vec<usize> = quiz.questions.iter().map(|question| question.at.start).collect();
    let ends = starts.iter().skip(1).copied().chain([end]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let here = || uses.iter().filter(|used| (start..end).contains(&used.at.start));
        let mut text = source.slice(start..end).to_owned();
        for used in here() {
            text = text.replace(&format!("{{{}}}", used.id), "");
        }
        for FactUse { id, at } in here() {
            let Some(year) = facts.get(id).map(|fact| fact.as_of.year().to_string()) else {
                continue;
            };
            if !text.contains(&year) {
                let message = format!("this graded question rests on the fact `{id}` of {year}");
                let remark = source.error("C072", at.clone(), message);
                out.push(remark.help(format!("name the year in the question: “In {year}, …”")));
            }
        }
    }
}
