//! Chance that can be repeated: the same seed gives the same people, today and on every machine.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// A stream of numbers that look random.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed and a label; streams of different labels have nothing to do with each other.
    pub fn of(seed: &str, label: &str) -> Chance {
        let hash =
            Sha256::new().chain_update(seed).chain_update([0]).chain_update(label).finalize();
        Chance(hash.iter().take(8).fold(0, |word, byte| (word << 8) | u64::from(*byte)))
    }

    /// The next 64 bits, by the generator that is known as `SplitMix64`.
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, 1.
    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.word() >> 32).unwrap_or(0)) / (f64::from(u32::MAX) + 1.0)
    }

    /// Does something happen that happens so often, from 0 never to 1 always?
    pub fn happens(&mut self, how_often: f64) -> bool {
        self.share() < how_often
    }

    /// A number from the first to the last, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let n_numbers = u128::from(first.abs_diff(last)) + 1;
        let place = (u128::from(self.word()) * n_numbers) >> 64;
        first.saturating_add(i64::try_from(place).unwrap_or(0))
    }

    /// A number around 0, mostly between −2 and 2, as the bell curve has it.
    pub fn around(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// One of the things.
    ///
    /// # Panics
    /// If there are none; the lists of the demo all have some.
    pub fn one<T: Copy>(&mut self, things: &[T]) -> T {
        let last = i64::try_from(things.len()).unwrap_or(0).saturating_sub(1).max(0);
        let place = usize::try_from(self.between(0, last)).unwrap_or(0);
        *things.get(place).expect("there is something to choose from")
    }

    /// One of the things, each as often as its weight says.
    ///
    /// # Panics
    /// If there are none; the lists of the demo all have some.
    pub fn weighted<T: Copy>(&mut self, things: &[(T, u32)]) -> T {
        let total: i64 = things.iter().map(|(_, weight)| i64::from(*weight)).sum();
        let mut left = self.between(0, total.saturating_sub(1).max(0));
        let found = things.iter().find(|(_, weight)| {
            left -= i64::from(*weight);
            left < 0
        });
        found.or(things.last()).expect("there is something to choose from").0
    }

    /// So many random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| u8::try_from(self.word() >> 56).unwrap_or(0))
    }

    /// An id of something that was made at a time; ids sort by time.
    pub fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_itself_and_labels_differ() {
        let words = |label| {
            (0..4)
                .map(|_| 0)
                .scan(Chance::of("s", label), |chance, _| Some(chance.word()))
                .collect::<Vec<u64>>()
        };
        assert_eq!(words("a"), words("a"));
        assert_ne!(words("a"), words("b"));
    }

    #[test]
    fn numbers_stay_in_bounds_and_weights_count() {
        let mut chance = Chance::of("s", "bounds");
        let mut n_heavy = 0;
        for _ in 0..10_000 {
            assert!((-3..=5).contains(&chance.between(-3, 5)));
            assert!((0.0..1.0).contains(&chance.share()));
            n_heavy += u32::from(chance.weighted(&[(true, 3), (false, 1)]));
        }
        assert!((7_300..7_700).contains(&n_heavy), "{n_heavy}");
        assert_eq!(chance.between(7, 7), 7);
    }
}
