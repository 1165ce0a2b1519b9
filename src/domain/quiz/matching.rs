//! Judging pairs: the share of rows that have their own choice.

use super::grade::{Fraction, Grade};
use super::kinds::{Match, MatchRow, PartScoring};
use super::response::Response;

impl Match {
    /// The judgement of an answer. Rows without a choice are not right; rows that the question does not have count for
    /// nothing.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Pairs(pairs) if pairs.is_empty() => Grade::UNANSWERED,
            Response::Pairs(pairs) => {
                let is_right = |row: &&MatchRow| pairs.get(&row.id) == Some(&row.right);
                let hits = self.rows.iter().filter(is_right).count();
                Grade::earned(self.scoring.share(hits, self.rows.len()))
            }
            Response::Blank => Grade::UNANSWERED,
            Response::Picks(_)
            | Response::Text(_)
            | Response::Number { .. }
            | Response::Order(_)
            | Response::Gaps(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The share that each row earns on its own; `None` where it is everything or nothing.
    pub fn part_shares(&self, response: &Response) -> Option<Vec<Fraction>> {
        let given = |row: &MatchRow| {
            if let Response::Pairs(pairs) = response { pairs.get(&row.id) } else { None }
        };
        let share = |row: &MatchRow| Fraction::ratio(i128::from(given(row) == Some(&row.right)), 1);
        (self.scoring == PartScoring::Each).then(|| self.rows.iter().map(share).collect())
    }

    /// The answer that earns everything.
    pub fn key(&self) -> Option<Response> {
        let pair = |row: &MatchRow| (row.id.clone(), row.right.clone());
        (!self.rows.is_empty()).then(|| Response::Pairs(self.rows.iter().map(pair).collect()))
    }
}

impl PartScoring {
    /// What so many right parts of all parts earn.
    pub fn share(self, hits: usize, of: usize) -> Fraction {
        let wide = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
        match self {
            PartScoring::Each => Fraction::ratio(wide(hits), wide(of)),
            PartScoring::All => Fraction::ratio(i128::from(hits == of && of > 0), 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::grade::Verdict;
    use crate::quiz::response::OptionId;
    use crate::quiz::samples::{matching, pairs};

    #[test]
    fn rows_earn_their_share() {
        let question = matching(3, 1, PartScoring::Each);
        for (given, units, verdict) in [
            (
                &[("row-0", "to-0"), ("row-1", "to-1"), ("row-2", "to-2")][..],
                10_000_000,
                Verdict::Right,
            ),
            (
                &[("row-0", "to-0"), ("row-1", "to-2"), ("row-2", "to-1")],
                3_333_333,
                Verdict::Partly,
            ),
            (&[("row-0", "to-0")], 3_333_333, Verdict::Partly),
            (&[("row-0", "to-3"), ("row-9", "to-0")], 0, Verdict::Wrong),
            (&[], 0, Verdict::Unanswered),
        ] {
            let grade = question.grade(&pairs(given));
            assert_eq!((grade.fraction, grade.verdict), (Fraction(units), verdict), "{given:?}");
        }
        let strict = matching(3, 1, PartScoring::All);
        let nearly = pairs(&[("row-0", "to-0"), ("row-1", "to-1"), ("row-2", "to-3")]);
        assert_eq!(strict.grade(&nearly).fraction, Fraction::ZERO);
        assert_eq!(strict.grade(&strict.key().unwrap()).fraction, Fraction::ONE);
    }

    #[test]
    fn two_rows_may_share_a_choice() {
        let mut question = matching(2, 1, PartScoring::Each);
        question.rows[1].right = OptionId("to-0".into());
        let both = pairs(&[("row-0", "to-0"), ("row-1", "to-0")]);
        assert_eq!(question.grade(&both).fraction, Fraction::ONE);
    }
}
