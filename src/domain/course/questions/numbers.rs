//! Numbers that are accepted or rejected, with their tolerances and units.

use rust_decimal::Decimal;

use super::amount::{Amount, looks_like_amount, read_amount};
use super::item_line::AnswerLine;
use super::parsed::{ParsedAmount, ParsedNumber};
use crate::course::attributes::Attributes;
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::quiz::grade::WHOLE;
use crate::quiz::item::UnitRule;

/// What a heading says of numbers.
#[derive(Clone, Debug)]
pub(super) struct NumberRules {
    pub(super) units: Vec<(String, Decimal)>,
    pub(super) unit: Option<UnitRule>,
}

impl NumberRules {
    pub(super) fn read(
        heading: &mut Attributes,
        source: &Source,
        out: &mut Diagnostics,
    ) -> NumberRules {
        let units = read_units(heading, source, out);
        let unit =
            heading.value("unit", "required, optional or none", source, out, |word| match word {
                "required" => Some(UnitRule::Required),
                "optional" => Some(UnitRule::Optional),
                "none" => Some(UnitRule::None),
                _ => None,
            });
        NumberRules { units, unit }
    }

    /// Do they make it plain that a number is asked for?
    pub(super) fn say_number(&self) -> bool {
        !self.units.is_empty() || self.unit.is_some()
    }
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

pub(super) fn read_numbers(
    lines: &[AnswerLine],
    rules: &NumberRules,
    decimal_mark: &mut Option<char>,
    source: &Source,
    out: &mut Diagnostics,
) -> ParsedNumber {
    let mut units = rules.units.clone();
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
    let unit =
        rules.unit.unwrap_or(if units.is_empty() { UnitRule::None } else { UnitRule::Optional });
    ParsedNumber { answers, units, unit }
}

fn unknown_unit(
    unit: &str,
    units: &[(String, Decimal)],
    line: &AnswerLine,
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
    line: &AnswerLine,
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
fn note_integers(lines: &[AnswerLine], source: &Source, out: &mut Diagnostics) {
    let digits = |line: &AnswerLine| line.value.chars().all(|c| c.is_ascii_digit());
    let accepted: Vec<&AnswerLine> = lines.iter().filter(|line| line.fraction.0 == WHOLE).collect();
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

/// Numbers are asked for if the heading says so or if every accepted answer is one.
pub(super) fn is_number(lines: &[AnswerLine], wanted: bool) -> bool {
    let mut accepted =
        lines.iter().filter(|line| line.fraction.0 == WHOLE && line.value != "*").peekable();
    wanted || (accepted.peek().is_some() && accepted.all(|line| looks_like_amount(&line.value)))
}
