//! The signs before list items: `-` and `1.`; a list right behind another keeps apart from it by the other sign.

use pulldown_cmark::{Event, Tag};

use super::reading::Change;
use super::view::View;
use crate::edit::Edit;
use crate::markdown::Spot;
use crate::markdown::tree::{inside, siblings};

pub(super) fn markers(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    in_blocks(view, &view.document.spots, &mut changes);
    changes
}

fn in_blocks(view: &View<'_>, spots: &[Spot<'_>], changes: &mut Vec<Change>) {
    let mut before: Option<(Kind, char)> = None;
    for node in siblings(spots) {
        let kind = list_kind(node);
        before = kind.map(|kind| {
            let [usual, other] = signs(kind);
            let sign = if before == Some((kind, usual)) { other } else { usual };
            let change: Change = siblings(inside(node))
                .into_iter()
                .filter_map(|item| remark(view, item, sign, kind))
                .collect();
            if !change.is_empty() {
                changes.push(change);
            }
            (kind, sign)
        });
        if node.len() > 2 && holds_blocks(node) {
            in_blocks(view, inside(node), changes);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bullets,
    Numbers,
}

fn list_kind(node: &[Spot<'_>]) -> Option<Kind> {
    match node.first().map(|spot| &spot.event) {
        Some(Event::Start(Tag::List(None))) => Some(Kind::Bullets),
        Some(Event::Start(Tag::List(Some(_)))) => Some(Kind::Numbers),
        _ => None,
    }
}

fn signs(kind: Kind) -> [char; 2] {
    match kind {
        Kind::Bullets => ['-', '*'],
        Kind::Numbers => ['.', ')'],
    }
}

/// The edit of the sign of an item, if it has another one.
fn remark(view: &View<'_>, item: &[Spot<'_>], sign: char, kind: Kind) -> Option<Edit> {
    let start = item.first()?.range.start;
    let text = view.source.slice(start..view.source.line_range(start).end);
    let at = match kind {
        Kind::Bullets => text.find(['-', '*', '+'])?,
        Kind::Numbers => text.find(['.', ')'])?,
    };
    let found = text.get(at..)?.chars().next()?;
    let at = start + at;
    (found != sign).then(|| Edit::replace(at..at + 1, sign.to_string()))
}

fn holds_blocks(node: &[Spot<'_>]) -> bool {
    matches!(
        node.first().map(|spot| &spot.event),
        Some(Event::Start(
            Tag::List(_)
                | Tag::Item
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionList
                | Tag::DefinitionListDefinition
        ))
    )
}
