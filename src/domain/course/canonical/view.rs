//! A file as the passes see it: its text, where the body begins, what must not be touched.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::course::front::split;
use crate::course::limits::too_rich;
use crate::diagnostic::Source;
use crate::markdown::tree::{MAX_DEPTH, bytes, siblings};
use crate::markdown::{Document, Spot};

/// The body of a lesson or bank, parsed.
#[derive(Debug)]
pub(super) struct View<'t> {
    pub(super) source: &'t Source,
    /// Where the text begins.
    pub(super) body: usize,
    pub(super) document: Document<'t>,
    /// Where the blocks at the top begin.
    tops: BTreeSet<usize>,
    /// Code, raw HTML and the like, in order: every byte of it counts.
    verbatim: Vec<Range<usize>>,
}

impl<'t> View<'t> {
    /// `None` for a text that the compiler refuses to read.
    pub(super) fn of(source: &'t Source) -> Option<View<'t>> {
        let body = split(source).map_or(0, |(_, body)| body);
        let document = Document::parse(&source.text, body);
        if document.depth > MAX_DEPTH || too_rich(&document).is_some() {
            return None;
        }
        let mut verbatim: Vec<Range<usize>> = Vec::new();
        for spot in &document.spots {
            let inside = verbatim.last().is_some_and(|last| spot.range.end <= last.end);
            if is_verbatim(&spot.event) && !inside {
                verbatim.push(spot.range.clone());
            }
        }
        let tops = siblings(&document.spots).iter().map(|node| bytes(node).start).collect();
        Some(View { source, body, document, tops, verbatim })
    }

    /// The blocks at the top.
    pub(super) fn blocks(&self) -> Vec<&[Spot<'t>]> {
        siblings(&self.document.spots)
    }

    /// Does a block at the top begin here?
    pub(super) fn is_top(&self, at: usize) -> bool {
        self.tops.contains(&at)
    }

    /// Does a range touch what must not be touched?
    pub(super) fn is_verbatim(&self, range: &Range<usize>) -> bool {
        let next = self.verbatim.partition_point(|place| place.end <= range.start);
        self.verbatim.get(next).is_some_and(|place| place.start < range.end.max(range.start + 1))
    }

    /// The lines of the body: their bytes without the line end.
    pub(super) fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = self.body;
        while at < self.source.text.len() {
            let line = self.source.line_range(at);
            at = self.source.next_line(at);
            lines.push(line);
        }
        lines
    }
}

fn is_verbatim(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
    )
}

/// The bytes of a block without the line end behind it.
pub(super) fn block_range(source: &Source, node: &[Spot<'_>]) -> Range<usize> {
    let range = bytes(node);
    let text = source.slice(range.clone());
    range.start..range.start + text.trim_end_matches(['\n', ' ', '\t', '\r']).len()
}
