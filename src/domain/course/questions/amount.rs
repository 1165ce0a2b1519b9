//! Numbers as course files write them: `3.6 ± 1% MJ`, `[3; 4] m`, `3..4`, `1 000`, `3,6·10^3`.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

/// An accepted or rejected amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
    /// As in the file, without spaces around it.
    pub(crate) unit: Option<String>,
    /// The middle, written as in the file; `None` for an interval.
    pub(crate) middle: Option<String>,
    /// Was a tolerance written, or an interval?
    pub(crate) tolerant: bool,
    /// The decimal marks that were used.
    pub(crate) marks: Vec<char>,
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It does not look like one at all.
    NotANumber,
    /// It begins like one, but what follows is not understood.
    Unreadable,
    /// More digits than can be kept.
    TooLong,
    /// The upper end lies below the lower one, or the tolerance is negative.
    Reversed,
}

impl Trouble {
    /// In words.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Trouble::NotANumber => "this is not a number",
            Trouble::Unreadable => "this number cannot be read to its end",
            Trouble::TooLong => "this number has too many digits",
            Trouble::Reversed => "the upper end lies below the lower end",
        }
    }
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^([+\-−]?)(\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+|\d+)(?:([.,])(\d+))?(?:\s*[·×]\s*10\^([+\-−]?\d{1,3})|[eE]([+\-−]?\d{1,3}))?",
    )
    .expect("the pattern is fixed")
});

/// Is a text meant as a number, even if there is a mistake in it?
pub(crate) fn looks_like_amount(text: &str) -> bool {
    text.contains('±')
        || text.starts_with('[')
        || matches!(read_amount(text), Ok(_) | Err(Trouble::TooLong | Trouble::Reversed))
}

/// Reads an amount.
pub(crate) fn read_amount(text: &str) -> Result<Amount, Trouble> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('[') {
        return read_interval(rest);
    }
    let (first, rest) = read_number(text)?;
    if let Some(after) = rest.strip_prefix("..") {
        let (second, rest) = read_number(after.trim_start()).map_err(unreadable)?;
        return between(first, second, rest);
    }
    let trimmed = rest.trim_start();
    let tolerance = ["±", "+-", "+/-"].into_iter().find_map(|sign| trimmed.strip_prefix(sign));
    match tolerance {
        Some(after) => with_tolerance(first, after.trim_start()),
        None => Ok(Amount {
            low: first.value,
            high: first.value,
            unit: read_unit(rest)?,
            middle: Some(first.text),
            tolerant: false,
            marks: first.mark.into_iter().collect(),
        }),
    }
}

/// The rest of `[a; b] unit` after the bracket.
fn read_interval(text: &str) -> Result<Amount, Trouble> {
    let (first, rest) = read_number(text.trim_start())?;
    let rest = rest.trim_start().strip_prefix(';').ok_or(Trouble::Unreadable)?;
    let (second, rest) = read_number(rest.trim_start()).map_err(unreadable)?;
    let rest = rest.trim_start().strip_prefix(']').ok_or(Trouble::Unreadable)?;
    between(first, second, rest)
}

fn between(first: Written, second: Written, rest: &str) -> Result<Amount, Trouble> {
    if second.value < first.value {
        return Err(Trouble::Reversed);
    }
    let marks = first.mark.into_iter().chain(second.mark).collect();
    Ok(Amount {
        low: first.value,
        high: second.value,
        unit: read_unit(rest)?,
        middle: None,
        tolerant: true,
        marks,
    })
}

fn with_tolerance(first: Written, text: &str) -> Result<Amount, Trouble> {
    let (tolerance, rest) = read_number(text).map_err(unreadable)?;
    let percent = rest.strip_prefix('%');
    let width = match percent {
        Some(_) => first
            .value
            .abs()
            .checked_mul(tolerance.value)
            .and_then(|width| width.checked_div(Decimal::ONE_HUNDRED)),
        None => Some(tolerance.value),
    };
    let width = width.ok_or(Trouble::TooLong)?;
    if width.is_sign_negative() && !width.is_zero() {
        return Err(Trouble::Reversed);
    }
    let low = first.value.checked_sub(width).ok_or(Trouble::TooLong)?;
    let high = first.value.checked_add(width).ok_or(Trouble::TooLong)?;
    let marks = first.mark.into_iter().chain(tolerance.mark).collect();
    let unit = read_unit(percent.unwrap_or(rest))?;
    Ok(Amount { low, high, unit, middle: Some(first.text), tolerant: !width.is_zero(), marks })
}

