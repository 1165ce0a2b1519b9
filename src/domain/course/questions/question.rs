//! One question: heading, stem, answers, notes.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::attributes::{Attributes, percent, read_line};
use super::answers::{read_answers, signs};
use super::body::Body;
use super::classes::{Class, read_class};
use super::gaps::{Parts, read_cloze};
use super::item_line::Sign;
use super::options::{check_options, choice_of, read_options};
use super::pairs::read_match;
use super::parsed::{ParsedAnswer, ParsedChoice, ParsedHotspot, ParsedQuestion};
use super::reader::Reader;
use super::rubric::{check_points, read_essay, read_upload};
use super::spots::{read_spots, take_picture};
use super::steps::{is_numbered, read_order};
use super::survey::read_survey;
use crate::diagnostic::Level;
use crate::markdown::Spot;
use crate::markdown::tree::{bytes, inside, plain_text, siblings};
use crate::quiz::grade::{Fraction, Marks, WHOLE};
use crate::quiz::item::{ItemText, Scoring};
use crate::slug::is_id;

/// Reads a question from its heading and the nodes up to the next one.
pub(super) fn read_question<'c>(
    nodes: &[&[Spot<'c>]],
    reader: &mut Reader<'_, 'c>,
) -> ParsedQuestion {
    let (heading, nodes) =
        nodes.split_first().map_or((&[][..], nodes), |(heading, body)| (*heading, body));
    let source = reader.page.source;
    let at = source.line_range(bytes(heading).start);
    let mut attributes = read_line(source, at.clone()).attributes;
    let id = attributes.id(source, reader.out);
    let class = read_class(&mut attributes, source, reader.out);
    let mut asked = Asked { heading, at: at.clone(), body: Body::read(nodes, class), class };
    let title = reader.page.render(inside(heading));
    let mut text = ItemText { title, ..ItemText::default() };
    if class == Some(Class::Hotspot) {
        text.picture = take_picture(&mut asked.body.stem, at.clone(), reader.page, reader.out);
    }
    if class != Some(Class::Cloze) {
        text.stem = reader.page.render(&asked.body.stem);
    }
    asked.body.read_notes(&mut text, reader);
    let mut question = ParsedQuestion {
        id,
        at,
        title: plain_text(inside(heading)),
        was: attributes
            .value("was", "an id", source, reader.out, |was| is_id(was).then(|| was.to_owned())),
        points: None,
        outcomes: read_outcomes(&mut attributes, reader),
        tags: attributes.pair("tags").map(|(tags, _)| words(&tags)).unwrap_or_default(),
        hint_cost: Fraction::ZERO,
        answer: None,
        text,
    };
    if class != Some(Class::Survey) {
        question.points = read_points(&mut attributes, reader);
        question.hint_cost = attributes
            .value("hint", "a percentage", source, reader.out, positive)
            .unwrap_or_default();
    }
    question.answer = read_answer(&asked, &mut attributes, &mut question.text, reader);
    if let Some(answer) = &question.answer {
        attributes.finish(source, reader.out);
        check_rubric(answer, &question, reader);
    }
    question
}

/// What is asked, before the answers are read.
struct Asked<'s, 'c> {
    heading: &'s [Spot<'c>],
    at: Range<usize>,
    body: Body<'s, 'c>,
    class: Option<Class>,
}

/// The marks of a question, or of each question of a pool.
pub(super) fn read_points(
    attributes: &mut Attributes,
    reader: &mut Reader<'_, '_>,
) -> Option<Marks> {
    let read = |text: &str| {
        let value: Decimal = text.replace(',', ".").parse().ok()?;
        let units = value.checked_mul(Decimal::from(WHOLE))?.to_i64()?;
        (units > 0 && units <= WHOLE * 1000).then_some(Marks(units))
    };
    attributes.value("points", "a number above 0", reader.page.source, reader.out, read)
}

fn positive(text: &str) -> Option<Fraction> {
    percent(text).filter(|share| share.0 >= 0)
}

/// Words between commas.
pub(super) fn words(list: &str) -> Vec<String> {
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

fn read_answer<'c>(
    asked: &Asked<'_, 'c>,
    attributes: &mut Attributes,
    text: &mut ItemText,
    reader: &mut Reader<'_, 'c>,
) -> Option<ParsedAnswer> {
    let Reader { page, out, decimal_mark, .. } = reader;
    let answers = asked.body.answers;
    Some(match asked.class {
        Some(Class::Cloze) => {
            let parts = Parts { heading: asked.heading, stem: &asked.body.stem, list: answers };
            ParsedAnswer::Cloze(read_cloze(&parts, attributes, decimal_mark, page, out)?)
        }
        Some(Class::Essay) => ParsedAnswer::Essay(read_essay(answers, attributes, page, out)?),
        Some(Class::Upload) => {
            let at = asked.at.clone();
            ParsedAnswer::Upload(read_upload(answers, at, attributes, page, out)?)
        }
        Some(Class::Survey) => ParsedAnswer::Survey(read_survey(answers, attributes, page, out)?),
        // Pools and draws hold questions; they are none themselves.
        Some(Class::Pool | Class::Draw) => return None,
        Some(Class::Match | Class::Order | Class::Hotspot) | None => {
            return read_list(asked, attributes, text, reader);
        }
    })
}

