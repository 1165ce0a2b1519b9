//! A text as a flat list of events with their byte ranges; a node is a slice of it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

/// Deeper nesting is refused: no lesson needs it, and it costs more than it tells.
pub const MAX_DEPTH: usize = 40;

/// An event and where it stands in the file.
#[derive(Clone, Debug)]
pub struct Spot<'a> {
    /// What.
    pub event: Event<'a>,
    /// Where, in bytes of the whole file.
    pub range: Range<usize>,
}

/// A parsed text.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// All events in order; neighbouring texts are one.
    pub spots: Vec<Spot<'a>>,
    /// The deepest nesting.
    pub depth: usize,
}

impl<'a> Document<'a> {
    /// Parses the text from the byte `from` on; ranges count from the start of the text.
    pub fn parse(text: &'a str, from: usize) -> Document<'a> {
        let body = text.get(from..).unwrap_or_default();
        let mut document = Document { spots: Vec::new(), depth: 0 };
        let mut depth: usize = 0;
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            depth = deeper(depth, &event);
            document.depth = document.depth.max(depth);
            document.add(event, range.start + from..range.end + from);
        }
        document
    }

    /// Adds an event; a text that follows a text without a gap becomes one with it.
    fn add(&mut self, event: Event<'a>, range: Range<usize>) {
        if let (Some(Spot { event: Event::Text(before), range: place }), Event::Text(text)) =
            (self.spots.last_mut(), &event)
            && place.end == range.start
        {
            *before = format!("{before}{text}").into();
            place.end = range.end;
        } else {
            self.spots.push(Spot { event, range });
        }
    }
}

/// The nesting after an event.
fn deeper(depth: usize, event: &Event<'_>) -> usize {
    if matches!(event, Event::Start(_)) {
        depth + 1
    } else if matches!(event, Event::End(_)) {
        depth.saturating_sub(1)
    } else {
        depth
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// The nodes that stand side by side in a slice: each from its start to its end, or a single event.
pub fn siblings<'s, 'a>(spots: &'s [Spot<'a>]) -> Vec<&'s [Spot<'a>]> {
    let mut nodes = Vec::new();
    let mut rest = spots;
    while !rest.is_empty() {
        let (node, after) = rest.split_at_checked(node_length(rest)).unwrap_or((rest, &[]));
        nodes.push(node);
        rest = after;
    }
    nodes
}

/// How many events the first node of a slice has.
pub fn node_length(spots: &[Spot<'_>]) -> usize {
    let mut depth: usize = 0;
    for (index, spot) in spots.iter().enumerate() {
        depth = deeper(depth, &spot.event);
        if depth == 0 {
            return index + 1;
        }
    }
    spots.len()
}

/// A node without its own start and end.
pub fn inside<'s, 'a>(node: &'s [Spot<'a>]) -> &'s [Spot<'a>] {
    node.get(1..node.len().saturating_sub(1)).unwrap_or_default()
}

/// The bytes that a slice covers.
pub fn bytes(spots: &[Spot<'_>]) -> Range<usize> {
    let start = spots.first().map_or(0, |spot| spot.range.start);
    start..spots.iter().map(|spot| spot.range.end).max().unwrap_or(start)
}

/// What is read, without markup.
pub fn plain_text(spots: &[Spot<'_>]) -> String {
    let mut text = String::new();
    for spot in spots {
        if let Event::Text(part) | Event::Code(part) = &spot.event {
            text.push_str(part);
        } else if matches!(spot.event, Event::SoftBreak | Event::HardBreak) {
            text.push(' ');
        }
    }
    text.trim().to_owned()
}
