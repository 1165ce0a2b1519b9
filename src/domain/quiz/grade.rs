//! Marks and shares of marks, in whole units so that sums are exact.
//!
//! One answer's share is rounded to the nearest unit. A share of a sum is rounded down, so that it passes a mark
//! exactly when the sum does. Everything else is rounded only where it is shown.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::format;
use crate::locale::Locale;

/// Units in one whole mark.
pub const WHOLE: i64 = 10_000_000;

/// Within this many units of nothing or of everything, an answer is plainly wrong or plainly right.
const NEAR: i64 = 10;

/// Marks or points, in units of 1e-7.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Marks(pub i64);

/// A share of an item's marks, in units of 1e-7, from −1 to 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fraction(pub i64);

/// How an answer was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Full marks.
    Right,
    /// Some marks.
    Partly,
    /// No marks.
    Wrong,
    /// Nothing was answered.
    Unanswered,
    /// A person has to look at it; until then it earns nothing.
    Waiting,
    /// There is nothing to judge: the question has no key.
    Noted,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 6] = [
        Verdict::Right,
        Verdict::Partly,
        Verdict::Wrong,
        Verdict::Unanswered,
        Verdict::Waiting,
        Verdict::Noted,
    ];

    /// The verdict of a stored name.
    pub fn parse(code: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// The name under which it is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Partly => "partly",
            Verdict::Wrong => "wrong",
            Verdict::Unanswered => "unanswered",
            Verdict::Waiting => "waiting",
            Verdict::Noted => "noted",
        }
    }
}

/// The judgement of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// The share earned.
    pub fraction: Fraction,
    /// In a word.
    pub verdict: Verdict,
}

impl Marks {
    /// No marks.
    pub const ZERO: Marks = Marks(0);

    /// So many whole marks.
    pub fn whole(count: u32) -> Marks {
        Marks(i64::from(count) * WHOLE)
    }

    /// A share of these marks, to the nearest unit, halves away from zero.
    pub fn share(self, fraction: Fraction) -> Marks {
        Marks(nearest(i128::from(self.0) * i128::from(fraction.0), i128::from(WHOLE)))
    }

    /// What part of `max` these marks are, rounded down; `None` of nothing.
    pub fn part_of(self, max: Marks) -> Option<Fraction> {
        (max.0 > 0).then(|| {
            Fraction(narrow((i128::from(self.0) * i128::from(WHOLE)).div_euclid(i128::from(max.0))))
        })
    }

    /// As people write them, with at most two decimals.
    pub fn written(self, locale: Locale) -> String {
        format::decimal(locale, Decimal::new(self.0, 7), 2)
    }

    /// These marks and those.
    pub fn plus(self, other: Marks) -> Marks {
        Marks(self.0.saturating_add(other.0))
    }
}

impl Fraction {
    /// Nothing.
    pub const ZERO: Fraction = Fraction(0);
    /// Everything.
    pub const ONE: Fraction = Fraction(WHOLE);

    /// A whole number of percent.
    pub fn percent(percent: i32) -> Fraction {
        Fraction(i64::from(percent) * (WHOLE / 100))
    }

    /// `part / whole` to the nearest unit, halves away from zero; nothing when `whole` is not positive.
    pub fn ratio(part: i128, whole: i128) -> Fraction {
        match whole > 0 {
            true => Fraction(nearest(part.saturating_mul(i128::from(WHOLE)), whole)),
            false => Fraction::ZERO,
        }
    }

    /// Whole percent for display, halves up, but never up to a mark that was not reached or to 100.
    pub fn shown_percent(self, pass: Option<Fraction>) -> i64 {
        let percent = WHOLE / 100;
        let down = self.0.div_euclid(percent);
        let near = self.0.saturating_add(percent / 2).div_euclid(percent);
        let reaches =
            |mark: Fraction| self < mark && Fraction(near.saturating_mul(percent)) >= mark;
        match reaches(Fraction::ONE) || pass.is_some_and(reaches) {
            true => down,
            false => near,
        }
    }
}

