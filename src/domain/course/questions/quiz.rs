//! A quiz section: its rules, what is said first, its questions.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{DateTime, FixedOffset};
use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::super::attributes::{Attributes, add_word, has_id, percent, read_line};
use super::options::says_true;
use super::parsed::{ParsedAnswer, ParsedOption, ParsedQuestion, ParsedQuiz};
use super::question::read_question;
use crate::diagnostic::{Diagnostics, Level, Source};
use crate::markdown::Spot;
use crate::markdown::tree::{bytes, inside, plain_text};
use crate::quiz::grade::Fraction;
use crate::quiz::item::{FeedbackWhen, GradeBy, QuizRules};
use crate::slug::made_from;

pub(crate) use super::question::Reader;

/// The level of a heading node.
pub(crate) fn heading_level(node: &[Spot<'_>]) -> Option<HeadingLevel> {
    match node.first().map(|spot| &spot.event) {
        Some(Event::Start(Tag::Heading { level, .. })) => Some(*level),
        _ => None,
    }
}

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
    let mut questions = Vec::new();
    for nodes in rest.chunk_by(|_, next| !is_question(next)) {
        questions.push(read_question(nodes, reader));
    }
    if questions.is_empty() {
        let remark = source.error("Q003", at.clone(), "this quiz has no questions");
        reader.out.push(remark.help("write each question as a heading one level deeper"));
    }
    let quiz = ParsedQuiz { id, at, title: plain_text(inside(heading)), intro, rules, questions };
    check_identity(&quiz, source, reader.out);
    check_secrets(&quiz, source, reader.out);
    quiz
}

/// In a graded quiz with more than one attempt, feedback after each question hands out the key for the next attempt.
fn check_secrets(quiz: &ParsedQuiz, source: &Source, out: &mut Diagnostics) {
    let rules = &quiz.rules;
    let again = rules.attempts != Some(1);
    if rules.pass.is_some() && again && rules.feedback == FeedbackWhen::Now {
        let message = "right answers are shown while attempts remain";
        let remark = source.warning("Q017", quiz.at.clone(), message);
        out.push(remark.help("write `feedback=end`, or `attempts=1`"));
    }
}

/// A heading's level as a number.
pub(crate) fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn read_rules(attributes: &mut Attributes, source: &Source, out: &mut Diagnostics) -> QuizRules {
    let share = |text: &str| percent(text).filter(|share| share.0 > 0);
    let pass: Option<Fraction> = attributes.value("pass", "a percentage", source, out, share);
    let count = |text: &str| text.parse().ok().filter(|count: &u32| *count > 0);
    let attempts = attributes.value("attempts", "a number above 0", source, out, count);
    let time = attributes.value("time", "a time, `20m`, `90s` or `1h`", source, out, seconds);
    let grade = attributes.value("grade", "best, last or avg", source, out, |word| match word {
        "best" => Some(GradeBy::Best),
        "last" => Some(GradeBy::Last),
        "avg" => Some(GradeBy::Average),
        _ => None,
    });
    let feedback =
        attributes.value("feedback", "now, end or never", source, out, |word| match word {
            "now" => Some(FeedbackWhen::Now),
            "end" => Some(FeedbackWhen::End),
            "never" => Some(FeedbackWhen::Never),
            _ => None,
        });
    let practice = if pass.is_some() { FeedbackWhen::End } else { FeedbackWhen::Now };
    let moment = "a moment with its offset, `2026-11-23T09:00+04:00`";
    QuizRules {
        pass,
        attempts,
        time,
        shuffle: attributes.flag("shuffle").is_some(),
        grade: grade.unwrap_or_default(),
        feedback: feedback.unwrap_or(practice),
        open: attributes.value("open", moment, source, out, read_moment),
        close: attributes.value("close", moment, source, out, read_moment),
        draft: attributes.flag("draft").is_some(),
    }
}

fn seconds(text: &str) -> Option<u32> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|seconds| *seconds > 0)
}

fn read_moment(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"))
        .ok()
}

/// A graded quiz must carry ids, because results hang on them; in practice they may be made from the words.
fn check_identity(quiz: &ParsedQuiz, source: &Source, out: &mut Diagnostics) {
    let level = if quiz.rules.pass.is_some() { Level::Error } else { Level::Warning };
    let mut given = BTreeSet::new();
    let mut missing = |what: &str, words: &str, at: &Range<usize>| {
        let line = source.line_range(at.start);
        if has_id(source, line.clone()) {
            return;
        }
        let name = made_from(words, "a-short-name");
        let help =
            format!("write `{{#{name}}}` behind it; what learners have achieved hangs on ids");
        let remark = source.diagnostic("Q001", level, at.clone(), format!("this {what} has no id"));
        let remark = remark.help(help);
        let free = !source.text.contains(&format!("#{name}")) && given.insert(name.clone());
        let id = || add_word(source, line, &format!("#{name}"));
        out.push(if free { remark.fix(id()) } else { remark });
    };
    if quiz.id.is_none() {
        missing("quiz", &quiz.title, &quiz.at);
    }
    for question in &quiz.questions {
        if question.id.is_none() {
            missing("question", &question.title, &question.at);
        }
        for option in options_without_id(question) {
            missing("option", &option.plain, &option.at);
        }
    }
}

/// True/false options need no id: their words are known.
fn options_without_id(question: &ParsedQuestion) -> Vec<&ParsedOption> {
    match &question.answer {
        Some(ParsedAnswer::Choice(choice)) if !choice.true_false => {
            choice.options.iter().filter(|option| option.id.is_none()).collect()
        }
        Some(ParsedAnswer::Choice(_) | ParsedAnswer::Number(_) | ParsedAnswer::Text(_)) | None => {
            Vec::new()
        }
    }
}

/// The id of a true/false option that has none.
pub(crate) fn truth(text: &str) -> &'static str {
    if says_true(text) { "true" } else { "false" }
}
