//! Headings: `## Text`, with one space and nothing behind. A line over `---` stays as it is: the compiler asks whether
//! it was meant as a heading at all.

use pulldown_cmark::{Event, Tag};

use super::reading::Change;
use super::view::{View, block_range};
use crate::edit::Edit;
use crate::markdown::tree::node_length;

pub(super) fn headings(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, spot) in view.document.spots.iter().enumerate() {
        let Event::Start(Tag::Heading { .. }) = spot.event else { continue };
        let rest = view.document.spots.get(index..).unwrap_or_default();
        let node = rest.get(..node_length(rest)).unwrap_or(rest);
        let range = block_range(view.source, node);
        let text = view.source.slice(range.clone());
        let Some(canonical) = canonical(text) else { continue };
        let line = view.source.line_range(range.start);
        let indent = view.source.slice(line.start..range.start);
        let alone = indent.chars().all(|c| c == ' ') && view.is_top(range.start);
        let start = if alone { line.start } else { range.start };
        if view.source.slice(start..range.end) != canonical {
            changes.push(vec![Edit::replace(start..range.end, canonical)]);
        }
    }
    changes
}

/// A heading of one line on one line.
fn canonical(text: &str) -> Option<String> {
    if !text.starts_with('#') {
        let (title, underline) = text.split_once('\n')?;
        let underline = underline.trim_start_matches([' ', '>']);
        let plain = !underline.is_empty() && underline.chars().all(|c| c == '=');
        return plain.then(|| format!("# {}", title.trim()));
    }
    if text.contains('\n') {
        return None;
    }
    let content = text.trim_start_matches('#');
    let level = text.get(..text.len() - content.len())?;
    let content = content.trim();
    let open = content.trim_end_matches('#');
    let content =
        if open.is_empty() || open.ends_with([' ', '\t']) { open.trim_end() } else { content };
    Some(if content.is_empty() { level.to_owned() } else { format!("{level} {content}") })
}
