//! Means, spreads and what two samples have in common.

use rust_decimal::prelude::ToPrimitive;

/// A count as a number to reckon with.
pub(super) fn number(count: usize) -> f64 {
    count.to_f64().unwrap_or(f64::MAX)
}

/// The mean; `None` of nothing.
pub fn mean(sample: &[f64]) -> Option<f64> {
    (!sample.is_empty()).then(|| sample.iter().sum::<f64>() / number(sample.len()))
}

/// The middle value, or the mean of the two middle ones.
pub fn median(sample: &[f64]) -> Option<f64> {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    match sorted.len() % 2 {
        0 => sorted.get(sorted.len() / 2 - 1).map(|lower| (lower + upper) / 2.0),
        _ => Some(upper),
    }
}

/// The covariance of two samples of the same people, over one less than their number.
pub fn covariance(left: &[f64], right: &[f64]) -> Option<f64> {
    let (a, b) = (mean(left)?, mean(right)?);
    let sum: f64 = left.iter().zip(right).map(|(x, y)| (x - a) * (y - b)).sum();
    (left.len() > 1).then(|| sum / (number(left.len()) - 1.0))
}

/// The variance, over one less than the number.
pub fn variance(sample: &[f64]) -> Option<f64> {
    covariance(sample, sample)
}

/// The standard deviation.
pub fn deviation(sample: &[f64]) -> Option<f64> {
    variance(sample).map(f64::sqrt)
}

/// The correlation of two samples; `None` where one of them does not vary.
pub fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    let spread = (variance(left)? * variance(right)?).sqrt();
    (spread > 1e-12).then_some(covariance(left, right)? / spread)
}

/// A central moment over the number of people.
fn central(sample: &[f64], power: i32) -> Option<f64> {
    let middle = mean(sample)?;
    mean(&sample.iter().map(|x| (x - middle).powi(power)).collect::<Vec<f64>>())
}

/// Skewness by k-statistics; three people at least, who differ.
pub fn skewness(sample: &[f64]) -> Option<f64> {
    let n = number(sample.len());
    let k2 = variance(sample).filter(|k2| sample.len() > 2 && *k2 > 1e-12)?;
    let k3 = n * n * central(sample, 3)? / ((n - 1.0) * (n - 2.0));
    Some(k3 / k2.powf(1.5))
}

/// Kurtosis by k-statistics, 0 for a normal distribution; four people at least, who differ.
pub fn kurtosis(sample: &[f64]) -> Option<f64> {
    let n = number(sample.len());
    let k2 = variance(sample).filter(|k2| sample.len() > 3 && *k2 > 1e-12)?;
    let (m2, m4) = (central(sample, 2)?, central(sample, 4)?);
    let k4 =
        n * n * ((n + 1.0) * m4 - 3.0 * (n - 1.0) * m2 * m2) / ((n - 1.0) * (n - 2.0) * (n - 3.0));
    Some(k4 / (k2 * k2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_have_no_figures() {
        assert_eq!((mean(&[]), median(&[]), variance(&[1.0])), (None, None, None));
        assert_eq!((skewness(&[1.0, 2.0]), kurtosis(&[1.0, 2.0, 3.0])), (None, None));
        assert_eq!((correlation(&[1.0, 1.0], &[1.0, 2.0]), skewness(&[2.0; 9])), (None, None));
        assert_eq!(median(&[3.0, 1.0, 2.0, 10.0]), Some(2.5));
    }
}
