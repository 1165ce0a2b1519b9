//! Rows of a match: `- left → right`, and distractors, which have no left.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::super::attributes::{Attributes, read_line};
use super::item_line::ItemLine;
use super::named::{check_ids, check_twins, plainly};
use super::parsed::{ParsedEntry, ParsedMatch, ParsedRow};
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::tree::{inside, node_length, plain_text};
use crate::markdown::{Page, Spot};
use crate::quiz::item::OptionText;
use crate::quiz::kinds::PartScoring;

const ARROWS: [&str; 2] = ["→", "->"];

/// A list item cut at its arrow.
pub(super) struct Halves<'c> {
    pub(super) left: Vec<Spot<'c>>,
    right: Vec<Spot<'c>>,
    /// The arrow in the source.
    pub(super) arrow: Range<usize>,
}

/// One item of the list.
struct Pair {
    left: Option<ParsedEntry>,
    right: ParsedEntry,
}

/// Reads the rows and the choices; `None` if a pair cannot be read.
pub(super) fn read_match<'c>(
    items: &[&[Spot<'c>]],
    list: Range<usize>,
    heading: &mut Attributes,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedMatch> {
    let scoring = part_scoring(heading, page.source, out);
    let pairs: Vec<Option<Pair>> = items.iter().map(|node| read_pair(node, page, out)).collect();
    let pairs: Vec<Pair> = pairs.into_iter().collect::<Option<_>>()?;
    let question = ParsedMatch { rows: Vec::new(), choices: Vec::new(), scoring };
    let mut sorted = Pairs { question, known: BTreeMap::new() };
    pairs.into_iter().for_each(|pair| sorted.add(pair, page.source, out));
    let question = sorted.question;
    if question.rows.len() < 2 {
        let remark = page.source.error("Q030", list, "there are fewer than two pairs");
        out.push(remark.help("write at least two, each as `- left → right`"));
        return None;
    }
    check(&question, page.source, out);
    Some(question)
}

/// `scoring=all`.
pub(super) fn part_scoring(
    heading: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> PartScoring {
    let read = |word: &str| match word {
        "each" => Some(PartScoring::Each),
        "all" => Some(PartScoring::All),
        _ => None,
    };
    heading.value("scoring", "each or all", source, out, read).unwrap_or_default()
}

fn read_pair<'c>(node: &[Spot<'c>], page: &mut Page<'c>, out: &mut Diagnostics) -> Option<Pair> {
    let source = page.source;
    let mut line = ItemLine::read(node, source);
    let Some(halves) = halves(line.content(node), source) else {
        let remark = source.error("Q030", line.value.clone(), "this pair has no arrow");
        out.push(remark.help("write it as `- left → right`; `->` will do as well"));
        return None;
    };
    let right = entry(&halves.right, halves.arrow.end..line.value.end, page);
    let right = ParsedEntry { id: line.attributes.id(source, out), ..right };
    line.attributes.finish(source, out);
    if right.text.text.as_str().is_empty() {
        let remark = source.error("Q030", line.value.clone(), "nothing stands behind the arrow");
        out.push(remark.help("write it as `- left → right`"));
        return None;
    }
    let mut before = read_line(source, line.value.start..halves.arrow.start);
    let braces = source.slice(before.braces.clone());
    let left = entry(&without_end(halves.left, braces), before.text.clone(), page);
    let id = before.attributes.id(source, out);
    before.attributes.finish(source, out);
    if left.text.text.as_str().is_empty() {
        return Some(Pair { left: None, right: ParsedEntry { id: right.id.or(id), ..right } });
    }
    let text = OptionText { feedback: line.feedback(node, page), ..left.text };
    Some(Pair { left: Some(ParsedEntry { id, text, ..left }), right })
}

fn entry<'c>(spots: &[Spot<'c>], at: Range<usize>, page: &mut Page<'c>) -> ParsedEntry {
    let text = OptionText { text: page.render(spots), feedback: None };
    let blank = |part: &str| part.len() - part.trim_start().len();
    let start = at.start + blank(page.source.slice(at.clone()));
    ParsedEntry { id: None, at: start..at.end.max(start), plain: plain_text(spots), text }
}

