//! Judging short texts: folded equality, whole-text expressions, and a forgiven slip of the finger.

use regex::{Regex, RegexBuilder};

use super::grade::{Fraction, Grade};
use super::item::{ShortText, TextAnswer, TextPattern};
use super::response::Response;
use crate::fold::{self, Accents, Case};
use crate::locale::Locale;

/// Memory that one compiled expression may take.
const LARGEST_EXPRESSION: usize = 1 << 20;

/// Words shorter than this are not guessed at.
const SHORTEST_TYPO: usize = 4;

impl ShortText {
    /// The judgement of an answer.
    pub fn grade(&self, response: &Response) -> Grade {
        match response {
            Response::Blank => Grade::UNANSWERED,
            Response::Text(text) if fold::collapsed(text).is_empty() => Grade::UNANSWERED,
            Response::Text(text) => {
                Grade::earned(self.matching(text).map_or(Fraction::ZERO, |answer| answer.fraction))
            }
            Response::Number { .. }
            | Response::Picks(_)
            | Response::Order(_)
            | Response::Pairs(_)
            | Response::Gaps(_)
            | Response::Files(_) => Grade::earned(Fraction::ZERO),
        }
    }

    /// The first answer that fits: exactly, else within the forgiven edits, else "anything else". Answers of all
    /// languages stand in one list, so an earlier "anything else" must not hide a later language's answers.
    pub fn matching(&self, typed: &str) -> Option<&TextAnswer> {
        let exact = self.answers.iter().find(|answer| self.fits(&answer.pattern, typed));
        let near = || self.answers.iter().find(|answer| self.nearly_fits(&answer.pattern, typed));
        let other = || self.answers.iter().find(|answer| answer.pattern == TextPattern::Anything);
        exact.or_else(near).or_else(other)
    }

    /// The answer whose feedback a reader of this language should see: the one that decides the marks, or its equal in
    /// the reader's own file.
    pub fn matching_for(&self, typed: &str, reader: Locale) -> Option<&TextAnswer> {
        let decides = self.matching(typed)?;
        let own = || {
            self.answers
                .iter()
                .filter(|answer| answer.locale == reader && answer.fraction == decides.fraction)
        };
        let exact = own().find(|answer| self.fits(&answer.pattern, typed));
        let near = || own().find(|answer| self.nearly_fits(&answer.pattern, typed));
        let other = || {
            own().find(|answer| {
                answer.pattern == TextPattern::Anything && decides.pattern == answer.pattern
            })
        };
        exact.or_else(near).or_else(other).or(Some(decides))
    }

    /// An answer that earns everything, if one is written out.
    pub fn key(&self) -> Option<Response> {
        self.answers.iter().filter(|answer| answer.fraction == Fraction::ONE).find_map(|answer| {
            match &answer.pattern {
                TextPattern::Equal(text) => Some(Response::Text(text.clone())),
                TextPattern::Regex(_) | TextPattern::Anything => None,
            }
        })
    }

    fn fits(&self, pattern: &TextPattern, typed: &str) -> bool {
        match pattern {
            TextPattern::Equal(text) => self.folded(text) == self.folded(typed),
            TextPattern::Regex(expression) => self.matches(expression, &fold::collapsed(typed)),
            TextPattern::Anything => false,
        }
    }

    fn nearly_fits(&self, pattern: &TextPattern, typed: &str) -> bool {
        match pattern {
            TextPattern::Equal(text) if self.typos > 0 => {
                let (text, typed) = (self.folded(text), self.folded(typed));
                let long_enough = text.chars().count() >= SHORTEST_TYPO;
                long_enough && fold::edits(&text, &typed, usize::from(self.typos)).is_some()
            }
            TextPattern::Equal(_) | TextPattern::Regex(_) | TextPattern::Anything => false,
        }
    }

    fn folded(&self, text: &str) -> String {
        fold::answer(text, self.case(), self.accents())
    }

    fn case(&self) -> Case {
        if self.exact_case { Case::Exact } else { Case::Folded }
    }

    fn accents(&self) -> Accents {
        if self.exact_accents { Accents::Exact } else { Accents::Folded }
    }

    /// Where marks do not matter, the expression and the text are compared without them as well.
    fn matches(&self, expression: &str, text: &str) -> bool {
        let fits = |expression: &str, text: &str| {
            whole_text(expression, self.case()).is_some_and(|expression| expression.is_match(text))
        };
        fits(expression, text)
            || (!self.exact_accents && fits(&fold::unmarked(expression), &fold::unmarked(text)))
    }
}

/// The expression, matching whole texts only; `None` when it is not one or too large.
pub fn whole_text(expression: &str, case: Case) -> Option<Regex> {
    RegexBuilder::new(&format!(r"\A(?:{expression})\z"))
        .case_insensitive(case == Case::Folded)
        .size_limit(LARGEST_EXPRESSION)
        .dfa_size_limit(LARGEST_EXPRESSION)
        .build()
        .ok()
}

#[cfg(test)]
mod tests;
