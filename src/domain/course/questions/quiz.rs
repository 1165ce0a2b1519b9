//! A quiz section: its rules, what is said first, its questions.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::super::attributes::read_line;
use super::identity::{check_bank_identity, check_identity};
use super::options::says_true;
use super::parsed::{ParsedPart, ParsedQuiz};
use super::pools::Asked;
pub(crate) use super::pools::{heading_level, holder, number};
use super::question::read_question;
use super::rules::{check_rules, read_rules};
use crate::diagnostic::Source;
use crate::html::Html;
use crate::markdown::Spot;
use crate::markdown::tree::{bytes, inside, plain_text};
use crate::quiz::item::QuizRules;

pub(crate) use super::reader::Reader;

/// Where a heading says `.quiz`.
pub(crate) fn quiz_class(node: &[Spot<'_>], source: &Source) -> Option<Range<usize>> {
    heading_level(node)?;
    read_line(source, source.line_range(bytes(node).start)).attributes.class("quiz")
}

/// Reads a section from its heading to its last node.
pub(crate) fn read_quiz<'c>(nodes: &[&[Spot<'c>]], reader: &mut Reader<'_, 'c>) -> ParsedQuiz {
    let source = reader.page.source;
    let (heading, body) =
        nodes.split_first().map_or((&[][..], nodes), |(heading, body)| (*heading, body));
    let at = source.line_range(bytes(heading).start);
    let mut attributes = read_line(source, at.clone()).attributes;
    let id = attributes.id(source, reader.out);
    attributes.class("quiz");
    let rules = read_rules(&mut attributes, source, reader.out);
    attributes.finish(source, reader.out);
    let level = heading_level(heading);
    let is_question = |node: &&[Spot<'c>]| {
        heading_level(node).is_some_and(|inner| Some(number(inner) - 1) == level.map(number))
    };
    let first = body.iter().position(is_question).unwrap_or(body.len());
    let (intro, rest) = body.split_at_checked(first).unwrap_or((body, &[]));
    let intro = reader.page.render(&intro.concat());
    let mut asked = Asked::default();
    for nodes in rest.chunk_by(|_, next| !is_question(next)) {
        asked.read(nodes, reader);
    }
    let Asked { questions, parts } = asked;
    if parts.is_empty() {
        let remark = source.error("Q003", at.clone(), "this quiz has no questions");
        reader.out.push(remark.help("write each question as a heading one level deeper"));
    }
    let title = plain_text(inside(heading));
    let quiz = ParsedQuiz { id, at, title, intro, rules, questions, parts };
    check_identity(&quiz, source, reader.out);
    check_rules(&quiz.rules, &quiz.at, source, reader.out);
    quiz
}

/// Reads a file that holds nothing but questions, each a heading of level 2.
pub(crate) fn read_bank<'c>(nodes: &[&[Spot<'c>]], reader: &mut Reader<'_, 'c>) -> ParsedQuiz {
    let is_question = |node: &&[Spot<'c>]| heading_level(node) == Some(HeadingLevel::H2);
    let first = nodes.iter().position(is_question).unwrap_or(nodes.len());
    let (_, rest) = nodes.split_at_checked(first).unwrap_or((nodes, &[]));
    let mut questions = Vec::new();
    for nodes in rest.chunk_by(|_, next| !is_question(next)) {
        if let Some((class, at)) = holder(nodes, reader.page.source) {
            let message = format!("a bank holds questions, and `.{class}` is none");
            let remark = reader.page.source.error("Q042", at, message);
            reader.out.push(remark.help("write the questions themselves, as headings of level 2"));
            continue;
        }
        questions.push(read_question(nodes, reader));
    }
    if questions.is_empty() {
        let remark = reader.page.source.error("Q003", 0..0, "this bank has no questions");
        reader.out.push(remark.help("write each question as a heading of level 2"));
    }
    let parts = (0..questions.len()).map(ParsedPart::One).collect();
    let bank = ParsedQuiz {
        id: None,
        at: 0..0,
        title: String::new(),
        intro: Html::default(),
        rules: QuizRules::default(),
        questions,
        parts,
    };
    check_bank_identity(&bank, reader.page.source, reader.out);
    bank
}

/// The id of a true/false option that has none.
pub(crate) fn truth(text: &str) -> &'static str {
    if says_true(text) { "true" } else { "false" }
}
