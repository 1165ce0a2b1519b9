//! Where the ids of quizzes, of questions and of the parts of these stand, or belong. Nothing is judged here.

use std::ops::Range;

use super::super::attributes::{Line, has_id, read_line};
use super::body::Body;
use super::classes::{Class, read_class};
use super::gap::Written;
use super::gaps::{Parts, find_gaps};
use super::item_line::{ItemLine, Sign, plain};
use super::options::is_true_false;
use super::pairs::{halves, without_end};
use super::rubric::criterion;
use super::steps::is_numbered;
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::Spot;
use crate::markdown::tree::{bytes, inside, plain_text, siblings};

/// A place where an id stands, or belongs.
#[derive(Debug)]
pub(crate) struct Slot {
    /// What it names, for ids of what has no words.
    pub(crate) what: &'static str,
    /// What an id is made from.
    pub(crate) words: String,
    pub(crate) written: Option<String>,
    pub(crate) place: Place,
}

/// How an id is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Behind the brace that opens attributes.
    Inside(usize),
    /// In braces of its own behind the text that ends here.
    Behind(usize),
    /// As the label of a gap, for the blanks behind its bracket.
    Label { at: usize, blanks: usize },
    /// Something that is no id stands there already.
    Taken,
}

/// The parts of a question.
#[derive(Debug, Default)]
pub(crate) struct PartSlots {
    /// Options, steps, rows, criteria or gaps, in the order of the file.
    pub(crate) slots: Vec<Slot>,
    /// Ids beside theirs.
    pub(crate) others: Vec<String>,
    /// The arrows of pairs.
    pub(crate) arrows: Vec<Range<usize>>,
    /// Numbers that gaps accept.
    pub(crate) numbers: Vec<Range<usize>>,
}

impl Slot {
    fn of(line: Line, what: &'static str, words: String, source: &Source) -> Slot {
        let mut attributes = line.attributes;
        let written = attributes.id(source, &mut Diagnostics::default());
        let place = match line.braces.is_empty() {
            true => Place::Behind(line.text.end),
            false if written.is_none() && has_id(source, line.text.start..line.braces.end) => {
                Place::Taken
            }
            false => Place::Inside(line.braces.start + 1),
        };
        Slot { what, words, written, place }
    }
}

