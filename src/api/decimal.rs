//! Marks and shares as decimals in text, so that no reader rounds them.

use crate::domain::quiz::grade::{Fraction, Marks, WHOLE};

/// Marks: `1.5`.
pub fn marks(marks: Marks) -> String {
    decimal(marks.0, WHOLE.unsigned_abs())
}

/// A share of a hundred: `66.66666`.
pub fn percent(share: Fraction) -> String {
    decimal(share.0, WHOLE.unsigned_abs() / 100)
}

/// So many units, of which `one`, a power of ten, make one.
fn decimal(units: i64, one: u64) -> String {
    let (whole, rest) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    let places = one.to_string().len() - 1;
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{rest:0places$}");
    match digits.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        digits => format!("{sign}{whole}.{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(marks(Marks(15_000_000)), "1.5");
        assert_eq!(marks(Marks(-1)), "-0.0000001");
        assert_eq!(marks(Marks(20_000_000)), "2");
        assert_eq!(percent(Fraction(7_000_000)), "70");
        assert_eq!(percent(Fraction(6_666_666)), "66.66666");
        assert_eq!(percent(Fraction(0)), "0");
    }
}
