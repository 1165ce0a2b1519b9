//! Lines: no white space at their ends, one empty line between blocks, one line end at the end of the file.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::reading::Change;
use super::view::{View, block_range};
use crate::edit::Edit;
use crate::markdown::Spot;

/// White space at the ends of lines goes.
pub(super) fn ends(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for line in view.lines() {
        let text = view.source.slice(line.clone());
        let blanks = line.start + text.trim_end_matches([' ', '\t']).len()..line.end;
        if !blanks.is_empty() && !view.is_verbatim(&blanks) {
            changes.push(vec![Edit::remove(blanks)]);
        }
    }
    changes
}

/// Several empty lines become one; none stands at the start of a text without front matter, or at its end.
pub(super) fn gaps(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut empty = view.body..view.body;
    for line in view.lines() {
        if !line.is_empty() || view.is_verbatim(&line) {
            changes.extend(gap(view, empty));
            let next = view.source.next_line(line.start);
            empty = next..next;
        } else {
            empty.end = view.source.next_line(line.start);
        }
    }
    changes.extend(last_gap(view, empty));
    changes
}

/// The change of the empty lines before a line with something on it.
fn gap(view: &View<'_>, empty: Range<usize>) -> Option<Change> {
    let wanted = if empty.start == 0 {
        ""
    } else if empty.start == view.body || !empty.is_empty() {
        "\n"
    } else {
        return None;
    };
    (view.source.slice(empty.clone()) != wanted).then(|| vec![Edit::replace(empty, wanted)])
}

fn last_gap(view: &View<'_>, empty: Range<usize>) -> Option<Change> {
    let before = view.source.text.get(..empty.start).unwrap_or_default();
    let wanted = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    (view.source.slice(empty.clone()) != wanted).then(|| vec![Edit::replace(empty, wanted)])
}

/// An empty line between blocks that follow one another without.
pub(super) fn apart(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for pair in view.blocks().windows(2) {
        let [first, second] = pair else { continue };
        let (end, start) =
            (block_range(view.source, first).end, block_range(view.source, second).start);
        let between = view.source.slice(end..start);
        let close = between.trim().is_empty() && between.matches('\n').count() == 1;
        if close && !stay_close(first, second) {
            let line = view.source.line_range(start).start;
            changes.push(vec![Edit::insert(line, "\n")]);
        }
    }
    changes
}

/// Footnotes are a list of their own, and raw HTML is not ours to lay out.
fn stay_close(first: &[Spot<'_>], second: &[Spot<'_>]) -> bool {
    let is = |node: &[Spot<'_>], wanted: fn(&Tag<'_>) -> bool| matches!(node.first(), Some(Spot { event: Event::Start(tag), .. }) if wanted(tag));
    let html = |tag: &Tag<'_>| matches!(tag, Tag::HtmlBlock);
    let note = |tag: &Tag<'_>| matches!(tag, Tag::FootnoteDefinition(_));
    is(first, html) || is(second, html) || (is(first, note) && is(second, note))
}