/// Cuts what is read of an item at the first arrow that stands in plain text.
pub(super) fn halves<'c>(spots: Vec<Spot<'c>>, source: &Source) -> Option<Halves<'c>> {
    let paragraph = matches!(spots.first()?.event, Event::Start(Tag::Paragraph));
    let (inline, after) = match paragraph {
        true => {
            let (first, after) = spots.split_at_checked(node_length(&spots))?;
            (inside(first), after)
        }
        false => (spots.as_slice(), &[][..]),
    };
    let mut depth: usize = 0;
    for (index, spot) in inline.iter().enumerate() {
        if let Event::Start(_) = spot.event {
            depth += 1;
        } else if let Event::End(_) = spot.event {
            depth = depth.saturating_sub(1);
        } else if let Event::Text(text) = &spot.event
            && depth == 0
            && let Some((at, arrow)) = first_arrow(text)
        {
            let place = first_arrow(source.slice(spot.range.clone()))
                .map_or(spot.range.clone(), |(at, arrow)| {
                    spot.range.start + at..spot.range.start + at + arrow.len()
                });
            let mut left = inline.get(..index)?.to_vec();
            left.extend(text_spot(text.get(..at)?, spot.range.start..place.start));
            let behind = text_spot(text.get(at + arrow.len()..)?, place.end..spot.range.end);
            let mut right: Vec<Spot<'c>> = behind.into_iter().collect();
            right.extend_from_slice(inline.get(index + 1..)?);
            right.extend_from_slice(after);
            return Some(Halves { left, right, arrow: place });
        }
    }
    None
}

fn first_arrow(text: &str) -> Option<(usize, &'static str)> {
    ARROWS.into_iter().filter_map(|arrow| Some((text.find(arrow)?, arrow))).min()
}

fn text_spot(text: &str, range: Range<usize>) -> Option<Spot<'static>> {
    (!text.is_empty()).then(|| Spot { event: Event::Text(text.to_owned().into()), range })
}

/// The spots without this text at their end.
pub(super) fn without_end<'c>(mut spots: Vec<Spot<'c>>, end: &str) -> Vec<Spot<'c>> {
    if let Some(Spot { event: Event::Text(text), .. }) = spots.last_mut() {
        let kept = text.trim_end().strip_suffix(end).unwrap_or(text).trim_end().to_owned();
        *text = kept.into();
    }
    spots
}

/// The pairs so far, and where each right side stands among the choices.
struct Pairs {
    question: ParsedMatch,
    known: BTreeMap<(String, String), usize>,
}

impl Pairs {
    /// Adds a pair. A right side that is there already is one choice for both.
    fn add(&mut self, pair: Pair, source: &Source, out: &mut Diagnostics) {
        let ParsedMatch { rows, choices, .. } = &mut self.question;
        let text = (plainly(&pair.right.plain), pair.right.text.text.as_str().to_owned());
        let known = self.known.get(&text).copied();
        let right = known.unwrap_or(choices.len());
        let at = pair.right.at.clone();
        if known.is_none() {
            self.known.insert(text, right);
            choices.push(pair.right);
        }
        let Some(left) = pair.left else {
            if known.is_some() {
                let message = "this distractor is the right side of another pair";
                out.push(source.warning("Q012", at, message));
            }
            return;
        };
        if known.is_some()
            && let Some(row) = rows.iter().find(|row| row.right == right)
        {
            let place = source.place(row.left.at.clone());
            let message = "two lefts share one right side";
            let remark =
                source.warning("Q031", at, message).related_as(place, "it stands here as well");
            out.push(remark.help("that is allowed, but then crossing off no longer helps"));
        }
        rows.push(ParsedRow { left, right });
    }
}

fn check(question: &ParsedMatch, source: &Source, out: &mut Diagnostics) {
    let lefts = || question.rows.iter().map(|row| &row.left);
    let all = lefts().chain(&question.choices);
    check_ids(all.map(|entry| (entry.id.as_deref(), &entry.at)), source, out);
    check_twins(lefts().map(|entry| (entry.plain.as_str(), &entry.at)), source, out);
}
