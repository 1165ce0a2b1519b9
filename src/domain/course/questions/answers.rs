//! Accepted and rejected answers of number and text questions.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::RegexBuilder;
use rust_decimal::Decimal;

use super::amount::{Amount, looks_like_amount, read_amount};
use super::item_line::{ItemLine, Sign};
use super::parsed::{ANYTHING, ParsedAmount, ParsedAnswer, ParsedNumber, ParsedText, ParsedWord};
use crate::course::attributes::Attributes;
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::html::Html;
use crate::markdown::{Page, Spot};
use crate::quiz::grade::{Fraction, WHOLE};
use crate::quiz::item::{TextPattern, UnitRule};

/// An accepted or rejected answer before it is known whether numbers or texts are asked for.
#[derive(Debug)]
struct Line {
    at: Range<usize>,
    value: String,
    fraction: Fraction,
}

/// The answers, the feedback by place in the list, and a right answer written out.
pub(super) struct Answers {
    pub(super) answer: ParsedAnswer,
    pub(super) feedback: BTreeMap<u32, Html>,
    pub(super) model: Option<Html>,
}

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
    let units = read_units(heading, source, out);
    let rule =
        heading.value("unit", "required, optional or none", source, out, |word| match word {
            "required" => Some(UnitRule::Required),
            "optional" => Some(UnitRule::Optional),
            "none" => Some(UnitRule::None),
            _ => None,
        });
    let wants_number = !units.is_empty() || rule.is_some();
    let model = model_answer(&lines);
    if is_number(&lines, wants_number) {
        let number = read_numbers(&lines, units, rule, decimal_mark, source, out);
        return Answers { answer: ParsedAnswer::Number(number), feedback, model };
    }
    let text = read_texts(&lines, heading, source, out);
    let places: Vec<u32> = text.answers.iter().map(|answer| answer.index).collect();
    let feedback = (0..)
        .zip(places)
        .filter_map(|(line, place)| Some((place, feedback.remove(&line)?)))
        .collect();
    Answers { answer: ParsedAnswer::Text(text), feedback, model }
}

fn read_line(mut line: ItemLine, source: &Source, out: &mut Diagnostics) -> Line {
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
    Line { at: line.value, value, fraction }
}

