//! One question: heading, stem, answers, notes.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::attributes::{Attributes, percent, read_line};
use super::answers::{read_answers, signs};
use super::item_line::{Sign, is_quote};
use super::options::{check_options, read_options};
use super::parsed::{ParsedAnswer, ParsedQuestion};
use crate::diagnostic::{Diagnostics, Place, nearest};
use crate::html::Html;
use crate::markdown::tree::{bytes, inside, plain_text, siblings};
use crate::markdown::{Page, Spot};
use crate::quiz::grade::{Fraction, Marks, WHOLE};
use crate::quiz::item::{ItemText, Scoring};
use crate::slug::is_id;

/// Kinds that the format knows and this version does not.
const LATER: [&str; 9] =
    ["match", "order", "cloze", "hotspot", "essay", "upload", "survey", "pool", "draw"];

/// What is known around the questions of a file.
#[derive(Debug)]
pub(crate) struct Reader<'p, 'c> {
    pub(crate) page: &'p mut Page<'c>,
    /// Ids declared in the manifest, and where.
    pub(crate) outcomes: &'p [String],
    pub(crate) outcomes_place: Option<&'p Place>,
    pub(crate) decimal_mark: Option<char>,
    pub(crate) out: &'p mut Diagnostics,
}

/// The parts of a question's body.
#[derive(Debug, Default)]
struct Body<'s, 'c> {
    stem: Vec<Spot<'c>>,
    list: Option<&'s [Spot<'c>]>,
    explanation: Vec<Spot<'c>>,
    notes: Vec<(BlockQuoteKind, &'s [Spot<'c>])>,
}

/// Reads a question from its heading and the nodes up to the next one.
pub(super) fn read_question<'c>(
    nodes: &[&[Spot<'c>]],
    reader: &mut Reader<'_, 'c>,
) -> ParsedQuestion {
    let (heading, body) =
        nodes.split_first().map_or((&[][..], nodes), |(heading, body)| (*heading, body));
    let source = reader.page.source;
    let at = source.line_range(bytes(heading).start);
    let line = read_line(source, at.clone());
    let mut attributes = line.attributes;
    let body = read_body(body);
    let mut text = ItemText { title: reader.page.render(inside(heading)), ..ItemText::default() };
    text.stem = reader.page.render(&body.stem);
    read_notes(&body, &mut text, reader);
    let mut question = ParsedQuestion {
        id: attributes.id(source, reader.out),
        at: at.clone(),
        title: plain_text(inside(heading)),
        was: attributes
            .value("was", "an id", source, reader.out, |was| is_id(was).then(|| was.to_owned())),
        points: attributes.value("points", "a number above 0", source, reader.out, read_points),
        outcomes: read_outcomes(&mut attributes, reader),
        tags: attributes.pair("tags").map(|(tags, _)| words(&tags)).unwrap_or_default(),
        hint_cost: attributes
            .value("hint", "a percentage", source, reader.out, positive)
            .unwrap_or_default(),
        answer: None,
        text,
    };
    let later = read_classes(&mut attributes, reader);
    if later.is_none() {
        question.answer = read_answer(&body, at, &mut attributes, &mut question.text, reader);
    }
    if question.answer.is_some() {
        attributes.finish(source, reader.out);
    }
    question
}

fn read_body<'s, 'c>(nodes: &[&'s [Spot<'c>]]) -> Body<'s, 'c> {
    let mut body = Body::default();
    let list =
        nodes.iter().rposition(|node| matches!(first(node), Some(Event::Start(Tag::List(_)))));
    for (index, node) in nodes.iter().enumerate() {
        let after = list.is_some_and(|list| index > list);
        match first(node) {
            _ if list == Some(index) => body.list = Some(node),
            Some(Event::Start(Tag::BlockQuote(Some(kind)))) if *kind != BlockQuoteKind::Note => {
                body.notes.push((*kind, inside(node)));
            }
            _ if after && is_quote(node) => body.explanation.extend_from_slice(inside(node)),
            _ => body.stem.extend_from_slice(node),
        }
    }
    body
}

fn first<'s, 'c>(node: &'s [Spot<'c>]) -> Option<&'s Event<'c>> {
    node.first().map(|spot| &spot.event)
}

fn read_notes<'c>(body: &Body<'_, 'c>, text: &mut ItemText, reader: &mut Reader<'_, 'c>) {
    for (kind, spots) in &body.notes {
        let note = reader.page.render(spots);
        match kind {
            BlockQuoteKind::Tip => text.hints.push(note),
            BlockQuoteKind::Important => text.if_right = Some(joined(text.if_right.take(), note)),
            BlockQuoteKind::Warning => text.if_partly = Some(joined(text.if_partly.take(), note)),
            BlockQuoteKind::Caution => text.if_wrong = Some(joined(text.if_wrong.take(), note)),
            BlockQuoteKind::Note => {}
        }
    }
    if !body.explanation.is_empty() {
        text.explanation = Some(reader.page.render(&body.explanation));
    }
}

