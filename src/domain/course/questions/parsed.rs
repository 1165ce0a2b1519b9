//! A quiz as one file tells it, before the languages are put together.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use rust_decimal::Decimal;

use crate::html::Html;
use crate::quiz::grade::{Fraction, Marks};
use crate::quiz::item::{ItemText, OptionText, QuizRules, Scoring, TextPattern, UnitRule};
use crate::quiz::kinds::{OrderScoring, PartScoring, Shape};

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
    /// All questions that stand in it, also those of pools.
    pub(crate) questions: Vec<ParsedQuestion>,
    /// What is asked, in order.
    pub(crate) parts: Vec<ParsedPart>,
}

/// A part of a quiz.
#[derive(Clone, Debug)]
pub(crate) enum ParsedPart {
    /// A question, by its place among the questions.
    One(usize),
    /// Some of several.
    Some(ParsedPool),
}

/// A pool or a draw.
#[derive(Clone, Debug)]
pub(crate) struct ParsedPool {
    pub(crate) id: Option<String>,
    /// Its heading.
    pub(crate) at: Range<usize>,
    pub(crate) title: String,
    pub(crate) pick: u32,
    pub(crate) points: Option<Marks>,
    pub(crate) from: Candidates,
}

/// Where the candidates of a pool stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Candidates {
    /// Below it: the places of the first and after the last among the questions of the quiz.
    Here(Range<usize>),
    /// In a bank of the course, and of those the ones with all these tags.
    Bank { name: String, tags: Vec<String> },
    /// Nowhere; that has been said.
    Nowhere,
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
    Match(ParsedMatch),
    Order(ParsedOrder),
    Cloze(ParsedCloze),
    Hotspot(ParsedHotspot),
    Essay(ParsedEssay),
    Upload(ParsedUpload),
    Survey(ParsedSurvey),
}

impl ParsedAnswer {
    /// For messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ParsedAnswer::Choice(_) => "choice",
            ParsedAnswer::Number(_) => "number",
            ParsedAnswer::Text(_) => "text",
            ParsedAnswer::Match(_) => "match",
            ParsedAnswer::Order(_) => "order",
            ParsedAnswer::Cloze(_) => "cloze",
            ParsedAnswer::Hotspot(_) => "hotspot",
            ParsedAnswer::Essay(_) => "essay",
            ParsedAnswer::Upload(_) => "upload",
            ParsedAnswer::Survey(_) => "survey",
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

/// Something with an id that is read: a row, a step, an entry of a list, a criterion.
#[derive(Clone, Debug)]
pub(crate) struct ParsedEntry {
    pub(crate) id: Option<String>,
    pub(crate) at: Range<usize>,
    /// As plain text.
    pub(crate) plain: String,
    pub(crate) text: OptionText,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedMatch {
    pub(crate) rows: Vec<ParsedRow>,
    /// Each once, in the order of the file.
    pub(crate) choices: Vec<ParsedEntry>,
    pub(crate) scoring: PartScoring,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedRow {
    pub(crate) left: ParsedEntry,
    /// The place of its choice.
    pub(crate) right: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedOrder {
    pub(crate) steps: Vec<ParsedEntry>,
    pub(crate) scoring: OrderScoring,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedCloze {
    /// The text between the gaps: one more than there are gaps.
    pub(crate) pieces: Vec<Html>,
    /// Which gap stands between two pieces, by its place among the gaps.
    pub(crate) holes: Vec<usize>,
    /// In the order of the text; of a translation, in that of its source.
    pub(crate) gaps: Vec<ParsedGap>,
    pub(crate) scoring: PartScoring,
}

impl ParsedCloze {
    /// Where each of these gaps stands in another language: by its label, where the other has labels. `None` if the
    /// two have different gaps.
    pub(crate) fn places_in(&self, other: &ParsedCloze) -> Option<Vec<usize>> {
        if self.gaps.len() != other.gaps.len() {
            return None;
        }
        if other.gaps.iter().all(|gap| gap.label.is_none()) {
            return Some((0..self.gaps.len()).collect());
        }
        let mut free: BTreeMap<Option<&str>, VecDeque<usize>> = BTreeMap::new();
        for (place, gap) in other.gaps.iter().enumerate() {
            free.entry(gap.label.as_deref()).or_default().push_back(place);
        }
        self.gaps.iter().map(|gap| free.get_mut(&gap.label.as_deref())?.pop_front()).collect()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedGap {
    pub(crate) label: Option<String>,
    pub(crate) at: Range<usize>,
    pub(crate) key: ParsedGapKey,
    pub(crate) feedback: BTreeMap<u32, Html>,
    pub(crate) model: Option<Html>,
}

#[derive(Clone, Debug)]
pub(crate) enum ParsedGapKey {
    Pick(Vec<ParsedPick>),
    Number(ParsedNumber),
    Text(ParsedText),
}

impl ParsedGapKey {
    /// For messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            ParsedGapKey::Pick(_) => "list",
            ParsedGapKey::Number(_) => "number",
            ParsedGapKey::Text(_) => "text",
        }
    }
}

/// An entry of the list of a gap.
#[derive(Clone, Debug)]
pub(crate) struct ParsedPick {
    pub(crate) entry: ParsedEntry,
    pub(crate) right: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedHotspot {
    pub(crate) choice: ParsedChoice,
    /// Of the options in their order.
    pub(crate) shapes: Vec<Shape>,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedEssay {
    pub(crate) words: Option<(u32, u32)>,
    pub(crate) rubric: Vec<ParsedCriterion>,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedUpload {
    pub(crate) accept: Vec<String>,
    pub(crate) max: u32,
    pub(crate) size: u64,
    pub(crate) rubric: Vec<ParsedCriterion>,
}

/// A row of a rubric.
#[derive(Clone, Debug)]
pub(crate) struct ParsedCriterion {
    pub(crate) name: ParsedEntry,
    pub(crate) weight: u32,
    pub(crate) levels: Vec<Marks>,
    /// What each level means.
    pub(crate) meanings: Vec<Html>,
}

#[derive(Clone, Debug)]
pub(crate) struct ParsedSurvey {
    /// None asks for words.
    pub(crate) options: Vec<ParsedEntry>,
    pub(crate) many: bool,
    pub(crate) scale: bool,
}
