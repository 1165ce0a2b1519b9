//! A translated quiz beside its source: the same shape and the same key, or both places are named.

use std::ops::Range;

use rust_decimal::Decimal;

use super::questions::parsed::{
    ParsedAmount, ParsedAnswer, ParsedChoice, ParsedCloze, ParsedCriterion, ParsedEntry,
    ParsedEssay, ParsedGap, ParsedGapKey, ParsedHotspot, ParsedMatch, ParsedNumber, ParsedOrder,
    ParsedPart, ParsedPick, ParsedPool, ParsedQuestion, ParsedQuiz, ParsedSurvey, ParsedUpload,
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
        let (Some(a), Some(b)) = (&there.answer, &here.answer) else { return false };
        self.answers(a, b, Places { there: &there.at, here: &here.at })
    }

    fn answers(&mut self, there: &ParsedAnswer, here: &ParsedAnswer, at: Places<'_>) -> bool {
        use ParsedAnswer as A;
        match (there, here) {
            (A::Choice(a), A::Choice(b)) => self.choices(a, b, at),
            (A::Number(a), A::Number(b)) => self.numbers(a, b, at),
            (A::Text(_), A::Text(_)) => true,
            (A::Match(a), A::Match(b)) => self.pairs(a, b, at),
            (A::Order(a), A::Order(b)) => self.orders(a, b, at),
            (A::Cloze(a), A::Cloze(b)) => self.gaps(a, b, at),
            (A::Hotspot(a), A::Hotspot(b)) => self.spots(a, b, at),
            (A::Essay(a), A::Essay(b)) => self.essays(a, b, at),
            (A::Upload(a), A::Upload(b)) => self.uploads(a, b, at),
            (A::Survey(a), A::Survey(b)) => self.surveys(a, b, at),
            (a, b) => {
                let (a, b) = (a.name(), b.name());
                let message = format!("this is a {b} question, in the source it is a {a} question");
                self.differ(at.there, at.here, &message);
                false
            }
        }
    }

    fn choices(&mut self, there: &ParsedChoice, here: &ParsedChoice, at: Places<'_>) -> bool {
        let counts = (there.options.len(), here.options.len());
        if !self.counts("options", counts, at.there, at.here) {
            return false;
        }
        self.scoring(here.scoring == Scoring::default() || here.scoring == there.scoring, at);
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

    fn numbers(&mut self, there: &ParsedNumber, here: &ParsedNumber, at: Places<'_>) -> bool {
        let counts = (there.answers.len(), here.answers.len());
        if !self.counts("answers", counts, at.there, at.here) {
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

    /// A translation may leave the scoring out.
    fn scoring(&mut self, same: bool, at: Places<'_>) {
        if !same {
            self.differ(at.there, at.here, "the scoring differs from the source");
        }
    }

    /// The same number of entries, with the same ids.
    fn entries(
        &mut self,
        what: &str,
        there: &[&ParsedEntry],
        here: &[&ParsedEntry],
        at: Places<'_>,
    ) -> bool {
        if !self.counts(what, (there.len(), here.len()), at.there, at.here) {
            return false;
        }
        for (a, b) in there.iter().zip(here) {
            self.ids(a.id.as_deref(), b.id.as_deref(), &a.at, &b.at);
        }
        true
    }

    fn pairs(&mut self, there: &ParsedMatch, here: &ParsedMatch, at: Places<'_>) -> bool {
        let (a, b) = (lefts(there), lefts(here));
        let choices = (there.choices.len(), here.choices.len());
        let same = self.entries("pairs", &a, &b, at)
            && self.counts("right sides", choices, at.there, at.here);
        if !same {
            return false;
        }
        self.scoring(here.scoring == Default::default() || here.scoring == there.scoring, at);
        let mut same = true;
        for (a, b) in there.rows.iter().zip(&here.rows) {
            if a.right != b.right {
                let message = "this row shares its right side otherwise than in the source";
                self.differ(&a.left.at, &b.left.at, message);
                same = false;
            }
        }
        for (a, b) in there.choices.iter().zip(&here.choices) {
            self.ids(a.id.as_deref(), b.id.as_deref(), &a.at, &b.at);
        }
        same
    }

    fn orders(&mut self, there: &ParsedOrder, here: &ParsedOrder, at: Places<'_>) -> bool {
        self.scoring(here.scoring == Default::default() || here.scoring == there.scoring, at);
        self.entries("steps", &refs(&there.steps), &refs(&here.steps), at)
    }

    fn gaps(&mut self, there: &ParsedCloze, here: &ParsedCloze, at: Places<'_>) -> bool {
        if !self.counts("gaps", (there.gaps.len(), here.gaps.len()), at.there, at.here) {
            return false;
        }
        self.scoring(here.scoring == Default::default() || here.scoring == there.scoring, at);
        let Some(places) = there.places_in(here) else {
            let known = |gap: &&ParsedGap| there.gaps.iter().any(|a| a.label == gap.label);
            let strange = here.gaps.iter().find(|gap| !known(gap)).or(here.gaps.first());
            let place = strange.map_or(at.here, |gap| &gap.at);
            self.differ(at.there, place, "the labels of the gaps differ from the source");
            return false;
        };
        let mut same = true;
        for (a, place) in there.gaps.iter().zip(places) {
            let Some(b) = here.gaps.get(place) else { continue };
            same &= self.gap(a, b);
        }
        same
    }

    fn gap(&mut self, there: &ParsedGap, here: &ParsedGap) -> bool {
        let at = Places { there: &there.at, here: &here.at };
        match (&there.key, &here.key) {
            (ParsedGapKey::Text(_), ParsedGapKey::Text(_)) => true,
            (ParsedGapKey::Number(a), ParsedGapKey::Number(b)) => self.numbers(a, b, at),
            (ParsedGapKey::Pick(a), ParsedGapKey::Pick(b)) => {
                if !self.entries("entries", &entries(a), &entries(b), at) {
                    return false;
                }
                let mut same = true;
                for (a, b) in a.iter().zip(b).filter(|(a, b)| a.right != b.right) {
                    let message =
                        "what is right here is wrong in the source, or the other way round";
                    self.differ(&a.entry.at, &b.entry.at, message);
                    same = false;
                }
                same
            }
            (a, b) => {
                let message =
                    format!("this gap asks for a {}, in the source for a {}", b.name(), a.name());
                self.differ(at.there, at.here, &message);
                false
            }
        }
    }

    fn spots(&mut self, there: &ParsedHotspot, here: &ParsedHotspot, at: Places<'_>) -> bool {
        if !self.choices(&there.choice, &here.choice, at) {
            return false;
        }
        let options = there.choice.options.iter().zip(&here.choice.options);
        let mut same = true;
        for ((a, b), shapes) in options.zip(there.shapes.iter().zip(&here.shapes)) {
            if shapes.0 != shapes.1 {
                self.differ(&a.at, &b.at, "the region differs from the source");
                same = false;
            }
        }
        same
    }

    fn essays(&mut self, there: &ParsedEssay, here: &ParsedEssay, at: Places<'_>) -> bool {
        if here.words.is_some() && here.words != there.words {
            self.differ(at.there, at.here, "the number of words differs from the source");
        }
        self.rubrics(&there.rubric, &here.rubric, at)
    }

    fn uploads(&mut self, there: &ParsedUpload, here: &ParsedUpload, at: Places<'_>) -> bool {
        let files = |upload: &ParsedUpload| (upload.accept.clone(), upload.max, upload.size);
        if files(there) != files(here) {
            self.differ(at.there, at.here, "other files are taken than in the source");
        }
        self.rubrics(&there.rubric, &here.rubric, at)
    }

    fn rubrics(
        &mut self,
        there: &[ParsedCriterion],
        here: &[ParsedCriterion],
        at: Places<'_>,
    ) -> bool {
        if !self.entries("criteria", &criteria(there), &criteria(here), at) {
            return false;
        }
        let mut same = true;
        for (a, b) in there.iter().zip(here) {
            if (a.weight, &a.levels) != (b.weight, &b.levels) {
                let message = "the points of this criterion differ from the source";
                self.differ(&a.name.at, &b.name.at, message);
                same = false;
            }
        }
        same
    }

    fn surveys(&mut self, there: &ParsedSurvey, here: &ParsedSurvey, at: Places<'_>) -> bool {
        if (here.many && !there.many) || (here.scale && !there.scale) {
            self.differ(at.there, at.here, "the source asks this in another way");
        }
        self.entries("options", &refs(&there.options), &refs(&here.options), at)
    }

    /// Are the questions and pools of both the same in number and kind?
    pub(super) fn parts(&mut self, there: &ParsedQuiz, here: &ParsedQuiz) -> bool {
        let questions = (there.questions.len(), here.questions.len());
        if !self.counts("questions", questions, &there.at, &here.at)
            || !self.counts("parts", (there.parts.len(), here.parts.len()), &there.at, &here.at)
        {
            return false;
        }
        let mut same = true;
        for parts in there.parts.iter().zip(&here.parts) {
            same &= match parts {
                (ParsedPart::One(_), ParsedPart::One(_)) => true,
                (ParsedPart::Some(a), ParsedPart::Some(b)) => self.pools(a, b),
                (ParsedPart::One(_), ParsedPart::Some(pool)) => {
                    self.differ(&there.at, &pool.at, "the source has a question here, not a pool");
                    false
                }
                (ParsedPart::Some(pool), ParsedPart::One(_)) => {
                    self.differ(&pool.at, &here.at, "the source has a pool here, not a question");
                    false
                }
            };
        }
        same
    }

    fn pools(&mut self, there: &ParsedPool, here: &ParsedPool) -> bool {
        self.ids(there.id.as_deref(), here.id.as_deref(), &there.at, &here.at);
        let same = there.pick == here.pick && there.from == here.from;
        if !same || (here.points.is_some() && here.points != there.points) {
            self.differ(&there.at, &here.at, "this pool differs from the source");
        }
        same
    }
}

/// Where two things stand that are compared.
#[derive(Clone, Copy)]
struct Places<'p> {
    there: &'p Range<usize>,
    here: &'p Range<usize>,
}

fn refs(entries: &[ParsedEntry]) -> Vec<&ParsedEntry> {
    entries.iter().collect()
}

fn lefts(question: &ParsedMatch) -> Vec<&ParsedEntry> {
    question.rows.iter().map(|row| &row.left).collect()
}

fn entries(picks: &[ParsedPick]) -> Vec<&ParsedEntry> {
    picks.iter().map(|pick| &pick.entry).collect()
}

fn criteria(rubric: &[ParsedCriterion]) -> Vec<&ParsedEntry> {
    rubric.iter().map(|row| &row.name).collect()
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
