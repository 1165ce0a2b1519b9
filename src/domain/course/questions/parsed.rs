//! A quiz as one file tells it, before the languages are put together.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::html::Html;
use crate::quiz::grade::{Fraction, Marks};
use crate::quiz::item::{ItemText, OptionText, QuizRules, Scoring, TextPattern, UnitRule};

/// A quiz section.
#[derive(Clone, Debug)]
pub(crate) struct ParsedQuiz {
    /// As written.
    pub(crate) id: Option<String>,
    /// Its heading.
    pub(crate) at: Range<usize>,
    pub(crate) title: String,
    pub(crate) intro: Html,
    pub(crate) rules: QuizRules,
    pub(crate) questions: Vec<ParsedQuestion>,
}

/// A question.
#[derive(Clone, Debug)]
pub(crate) struct ParsedQuestion {
    pub(crate) id: Option<String>,
    pub(crate) at: Range<usize>,
    /// Heading as plain text, for ids and messages.
    pub(crate) title: String,
    pub(crate) was: Option<String>,
    pub(crate) points: Option<Marks>,
    pub(crate) outcomes: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) hint_cost: Fraction,
    /// `None` if it could not be read; what was wrong has been said.
    pub(crate) answer: Option<ParsedAnswer>,
    /// Without the texts of options.
    pub(crate) text: ItemText,
}

/// What is answered, and the key.
#[derive(Clone, Debug)]
pub(crate) enum ParsedAnswer {
    Choice(ParsedChoice),
    Number(ParsedNumber),
    Text(ParsedText),
}

impl ParsedAnswer {
    /// For messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ParsedAnswer::Choice(_) => "choice",
            ParsedAnswer::Number(_) => "number",
            ParsedAnswer::Text(_) => "text",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedChoice {
    pub(crate) options: Vec<ParsedOption>,
    pub(crate) many: bool,
    pub(crate) true_false: bool,
    pub(crate) keep_order: bool,
    pub(crate) scoring: Scoring,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedOption {
    pub(crate) id: Option<String>,
    pub(crate) at: Range<usize>,
    /// As plain text.
    pub(crate) plain: String,
    pub(crate) right: bool,
    pub(crate) weight: Option<Fraction>,
    pub(crate) pinned: bool,
    pub(crate) only: bool,
    pub(crate) text: OptionText,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedNumber {
    pub(crate) answers: Vec<ParsedAmount>,
    pub(crate) units: Vec<(String, Decimal)>,
    pub(crate) unit: UnitRule,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedAmount {
    pub(crate) at: Range<usize>,
    /// `None` is anything else.
    pub(crate) range: Option<(Decimal, Decimal)>,
    pub(crate) unit: Option<String>,
    pub(crate) fraction: Fraction,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedText {
    pub(crate) answers: Vec<ParsedWord>,
    pub(crate) exact_case: bool,
    pub(crate) exact_accents: bool,
    pub(crate) typos: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedWord {
    /// The key of its feedback: its place in the file, or [`ANYTHING`].
    pub(crate) index: u32,
    pub(crate) pattern: TextPattern,
    pub(crate) fraction: Fraction,
}

/// The key of the feedback on anything else, the same in all languages.
pub(crate) const ANYTHING: u32 = u32::MAX;
