//! The grade of a quiz: which of a learner's attempts counts.

use crate::quiz::grade::{Fraction, Marks, WHOLE};
use crate::quiz::item::GradeBy;

/// Finer units in which parts are averaged, so that thirds add up to the whole again.
const FINE: i128 = 1_000_000_000_000;

/// The outcome of one finished attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// Marks earned.
    pub raw: Marks,
    /// Marks that could be earned.
    pub max: Marks,
}

/// The final grade after these finished attempts, first to last; `None` before the first. Rounded down by less than
/// one unit, so that it reaches a pass mark exactly when the unrounded value does.
pub fn final_grade(by: GradeBy, attempts: &[Earned]) -> Option<Fraction> {
    match by {
        GradeBy::Best => attempts.iter().map(Earned::share).max(),
        GradeBy::Last => attempts.last().map(Earned::share),
        GradeBy::Average => average(attempts),
    }
}

impl Earned {
    /// The part of the marks that was earned; nothing when there was nothing to earn.
    pub fn share(&self) -> Fraction {
        self.raw.part_of(self.max).unwrap_or(Fraction::ZERO)
    }

    fn fine(&self) -> i128 {
        let max = i128::from(self.max.0).max(1);
        i128::from(self.raw.0.max(0)).saturating_mul(i128::from(WHOLE)).saturating_mul(FINE) / max
    }
}

/// Each attempt's part is cut off far behind the last unit; one fine unit each makes up for the cut.
fn average(attempts: &[Earned]) -> Option<Fraction> {
    let count = i128::try_from(attempts.len()).ok().filter(|count| *count > 0)?;
    let sum: i128 = attempts.iter().map(Earned::fine).sum();
    i64::try_from((sum + count) / (count * FINE)).ok().map(Fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn earned(raw: u32, max: u32) -> Earned {
        Earned { raw: Marks::whole(raw), max: Marks::whole(max) }
    }

    #[test]
    fn best_last_and_average() {
        let attempts = [earned(1, 3), earned(9, 10), earned(2, 3)];
        assert_eq!(final_grade(GradeBy::Best, &attempts), Some(Fraction::percent(90)));
        assert_eq!(final_grade(GradeBy::Last, &attempts), Some(Fraction(6_666_666)));
        assert_eq!(
            final_grade(GradeBy::Average, &[earned(1, 3), earned(2, 3)]),
            Some(Fraction::percent(50))
        );
        assert_eq!(
            final_grade(GradeBy::Average, &[earned(6, 10), earned(7, 10)]),
            Some(Fraction::percent(65))
        );
        assert_eq!(final_grade(GradeBy::Average, &[]), None);
        assert_eq!(final_grade(GradeBy::Best, &[earned(0, 0)]), Some(Fraction::ZERO));
    }

    proptest! {
        #[test]
        fn the_average_is_exact_at_the_pass_mark(
            attempts in proptest::collection::vec((0_u32..=30, 1_u32..=30), 1..6), pass in 1_i32..=100,
        ) {
            let attempts: Vec<(i128, i128)> = attempts.into_iter().map(|(raw, max)| (raw.min(max).into(), max.into())).collect();
            let common: i128 = attempts.iter().map(|(_, max)| max).product();
            let sum: i128 = attempts.iter().map(|(raw, max)| raw * (common / max)).sum();
            let reached = sum * 100 >= i128::from(pass) * common * i128::try_from(attempts.len()).unwrap();
            let list: Vec<Earned> = attempts
                .iter()
                .map(|(raw, max)| earned(u32::try_from(*raw).unwrap(), u32::try_from(*max).unwrap()))
                .collect();
            prop_assert_eq!(final_grade(GradeBy::Average, &list).unwrap() >= Fraction::percent(pass), reached);
        }

        #[test]
        fn another_attempt_never_lowers_the_best(raws in proptest::collection::vec(0_u32..=10, 1..6), more in 0_u32..=10) {
            let mut attempts: Vec<Earned> = raws.into_iter().map(|raw| earned(raw, 10)).collect();
            let before = final_grade(GradeBy::Best, &attempts);
            attempts.push(earned(more, 10));
            prop_assert!(final_grade(GradeBy::Best, &attempts) >= before);
        }
    }
}