/// Nothing behind "anything else" is ever reached, and without an accepted answer nobody can be right.
fn check_reach(lines: &[Line], source: &Source, out: &mut Diagnostics) {
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
fn model_answer(lines: &[Line]) -> Option<Html> {
    let shown = |line: &&Line| {
        line.fraction.0 == WHOLE && pattern(&line.value).is_none() && line.value != "*"
    };
    lines.iter().find(shown).map(|line| Html::text(line.value.trim_matches('"')))
}

/// Numbers are asked for if the heading says so or if every accepted answer is one.
fn is_number(lines: &[Line], wanted: bool) -> bool {
    let mut accepted =
        lines.iter().filter(|line| line.fraction.0 == WHOLE && line.value != "*").peekable();
    wanted || (accepted.peek().is_some() && accepted.all(|line| looks_like_amount(&line.value)))
}

/// `units=MJ:1,kWh:3.6`.
fn read_units(
    heading: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> Vec<(String, Decimal)> {
    let read = |text: &str| {
        let unit = |part: &str| {
            let (name, factor) = part.rsplit_once(':')?;
            let factor: Decimal =
                factor.parse().ok().filter(|factor: &Decimal| factor.is_sign_positive())?;
            (!name.is_empty() && !factor.is_zero()).then(|| (name.to_owned(), factor))
        };
        text.split(',').map(unit).collect::<Option<Vec<_>>>()
    };
    heading
        .value("units", "names with factors, `MJ:1,kWh:3.6`", source, out, read)
        .unwrap_or_default()
}

fn read_numbers(
    lines: &[Line],
    mut units: Vec<(String, Decimal)>,
    rule: Option<UnitRule>,
    decimal_mark: &mut Option<char>,
    source: &Source,
    out: &mut Diagnostics,
) -> ParsedNumber {
    let declared = !units.is_empty();
    let mut answers: Vec<ParsedAmount> = Vec::new();
    for line in lines {
        if line.value == "*" {
            answers.push(ParsedAmount {
                at: line.at.clone(),
                range: None,
                unit: None,
                fraction: line.fraction,
            });
            continue;
        }
        let amount = match read_amount(&line.value) {
            Ok(amount) => amount,
            Err(trouble) => {
                let remark = source.error("Q020", line.at.clone(), trouble.message());
                out.push(remark.help("write `3.6`, `3.6 ± 1% MJ`, `[3; 4] m` or `3..4`"));
                continue;
            }
        };
        check_amount(&amount, line, decimal_mark, source, out);
        if let Some(unit) = &amount.unit
            && !units.iter().any(|(name, _)| name == unit)
        {
            if declared || !units.is_empty() {
                out.push(unknown_unit(unit, &units, line, source));
            } else {
                units.push((unit.clone(), Decimal::ONE));
            }
        }
        let range = Some((amount.low, amount.high));
        answers.push(ParsedAmount {
            at: line.at.clone(),
            range,
            unit: amount.unit,
            fraction: line.fraction,
        });
    }
    note_integers(lines, source, out);
    check_cover(&answers, &units, source, out);
    let unit = rule.unwrap_or(if units.is_empty() { UnitRule::None } else { UnitRule::Optional });
    ParsedNumber { answers, units, unit }
}

fn unknown_unit(
    unit: &str,
    units: &[(String, Decimal)],
    line: &Line,
    source: &Source,
) -> Diagnostic {
    let known: Vec<&str> = units.iter().map(|(name, _)| name.as_str()).collect();
    let message = format!("unknown unit `{unit}`; known: {}", known.join(", "));
    source
        .error("Q020", line.at.clone(), message)
        .help("name all units with their factors: `units=MJ:1,kWh:3.6`")
}

fn check_amount(
    amount: &Amount,
    line: &Line,
    decimal_mark: &mut Option<char>,
    source: &Source,
    out: &mut Diagnostics,
) {
    for mark in &amount.marks {
        if decimal_mark.is_some_and(|known| known != *mark) {
            let remark = source.error(
                "Q020",
                line.at.clone(),
                "`.` and `,` are both used as decimal marks in this file",
            );
            out.push(remark.help("use one of them everywhere"));
        }
        decimal_mark.get_or_insert(*mark);
    }
    let whole = amount.low.normalize().scale() == 0;
    if !amount.tolerant && !whole {
        let remark =
            source.warning("Q021", line.at.clone(), "tolerance 0 on a number that is not whole");
        out.push(remark.help(format!(
            "write `{} ± 1%`, or an interval",
            amount.middle.as_deref().unwrap_or_default()
        )));
    }
}

/// Says so when plain whole numbers were taken for a number question.
fn note_integers(lines: &[Line], source: &Source, out: &mut Diagnostics) {
    let digits = |line: &Line| line.value.chars().all(|c| c.is_ascii_digit());
    let accepted: Vec<&Line> = lines.iter().filter(|line| line.fraction.0 == WHOLE).collect();
    if let Some(first) = accepted.first().filter(|_| accepted.iter().all(|line| digits(line))) {
        let remark = source.diagnostic(
            "Q024",
            Level::Info,
            first.at.clone(),
            "integers only: treated as a number",
        );
        out.push(remark.help("write it in quotes, `\"007\"`, if it is a text"));
    }
}

/// A later range inside an earlier one is never reached, because the first match counts.
fn check_cover(
    answers: &[ParsedAmount],
    units: &[(String, Decimal)],
    source: &Source,
    out: &mut Diagnostics,
) {
    let factor = |answer: &ParsedAmount| {
        let name = answer.unit.as_ref()?;
        units.iter().find(|(unit, _)| unit == name).map(|(_, factor)| *factor)
    };
    let base = |answer: &ParsedAmount| {
        let (low, high) = answer.range?;
        let factor = factor(answer).unwrap_or(Decimal::ONE);
        Some((low.checked_mul(factor)?, high.checked_mul(factor)?))
    };
    for (index, answer) in answers.iter().enumerate() {
        let Some((low, high)) = base(answer) else { continue };
        let covers =
            |other: &&ParsedAmount| base(other).is_some_and(|(from, to)| from <= low && high <= to);
        if let Some(earlier) = answers.iter().take(index).find(covers) {
            let place = source.place(earlier.at.clone());
            let message = "never reached: this range lies inside an earlier one";
            let remark = source.warning("Q022", answer.at.clone(), message);
            out.push(remark.related_as(place, "this one comes first"));
        }
    }
}

fn read_texts(
    lines: &[Line],
    heading: &mut Attributes,
    source: &Source,
    out: &mut Diagnostics,
) -> ParsedText {
    let exact = |word: &str| match word {
        "exact" => Some(true),
        "fold" => Some(false),
        _ => None,
    };
    let exact_case = heading.value("case", "exact or fold", source, out, exact).unwrap_or(false);
    let exact_accents =
        heading.value("accents", "exact or fold", source, out, exact).unwrap_or(false);
    let typos = |word: &str| word.parse().ok().filter(|typos: &u8| *typos <= 1);
    let typos = heading.value("typo", "0 or 1", source, out, typos).unwrap_or(0);
    let mut answers = Vec::new();
    for (place, line) in (0..).zip(lines) {
        let pattern = read_pattern(line, source, out);
        let index = if pattern == TextPattern::Anything { ANYTHING } else { place };
        answers.push(ParsedWord { index, pattern, fraction: line.fraction });
    }
    ParsedText { answers, exact_case, exact_accents, typos }
}

fn read_pattern(line: &Line, source: &Source, out: &mut Diagnostics) -> TextPattern {
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
fn pattern(value: &str) -> Option<&str> {
    value.strip_prefix("`/")?.strip_suffix("/`")
}

fn check_regex(pattern: &str, line: &Line, source: &Source, out: &mut Diagnostics) {
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

/// The signs of all items of a list.
pub(super) fn signs(items: &[&[Spot<'_>]], source: &Source) -> Vec<Sign> {
    items.iter().map(|node| ItemLine::read(node, source).sign).collect()
}
