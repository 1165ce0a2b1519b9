//! A text with gaps: code spans that begin with `[`, and a list that says more of them.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::super::attributes::Attributes;
use super::answers::{read_answers, signs};
use super::gap::{GapRules, Written};
use super::item_line::{ItemLine, Sign};
use super::named::check_ids;
use super::numbers::NumberRules;
use super::options::{check_options, read_options};
use super::pairs::part_scoring;
use super::parsed::{
    ParsedAnswer, ParsedChoice, ParsedCloze, ParsedEntry, ParsedGap, ParsedGapKey, ParsedPick,
};
use super::words::TextRules;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::markdown::tree::{bytes, inside, node_length, siblings};
use crate::markdown::{Page, Spot};
use crate::quiz::item::Scoring;

/// The parts of a cloze.
pub(super) struct Parts<'s, 'c> {
    /// The title, in which no gap may stand.
    pub(super) heading: &'s [Spot<'c>],
    pub(super) stem: &'s [Spot<'c>],
    /// One item for each gap of which there is more to say.
    pub(super) list: Option<&'s [Spot<'c>]>,
}

/// Does a gap stand in it?
pub(super) fn has_gap(node: &[Spot<'_>]) -> bool {
    node.iter().any(|spot| as_gap(spot).is_some())
}

fn as_gap<'s>(spot: &'s Spot<'_>) -> Option<&'s str> {
    let Event::Code(code) = &spot.event else { return None };
    code.starts_with('[').then_some(code)
}

/// Reads the text and its gaps; `None` if a gap cannot be read.
pub(super) fn read_cloze<'c>(
    parts: &Parts<'_, 'c>,
    heading: &mut Attributes,
    decimal_mark: &mut Option<char>,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedCloze> {
    let source = page.source;
    let scoring = part_scoring(heading, source, out);
    let rules = GapRules {
        numbers: NumberRules::read(heading, source, out),
        texts: TextRules::read(heading, source, out),
    };
    let written = find_gaps(parts, source, out)?;
    let holes: Vec<Range<usize>> = written.iter().map(|gap| gap.at.clone()).collect();
    let pieces = page.render_cut(parts.stem, &holes);
    let mut told = parts.list.map(|list| read_told(list, source, out)).unwrap_or_default();
    let mut gaps = Vec::new();
    for gap in written {
        let item = gap.name().and_then(|name| told.remove(name));
        gaps.push(match item {
            Some(item) => item.gap(gap.at, decimal_mark, page, out)?,
            None if parts.list.is_some() && gap.name().is_some() => {
                out.push(untold(&gap, source));
                return None;
            }
            None => gap.gap(&rules, decimal_mark, source, out),
        });
    }
    check(&gaps, &told, source, out);
    let holes = (0..gaps.len()).collect();
    Some(ParsedCloze { pieces, holes, gaps, scoring })
}

fn untold(gap: &Written, source: &Source) -> Diagnostic {
    let name = gap.name().unwrap_or_default();
    let message = format!("the list below says nothing of the gap `{name}`");
    let remark = source.error("Q040", gap.at.clone(), message);
    remark.help(format!("add `- {name}` to it, or write the answer here: `[{name}: …]`"))
}

/// The gaps of the stem in their order.
pub(super) fn find_gaps(
    parts: &Parts<'_, '_>,
    source: &Source,
    out: &mut Diagnostics,
) -> Option<Vec<Written>> {
    let mut gaps = Vec::new();
    let mut misplaced = parts.heading.iter().filter(|spot| as_gap(spot).is_some()).count();
    if let Some(spot) = parts.heading.iter().find(|spot| as_gap(spot).is_some()) {
        out.push(displaced(spot, source));
    }
    let mut rest = parts.stem;
    while let Some(spot) = rest.first() {
        let length = if is_closed(spot) { node_length(rest) } else { 1 };
        let (taken, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        for spot in taken {
            let Some(code) = as_gap(spot) else { continue };
            if is_closed(taken.first().unwrap_or(spot)) {
                misplaced += 1;
                out.push(displaced(spot, source));
            } else {
                gaps.push(Written::read(code, spot.range.clone(), source, out));
            }
        }
        rest = after;
    }
    let gaps: Vec<Written> = gaps.into_iter().collect::<Option<_>>()?;
    if gaps.is_empty() && misplaced == 0 {
        let remark = source.error("Q003", bytes(parts.heading), "this text has no gaps");
        out.push(remark.help("write a gap as a code span: `` `[label: answer]` ``"));
    }
    (misplaced == 0 && !gaps.is_empty()).then_some(gaps)
}

/// Nothing can be filled in inside of these.
fn is_closed(spot: &Spot<'_>) -> bool {
    matches!(
        spot.event,
        Event::Start(
            Tag::Image { .. } | Tag::Link { .. } | Tag::FootnoteDefinition(_) | Tag::Heading { .. }
        )
    )
}

fn displaced(spot: &Spot<'_>, source: &Source) -> Diagnostic {
    let message = "a gap cannot stand in a heading, a link, a picture or a footnote";
    source.error("Q040", spot.range.clone(), message).help("move it into the text")
}

/// An item of the list: the name of a gap, and below it the answers.
struct Told<'s, 'c> {
    name: String,
    at: Range<usize>,
    attributes: Attributes,
    answers: Option<&'s [Spot<'c>]>,
}

fn read_told<'s, 'c>(
    list: &'s [Spot<'c>],
    source: &Source,
    out: &mut Diagnostics,
) -> BTreeMap<String, Told<'s, 'c>> {
    let is_list = |child: &&[Spot<'c>]| {
        matches!(child.first().map(|spot| &spot.event), Some(Event::Start(Tag::List(_))))
    };
    let mut told: BTreeMap<String, Told<'s, 'c>> = BTreeMap::new();
    for node in siblings(inside(list)) {
        let line = ItemLine::read(node, source);
        let name = source.slice(line.value.clone()).to_owned();
        if let Some(twin) = told.get(&name) {
            out.push(twice(&name, &twin.at, &line.value, source));
            continue;
        }
        let answers = siblings(inside(node)).into_iter().find(is_list);
        let (at, attributes) = (line.value, line.attributes);
        told.insert(name.clone(), Told { name, at, attributes, answers });
    }
    told
}

