//! Figures of the options of a choice: who is drawn to which.

use super::moments::{mean, number};

/// What an option did. Shares are percent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OptionFigures {
    /// Learners who ticked it, of all.
    pub chosen: f64,
    /// Of those with a total in the upper half.
    pub chosen_above: f64,
    /// Of the others.
    pub chosen_below: f64,
    /// Point-biserial correlation of ticking it with the rest of the marks, from −1 to 1. Corrected: the question's
    /// own marks are left out.
    pub correlation: Option<f64>,
}

/// The figures of an option. Each learner is whether it was ticked, and the marks for all other questions.
pub fn option(learners: &[(bool, f64)]) -> OptionFigures {
    let rest: Vec<f64> = learners.iter().map(|(_, rest)| *rest).collect();
    let middle = super::moments::median(&rest).unwrap_or(0.0);
    let share = |group: &[&(bool, f64)]| {
        let ticked = group.iter().filter(|(ticked, _)| *ticked).count();
        if group.is_empty() { 0.0 } else { 100.0 * number(ticked) / number(group.len()) }
    };
    let (above, below): (Vec<_>, Vec<_>) = learners.iter().partition(|(_, rest)| *rest > middle);
    OptionFigures {
        chosen: share(&learners.iter().collect::<Vec<_>>()),
        chosen_above: share(&above),
        chosen_below: share(&below),
        correlation: point_biserial(learners, &rest),
    }
}

/// (mean of those who ticked − mean of the others) / σ · √(p(1−p)), σ over the number of learners.
fn point_biserial(learners: &[(bool, f64)], rest: &[f64]) -> Option<f64> {
    let of = |wanted: bool| {
        let group: Vec<f64> = learners
            .iter()
            .filter(|(ticked, _)| *ticked == wanted)
            .map(|(_, rest)| *rest)
            .collect();
        mean(&group)
    };
    let (ticked, others) = (of(true)?, of(false)?);
    let middle = mean(rest)?;
    let squares: Vec<f64> = rest.iter().map(|value| (value - middle).powi(2)).collect();
    let sigma = mean(&squares)?.sqrt();
    let p = number(learners.iter().filter(|(ticked, _)| *ticked).count()) / number(learners.len());
    (sigma > 1e-12).then(|| (ticked - others) / sigma * (p * (1.0 - p)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::answers::example;
    use super::*;

    /// With the question's own marks left in, the formula gives the known figures of the example.
    #[test]
    fn the_example() {
        let answers = example();
        for (question, expected) in [(0, 0.468_5), (1, 0.631_2), (2, 0.302_7)] {
            let (own, totals) = answers.at(question);
            let learners: Vec<(bool, f64)> =
                own.iter().zip(&totals).map(|(own, total)| (*own > 0.5, *total)).collect();
            let found = option(&learners).correlation.unwrap();
            assert!((found - expected).abs() < 0.000_06, "{found}, not {expected}");
        }
    }

    #[test]
    fn an_option_that_all_or_none_tick_has_no_correlation() {
        assert_eq!(option(&[(true, 1.0), (true, 2.0)]).correlation, None);
        assert_eq!(option(&[]), OptionFigures::default());
    }
}
