//! Accepted and rejected answers of number and text questions.

use std::collections::BTreeMap;

use super::item_line::{AnswerLine, ItemLine, Sign};
use super::numbers::{NumberRules, is_number, read_numbers};
use super::parsed::ParsedAnswer;
use super::words::{TextRules, pattern, read_texts};
use crate::course::attributes::Attributes;
use crate::diagnostic::{Diagnostics, Source};
use crate::html::Html;
use crate::markdown::{Page, Spot};
use crate::quiz::grade::{Fraction, WHOLE};

/// The answers, the feedback by place in the list, and a right answer written out.
pub(super) struct Answers {
    pub(super) answer: ParsedAnswer,
    pub(super) feedback: BTreeMap<u32, Html>,
    pub(super) model: Option<Html>,
}

/// Reads a list of `- = …` and `- ~ …`.
pub(super) fn read_answers<'c>(
    items: &[&[Spot<'c>]],
    heading: &mut Attributes,
    decimal_mark: &mut Option<char>,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Answers {
    let source = page.source;
    let mut lines = Vec::new();
    let mut feedback = BTreeMap::new();
    for (index, node) in (0..).zip(items) {
        let line = ItemLine::read(node, source);
        if let Some(text) = line.feedback(node, page) {
            feedback.insert(index, text);
        }
        lines.push(read_line(line, source, out));
    }
    check_reach(&lines, source, out);
    let numbers = NumberRules::read(heading, source, out);
    let model = model_answer(&lines);
    if is_number(&lines, numbers.say_number()) {
        let number = read_numbers(&lines, &numbers, decimal_mark, source, out);
        return Answers { answer: ParsedAnswer::Number(number), feedback, model };
    }
    let texts = TextRules::read(heading, source, out);
    let text = read_texts(&lines, &texts, source, out);
    let places: Vec<u32> = text.answers.iter().map(|answer| answer.index).collect();
    let feedback = (0..)
        .zip(places)
        .filter_map(|(line, place)| Some((place, feedback.remove(&line)?)))
        .collect();
    Answers { answer: ParsedAnswer::Text(text), feedback, model }
}

fn read_line(mut line: ItemLine, source: &Source, out: &mut Diagnostics) -> AnswerLine {
    let value = source.slice(line.value.clone()).trim().to_owned();
    if value.is_empty() {
        out.push(source.error("Q003", line.value.clone(), "an answer has no text"));
    }
    let written = line.attributes.percentage();
    let fraction = match (line.sign, written) {
        (Sign::Accepted, Some((_, at))) => {
            let remark = source.error("Q005", at, "an accepted answer always earns full marks");
            out.push(remark.help("write `- ~ … {50%}` for an answer that earns a part"));
            Fraction(WHOLE)
        }
        (Sign::Accepted, None) => Fraction(WHOLE),
        (Sign::Rejected | Sign::Ticked | Sign::Unticked | Sign::Plain, written) => {
            written.map_or(Fraction(0), |(fraction, _)| fraction)
        }
    };
    line.attributes.finish(source, out);
    AnswerLine { at: line.value, value, fraction }
}

/// Nothing behind "anything else" is ever reached, and without an accepted answer nobody can be right.
fn check_reach(lines: &[AnswerLine], source: &Source, out: &mut Diagnostics) {
    let mut after_all = lines.iter().skip_while(|line| line.value != "*").skip(1);
    if let Some(line) = after_all.next() {
        out.push(source.warning(
            "Q022",
            line.at.clone(),
            "never reached: `*` above it takes everything",
        ));
    }
    if let Some(line) = lines.first().filter(|_| lines.iter().all(|line| line.fraction.0 < WHOLE)) {
        let remark = source.error("Q010", line.at.clone(), "no answer is accepted");
        out.push(remark.help("write the right one as `- = …`"));
    }
}

/// The first accepted answer as it may be shown in a review.
pub(super) fn model_answer(lines: &[AnswerLine]) -> Option<Html> {
    let shown = |line: &&AnswerLine| {
        line.fraction.0 == WHOLE && pattern(&line.value).is_none() && line.value != "*"
    };
    lines.iter().find(shown).map(|line| Html::text(line.value.trim_matches('"')))
}

/// The signs of all items of a list.
pub(super) fn signs(items: &[&[Spot<'_>]], source: &Source) -> Vec<Sign> {
    items.iter().map(|node| ItemLine::read(node, source).sign).collect()
}
