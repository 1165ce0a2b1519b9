//! Where ids belong in a lesson: quizzes, their questions, and the parts of these that learners answer with.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::view::{View, block_range};
use crate::course::attributes::{Line, read_line};
use crate::course::questions::item_line::{ItemLine, Sign};
use crate::course::questions::options::is_true_false;
use crate::course::questions::quiz::{heading_level, number, quiz_class};
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::Spot;
use crate::markdown::tree::{inside, plain_text, siblings};

/// A quiz section.
#[derive(Debug)]
pub(super) struct Quiz {
    pub(super) slot: Slot,
    pub(super) questions: Vec<Question>,
}

/// A question, and the options, steps, pairs or rows in its order.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) slot: Slot,
    pub(super) parts: Vec<Slot>,
    /// Its heading says that a number is asked for.
    pub(super) wants_number: bool,
    /// The items of its answer list: sign, and the first line without sign and attributes.
    pub(super) items: Vec<(Sign, Range<usize>)>,
}

/// A place where an id stands, or belongs.
#[derive(Debug)]
pub(super) struct Slot {
    /// What it names, for ids of what has no words.
    pub(super) what: &'static str,
    /// What an id is made from.
    pub(super) words: String,
    pub(super) written: Option<String>,
    pub(super) place: Place,
}

/// How an id is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind the brace that opens attributes.
    Inside(usize),
    /// In braces of its own behind the text that ends here.
    Behind(usize),
}

impl Slot {
    fn of(line: Line, what: &'static str, words: String, source: &Source) -> Slot {
        let place = match line.braces.is_empty() {
            true => Place::Behind(line.text.end),
            false => Place::Inside(line.braces.start + 1),
        };
        let mut attributes = line.attributes;
        let written = attributes.id(source, &mut Diagnostics::default());
        Slot { what, words, written, place }
    }
}

/// The quiz sections of a text, in order.
pub(super) fn quizzes(view: &View<'_>) -> Vec<Quiz> {
    let blocks = view.blocks();
    let mut quizzes = Vec::new();
    let mut rest = blocks.as_slice();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if quiz_class(first, view.source).is_none() {
            continue;
        }
        let level = heading_level(first);
        let ends = |node: &&[Spot<'_>]| heading_level(node).is_some_and(|next| Some(next) <= level);
        let length = after.iter().position(ends).unwrap_or(after.len());
        let (body, after) = after.split_at_checked(length).unwrap_or((after, &[]));
        rest = after;
        quizzes.push(read_quiz(first, body, view.source));
    }
    quizzes
}

fn read_quiz(heading: &[Spot<'_>], body: &[&[Spot<'_>]], source: &Source) -> Quiz {
    let deeper = heading_level(heading).map(|level| number(level) + 1);
    let is_question =
        |node: &&[Spot<'_>]| deeper.is_some() && heading_level(node).map(number) == deeper;
    let first = body.iter().position(is_question).unwrap_or(body.len());
    let questions = body.get(first..).unwrap_or_default();
    Quiz {
        slot: heading_slot(heading, "quiz", source),
        questions: questions
            .chunk_by(|_, next| !is_question(next))
            .map(|nodes| read_question(nodes, source))
            .collect(),
    }
}

fn heading_slot(heading: &[Spot<'_>], what: &'static str, source: &Source) -> Slot {
    Slot::of(heading_line(heading, source), what, plain_text(inside(heading)), source)
}

fn heading_line(heading: &[Spot<'_>], source: &Source) -> Line {
    read_line(source, source.line_range(block_range(source, heading).start))
}

fn read_question(nodes: &[&[Spot<'_>]], source: &Source) -> Question {
    let (heading, body) =
        nodes.split_first().map_or((&[][..], nodes), |(first, rest)| (*first, rest));
    let list = body.iter().rfind(|node| list_start(node).is_some());
    let items = list.map(|list| siblings(inside(list))).unwrap_or_default();
    let lines: Vec<ItemLine> = items.iter().map(|item| ItemLine::read(item, source)).collect();
    let mut attributes = heading_line(heading, source).attributes;
    Question {
        slot: heading_slot(heading, "question", source),
        wants_number: attributes.pair("units").or(attributes.pair("unit")).is_some(),
        parts: parts(&items, &lines, source),
        items: lines.into_iter().map(|line| (line.sign, line.value)).collect(),
    }
}

fn list_start(node: &[Spot<'_>]) -> Option<Option<u64>> {
    match node.first().map(|spot| &spot.event) {
        Some(Event::Start(Tag::List(start))) => Some(*start),
        _ => None,
    }
}

/// The options of a choice; two that say true and false are known by their words.
fn parts(items: &[&[Spot<'_>]], lines: &[ItemLine], source: &Source) -> Vec<Slot> {
    if !lines.iter().all(|line| matches!(line.sign, Sign::Ticked | Sign::Unticked)) {
        return Vec::new();
    }
    let words: Vec<&str> = lines.iter().map(|line| source.slice(line.value.clone())).collect();
    if is_true_false(&words) {
        return Vec::new();
    }
    let slots = lines.iter().zip(items).zip(&words);
    slots
        .map(|((line, item), words)| {
            let words = if words.is_empty() { plain_text(item) } else { (*words).to_owned() };
            let range: Range<usize> = line.value.start..source.line_range(line.value.start).end;
            Slot::of(read_line(source, range), "option", words, source)
        })
        .collect()
}