fn twice(label: &str, first: &Range<usize>, at: &Range<usize>, source: &Source) -> Diagnostic {
    let place = source.place(first.clone());
    let message = format!("the label `{label}` is used twice");
    source.error("Q040", at.clone(), message).related_as(place, "first used here")
}

impl<'c> Told<'_, 'c> {
    fn gap(
        mut self,
        at: Range<usize>,
        decimal_mark: &mut Option<char>,
        page: &mut Page<'c>,
        out: &mut Diagnostics,
    ) -> Option<ParsedGap> {
        let source = page.source;
        let items = self.answers.map(|list| siblings(inside(list))).unwrap_or_default();
        let signs = signs(&items, source);
        let all = |known: [Sign; 2]| !signs.is_empty() && signs.iter().all(|s| known.contains(s));
        let gap = |key, feedback, model| ParsedGap {
            label: Some(self.name.clone()),
            at,
            key,
            feedback,
            model,
        };
        let gap = if all([Sign::Ticked, Sign::Unticked]) {
            let choice = read_options(&items, Scoring::default(), page, out);
            check_options(&choice, self.at.clone(), source, out);
            gap(ParsedGapKey::Pick(picks(choice, source, out)), Default::default(), None)
        } else if all([Sign::Accepted, Sign::Rejected]) {
            let told = read_answers(&items, &mut self.attributes, decimal_mark, page, out);
            match told.answer {
                ParsedAnswer::Number(key) => {
                    gap(ParsedGapKey::Number(key), told.feedback, told.model)
                }
                ParsedAnswer::Text(key) => gap(ParsedGapKey::Text(key), told.feedback, told.model),
                ParsedAnswer::Choice(_)
                | ParsedAnswer::Match(_)
                | ParsedAnswer::Order(_)
                | ParsedAnswer::Cloze(_)
                | ParsedAnswer::Hotspot(_)
                | ParsedAnswer::Essay(_)
                | ParsedAnswer::Upload(_)
                | ParsedAnswer::Survey(_) => return None,
            }
        } else {
            let message = "below the name of a gap stands the list of its answers";
            let remark = source.error("Q003", self.at.clone(), message);
            out.push(
                remark.help("write `- [x] …` and `- [ ] …`, or `- = …`, two spaces further in"),
            );
            return None;
        };
        self.attributes.finish(source, out);
        Some(gap)
    }
}

/// The options as entries of a list, which has neither weights nor places to keep.
fn picks(choice: ParsedChoice, source: &Source, out: &mut Diagnostics) -> Vec<ParsedPick> {
    let mut picks = Vec::new();
    for option in choice.options {
        if option.weight.is_some() || option.only {
            let message = "an entry of the list of a gap is right or wrong, without a share";
            out.push(source.error("Q005", option.at.clone(), message));
        }
        let entry =
            ParsedEntry { id: option.id, at: option.at, plain: option.plain, text: option.text };
        picks.push(ParsedPick { entry, right: option.right });
    }
    picks
}

fn check(
    gaps: &[ParsedGap],
    told: &BTreeMap<String, Told<'_, '_>>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let mut first: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    for gap in gaps {
        let Some(label) = &gap.label else { continue };
        match first.get(label.as_str()) {
            Some(twin) => out.push(twice(label, twin, &gap.at, source)),
            None => {
                first.insert(label, &gap.at);
            }
        }
    }
    for item in told.values() {
        let message = format!("the text has no gap `{}`", item.name);
        let remark = source.error("Q040", item.at.clone(), message);
        out.push(remark.help(format!("write `` `[{}]` `` where it belongs", item.name)));
    }
    let entries = gaps.iter().flat_map(|gap| match &gap.key {
        ParsedGapKey::Pick(picks) => picks.as_slice(),
        ParsedGapKey::Number(_) | ParsedGapKey::Text(_) => &[],
    });
    let names = entries.map(|pick| (pick.entry.id.as_deref(), &pick.entry.at));
    check_ids(names, source, out);
}
