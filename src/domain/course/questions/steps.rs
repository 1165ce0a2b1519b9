//! Steps to be put in order: a numbered list in the right order.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::super::attributes::Attributes;
use super::item_line::{ItemLine, Sign};
use super::named::check_entries;
use super::parsed::{ParsedEntry, ParsedOrder};
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::tree::{bytes, inside, siblings};
use crate::markdown::{Page, Spot};
use crate::quiz::kinds::OrderScoring;

/// Is it a numbered list?
pub(super) fn is_numbered(list: &[Spot<'_>]) -> bool {
    matches!(list.first().map(|spot| &spot.event), Some(Event::Start(Tag::List(Some(_)))))
}

/// Reads the steps; `None` if the list is none of steps.
pub(super) fn read_order<'c>(
    list: &[Spot<'c>],
    heading: &mut Attributes,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedOrder> {
    let source = page.source;
    let scoring =
        heading.value("scoring", "position, adjacent, longest or all", source, out, |word| {
            match word {
                "position" => Some(OrderScoring::Position),
                "adjacent" => Some(OrderScoring::Adjacent),
                "longest" => Some(OrderScoring::Longest),
                "all" => Some(OrderScoring::All),
                _ => None,
            }
        });
    let place = source.line_range(bytes(list).start);
    if !is_numbered(list) {
        let remark = source.error("Q003", place, "steps in the right order are a numbered list");
        out.push(remark.help("write them as `1. …`, `2. …`"));
        return None;
    }
    let items = siblings(inside(list));
    let steps: Vec<ParsedEntry> =
        items.iter().map(|node| read_step(node, page, out)).collect::<Option<_>>()?;
    check(&steps, place, source, out)?;
    Some(ParsedOrder { steps, scoring: scoring.unwrap_or_default() })
}

fn read_step<'c>(
    node: &[Spot<'c>],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedEntry> {
    let source = page.source;
    let mut line = ItemLine::read(node, source);
    if line.sign != Sign::Plain {
        let remark = source.error("Q003", line.value.clone(), "a step has no tick and no sign");
        out.push(remark.help("write it as `1. …`; the order of the list is the key"));
        return None;
    }
    let step = line.entry(node, page, out);
    line.attributes.finish(source, out);
    Some(step)
}

fn check(
    steps: &[ParsedEntry],
    list: Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<()> {
    check_entries(steps, source, out);
    if steps.len() < 2 {
        let remark = source.error("Q003", list, "an order needs at least two steps");
        out.push(remark.help("write each as an item of the numbered list"));
        return None;
    }
    Some(())
}