impl Grade {
    /// Nothing was answered, nothing is earned.
    pub const UNANSWERED: Grade = Grade { fraction: Fraction::ZERO, verdict: Verdict::Unanswered };

    /// A person has to look at it.
    pub const WAITING: Grade = Grade { fraction: Fraction::ZERO, verdict: Verdict::Waiting };

    /// There was nothing to earn.
    pub const NOTED: Grade = Grade { fraction: Fraction::ZERO, verdict: Verdict::Noted };

    /// The grade of an answer that earned this share. A share next to one or next to nothing is made exactly that,
    /// so that three thirds, each written as 33.33333 %, are the whole.
    pub fn earned(fraction: Fraction) -> Grade {
        let units = fraction.0.clamp(-WHOLE, WHOLE);
        match units {
            _ if units > WHOLE - NEAR => Grade { fraction: Fraction::ONE, verdict: Verdict::Right },
            _ if units >= NEAR => Grade { fraction: Fraction(units), verdict: Verdict::Partly },
            _ if units > -NEAR => Grade { fraction: Fraction::ZERO, verdict: Verdict::Wrong },
            _ => Grade { fraction: Fraction(units), verdict: Verdict::Wrong },
        }
    }
}

fn nearest(part: i128, whole: i128) -> i64 {
    let half = if part < 0 { -(whole / 2) } else { whole / 2 };
    narrow(part.saturating_add(half) / whole)
}

fn narrow(units: i128) -> i64 {
    match i64::try_from(units) {
        Ok(units) => units,
        Err(_) if units < 0 => i64::MIN,
        Err(_) => i64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_round_to_the_nearest_unit() {
        assert_eq!(Fraction::ratio(1, 3), Fraction(3_333_333));
        assert_eq!(Fraction::ratio(2, 3), Fraction(6_666_667));
        assert_eq!(Fraction::ratio(-2, 3), Fraction(-6_666_667));
        assert_eq!(Fraction::ratio(1, 0), Fraction::ZERO);
        assert_eq!(Marks::whole(3).share(Fraction::ratio(1, 3)), Marks(9_999_999));
    }

    #[test]
    fn a_part_of_a_sum_never_reaches_a_mark_by_rounding() {
        assert_eq!(Marks(6_999_999).part_of(Marks::whole(1)), Some(Fraction(6_999_999)));
        assert_eq!(Marks::whole(2).part_of(Marks::whole(3)), Some(Fraction(6_666_666)));
        assert_eq!(Marks::whole(7).part_of(Marks::whole(10)), Some(Fraction::percent(70)));
        assert_eq!(Marks::ZERO.part_of(Marks::ZERO), None);
    }

    #[test]
    fn thresholds_of_right_and_wrong() {
        let verdict = |units| Grade::earned(Fraction(units)).verdict;
        assert_eq!(verdict(9_999_999), Verdict::Right);
        assert_eq!(verdict(9_999_990), Verdict::Partly);
        assert_eq!(verdict(10), Verdict::Partly);
        assert_eq!(verdict(9), Verdict::Wrong);
        assert_eq!(
            Grade::earned(Fraction(-5_000_000)),
            Grade { fraction: Fraction(-5_000_000), verdict: Verdict::Wrong }
        );
    }

    #[test]
    fn verdicts_have_names_of_their_own() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.code()), Some(verdict));
        }
        assert_eq!(Verdict::parse("x"), None);
    }

    #[test]
    fn shown_percent_never_claims_a_pass() {
        let pass = Some(Fraction::percent(70));
        assert_eq!(Fraction(6_990_000).shown_percent(pass), 69);
        assert_eq!(Fraction(6_990_000).shown_percent(None), 70);
        assert_eq!(Fraction(6_666_666).shown_percent(pass), 67);
        assert_eq!(Fraction(9_990_000).shown_percent(pass), 99);
        assert_eq!(Fraction::ONE.shown_percent(pass), 100);
    }
}
