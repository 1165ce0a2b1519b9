//! Attributes: `{#id .class key=value}`, the id first, then classes, then the rest as it was, one space between.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::reading::Change;
use super::sections::quizzes;
use super::view::View;
use crate::course::attributes::read_line;
use crate::edit::Edit;
use crate::markdown::Spot;

pub(super) fn braces(view: &View<'_>) -> Vec<Change> {
    let heading = |spot: &&Spot<'_>| matches!(spot.event, Event::Start(Tag::Heading { .. }));
    let headings = view.document.spots.iter().filter(heading).map(|spot| spot.range.start);
    let quizzes = quizzes(view);
    let questions = quizzes.iter().flat_map(|quiz| &quiz.questions);
    let items = questions.flat_map(|question| &question.items).map(|(_, value)| value.start);
    headings.chain(items).filter_map(|at| change(view, view.source.line_range(at))).collect()
}

fn change(view: &View<'_>, line: Range<usize>) -> Option<Change> {
    let line = read_line(view.source, line);
    let place = line.text.end..line.braces.end;
    if line.braces.is_empty() || line.text.is_empty() || view.is_verbatim(&place) {
        return None;
    }
    let written = view.source.slice(line.braces.clone());
    let mut words: Vec<&str> = written.trim_matches(['{', '}']).split_whitespace().collect();
    words.sort_by_key(|word| match word.chars().next() {
        Some('#') => 0,
        Some('.') => 1,
        _ => 2,
    });
    let canonical = format!(" {{{}}}", words.join(" "));
    (view.source.slice(place.clone()) != canonical).then(|| vec![Edit::replace(place, canonical)])
}
