//! A translated quiz beside its source: the same shape and the same key, or both places are named.

use std::ops::Range;

use rust_decimal::Decimal;

use super::questions::parsed::{
    ParsedAmount, ParsedAnswer, ParsedChoice, ParsedNumber, ParsedQuestion, ParsedQuiz,
};
use crate::diagnostic::{Diagnostics, Source};
use crate::locale::Locale;
use crate::quiz::item::Scoring;

/// The quizzes of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version<'c> {
    pub(super) locale: Locale,
    pub(super) source: &'c Source,
    pub(super) quizzes: &'c [ParsedQuiz],
}

/// A translation beside its source.
pub(super) struct Comparison<'d, 'c> {
    pub(super) original: Version<'c>,
    pub(super) other: Version<'c>,
    pub(super) out: &'d mut Diagnostics,
}

impl Comparison<'_, '_> {
    fn differ(&mut self, there: &Range<usize>, here: &Range<usize>, message: &str) {
        let place = self.original.source.place(there.clone());
        let remark = self.other.source.error("Q070", here.clone(), message);
        self.out.push(remark.related_as(place, "the source"));
    }

    pub(super) fn ids(
        &mut self,
        there: Option<&str>,
        here: Option<&str>,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) {
        if let Some(id) = here.filter(|_| here != there) {
            let wanted = there.map_or_else(|| "none".to_owned(), |id| format!("`{id}`"));
            self.differ(at, other_at, &format!("the source has the id {wanted} here, not `{id}`"));
        }
    }

    /// Are the counts equal?
    pub(super) fn counts(
        &mut self,
        what: &str,
        counts: (usize, usize),
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        let (there, here) = counts;
        if here != there {
            self.differ(
                at,
                other_at,
                &format!("the source has {there} {what} here, this translation has {here}"),
            );
        }
        here == there
    }

    /// Do both ask the same with the same key?
    pub(super) fn questions(&mut self, there: &ParsedQuestion, here: &ParsedQuestion) -> bool {
        self.ids(there.id.as_deref(), here.id.as_deref(), &there.at, &here.at);
        if here.points.is_some() && here.points != there.points {
            self.differ(&there.at, &here.at, "the points differ from the source");
        }
        match (&there.answer, &here.answer) {
            (Some(ParsedAnswer::Choice(a)), Some(ParsedAnswer::Choice(b))) => {
                self.choices(a, b, &there.at, &here.at)
            }
            (Some(ParsedAnswer::Number(a)), Some(ParsedAnswer::Number(b))) => {
                self.numbers(a, b, &there.at, &here.at)
            }
            (Some(ParsedAnswer::Text(_)), Some(ParsedAnswer::Text(_))) => true,
            (Some(a), Some(b)) => {
                let message = format!(
                    "this is a {} question, in the source it is a {} question",
                    b.name(),
                    a.name()
                );
                self.differ(&there.at, &here.at, &message);
                false
            }
            (None, _) | (_, None) => false,
        }
    }

    fn choices(
        &mut self,
        there: &ParsedChoice,
        here: &ParsedChoice,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        if !self.counts("options", (there.options.len(), here.options.len()), at, other_at) {
            return false;
        }
        if here.scoring != Scoring::default() && here.scoring != there.scoring {
            self.differ(at, other_at, "the scoring differs from the source");
        }
        let mut same = true;
        for (a, b) in there.options.iter().zip(&here.options) {
            self.ids(a.id.as_deref(), b.id.as_deref(), &a.at, &b.at);
            if a.right != b.right {
                self.differ(&a.at, &b.at, "the tick differs from the source");
                same = false;
            }
            if a.weight != b.weight {
                self.differ(&a.at, &b.at, "the weight differs from the source");
                same = false;
            }
        }
        same
    }

    fn numbers(
        &mut self,
        there: &ParsedNumber,
        here: &ParsedNumber,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        if !self.counts("answers", (there.answers.len(), here.answers.len()), at, other_at) {
            return false;
        }
        let mut same = true;
        for (a, b) in there.answers.iter().zip(&here.answers) {
            if base(a, there) != base(b, here) || a.fraction != b.fraction {
                self.differ(&a.at, &b.at, "the number differs from the source");
                same = false;
            }
        }
        same
    }
}

/// The range in the first unit, so that `kWh` and `кВт·ч` compare by what they are worth.
fn base(
    answer: &ParsedAmount,
    number: &ParsedNumber,
) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let (low, high) = answer.range?;
    let unit = answer.unit.as_ref();
    let factor = number
        .units
        .iter()
        .find(|(name, _)| Some(name) == unit)
        .map_or(Decimal::ONE, |(_, factor)| *factor);
    Some((low.checked_mul(factor), high.checked_mul(factor)))
}