fn joined(before: Option<Html>, note: Html) -> Html {
    match before {
        Some(before) => Html::joined(&[before, note]),
        None => note,
    }
}

fn read_points(text: &str) -> Option<Marks> {
    let value: Decimal = text.replace(',', ".").parse().ok()?;
    let units = value.checked_mul(Decimal::from(WHOLE))?.to_i64()?;
    (units > 0 && units <= WHOLE * 1000).then_some(Marks(units))
}

fn positive(text: &str) -> Option<Fraction> {
    percent(text).filter(|share| share.0 >= 0)
}

fn words(list: &str) -> Vec<String> {
    list.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn read_outcomes(attributes: &mut Attributes, reader: &mut Reader<'_, '_>) -> Vec<String> {
    let Some((value, at)) = attributes.pair("outcome") else { return Vec::new() };
    let outcomes = words(&value);
    for outcome in &outcomes {
        if !reader.outcomes.contains(outcome) {
            let remark = reader.page.source.error(
                "Q006",
                at.clone(),
                format!("unknown outcome `{outcome}`"),
            );
            let known = format!("course.yml declares {}", reader.outcomes.join(", "));
            let remark = remark.help(if reader.outcomes.is_empty() {
                "declare it in course.yml".into()
            } else {
                known
            });
            reader.out.push(match reader.outcomes_place {
                Some(place) => remark.related_as(place.clone(), "declared here"),
                None => remark,
            });
        }
    }
    outcomes
}

/// Reports classes; a kind of a later version is named as such.
fn read_classes(attributes: &mut Attributes, reader: &mut Reader<'_, '_>) -> Option<()> {
    let mut later = None;
    for (class, at) in attributes.classes() {
        let source = reader.page.source;
        if LATER.contains(&class.as_str()) {
            later = Some(());
            let message = format!("questions of the kind `.{class}` arrive in a later version");
            let help = "ask it as a choice, a number or a text for now";
            reader.out.push(source.error("Q090", at, message).help(help));
        } else {
            let remark = source.error("Q005", at, format!("unknown class `.{class}`"));
            reader.out.push(match nearest(&class, &LATER) {
                Some(known) => remark.help(format!("did you mean `.{known}`?")),
                None => remark,
            });
        }
    }
    later
}

fn read_answer<'c>(
    body: &Body<'_, 'c>,
    heading: Range<usize>,
    attributes: &mut Attributes,
    text: &mut ItemText,
    reader: &mut Reader<'_, 'c>,
) -> Option<ParsedAnswer> {
    let source = reader.page.source;
    let help = "end the question with a list: `- [x] …`, or `- = …` for a number or a text";
    let Some(list) = body.list else {
        reader.out.push(source.error("Q003", heading, "this question has no answers").help(help));
        return None;
    };
    let items = siblings(inside(list));
    let place = source.line_range(bytes(list).start);
    let signs = signs(&items, source);
    if signs.iter().all(|sign| matches!(sign, Sign::Ticked | Sign::Unticked)) {
        return Some(read_choice(&items, place, attributes, reader));
    }
    if signs.iter().all(|sign| matches!(sign, Sign::Accepted | Sign::Rejected)) {
        let answers =
            read_answers(&items, attributes, &mut reader.decimal_mark, reader.page, reader.out);
        text.answers = answers.feedback;
        text.model = answers.model;
        return Some(answers.answer);
    }
    if matches!(first(list), Some(Event::Start(Tag::List(Some(_))))) {
        let message = "questions that ask for an order arrive in a later version";
        reader.out.push(source.error("Q090", place, message).help(help));
        return None;
    }
    let odd = items
        .iter()
        .zip(&signs)
        .find(|(_, sign)| **sign == Sign::Plain)
        .map(|(item, _)| bytes(item));
    let message = "the last list of this question is no list of answers";
    reader.out.push(source.error("Q003", odd.unwrap_or(place), message).help(help));
    None
}

fn read_choice<'c>(
    items: &[&[Spot<'c>]],
    place: Range<usize>,
    attributes: &mut Attributes,
    reader: &mut Reader<'_, 'c>,
) -> ParsedAnswer {
    let source = reader.page.source;
    let scoring = attributes.value(
        "scoring",
        "net, all, each, cover, halves or weights",
        source,
        reader.out,
        scoring,
    );
    let multiple = attributes
        .value("type", "multiple", source, reader.out, |word| (word == "multiple").then_some(()));
    let mut choice = read_options(items, scoring.unwrap_or_default(), reader.page, reader.out);
    check_options(&choice, place, source, reader.out);
    choice.many |= multiple.is_some();
    choice.true_false &= !choice.many;
    choice.keep_order = attributes.flag("keep").is_some();
    ParsedAnswer::Choice(choice)
}

fn scoring(word: &str) -> Option<Scoring> {
    Some(match word {
        "net" => Scoring::Net,
        "all" => Scoring::All,
        "each" => Scoring::Each,
        "cover" => Scoring::Cover,
        "halves" => Scoring::Halves,
        "weights" => Scoring::Weights,
        _ => return None,
    })
}