fn unreadable(_trouble: Trouble) -> Trouble {
    Trouble::Unreadable
}

/// A unit after a number: nothing, or one word with a space before it; `%` and `°` need no space.
fn read_unit(rest: &str) -> Result<Option<String>, Trouble> {
    let unit = rest.trim();
    if unit.is_empty() {
        return Ok(None);
    }
    let apart = rest.starts_with(char::is_whitespace) || unit.starts_with(['%', '°', '‰']);
    let word = !unit.contains(char::is_whitespace)
        && !unit.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    match apart && word {
        true => Ok(Some(unit.to_owned())),
        false => Err(Trouble::Unreadable),
    }
}

#[derive(Debug)]
struct Written {
    value: Decimal,
    text: String,
    mark: Option<char>,
}

fn read_number(text: &str) -> Result<(Written, &str), Trouble> {
    let found = NUMBER.captures(text).ok_or(Trouble::NotANumber)?;
    let part = |index: usize| found.get(index).map_or("", |part| part.as_str());
    let sign = if matches!(part(1), "-" | "−") { "-" } else { "" };
    let digits: String = part(2).chars().filter(char::is_ascii_digit).collect();
    let decimals = if part(4).is_empty() { String::new() } else { format!(".{}", part(4)) };
    let power = if part(5).is_empty() { part(6) } else { part(5) }.replace('−', "-");
    let plain = format!("{sign}{digits}{decimals}");
    let value = match power.as_str() {
        "" => plain.parse().ok(),
        power => Decimal::from_scientific(&format!("{plain}e{power}")).ok(),
    };
    let value = value.ok_or(Trouble::TooLong)?;
    let rest = text.get(part(0).len()..).unwrap_or_default();
    Ok((Written { value, text: part(0).to_owned(), mark: part(3).chars().next() }, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts() {
        for (text, expected) in [
            ("42", "42 to 42"),
            ("3.6 ± 1% MJ", "3.564 to 3.636 MJ"),
            ("3,6 ± 0,1", "3.5 to 3.7"),
            ("-5 +- 1 °C", "-6 to -4 °C"),
            ("−5", "-5 to -5"),
            ("[3,5; 4] m", "3.5 to 4 m"),
            ("1..5", "1 to 5"),
            ("1.5..2.5 kWh", "1.5 to 2.5 kWh"),
            ("1 000 000", "1000000 to 1000000"),
            ("3,6·10^3", "3600 to 3600"),
            ("1e3 W", "1000 to 1000 W"),
            ("87%", "87 to 87 %"),
            ("12 kVt·saat", "12 to 12 kVt·saat"),
            ("", "this is not a number"),
            ("3D", "this number cannot be read to its end"),
            ("3 D printing", "this number cannot be read to its end"),
            ("[1; 2", "this number cannot be read to its end"),
            ("5..4", "the upper end lies below the lower end"),
            ("5 ± -1", "the upper end lies below the lower end"),
            ("3.6 ± x% MJ", "this number cannot be read to its end"),
            ("99999999999999999999999999999999999999", "this number has too many digits"),
            ("1e999", "this number has too many digits"),
        ] {
            let shown = match read_amount(text) {
                Ok(amount) => {
                    let (low, high) = (amount.low.normalize(), amount.high.normalize());
                    format!("{low} to {high} {}", amount.unit.unwrap_or_default()).trim().to_owned()
                }
                Err(trouble) => trouble.message().to_owned(),
            };
            assert_eq!(shown, expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[-−+0-9.,;\\[\\] e·×10^±%a-z]{0,60}") {
            if let Ok(amount) = read_amount(&text) {
                prop_assert!(amount.low <= amount.high);
            }
        }
    }
}
