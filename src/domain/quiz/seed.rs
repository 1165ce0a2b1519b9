//! Chance that can be repeated: all that looks random in an attempt comes from its seed.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

/// The secret of one attempt. It never leaves the server.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub [u8; 32]);

/// The seed is secret, also in logs.
impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl Seed {
    /// The seed of an attempt: repeatable for the server, not guessable without its secret.
    pub fn of_attempt(secret: &[u8], attempt: Uuid) -> Seed {
        Seed(digest(secret, &[b"attempt", attempt.as_bytes()]))
    }

    /// A seed as it is stored; `None` when the bytes are not one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Seed> {
        bytes.try_into().ok().map(Seed)
    }

    /// A digest of the parts that only the holder of the seed can make.
    pub(crate) fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        digest(&self.0, parts)
    }

    /// The things in an order that depends on the seed and the label only.
    pub fn shuffle<T>(&self, label: &str, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(label, last));
        }
    }

    /// A number from 0 to `last`. The bias of scaling 64 bits down is far below what anyone could notice.
    fn below(&self, label: &str, last: usize) -> usize {
        let step = u64::try_from(last).unwrap_or(u64::MAX);
        let bytes = self.sign(&[b"shuffle", label.as_bytes(), &step.to_be_bytes()]);
        let word = bytes.iter().take(8).fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
        let scaled = (u128::from(word) * (u128::from(step) + 1)) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }
}

/// Every part is preceded by its length, so that no two lists of parts give the same message.
fn digest(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_shuffle_is_a_permutation_and_repeatable(seed: [u8; 32], count in 0_usize..40) {
            let mut once: Vec<usize> = (0..count).collect();
            let mut again = once.clone();
            Seed(seed).shuffle("x", &mut once);
            Seed(seed).shuffle("x", &mut again);
            prop_assert_eq!(&once, &again);
            once.sort_unstable();
            prop_assert_eq!(once, (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_order_of_three_turns_up() {
        let mut seen = std::collections::BTreeMap::new();
        for number in 0..600_u32 {
            let seed = Seed::of_attempt(&number.to_be_bytes(), Uuid::nil());
            let mut order = [0, 1, 2];
            seed.shuffle("order", &mut order);
            *seen.entry(order).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|count| (60..140).contains(count)), "{seen:?}");
    }

    #[test]
    fn a_seed_hides_itself() {
        assert_eq!(format!("{:?}", Seed([7; 32])), "Seed(…)");
    }
}
