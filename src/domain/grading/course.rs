//! The mark of a course: the weighted mean of its graded quizzes.

use crate::quiz::grade::Fraction;

/// One quiz of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its grade; `None` counts as nothing.
    pub grade: Option<Fraction>,
    /// How much it counts.
    pub weight: u32,
}

/// The mark of a course whose graded quizzes all weigh the same.
pub fn course_mark(grades: impl IntoIterator<Item = Option<Fraction>>) -> Option<Fraction> {
    weighted_mean(grades.into_iter().map(|grade| Part { grade, weight: 1 }))
}

/// The weighted mean; `None` when nothing weighs anything. Rounded up by less than one unit, which makes up for the
/// rounding down of the parts.
pub fn weighted_mean(parts: impl IntoIterator<Item = Part>) -> Option<Fraction> {
    let (sum, weights) = parts.into_iter().fold((0_i128, 0_i128), |(sum, weights), part| {
        let weight = i128::from(part.weight);
        (sum + i128::from(part.grade.unwrap_or(Fraction::ZERO).0) * weight, weights + weight)
    });
    let up = sum + (weights - 1).max(0);
    up.checked_div_euclid(weights).and_then(|units| i64::try_from(units).ok()).map(Fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means() {
        let percent = |percent| Some(Fraction::percent(percent));
        assert_eq!(course_mark([percent(60), percent(80)]), percent(70));
        assert_eq!(course_mark([percent(60), None]), percent(30));
        assert_eq!(course_mark([]), None);
        assert_eq!(
            course_mark([Some(Fraction(3_333_333)), Some(Fraction(6_666_666))]),
            percent(50)
        );
        let parts = [Part { grade: percent(100), weight: 3 }, Part { grade: None, weight: 1 }];
        assert_eq!(weighted_mean(parts), percent(75));
    }
}
