//! Judging gaps: each as the question that it is, all weighing the same.

use super::grade::{Fraction, Grade, Verdict};
use super::item::{Cloze, Gap, GapKey, GapOption};
use super::kinds::PartScoring;
use super::number::quantity;
use super::response::{OptionId, Response};

impl Cloze {
    /// The judgement of an answer.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Gaps(gaps) => {
                let grades: Vec<Grade> = self
                    .gaps
                    .iter()
                    .map(|gap| gap.grade(gaps.get(&gap.id).map_or("", String::as_str)))
                    .collect();
                self.together(&grades)
            }
            Response::Blank => Grade::UNANSWERED,
            Response::Picks(_)
            | Response::Text(_)
            | Response::Number { .. }
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The share that each gap earns on its own; `None` where it is everything or nothing.
    pub fn part_shares(&self, response: &Response) -> Option<Vec<Fraction>> {
        let written = |gap: &Gap| {
            if let Response::Gaps(gaps) = response { gaps.get(&gap.id) } else { None }
        };
        let share = |gap: &Gap| gap.grade(written(gap).map_or("", String::as_str)).fraction;
        (self.scoring == PartScoring::Each).then(|| self.gaps.iter().map(share).collect())
    }

    /// The answer that earns everything; `None` where the key of a gap is a rule rather than an answer.
    pub fn key(&self) -> Option<Response> {
        let written = |gap: &Gap| Some((gap.id.clone(), gap.key.written()?));
        let gaps = self.gaps.iter().map(written).collect::<Option<_>>()?;
        (!self.gaps.is_empty()).then_some(Response::Gaps(gaps))
    }

    fn together(&self, grades: &[Grade]) -> Grade {
        if grades.iter().all(|grade| grade.verdict == Verdict::Unanswered) {
            return Grade::UNANSWERED;
        }
        let sum: i128 = grades.iter().map(|grade| i128::from(grade.fraction.0)).sum();
        let whole = i128::from(Fraction::ONE.0);
        let of = i128::try_from(grades.len()).unwrap_or(i128::MAX).saturating_mul(whole);
        match self.scoring {
            PartScoring::Each => Grade::earned(Fraction::ratio(sum, of)),
            PartScoring::All => Grade::earned(Fraction::ratio(i128::from(sum == of), 1)),
        }
    }
}

impl Gap {
    /// The judgement of what stands in the gap.
    pub fn grade(&self, written: &str) -> Grade {
        if written.trim().is_empty() {
            return Grade::UNANSWERED;
        }
        match &self.key {
            GapKey::Pick(options) => {
                let is_right = |option: &GapOption| option.right && option.id.as_str() == written;
                Grade::earned(Fraction::ratio(i128::from(options.iter().any(is_right)), 1))
            }
            GapKey::Number(number) => number.grade(&typed_number(written)),
            GapKey::Text(text) => text.grade(&Response::Text(written.to_owned())),
        }
    }
}

impl GapKey {
    /// An answer that earns everything, as it stands in the gap.
    fn written(&self) -> Option<String> {
        let response = match self {
            GapKey::Pick(options) => {
                return options
                    .iter()
                    .find(|option| option.right)
                    .map(|option| option.id.0.clone());
            }
            GapKey::Number(number) => number.key(),
            GapKey::Text(text) => text.key(),
        };
        match response? {
            Response::Text(typed) | Response::Number { typed, .. } => Some(typed),
            Response::Blank
            | Response::Picks(_)
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => None,
        }
    }

    /// The entries of a list; none for a gap that is written into.
    pub fn options(&self) -> impl Iterator<Item = &OptionId> {
        let options: &[GapOption] = match self {
            GapKey::Pick(options) => options,
            GapKey::Number(_) | GapKey::Text(_) => &[],
        };
        options.iter().map(|option| &option.id)
    }
}

/// A number as it stands in a gap.
pub(super) fn typed_number(written: &str) -> Response {
    Response::Number { typed: written.to_owned(), value: quantity(written) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::samples::{cloze, gaps};

    #[test]
    fn gaps_earn_their_share() {
        let question = cloze(PartScoring::Each);
        for (given, units, verdict) in [
            (
                &[("verb", "verb-1"), ("cop", "COP"), ("kwh", "3 kWh")][..],
                10_000_000,
                Verdict::Right,
            ),
            (&[("verb", "verb-2"), ("cop", "cop "), ("kwh", "3,0")], 6_666_667, Verdict::Partly),
            (&[("verb", ""), ("cop", "efficiency")], 0, Verdict::Wrong),
            (&[("verb", ""), ("cop", "  ")], 0, Verdict::Unanswered),
            (&[("other", "COP")], 0, Verdict::Unanswered),
        ] {
            let grade = question.grade(&gaps(given));
            assert_eq!((grade.fraction, grade.verdict), (Fraction(units), verdict), "{given:?}");
        }
        let strict = cloze(PartScoring::All);
        assert_eq!(
            strict.grade(&gaps(&[("verb", "verb-1"), ("cop", "COP")])).fraction,
            Fraction::ZERO
        );
        assert_eq!(strict.grade(&strict.key().unwrap()).fraction, Fraction::ONE);
    }
}