/// Reads the kinds whose answers are a list.
fn read_list<'c>(
    asked: &Asked<'_, 'c>,
    attributes: &mut Attributes,
    text: &mut ItemText,
    reader: &mut Reader<'_, 'c>,
) -> Option<ParsedAnswer> {
    let source = reader.page.source;
    let Some(list) = asked.body.answers else {
        let at = asked.at.clone();
        reader.out.push(source.error("Q003", at, "this question has no answers").help(HELP));
        return None;
    };
    let items = siblings(inside(list));
    let place = source.line_range(bytes(list).start);
    let signs = signs(&items, source);
    let ticks = signs.iter().all(|sign| matches!(sign, Sign::Ticked | Sign::Unticked));
    let values = signs.iter().all(|sign| matches!(sign, Sign::Accepted | Sign::Rejected));
    match asked.class {
        Some(Class::Match) => {
            read_match(&items, place, attributes, reader.page, reader.out).map(ParsedAnswer::Match)
        }
        Some(Class::Order) => {
            read_order(list, attributes, reader.page, reader.out).map(ParsedAnswer::Order)
        }
        Some(Class::Hotspot) if ticks => read_hotspot(&items, place, attributes, reader),
        None if ticks => Some(ParsedAnswer::Choice(read_choice(&items, place, attributes, reader))),
        None if values => {
            let answers =
                read_answers(&items, attributes, &mut reader.decimal_mark, reader.page, reader.out);
            text.answers = answers.feedback;
            text.model = answers.model;
            Some(answers.answer)
        }
        None if is_numbered(list) && signs.iter().all(|sign| *sign == Sign::Plain) => {
            infer_order(list, asked, attributes, reader)
        }
        _ => {
            let odd = items
                .iter()
                .zip(&signs)
                .find(|(_, sign)| **sign == Sign::Plain)
                .map(|(item, _)| bytes(item));
            let message = "the last list of this question is no list of answers";
            reader.out.push(source.error("Q003", odd.unwrap_or(place), message).help(HELP));
            None
        }
    }
}

const HELP: &str = "end the question with a list: `- [x] …`, or `- = …` for a number or a text";

/// A numbered list without signs asks for its order.
fn infer_order<'c>(
    list: &[Spot<'c>],
    asked: &Asked<'_, 'c>,
    attributes: &mut Attributes,
    reader: &mut Reader<'_, 'c>,
) -> Option<ParsedAnswer> {
    let source = reader.page.source;
    let line = source.place(bytes(list)).line;
    let message = format!("kind inferred as \"order\" from the list on line {line}");
    let remark = source.diagnostic("Q007", Level::Info, asked.at.clone(), message);
    reader.out.push(remark.help("write `.order` into the braces if that is meant"));
    read_order(list, attributes, reader.page, reader.out).map(ParsedAnswer::Order)
}

fn read_choice<'c>(
    items: &[&[Spot<'c>]],
    place: Range<usize>,
    attributes: &mut Attributes,
    reader: &mut Reader<'_, 'c>,
) -> ParsedChoice {
    let choice = read_options(items, Scoring::default(), reader.page, reader.out);
    finish_choice(choice, place, attributes, reader)
}

fn read_hotspot<'c>(
    items: &[&[Spot<'c>]],
    place: Range<usize>,
    attributes: &mut Attributes,
    reader: &mut Reader<'_, 'c>,
) -> Option<ParsedAnswer> {
    let (options, shapes) = read_spots(items, reader.page, reader.out)?;
    let choice = choice_of(options, Scoring::default());
    let choice = ParsedChoice { true_false: false, ..choice };
    let choice = finish_choice(choice, place, attributes, reader);
    Some(ParsedAnswer::Hotspot(ParsedHotspot { choice, shapes }))
}

/// What the heading says of a choice, and what is wrong with its options.
fn finish_choice(
    mut choice: ParsedChoice,
    place: Range<usize>,
    attributes: &mut Attributes,
    reader: &mut Reader<'_, '_>,
) -> ParsedChoice {
    let source = reader.page.source;
    let expected = "net, all, each, cover, halves or weights";
    let method = attributes.value("scoring", expected, source, reader.out, scoring);
    choice.scoring = method.unwrap_or_default();
    let multiple = attributes
        .value("type", "multiple", source, reader.out, |word| (word == "multiple").then_some(()));
    check_options(&choice, place, source, reader.out);
    choice.many |= multiple.is_some();
    choice.true_false &= !choice.many;
    choice.keep_order = attributes.flag("keep").is_some();
    choice
}

/// The rubric must give what the question is worth.
fn check_rubric(answer: &ParsedAnswer, question: &ParsedQuestion, reader: &mut Reader<'_, '_>) {
    let rubric = match answer {
        ParsedAnswer::Essay(essay) => &essay.rubric,
        ParsedAnswer::Upload(upload) => &upload.rubric,
        ParsedAnswer::Choice(_)
        | ParsedAnswer::Number(_)
        | ParsedAnswer::Text(_)
        | ParsedAnswer::Match(_)
        | ParsedAnswer::Order(_)
        | ParsedAnswer::Cloze(_)
        | ParsedAnswer::Hotspot(_)
        | ParsedAnswer::Survey(_) => return,
    };
    let at = question.at.clone();
    check_points(rubric, question.points, at, reader.page.source, reader.out);
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
