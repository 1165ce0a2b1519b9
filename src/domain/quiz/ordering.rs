//! Judging an order by one of four methods.

use super::grade::{Fraction, Grade};
use super::kinds::{Order, OrderScoring};
use super::response::{OptionId, Response};

impl Order {
    /// The judgement of an answer. Steps that are missing count as not in their place.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Order(given) if given.is_empty() => Grade::UNANSWERED,
            Response::Order(given) => Grade::earned(self.share(given)),
            Response::Blank => Grade::UNANSWERED,
            Response::Picks(_)
            | Response::Text(_)
            | Response::Number { .. }
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The answer that earns everything.
    pub fn key(&self) -> Option<Response> {
        (!self.steps.is_empty()).then(|| Response::Order(self.steps.clone()))
    }

    fn share(&self, given: &[OptionId]) -> Fraction {
        let steps = self.steps.len();
        let ratio = |part: usize, whole: usize| Fraction::ratio(wide(part), wide(whole));
        match self.scoring {
            OrderScoring::All => ratio(usize::from(given == self.steps), 1),
            OrderScoring::Position => {
                ratio(self.steps.iter().zip(given).filter(|(a, b)| a == b).count(), steps)
            }
            OrderScoring::Adjacent if steps < 2 => ratio(usize::from(given == self.steps), 1),
            OrderScoring::Adjacent => ratio(self.neighbours(given), steps - 1),
            // One step alone is always in order, so it is not counted.
            OrderScoring::Longest if steps < 2 => ratio(usize::from(given == self.steps), 1),
            OrderScoring::Longest => ratio(self.longest(given).saturating_sub(1), steps - 1),
        }
    }

    /// How many steps are followed by the one that should follow.
    fn neighbours(&self, given: &[OptionId]) -> usize {
        let follows = |pair: &&[OptionId]| given.windows(2).any(|window| window == *pair);
        self.steps.windows(2).filter(follows).count()
    }

    /// The length of the longest part of the answer, gaps allowed, that is in the right order.
    fn longest(&self, given: &[OptionId]) -> usize {
        let place = |step: &OptionId| self.steps.iter().position(|known| known == step);
        // The least place on which a run of each length ends; growing, so a place is found by bisection.
        let mut ends: Vec<usize> = Vec::new();
        for place in given.iter().filter_map(place) {
            let at = ends.partition_point(|end| *end < place);
            match ends.get_mut(at) {
                Some(end) => *end = place,
                None => ends.push(place),
            }
        }
        ends.len()
    }
}

fn wide(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::grade::Verdict;
    use crate::quiz::samples::{order, ordering};

    #[test]
    fn methods() {
        for (given, position, adjacent, longest, all) in [
            ("abcde", 10_000_000, 10_000_000, 10_000_000, 10_000_000),
            ("bacde", 6_000_000, 5_000_000, 7_500_000, 0),
            ("bcdea", 0, 7_500_000, 7_500_000, 0),
            ("edcba", 2_000_000, 0, 0, 0),
            ("abc", 6_000_000, 5_000_000, 5_000_000, 0),
            ("xyz", 0, 0, 0, 0),
        ] {
            for (scoring, units) in [
                (OrderScoring::Position, position),
                (OrderScoring::Adjacent, adjacent),
                (OrderScoring::Longest, longest),
                (OrderScoring::All, all),
            ] {
                let grade = ordering("abcde", scoring).grade(&order(given));
                assert_eq!(grade.fraction, Fraction(units), "{given} {scoring:?}");
            }
        }
    }

    #[test]
    fn nothing_given_is_unanswered() {
        let question = ordering("abc", OrderScoring::Position);
        assert_eq!(question.grade(&order("")).verdict, Verdict::Unanswered);
        assert_eq!(question.grade(&Response::Blank).verdict, Verdict::Unanswered);
    }

    #[test]
    fn one_step_is_right_or_not() {
        for scoring in [OrderScoring::Adjacent, OrderScoring::Longest, OrderScoring::Position] {
            assert_eq!(ordering("a", scoring).grade(&order("a")).fraction, Fraction::ONE);
            assert_eq!(ordering("a", scoring).grade(&order("b")).fraction, Fraction::ZERO);
        }
    }
}
