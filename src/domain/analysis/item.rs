//! Figures of one question.

use super::answers::Answers;
use super::moments::{correlation, covariance, deviation, mean, number};

/// The share of learners that makes the upper and the lower group.
const GROUP: f64 = 0.27;

/// Figures of a question, in percent; `None` where they are not defined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemFigures {
    /// Learners who were asked it.
    pub learners: usize,
    /// Facility index: the mean share of the marks.
    pub facility: Option<f64>,
    /// Standard deviation of that share.
    pub deviation: Option<f64>,
    /// Its share of all marks.
    pub intended_weight: Option<f64>,
    /// Its share of what makes totals differ; `None` also where it works against the total.
    pub effective_weight: Option<f64>,
    /// Discrimination index: the correlation with the rest of the marks.
    pub discrimination: Option<f64>,
    /// That correlation as a part of the largest one these results allow.
    pub efficiency: Option<f64>,
    /// Facility among the best 27 % of learners less that among the last 27 %.
    pub upper_less_lower: Option<f64>,
}

/// The figures of all questions in their order.
pub fn figures(answers: &Answers) -> Vec<ItemFigures> {
    let marks: f64 = answers.most.iter().sum();
    let roots: Vec<Option<f64>> = (0..answers.most.len())
        .map(|question| {
            let (own, totals) = answers.at(question);
            covariance(&own, &totals).filter(|shared| *shared >= 0.0).map(f64::sqrt)
        })
        .collect();
    let all: f64 = roots.iter().flatten().sum();
    answers
        .most
        .iter()
        .zip(roots)
        .enumerate()
        .map(|(question, (most, root))| ItemFigures {
            intended_weight: share(*most, marks),
            effective_weight: root.and_then(|root| share(root, all)),
            ..of(answers, question, *most)
        })
        .collect()
}

fn of(answers: &Answers, question: usize, most: f64) -> ItemFigures {
    let (own, totals) = answers.at(question);
    let rest: Vec<f64> = totals.iter().zip(&own).map(|(total, own)| total - own).collect();
    ItemFigures {
        learners: own.len(),
        facility: mean(&own).and_then(|mean| share(mean, most)),
        deviation: deviation(&own).and_then(|spread| share(spread, most)),
        discrimination: correlation(&own, &rest).map(|r| 100.0 * r),
        efficiency: efficiency(&own, &rest),
        upper_less_lower: upper_less_lower(&own, &totals, most),
        ..ItemFigures::default()
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 1e-12).then(|| 100.0 * part / whole)
}

/// The covariance as a part of the largest one that the same marks, differently given, could have.
fn efficiency(own: &[f64], rest: &[f64]) -> Option<f64> {
    let sorted = |sample: &[f64]| {
        let mut sorted = sample.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted
    };
    let largest = covariance(&sorted(own), &sorted(rest))?;
    covariance(own, rest).and_then(|shared| share(shared, largest))
}

/// Learners with the same total belong to the same group, the upper one before the lower.
fn upper_less_lower(own: &[f64], totals: &[f64], most: f64) -> Option<f64> {
    let mut sorted = totals.to_vec();
    sorted.sort_by(f64::total_cmp);
    let size = (0..sorted.len()).find(|size| number(*size) >= number(sorted.len()) * GROUP)?;
    let lower = *sorted.get(size.checked_sub(1)?)?;
    let upper = *sorted.get(sorted.len() - size)?;
    let group = |belongs: &dyn Fn(f64) -> bool| {
        let marks: Vec<f64> = own
            .iter()
            .zip(totals)
            .filter(|(_, total)| belongs(**total))
            .map(|(own, _)| *own)
            .collect();
        mean(&marks)
    };
    let (best, last) = (group(&|total| total >= upper)?, group(&|total| total <= lower)?);
    (upper > lower).then_some(share(best - last, most)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::answers::example;
    use super::*;

    #[test]
    fn the_example() {
        let expected = [
            [75.0, 46.291, 17.407_8, 23.076_9, 20.069_5],
            [50.0, 53.452_2, 32.929_3, 37.5, 25.031_1],
            [37.5, 51.754_9, -4.879_5, -5.882_4, 17.055_8],
            [50.0, 40.089_2, 83.815_8, 100.0, 37.843_5],
        ];
        let found = figures(&example());
        assert_eq!(found.len(), expected.len());
        for (figures, expected) in found.iter().zip(expected) {
            let found = [
                figures.facility,
                figures.deviation,
                figures.discrimination,
                figures.efficiency,
                figures.effective_weight,
            ];
            for (found, expected) in found.into_iter().zip(expected) {
                let found = found.unwrap();
                assert!((found - expected).abs() < 0.000_06, "{found}, not {expected}");
            }
        }
        assert_eq!(found[3].intended_weight, Some(40.0));
    }

    proptest! {
        #[test]
        fn figures_stay_within_their_bounds(rows in proptest::collection::vec(proptest::collection::vec(proptest::option::weighted(0.9, 0.0_f64..=1.0), 3), 0..30)) {
            let answers = Answers { most: vec![1.0; 3], rows };
            for figures in figures(&answers) {
                let within = |value: Option<f64>, low: f64, high: f64| {
                    value.is_none_or(|value| value >= low - 1e-6 && value <= high + 1e-6)
                };
                prop_assert!(within(figures.facility, 0.0, 100.0), "{:?}", figures);
                prop_assert!(within(figures.discrimination, -100.0, 100.0), "{:?}", figures);
                prop_assert!(within(figures.efficiency, f64::MIN, 100.0), "{:?}", figures);
                prop_assert!(within(figures.effective_weight, 0.0, 100.0), "{:?}", figures);
                prop_assert!(within(figures.upper_less_lower, -100.0, 100.0), "{:?}", figures);
            }
        }
    }
}
