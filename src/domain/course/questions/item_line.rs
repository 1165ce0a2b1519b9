//! A list item as its source line tells it: the sign before it, what is read, attributes, feedback.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::super::attributes::{Attributes, read_line};
use super::parsed::ParsedEntry;
use crate::diagnostic::{Diagnostics, Source};
use crate::html::Html;
use crate::markdown::tree::{inside, plain_text, siblings};
use crate::markdown::{Page, Spot};
use crate::quiz::grade::Fraction;
use crate::quiz::item::OptionText;

/// What kind of entry a list item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Ticked,
    Unticked,
    Accepted,
    Rejected,
    Plain,
}

/// A list item.
#[derive(Clone, Debug)]
pub(crate) struct ItemLine {
    pub(crate) sign: Sign,
    /// The first line after the sign, without attributes, as in the source.
    pub(crate) value: Range<usize>,
    pub(super) attributes: Attributes,
    pub(super) braces: Range<usize>,
}

/// An accepted or rejected answer before it is known whether numbers or texts are asked for.
#[derive(Debug)]
pub(super) struct AnswerLine {
    pub(super) at: Range<usize>,
    pub(super) value: String,
    pub(super) fraction: Fraction,
}

impl ItemLine {
    /// Reads the first line of an item.
    pub(crate) fn read(node: &[Spot<'_>], source: &Source) -> ItemLine {
        let start = node.first().map_or(0, |spot| spot.range.start);
        let line = start..source.line_range(start).end;
        let text = source.slice(line.clone());
        let (sign, rest) = sign(after_bullet(text));
        let from = line.end - rest.len();
        let line = read_line(source, from..line.end);
        let text = source.slice(line.text.clone());
        let value = line.text.start + (text.len() - text.trim_start().len())..line.text.end;
        ItemLine { sign, value, attributes: line.attributes, braces: line.braces }
    }

    /// What is read of an option: all but the tick, the attributes and the feedback.
    pub(super) fn text<'c>(&self, node: &[Spot<'c>], page: &mut Page<'c>) -> Html {
        page.render(unwrapped(&self.content(node)))
    }

    /// The same before it is rendered.
    pub(super) fn content<'c>(&self, node: &[Spot<'c>]) -> Vec<Spot<'c>> {
        let children = siblings(inside(node)).into_iter().filter(|child| !is_quote(child));
        children.flatten().filter_map(|spot| self.without_braces(spot)).collect()
    }

    /// An entry with its id; other attributes are left to the caller.
    pub(super) fn entry<'c>(
        &mut self,
        node: &[Spot<'c>],
        page: &mut Page<'c>,
        out: &mut Diagnostics,
    ) -> ParsedEntry {
        let source = page.source;
        let text = OptionText { text: self.text(node, page), feedback: self.feedback(node, page) };
        let at = self.value.clone();
        if text.text.as_str().is_empty() {
            out.push(source.error("Q003", at.clone(), "this entry has no text"));
        }
        let id = self.attributes.id(source, out);
        ParsedEntry { id, plain: plain(source, &at, node), at, text }
    }

    /// The blockquotes directly under the item, as one text.
    pub(super) fn feedback<'c>(&self, node: &[Spot<'c>], page: &mut Page<'c>) -> Option<Html> {
        let mut spots = Vec::new();
        for child in siblings(inside(node)).into_iter().filter(|child| is_quote(child)) {
            spots.extend_from_slice(inside(child));
        }
        (!spots.is_empty()).then(|| page.render(&spots))
    }

    /// The event without the part that lies in the braces; `None` if nothing is left.
    fn without_braces<'c>(&self, spot: &Spot<'c>) -> Option<Spot<'c>> {
        if matches!(spot.event, Event::TaskListMarker(_)) {
            return None;
        }
        let overlaps = spot.range.start < self.braces.end && self.braces.start < spot.range.end;
        let Event::Text(text) = &spot.event else { return Some(spot.clone()) };
        if !overlaps {
            return Some(spot.clone());
        }
        let hidden = spot.range.end.saturating_sub(self.braces.start);
        let kept = text
            .len()
            .checked_sub(hidden)
            .and_then(|length| text.get(..length))?
            .trim_end()
            .to_owned();
        (!kept.is_empty()).then(|| Spot {
            event: Event::Text(kept.into()),
            range: spot.range.start..self.braces.start,
        })
    }
}

/// The first line of an item as plain text.
pub(super) fn plain(source: &Source, value: &Range<usize>, node: &[Spot<'_>]) -> String {
    match source.slice(value.clone()) {
        "" => plain_text(node),
        line => line.to_owned(),
    }
}

/// What stands behind `-` or `1.`.
fn after_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let bare = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match bare.strip_prefix(['.', ')']) {
        Some(rest) if bare.len() < line.len() => rest.trim_start(),
        Some(_) | None => line.trim_start_matches(['-', '*', '+']).trim_start(),
    }
}

fn sign(text: &str) -> (Sign, &str) {
    for (mark, sign) in [
        ("[x]", Sign::Ticked),
        ("[X]", Sign::Ticked),
        ("[ ]", Sign::Unticked),
        ("=", Sign::Accepted),
        ("~", Sign::Rejected),
    ] {
        if let Some(rest) = text.strip_prefix(mark)
            && (rest.is_empty() || rest.starts_with(char::is_whitespace))
        {
            return (sign, rest);
        }
    }
    (Sign::Plain, text)
}

pub(super) fn is_quote(node: &[Spot<'_>]) -> bool {
    matches!(node.first(), Some(Spot { event: Event::Start(Tag::BlockQuote(_)), .. }))
}

/// The inside of a single paragraph; anything else as it is.
fn unwrapped<'s, 'c>(spots: &'s [Spot<'c>]) -> &'s [Spot<'c>] {
    let nodes = siblings(spots);
    match nodes.as_slice() {
        [only]
            if matches!(only.first(), Some(Spot { event: Event::Start(Tag::Paragraph), .. })) =>
        {
            inside(only)
        }
        _ => spots,
    }
}
