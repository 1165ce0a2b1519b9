//! A text as a flat list of events with their byte ranges; a node is a slice of it.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

use super::dollar::is_money;

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
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// All events in order; neighbouring texts are one.
    pub spots: Vec<Spot<'a>>,
    /// The deepest nesting.
    pub depth: usize,
    /// The author wrote HTML.
    pub raw: Option<()>,
    /// Where dollar signs could have been a formula and were taken for money.
    pub money: Vec<Range<usize>>,
}

impl<'a> Document<'a> {
    /// Parses the text from the byte `from` on; ranges count from the start of the text.
    pub fn parse(text: &'a str, from: usize) -> Document<'a> {
        Document::read(text, from, options())
    }

    /// Parses a text as `CommonMark` and nothing more.
    pub fn plain(text: &'a str) -> Document<'a> {
        Document::read(text, 0, Options::empty())
    }

    fn read(text: &'a str, from: usize, options: Options) -> Document<'a> {
        let body = text.get(from..).unwrap_or_default();
        let mut document = Document::default();
        // Courses have an event for every twenty or thirty bytes.
        document.spots.reserve(body.len() / 24);
        let mut run = Run::default();
        let mut depth: usize = 0;
        for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
            depth = deeper(depth, &event);
            document.depth = document.depth.max(depth);
            let range = range.start + from..range.end + from;
            let event = if let Event::InlineMath(formula) = event {
                document.without_money(formula, text, &range)
            } else {
                event
            };
            if let Event::Text(part) = event {
                if run.goes_on(&range) {
                    run.add(&part, &range);
                } else {
                    document.spots.extend(run.take());
                    run = Run::new(part, range);
                }
            } else {
                if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                    document.raw = Some(());
                }
                document.spots.extend(run.take());
                document.spots.push(Spot { event, range });
            }
        }
        document.spots.extend(run.take());
        document
    }

    /// `$5 or 6$` is no formula.
    fn without_money(
        &mut self,
        formula: CowStr<'a>,
        text: &'a str,
        range: &Range<usize>,
    ) -> Event<'a> {
        if !is_money(&formula, text.get(range.end..)) {
            return Event::InlineMath(formula);
        }
        self.money.push(range.clone());
        Event::Text(text.get(range.clone()).unwrap_or_default().into())
    }
}

/// A text that the parser gives in pieces.
#[derive(Debug, Default)]
struct Run<'a> {
    first: Option<CowStr<'a>>,
    /// All pieces, once there are two. Grown in place: a flood of brackets comes in as many pieces as it has letters.
    all: String,
    range: Range<usize>,
}

impl<'a> Run<'a> {
    fn new(first: CowStr<'a>, range: Range<usize>) -> Run<'a> {
        Run { first: Some(first), all: String::new(), range }
    }

    fn goes_on(&self, range: &Range<usize>) -> bool {
        (self.first.is_some() || !self.all.is_empty()) && self.range.end == range.start
    }

    fn add(&mut self, part: &str, range: &Range<usize>) {
        if let Some(first) = self.first.take() {
            self.all.push_str(&first);
        }
        self.all.push_str(part);
        self.range.end = range.end;
    }

    fn take(&mut self) -> Option<Spot<'a>> {
        let all = std::mem::take(&mut self.all);
        let text = self.first.take().or_else(|| (!all.is_empty()).then(|| all.into()))?;
        Some(Spot { event: Event::Text(text), range: self.range.clone() })
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
        | Options::ENABLE_MATH
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
        if let Event::Text(part)
        | Event::Code(part)
        | Event::InlineMath(part)
        | Event::DisplayMath(part) = &spot.event
        {
            text.push_str(part);
        } else if matches!(spot.event, Event::SoftBreak | Event::HardBreak) {
            text.push(' ');
        }
    }
    text.trim().to_owned()
}

/// The contents of the footnotes and where they stand, by label.
pub(super) fn footnotes<'c>(
    document: &Document<'c>,
) -> BTreeMap<String, (Vec<Spot<'c>>, Range<usize>)> {
    let mut notes = BTreeMap::new();
    for node in siblings(&document.spots) {
        if let Some(Spot { event: Event::Start(Tag::FootnoteDefinition(name)), .. }) = node.first()
        {
            notes.entry(name.to_string()).or_insert_with(|| (inside(node).to_vec(), bytes(node)));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_no_formula() {
        for (text, formulas, doubts) in [
            ("between $5 and $6", 0, 0),
            ("$5 million or 6$", 0, 1),
            ("from $5-$6 a piece", 0, 1),
            ("$5", 0, 0),
            (r"\$5 and \$6$", 0, 0),
            ("$x$", 1, 0),
            ("$5x + 3y$", 1, 0),
            ("$3 \\text{ million}$", 1, 0),
            ("$2 \\cdot 10^3$ or $4$", 2, 0),
            ("$a_{min}$ and $$b$$", 2, 0),
        ] {
            let document = Document::parse(text, 0);
            let is_math =
                |event: &Event<'_>| matches!(event, Event::InlineMath(_) | Event::DisplayMath(_));
            let found = document.spots.iter().filter(|spot| is_math(&spot.event)).count();
            assert_eq!((found, document.money.len()), (formulas, doubts), "{text}");
        }
        assert_eq!(
            plain_text(&Document::parse("a $5 million or 6$ b", 0).spots),
            "a $5 million or 6$ b"
        );
    }
}
