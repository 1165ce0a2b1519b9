//! Figures of a quiz as a whole.

use super::answers::Answers;
use super::moments::{deviation, kurtosis, mean, median, number, skewness, variance};

/// Figures of a quiz; `None` where they are not defined for so few or such equal results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuizFigures {
    /// Learners.
    pub learners: usize,
    /// Mean total, in marks.
    pub mean: Option<f64>,
    /// Middle total, in marks.
    pub median: Option<f64>,
    /// Standard deviation of the totals, in marks.
    pub deviation: Option<f64>,
    /// Below 0 when most results are high.
    pub skewness: Option<f64>,
    /// Above 0 when results crowd in the middle.
    pub kurtosis: Option<f64>,
    /// Coefficient of internal consistency (Cronbach's alpha), percent. Not defined when learners were asked
    /// different questions.
    pub consistency: Option<f64>,
    /// The part of the spread that is chance, percent.
    pub error_ratio: Option<f64>,
    /// Standard error of one total, in marks.
    pub standard_error: Option<f64>,
}

impl QuizFigures {
    /// Works them out.
    pub fn of(answers: &Answers) -> QuizFigures {
        let totals = answers.totals();
        let consistency = consistency(answers, &totals);
        let error_ratio =
            consistency.filter(|cic| *cic <= 100.0).map(|cic| 100.0 * (1.0 - cic / 100.0).sqrt());
        let deviation = deviation(&totals);
        QuizFigures {
            learners: totals.len(),
            mean: mean(&totals),
            median: median(&totals),
            deviation,
            skewness: skewness(&totals),
            kurtosis: kurtosis(&totals),
            consistency,
            error_ratio,
            standard_error: error_ratio.zip(deviation).map(|(ratio, sd)| ratio / 100.0 * sd),
        }
    }
}

fn consistency(answers: &Answers, totals: &[f64]) -> Option<f64> {
    let questions = answers.most.len();
    let spread = variance(totals).filter(|spread| *spread > 1e-12)?;
    if questions < 2 || totals.len() < 3 || !answers.is_complete() {
        return None;
    }
    let own = |question| variance(&answers.at(question).0);
    let sum: f64 = (0..questions).map(own).sum::<Option<f64>>()?;
    let p = number(questions);
    Some(100.0 * p / (p - 1.0) * (1.0 - sum / spread))
}

#[cfg(test)]
mod tests {
    use super::super::answers::example;
    use super::*;

    #[test]
    fn the_example() {
        let figures = QuizFigures::of(&example());
        for (name, found, expected) in [
            ("mean", figures.mean, 2.625),
            ("median", figures.median, 2.5),
            ("deviation", figures.deviation, 1.482_035),
            ("skewness", figures.skewness, 0.378_517),
            ("kurtosis", figures.kurtosis, -1.225_937),
            ("consistency", figures.consistency, 47.696_5),
            ("error ratio", figures.error_ratio, 72.321_2),
            ("standard error", figures.standard_error, 1.071_8),
        ] {
            let found = found.unwrap();
            assert!((found - expected).abs() < 0.000_05, "{name}: {found}, not {expected}");
        }
    }

    #[test]
    fn consistency_needs_the_same_questions_for_all() {
        let mut answers = example();
        answers.rows[0][1] = None;
        assert_eq!(QuizFigures::of(&answers).consistency, None);
        assert_eq!(QuizFigures::of(&Answers::default()), QuizFigures::default());
    }
}
