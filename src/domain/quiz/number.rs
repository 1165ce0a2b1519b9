//! Reading and judging numbers: as people type them, in decimal arithmetic, with units.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::grade::{Fraction, Grade};
use super::item::{Number, NumberAnswer, UnitRule};
use super::response::{Quantity, Response};

/// Longest text that is read as a number.
const LONGEST: usize = 80;

/// Largest power of ten that is understood, either way.
const LARGEST_POWER: u32 = 28;

/// Bounds are widened by this part of themselves, so that a converted or rounded bound still holds itself.
const EPSILON: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// A number with an optional unit, as people type it: `3,6` `3.6` `1 000` `1.234.567,89` `−5` `3,6·10^3` `1e3`
/// `12 kWh`.
///
/// Where both separators occur, the last is the decimal mark. A single separator is the decimal mark too, so that
/// `1.234` is a little more than one in every language: this is what learners type, and a thousand is written with a
/// space or not at all. A separator that occurs twice or more groups thousands.
pub fn quantity(typed: &str) -> Option<Quantity> {
    let plain: String = typed.nfc().map(plain).collect();
    let text = plain.trim();
    if text.chars().count() > LONGEST {
        return None;
    }
    let (negative, text) = sign(text);
    let (digits, rest) =
        split_where(text, |c| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'')));
    let spaced = digits.len() - digits.trim_end().len();
    let value = decimal(digits.trim_end())?;
    let (power, rest) = power(rest, spaced)?;
    let value = scaled(value, power)?;
    let unit = unit(rest)?;
    Some(Quantity { value: if negative { -value } else { value }, unit })
}

fn plain(c: char) -> char {
    match c {
        '−' | '–' | '‒' | '‑' => '-',
        '’' | '‘' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

fn split_where(text: &str, stop: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(stop).unwrap_or(text.len()))
}

/// Digits with separators.
fn decimal(digits: &str) -> Option<Decimal> {
    let (whole, part) = match mark(digits) {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    let whole = ungrouped(whole)?;
    let is_number =
        part.chars().all(|c| c.is_ascii_digit()) && !(whole.is_empty() && part.is_empty());
    is_number.then(|| format!("{}.{}", or_zero(&whole), or_zero(part)).parse().ok()).flatten()
}

fn or_zero(digits: &str) -> &str {
    if digits.is_empty() { "0" } else { digits }
}

/// The decimal mark, if there is one.
fn mark(digits: &str) -> Option<char> {
    let last = digits.rfind(['.', ','])?;
    let mark = digits.split_at(last).1.chars().next()?;
    (digits.matches(mark).count() == 1).then_some(mark)
}

/// The whole part without the separators between its thousands; `None` when they stand elsewhere or differ.
fn ungrouped(whole: &str) -> Option<String> {
    let is_separator = |c: char| !c.is_ascii_digit();
    let Some(separator) = whole.chars().find(|c| is_separator(*c)) else {
        return Some(whole.to_owned());
    };
    let mut groups = whole.split(separator);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let others = groups.all(|group| group.len() == 3);
    let alike = whole.chars().all(|c| c.is_ascii_digit() || c == separator);
    (first && others && alike).then(|| whole.replace(separator, ""))
}

/// The power of ten after a number, and what follows it. `e` counts only directly after the digits and before a
/// number, else it begins a unit such as `eV`.
fn power(rest: &str, spaced: usize) -> Option<(i32, &str)> {
    if let Some(exponent) = rest.strip_prefix(['e', 'E']).filter(|_| spaced == 0)
        && let Some(found) = exponent_digits(exponent)
    {
        return Some(found);
    }
    let Some(times) = rest.strip_prefix(['·', '×', '*', 'x', '⋅', 'х']) else {
        return Some((0, rest));
    };
    match times.trim_start().strip_prefix("10") {
        Some(exponent) => raised(exponent),
        None => Some((0, rest)),
    }
}

fn raised(exponent: &str) -> Option<(i32, &str)> {
    if let Some(written) = exponent.trim_start().strip_prefix('^') {
        return exponent_digits(written.trim_start());
    }
    let (raised, rest) = split_where(exponent, |c| lowered(c).is_none());
    match raised.is_empty() {
        true => Some((1, rest)),
        false => raised
            .chars()
            .filter_map(lowered)
            .collect::<String>()
            .parse()
            .ok()
            .map(|power| (power, rest)),
    }
}

fn exponent_digits(text: &str) -> Option<(i32, &str)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, rest) = split_where(text, |c| !c.is_ascii_digit());
    let power: i32 = Some(digits).filter(|digits| !digits.is_empty())?.parse().unwrap_or(i32::MAX);
    Some((if negative { -power } else { power }, rest))
}

fn lowered(c: char) -> Option<char> {
    match c {
        '⁻' => Some('-'),
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' => Some('0'),
        '⁴'..='⁹' => char::from_digit(u32::from(c) - u32::from('⁰'), 10),
        _ => None,
    }
}