/// The slot of a heading.
pub(crate) fn heading_slot(heading: &[Spot<'_>], what: &'static str, source: &Source) -> Slot {
    Slot::of(heading_line(heading, source), what, plain_text(inside(heading)), source)
}

/// The line of a heading.
pub(crate) fn heading_line(heading: &[Spot<'_>], source: &Source) -> Line {
    read_line(source, source.line_range(bytes(heading).start))
}

/// The parts of a question, from its heading and the nodes below it, as they are known by their kind.
pub(crate) fn part_slots(nodes: &[&[Spot<'_>]], source: &Source) -> PartSlots {
    let Some((heading, nodes)) = nodes.split_first() else { return PartSlots::default() };
    let mut attributes = heading_line(heading, source).attributes;
    let class = read_class(&mut attributes, source, &mut Diagnostics::default());
    let several = attributes.pair("type").is_some_and(|(kind, _)| kind == "multiple");
    let body = Body::read(nodes, class);
    let items = || body.answers.map(|list| siblings(inside(list))).unwrap_or_default();
    let only = |slots| PartSlots { slots, ..PartSlots::default() };
    match class {
        Some(Class::Cloze) => gaps(heading, &body, source),
        Some(Class::Essay | Class::Upload) => only(criteria(&items(), source)),
        Some(Class::Match) => pairs(&items(), source),
        Some(Class::Order) => only(entries(&items(), "step", source)),
        Some(Class::Survey | Class::Hotspot) => only(entries(&items(), "option", source)),
        Some(Class::Pool | Class::Draw) => PartSlots::default(),
        None => only(unclassed(&items(), body.answers, several, source)),
    }
}

/// Steps, or options; two options that say true and false are known by their words.
fn unclassed(
    items: &[&[Spot<'_>]],
    list: Option<&[Spot<'_>]>,
    several: bool,
    source: &Source,
) -> Vec<Slot> {
    let lines: Vec<ItemLine> = items.iter().map(|item| ItemLine::read(item, source)).collect();
    let all = |known: &[Sign]| lines.iter().all(|line| known.contains(&line.sign));
    if all(&[Sign::Plain]) && list.is_some_and(is_numbered) {
        return entries(items, "step", source);
    }
    let words: Vec<&str> = lines.iter().map(|line| source.slice(line.value.clone())).collect();
    let ticked = lines.iter().filter(|line| line.sign == Sign::Ticked).count();
    let known = is_true_false(&words) && !several && ticked < 2;
    if known || !all(&[Sign::Ticked, Sign::Unticked]) {
        return Vec::new();
    }
    entries(items, "option", source)
}

fn entries(items: &[&[Spot<'_>]], what: &'static str, source: &Source) -> Vec<Slot> {
    let slot = |item: &&[Spot<'_>]| {
        let line = ItemLine::read(item, source);
        let words = plain(source, &line.value, item);
        let line = Line { text: line.value, braces: line.braces, attributes: line.attributes };
        Slot::of(line, what, words, source)
    };
    items.iter().map(slot).collect()
}

fn pairs(items: &[&[Spot<'_>]], source: &Source) -> PartSlots {
    let mut found = PartSlots::default();
    for item in items {
        let mut line = ItemLine::read(item, source);
        let Some(halves) = halves(line.content(item), source) else { continue };
        found.others.extend(line.attributes.id(source, &mut Diagnostics::default()));
        let left = read_line(source, line.value.start..halves.arrow.start);
        found.arrows.push(halves.arrow);
        let spots = without_end(halves.left, source.slice(left.braces.clone()));
        let slot = Slot::of(left, "row", plain_text(&spots), source);
        if slot.words.trim().is_empty() && spots.iter().all(is_blank) {
            found.others.extend(slot.written);
        } else {
            found.slots.push(slot);
        }
    }
    found
}

fn is_blank(spot: &Spot<'_>) -> bool {
    matches!(&spot.event, pulldown_cmark::Event::Text(text) if text.trim().is_empty())
}

fn criteria(rows: &[&[Spot<'_>]], source: &Source) -> Vec<Slot> {
    let mut slots = Vec::new();
    for row in rows.iter().skip(1) {
        let cells = siblings(inside(row));
        let Some(cell) = cells.first().filter(|cell| !inside(cell).is_empty()) else { continue };
        let (spots, line) = criterion(cell, source);
        slots.push(Slot::of(line, "criterion", plain_text(&spots), source));
    }
    slots
}

/// A gap has no words of its own: it is known by its place until somebody names it.
fn gaps(heading: &[Spot<'_>], body: &Body<'_, '_>, source: &Source) -> PartSlots {
    let parts = Parts { heading, stem: &body.stem, list: body.answers };
    let mut said = Diagnostics::default();
    let gaps = find_gaps(&parts, source, &mut said).unwrap_or_default();
    let slot = |(place, gap): (usize, &Written)| {
        let told = gap.name().filter(|_| body.answers.is_some()).map(str::to_owned);
        let text = source.slice(gap.at.clone());
        let open = text.find('[').map_or(0, |open| open + 1);
        let inner = text.get(open..).unwrap_or_default();
        let blanks = inner.len() - inner.trim_start_matches(' ').len();
        Slot {
            what: "gap",
            words: format!("gap {place}"),
            written: gap.label.clone().or(told),
            place: match said.has_errors() {
                true => Place::Taken,
                false => Place::Label { at: gap.at.start + open, blanks },
            },
        }
    };
    PartSlots {
        slots: (1..).zip(&gaps).map(slot).collect(),
        numbers: gaps.iter().flat_map(Written::numbers).collect(),
        ..PartSlots::default()
    }
}
