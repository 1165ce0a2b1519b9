//! Two targets in turns, so that what else the machine does falls on both.

use std::time::Duration;

use crate::Fallible;
use crate::client::{Load, Target, load};
use crate::options::Options;

/// What one side reached.
#[derive(Clone, Debug)]
pub struct Side {
    /// Median over the rounds.
    pub per_second: f64,
    /// Over all answers.
    pub p50: Duration,
    pub p99: Duration,
    pub n_bad: u64,
    pub bad: Option<String>,
}

/// A short while for plans, caches and branches to warm up.
const WARM_UP: Duration = Duration::from_millis(500);

/// Bilik and the minimum, round by round.
pub async fn compare(
    bilik: &Target,
    minimum: &Target,
    n_connections: usize,
    options: &Options,
) -> Fallible<(Side, Side)> {
    load(bilik, n_connections, WARM_UP).await?;
    load(minimum, n_connections, WARM_UP).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..options.rounds {
        ours.push(load(bilik, n_connections, options.round).await?);
        theirs.push(load(minimum, n_connections, options.round).await?);
    }
    Ok((side(ours), side(theirs)))
}

fn side(rounds: Vec<Load>) -> Side {
    let per_second = median(rounds.iter().map(Load::per_second).collect());
    let mut times: Vec<Duration> = rounds.iter().flat_map(|round| round.times.clone()).collect();
    times.sort_unstable();
    Side {
        per_second,
        p50: share(&times, 50),
        p99: share(&times, 99),
        n_bad: rounds.iter().map(|round| round.n_bad).sum(),
        bad: rounds.into_iter().find_map(|round| round.bad),
    }
}

/// The time within which so many percent of sorted answers came.
fn share(times: &[Duration], percent: usize) -> Duration {
    times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default()
}

/// The middle of some numbers.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
