//! Judging ticks: single choice by the option's own share, several by one of six methods in exact arithmetic.

use std::collections::BTreeSet;

use super::grade::{Fraction, Grade, WHOLE};
use super::item::{Choice, ChoiceOption, Scoring};
use super::response::{OptionId, Response};

/// What the methods count.
struct Tally {
    options: i128,
    right: i128,
    hits: i128,
    misfires: i128,
}

impl Choice {
    /// The judgement of an answer. Options that the question does not have count for nothing.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Picks(picks) if picks.is_empty() => Grade::UNANSWERED,
            Response::Picks(picks) if self.many => Grade::earned(self.several(picks)),
            Response::Picks(picks) => Grade::earned(self.single(picks)),
            Response::Blank => Grade::UNANSWERED,
            Response::Text(_)
            | Response::Number { .. }
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The answer that earns everything.
    pub fn key(&self) -> Option<Response> {
        let picks: BTreeSet<OptionId> = match self.many {
            true => self.right().map(|option| option.id.clone()).collect(),
            false => self.best().map(|option| option.id.clone()).into_iter().collect(),
        };
        (!picks.is_empty()).then_some(Response::Picks(picks))
    }

    fn right(&self) -> impl Iterator<Item = &ChoiceOption> {
        self.options.iter().filter(|option| option.right)
    }

    /// The first of the options with the largest share.
    fn best(&self) -> Option<&ChoiceOption> {
        self.options.iter().rev().max_by_key(|option| own_share(option))
    }

    fn single(&self, picks: &BTreeSet<OptionId>) -> Fraction {
        let mut chosen = self.options.iter().filter(|option| picks.contains(&option.id));
        match (chosen.next(), picks.len()) {
            (Some(option), 1) => own_share(option),
            (Some(_) | None, _) => Fraction::ZERO,
        }
    }

    /// "None of these", ticked together with something else, contradicts itself and earns nothing.
    fn several(&self, picks: &BTreeSet<OptionId>) -> Fraction {
        let chosen: Vec<&ChoiceOption> =
            self.options.iter().filter(|option| picks.contains(&option.id)).collect();
        if chosen.is_empty() || (chosen.len() > 1 && chosen.iter().any(|option| option.only)) {
            return Fraction::ZERO;
        }
        let tally = self.tally(&chosen);
        match self.scoring {
            Scoring::All => Fraction::ratio(i128::from(tally.is_perfect()), 1),
            Scoring::Net => self.net(&chosen, &tally),
            Scoring::Each => tally.each(),
            Scoring::Cover => tally.cover(),
            Scoring::Halves => tally.halves(),
            Scoring::Weights => self.weights(&chosen),
        }
    }

    fn tally(&self, chosen: &[&ChoiceOption]) -> Tally {
        let hits = chosen.iter().filter(|option| option.right).count();
        Tally {
            options: wide(self.options.len()),
            right: wide(self.right().count()),
            hits: wide(hits),
            misfires: wide(chosen.len() - hits),
        }
    }

    /// A hit earns and a false alarm costs one share of the right options, unless the option says its own weight.
    fn net(&self, chosen: &[&ChoiceOption], tally: &Tally) -> Fraction {
        let written: i128 = chosen
            .iter()
            .filter_map(|option| option.weight)
            .map(|weight| i128::from(weight.0))
            .sum();
        let plain = chosen.iter().filter(|option| option.weight.is_none());
        let shares: i128 = plain.map(|option| if option.right { 1 } else { -1 }).sum();
        let whole = i128::from(WHOLE);
        clamped(Fraction::ratio(shares * whole + written * tally.right, tally.right * whole))
    }

    /// Written weights added up. Right options without one share evenly what the written ones leave.
    fn weights(&self, chosen: &[&ChoiceOption]) -> Fraction {
        let units = |weight: Fraction| i128::from(weight.0);
        let given: i128 = self.right().filter_map(|option| option.weight).map(units).sum();
        let silent = wide(self.right().filter(|option| option.weight.is_none()).count());
        let left = (i128::from(WHOLE) - given).max(0);
        let written: i128 = chosen.iter().filter_map(|option| option.weight).map(units).sum();
        let unwritten =
            wide(chosen.iter().filter(|option| option.right && option.weight.is_none()).count());
        let parts = silent.max(1);
        clamped(Fraction::ratio(written * parts + left * unwritten, parts * i128::from(WHOLE)))
    }
}

impl Tally {
    fn is_perfect(&self) -> bool {
        self.hits == self.right && self.misfires == 0
    }

    fn each(&self) -> Fraction {
        Fraction::ratio(self.hits + (self.options - self.right - self.misfires), self.options)
    }

    fn cover(&self) -> Fraction {
        Fraction::ratio(self.hits * self.hits, self.right * (self.hits + self.misfires))
    }

    /// Half for one error where there are three options, a quarter for two where there are five.
    fn halves(&self) -> Fraction {
        match (self.right - self.hits) + self.misfires {
            0 => Fraction::ONE,
            1 if self.options >= 3 => Fraction::ratio(1, 2),
            2 if self.options >= 5 => Fraction::ratio(1, 4),
            _ => Fraction::ZERO,
        }
    }
}

fn own_share(option: &ChoiceOption) -> Fraction {
    option.weight.unwrap_or(if option.right { Fraction::ONE } else { Fraction::ZERO })
}

fn clamped(fraction: Fraction) -> Fraction {
    fraction.clamp(Fraction::ZERO, Fraction::ONE)
}

fn wide(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests;
