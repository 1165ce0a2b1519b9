//! Pairs: `left → right`, with one space on each side of the arrow.

use std::ops::Range;

use super::reading::Change;
use super::sections::quizzes;
use super::view::View;
use crate::edit::Edit;

pub(super) fn arrows(view: &View<'_>) -> Vec<Change> {
    let quizzes = quizzes(view);
    let questions = quizzes.iter().flat_map(|quiz| &quiz.questions);
    questions
        .flat_map(|question| &question.parts.arrows)
        .filter_map(|arrow| change(view, arrow))
        .collect()
}

fn change(view: &View<'_>, arrow: &Range<usize>) -> Option<Change> {
    let line = view.source.line_range(arrow.start);
    let before = view.source.slice(line.start..arrow.start);
    let after = view.source.slice(arrow.end..line.end);
    let start = line.start + before.trim_end_matches([' ', '\t']).len();
    let end = arrow.end + after.len() - after.trim_start_matches([' ', '\t']).len();
    let place = start..end;
    let canonical = if end == line.end { " →" } else { " → " };
    let written = view.source.slice(place.clone());
    (written != canonical).then(|| vec![Edit::replace(place, canonical)])
}
