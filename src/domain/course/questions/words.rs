//! Texts that are accepted or rejected, plain or as regular expressions.

use regex::RegexBuilder;

use super::item_line::AnswerLine;
use super::parsed::{ANYTHING, ParsedText, ParsedWord};
use crate::course::attributes::Attributes;
use crate::diagnostic::{Diagnostics, Source};
use crate::quiz::item::TextPattern;

/// What a heading says of texts.
#[derive(Clone, Debug)]
pub(super) struct TextRules {
    exact_case: bool,
    exact_accents: bool,
    typos: u8,
}

impl TextRules {
    pub(super) fn read(
        heading: &mut Attributes,
        source: &Source,
        out: &mut Diagnostics,
    ) -> TextRules {
        let exact = |word: &str| match word {
            "exact" => Some(true),
            "fold" => Some(false),
            _ => None,
        };
        let typos = |word: &str| word.parse().ok().filter(|typos: &u8| *typos <= 1);
        let mut mode =
            |name| heading.value(name, "exact or fold", source, out, exact).unwrap_or(false);
        let (exact_case, exact_accents) = (mode("case"), mode("accents"));
        let typos = heading.value("typo", "0 or 1", source, out, typos).unwrap_or(0);
        TextRules { exact_case, exact_accents, typos }
    }
}

pub(super) fn read_texts(
    lines: &[AnswerLine],
    rules: &TextRules,
    source: &Source,
    out: &mut Diagnostics,
) -> ParsedText {
    let mut answers = Vec::new();
    for (place, line) in (0..).zip(lines) {
        let pattern = read_pattern(line, source, out);
        let index = if pattern == TextPattern::Anything { ANYTHING } else { place };
        answers.push(ParsedWord { index, pattern, fraction: line.fraction });
    }
    let TextRules { exact_case, exact_accents, typos } = *rules;
    ParsedText { answers, exact_case, exact_accents, typos }
}

fn read_pattern(line: &AnswerLine, source: &Source, out: &mut Diagnostics) -> TextPattern {
    if line.value == "*" {
        return TextPattern::Anything;
    }
    if let Some(pattern) = pattern(&line.value) {
        check_regex(pattern, line, source, out);
        return TextPattern::Regex(pattern.to_owned());
    }
    let quoted = line.value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    TextPattern::Equal(quoted.unwrap_or(&line.value).to_owned())
}

/// The inside of `` `/…/` ``.
pub(super) fn pattern(value: &str) -> Option<&str> {
    value.strip_prefix("`/")?.strip_suffix("/`")
}

fn check_regex(pattern: &str, line: &AnswerLine, source: &Source, out: &mut Diagnostics) {
    let Err(error) = RegexBuilder::new(pattern).size_limit(1 << 18).build() else { return };
    let report = error.to_string();
    let caret =
        report.lines().find(|line| line.contains('^') && line.trim_matches([' ', '^']).is_empty());
    let column =
        caret.and_then(|line| line.find('^')).map_or(0, |column| column.saturating_sub(INDENT));
    let shift = pattern.char_indices().nth(column).map_or(pattern.len(), |(at, _)| at);
    let reason = report.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let at = line.at.start + "`/".len() + shift;
    let message =
        format!("this regular expression cannot be read at its column {}: {reason}", column + 1);
    out.push(source.error("Q023", at..at + 1, message));
}

/// How far the regex library indents the pattern in its reports.
const INDENT: usize = 4;
