//! Lines across the page: `---`; ticks: `[x]`; the ends of lines that break: `\`.

use pulldown_cmark::Event;

use super::reading::Change;
use super::view::View;
use crate::edit::Edit;

pub(super) fn rules(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for spot in &view.document.spots {
        let text = view.source.slice(spot.range.clone());
        let start = spot.range.start;
        match &spot.event {
            Event::Rule if text.trim_end() != rule(view, start) => {
                let place = start..start + text.trim_end().len();
                changes.push(vec![Edit::replace(place, rule(view, start))]);
            }
            Event::TaskListMarker(true) if text.contains('X') => {
                let at = start + text.find('X').unwrap_or(0);
                changes.push(vec![Edit::replace(at..at + 1, "x")]);
            }
            Event::HardBreak if text.starts_with(' ') => {
                let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
                changes.push(vec![Edit::replace(start..start + blanks, "\\")]);
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    changes
}

/// At the head of a file `---` would open front matter.
fn rule(view: &View<'_>, start: usize) -> &'static str {
    let before = view.source.slice(0..start);
    if before.trim().is_empty() { "***" } else { "---" }
}
