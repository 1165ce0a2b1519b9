//! Where ids belong in a lesson or a bank: quizzes, pools, questions, and the parts of these that learners answer with.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::view::View;
use crate::course::bank::bank_file;
use crate::course::questions::item_line::{ItemLine, Sign};
use crate::course::questions::quiz::{heading_level, holder, number, quiz_class};
use crate::course::questions::slots::{PartSlots, Slot, heading_line, heading_slot, part_slots};
use crate::diagnostic::Source;
use crate::markdown::Spot;
use crate::markdown::tree::{inside, siblings};

/// A quiz section, or a bank.
#[derive(Debug, Default)]
pub(super) struct Quiz {
    /// A bank has none: it is known by the name of its file.
    pub(super) slot: Option<Slot>,
    /// With those in pools.
    pub(super) questions: Vec<Question>,
    /// Pools and draws.
    pub(super) pools: Vec<Slot>,
}

/// A question and its parts.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) slot: Slot,
    pub(super) parts: PartSlots,
    /// Its heading says that a number is asked for.
    pub(super) wants_number: bool,
    /// The items of its answer list: sign, and the first line without sign and attributes.
    pub(super) items: Vec<(Sign, Range<usize>)>,
}

/// The quiz sections of a text, in order; a bank is one.
pub(super) fn quizzes(view: &View<'_>) -> Vec<Quiz> {
    let blocks = view.blocks();
    if view.source.file.strip_prefix("banks/").and_then(bank_file).is_some() {
        return vec![read_below(HeadingLevel::H1, &blocks, view.source)];
    }
    let mut quizzes = Vec::new();
    let mut rest = blocks.as_slice();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let Some(level) = heading_level(first) else { continue };
        if quiz_class(first, view.source).is_none() {
            continue;
        }
        let ends = |node: &&[Spot<'_>]| heading_level(node).is_some_and(|next| next <= level);
        let length = after.iter().position(ends).unwrap_or(after.len());
        let (body, after) = after.split_at_checked(length).unwrap_or((after, &[]));
        rest = after;
        let slot = heading_slot(first, "quiz", view.source);
        quizzes.push(Quiz { slot: Some(slot), ..read_below(level, body, view.source) });
    }
    quizzes
}

/// The questions below a heading of this level.
fn read_below(level: HeadingLevel, body: &[&[Spot<'_>]], source: &Source) -> Quiz {
    let mut quiz = Quiz::default();
    for nodes in chunks(number(level) + 1, body) {
        let (Some(heading), held) = (nodes.first(), holder(nodes, source)) else { continue };
        if held.is_none() {
            quiz.questions.push(read_question(nodes, source));
            continue;
        }
        quiz.pools.push(heading_slot(heading, "pool", source));
        if held.is_some_and(|(class, _)| class == "pool") {
            let candidates = chunks(number(level) + 2, nodes.get(1..).unwrap_or_default());
            let candidates = candidates.filter(|nodes| holder(nodes, source).is_none());
            quiz.questions.extend(candidates.map(|nodes| read_question(nodes, source)));
        }
    }
    quiz
}

/// The headings of a level, each with what stands below it.
fn chunks<'n, 's, 'c>(
    level: u8,
    nodes: &'n [&'s [Spot<'c>]],
) -> impl Iterator<Item = &'n [&'s [Spot<'c>]]> {
    let begins = move |node: &&[Spot<'c>]| heading_level(node).map(number) == Some(level);
    let first = nodes.iter().position(begins).unwrap_or(nodes.len());
    nodes.get(first..).unwrap_or_default().chunk_by(move |_, next| !begins(next))
}

fn read_question(nodes: &[&[Spot<'_>]], source: &Source) -> Question {
    let (heading, body) =
        nodes.split_first().map_or((&[][..], nodes), |(first, rest)| (*first, rest));
    let list = body.iter().rfind(|node| is_list(node));
    let items = list.map(|list| siblings(inside(list))).unwrap_or_default();
    let lines = items.iter().map(|item| ItemLine::read(item, source));
    let mut attributes = heading_line(heading, source).attributes;
    Question {
        slot: heading_slot(heading, "question", source),
        parts: part_slots(nodes, source),
        wants_number: attributes.pair("units").or(attributes.pair("unit")).is_some(),
        items: lines.map(|line| (line.sign, line.value)).collect(),
    }
}

fn is_list(node: &[Spot<'_>]) -> bool {
    matches!(node.first().map(|spot| &spot.event), Some(Event::Start(Tag::List(_))))
}
