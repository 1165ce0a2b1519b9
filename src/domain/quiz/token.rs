//! Opaque names of options: what a page sends instead of option ids, different in every attempt.

use std::collections::BTreeMap;

use super::paper::Slot;
use super::response::OptionId;
use super::seed::Seed;
use crate::digest::hex;

/// Hexadecimal digits in a token.
const DIGITS: usize = 10;

/// The tokens of one slot, both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    shown: Vec<OptionId>,
    by_option: BTreeMap<OptionId, String>,
    by_token: BTreeMap<String, OptionId>,
}

impl Tokens {
    /// The tokens of the slot at place `number` of the attempt with this seed.
    pub fn of(seed: &Seed, number: u16, slot: &Slot) -> Tokens {
        let mut tokens = Tokens { shown: slot.options.clone(), ..Tokens::default() };
        for option in &slot.options {
            let token = tokens.fresh(seed, number, option);
            tokens.by_token.insert(token.clone(), option.clone());
            tokens.by_option.insert(option.clone(), token);
        }
        tokens
    }

    /// The options in the order in which the attempt shows them.
    pub fn shown(&self) -> &[OptionId] {
        &self.shown
    }

    /// The token of an option.
    pub fn token(&self, option: &OptionId) -> Option<&str> {
        self.by_option.get(option).map(String::as_str)
    }

    /// The option of a token.
    pub fn option(&self, token: &str) -> Option<&OptionId> {
        self.by_token.get(token)
    }

    /// Two options of one slot never share a token: on a clash the next round of the digest is taken.
    fn fresh(&self, seed: &Seed, number: u16, option: &OptionId) -> String {
        (0_u32..)
            .map(|round| digits(seed, number, option, round))
            .find(|token| !self.by_token.contains_key(token))
            .expect("a slot has fewer options than there are tokens")
    }
}

fn digits(seed: &Seed, number: u16, option: &OptionId, round: u32) -> String {
    let parts: [&[u8]; 4] =
        [b"option", &number.to_be_bytes(), option.as_str().as_bytes(), &round.to_be_bytes()];
    seed.sign(&parts).get(..DIGITS / 2).map(hex).unwrap_or_default()
}