fn scaled(value: Decimal, power: i32) -> Option<Decimal> {
    let steps = Some(power.unsigned_abs()).filter(|steps| *steps <= LARGEST_POWER)?;
    (0..steps).try_fold(value, |value, _| match power > 0 {
        true => value.checked_mul(Decimal::TEN),
        false => value.checked_div(Decimal::TEN),
    })
}

/// What follows the number: one word that does not begin like another number, or nothing.
fn unit(rest: &str) -> Option<Option<String>> {
    let name = rest.trim();
    let begins =
        |c: char| c.is_alphabetic() || matches!(c, '%' | '‰' | '°' | '$' | '€' | '₼' | '₽' | '£');
    match name.chars().next() {
        None => Some(None),
        Some(first) if begins(first) && !name.contains(char::is_whitespace) => {
            Some(Some(name.to_owned()))
        }
        Some(_) => None,
    }
}

impl Number {
    /// The judgement of an answer.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Blank => Grade::UNANSWERED,
            Response::Number { typed, .. } if typed.trim().is_empty() => Grade::UNANSWERED,
            Response::Number { value: Some(quantity), .. } if self.lacks_unit(quantity) => {
                Grade::earned(Fraction::ZERO)
            }
            Response::Number { .. } => {
                let matched = self.matching(response).map(|(_, answer)| answer.fraction);
                Grade::earned(matched.unwrap_or(Fraction::ZERO))
            }
            Response::Text(_)
            | Response::Picks(_)
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The first answer in the file that covers the response, with its place; "anything else" only after the others.
    pub fn matching(&self, response: &Response) -> Option<(u32, &NumberAnswer)> {
        let quantity = match response {
            Response::Number { value, .. } => value.as_ref(),
            Response::Blank
            | Response::Text(_)
            | Response::Picks(_)
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => return None,
        };
        let numbered = || (0_u32..).zip(&self.answers);
        let covered = quantity
            .and_then(|quantity| numbered().find(|(_, answer)| self.covers(answer, quantity)));
        covered.or_else(|| numbered().find(|(_, answer)| answer.range.is_none()))
    }

    /// An answer that earns everything: the middle of the first interval that does.
    pub fn key(&self) -> Option<Response> {
        let full = self
            .answers
            .iter()
            .find(|answer| answer.fraction == Fraction::ONE && answer.range.is_some())?;
        let (low, high) = full.range?;
        let value = low.checked_add(high)?.checked_div(Decimal::TWO)?.normalize();
        let first = || self.units.first().map(|(name, _)| name.clone());
        let unit = full.unit.clone().or_else(first).filter(|_| self.unit != UnitRule::None);
        let typed = [Some(value.to_string()), unit.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<String>>()
            .join(" ");
        Some(Response::Number { typed, value: Some(Quantity { value, unit }) })
    }

    fn lacks_unit(&self, quantity: &Quantity) -> bool {
        self.unit == UnitRule::Required && quantity.unit.is_none()
    }

    /// Both ends belong to the interval. Values are compared in the first unit.
    fn covers(&self, answer: &NumberAnswer, quantity: &Quantity) -> bool {
        let Some((one, other)) = answer.range else { return false };
        let scale = |value: Decimal, unit: Option<&str>| value.checked_mul(self.worth(unit)?);
        let bounds = (scale(one, answer.unit.as_deref()), scale(other, answer.unit.as_deref()));
        let typed = quantity.unit.as_deref().filter(|_| self.unit != UnitRule::None);
        let (Some(one), Some(other), Some(value)) =
            (bounds.0, bounds.1, scale(quantity.value, typed))
        else {
            return false;
        };
        within(value, one.min(other), one.max(other))
    }

    /// How many of the first unit one of this unit is worth. Without a unit it is the first; where questions have no
    /// units, what is typed after the number is read over.
    fn worth(&self, unit: Option<&str>) -> Option<Decimal> {
        let Some(name) = unit.filter(|_| self.unit != UnitRule::None) else {
            return Some(self.units.first().map_or(Decimal::ONE, |(_, worth)| *worth));
        };
        let exact = self.units.iter().find(|(known, _)| known == name);
        exact.or_else(|| self.only_alike(name)).map(|(_, worth)| *worth)
    }

    /// `kwh` means kWh, but `mw` is neither mW nor MW where both are known.
    fn only_alike(&self, name: &str) -> Option<&(String, Decimal)> {
        let folded = name.to_lowercase();
        let mut alike = self.units.iter().filter(|(known, _)| known.to_lowercase() == folded);
        alike.next().filter(|_| alike.next().is_none())
    }
}

fn within(value: Decimal, low: Decimal, high: Decimal) -> bool {
    let slack = low.abs().max(high.abs()).checked_mul(EPSILON).unwrap_or(Decimal::ZERO);
    let from = low.checked_sub(slack).unwrap_or(low);
    let to = high.checked_add(slack).unwrap_or(high);
    (from..=to).contains(&value)
}

#[cfg(test)]
mod tests;
