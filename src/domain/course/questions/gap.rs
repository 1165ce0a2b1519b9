//! What a gap asks for, as it stands between its brackets: `[label: moves | ~burns]`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::answers::model_answer;
use super::item_line::AnswerLine;
use super::numbers::{NumberRules, read_numbers};
use super::parsed::{ParsedEntry, ParsedGap, ParsedGapKey, ParsedPick};
use super::words::{TextRules, read_texts};
use crate::diagnostic::{Diagnostics, Source};
use crate::html::Html;
use crate::quiz::grade::{Fraction, WHOLE};
use crate::quiz::item::OptionText;
use crate::slug::is_id;

/// A gap as it is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The code span.
    pub(super) at: Range<usize>,
    pub(super) label: Option<String>,
    /// Between `|` and `|`, with their places.
    alternatives: Vec<(String, Range<usize>)>,
}

/// What holds for all gaps of a question.
pub(super) struct GapRules {
    pub(super) numbers: NumberRules,
    pub(super) texts: TextRules,
}

impl Written {
    /// Reads a code span that begins with `[`; `None` if it is no gap, which has been said.
    pub(super) fn read(
        code: &str,
        at: Range<usize>,
        source: &Source,
        out: &mut Diagnostics,
    ) -> Option<Written> {
        let Some(inner) = code.strip_prefix('[').and_then(|code| code.strip_suffix(']')) else {
            let remark = source.error("Q040", at, "this gap is not closed");
            out.push(remark.help("end it with `]` inside of the code span"));
            return None;
        };
        // Where a table escapes `|`, the span is not found in the source as it is read: then the whole span is meant.
        let start = source.slice(at.clone()).find(inner).map(|offset| at.start + offset);
        let (label, rest) = label(inner, &at, source, out);
        let mut from = inner.len() - rest.len();
        let mut alternatives = Vec::new();
        for part in rest.split('|') {
            let text = part.trim();
            let lead = part.len() - part.trim_start().len();
            let place = match start {
                Some(start) => start + from + lead..start + from + lead + text.len(),
                None => at.clone(),
            };
            alternatives.push((text.to_owned(), place));
            from += part.len() + 1;
        }
        if let Some((_, place)) = alternatives
            .iter()
            .find(|(text, _)| text.trim_start_matches(['~', '=']).trim().is_empty())
        {
            let place = if place.is_empty() { at } else { place.clone() };
            let remark = source.error("Q040", place, "this gap is empty, or a part of it is");
            out.push(remark.help("write the answers between the brackets: `[label: one | two]`"));
            return None;
        }
        Some(Written { at, label, alternatives })
    }

    /// The name of a gap that is only a name: what it asks for stands in a list below.
    pub(super) fn name(&self) -> Option<&str> {
        match (&self.label, self.alternatives.as_slice()) {
            (None, [(only, _)]) if is_id(only) => Some(only),
            _ => None,
        }
    }

    /// Where the numbers stand that it accepts, if it asks for one.
    pub(super) fn numbers(&self) -> Vec<Range<usize>> {
        if self.is('~') || !self.is('=') {
            return Vec::new();
        }
        let value = |(text, at): &(String, Range<usize>)| {
            let value = text.trim_start_matches('=').trim_start();
            (at.len() == text.len()).then(|| at.end - value.len()..at.end)
        };
        self.alternatives.iter().filter_map(value).collect()
    }

    fn is(&self, sign: char) -> bool {
        self.alternatives.iter().any(|(text, _)| text.starts_with(sign))
    }

    /// What is asked for.
    pub(super) fn gap(
        self,
        rules: &GapRules,
        decimal_mark: &mut Option<char>,
        source: &Source,
        out: &mut Diagnostics,
    ) -> ParsedGap {
        let (key, model) = match (self.is('~'), self.is('=')) {
            (true, _) => (self.picks(source, out), None),
            (false, number) => {
                let lines = self.lines();
                let model = model_answer(&lines);
                let key = match number {
                    true => ParsedGapKey::Number(read_numbers(
                        &lines,
                        &rules.numbers,
                        decimal_mark,
                        source,
                        out,
                    )),
                    false => ParsedGapKey::Text(read_texts(&lines, &rules.texts, source, out)),
                };
                (key, model)
            }
        };
        ParsedGap { label: self.label, at: self.at, key, feedback: BTreeMap::new(), model }
    }

    fn lines(&self) -> Vec<AnswerLine> {
        let line = |(text, at): &(String, Range<usize>)| AnswerLine {
            at: at.clone(),
            value: text.trim_start_matches('=').trim().to_owned(),
            fraction: Fraction(WHOLE),
        };
        self.alternatives.iter().map(line).collect()
    }

    fn picks(&self, source: &Source, out: &mut Diagnostics) -> ParsedGapKey {
        let pick = |(text, at): &(String, Range<usize>)| {
            let wrong = text.strip_prefix('~');
            let plain = wrong.unwrap_or(text).trim().to_owned();
            let text = OptionText { text: Html::text(&plain), feedback: None };
            let entry = ParsedEntry { id: None, at: at.clone(), plain, text };
            ParsedPick { entry, right: wrong.is_none() }
        };
        let picks: Vec<ParsedPick> = self.alternatives.iter().map(pick).collect();
        if !picks.iter().any(|pick| pick.right) {
            let remark = source.error("Q010", self.at.clone(), "no entry of this list is right");
            out.push(remark.help("leave `~` away before the right one"));
        }
        ParsedGapKey::Pick(picks)
    }
}

/// The label before the colon, and the rest.
fn label<'i>(
    inner: &'i str,
    at: &Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) -> (Option<String>, &'i str) {
    let Some((before, rest)) = inner.split_once(':') else { return (None, inner) };
    let word = before.trim();
    if is_id(word) {
        return (Some(word.to_owned()), rest);
    }
    let looks =
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    if looks && rest.starts_with(char::is_whitespace) {
        let message = format!("label `{word}` may hold only a–z, 0–9 and `-`, at most 64 of them");
        out.push(source.error("Q004", at.clone(), message));
        return (None, rest);
    }
    (None, inner)
}
