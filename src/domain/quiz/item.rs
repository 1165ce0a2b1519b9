//! A question: what is asked, in every language, and the key. The key never leaves this structure before review.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::grade::{Fraction, Marks};
use super::kinds::{Essay, Match, Order, PartScoring, Shape, Survey, Upload};
use super::response::{GapId, ItemId, OptionId, QuizId};
pub use super::rules::{FeedbackWhen, GradeBy, MarkingRules, QuizRules};
use crate::html::Html;
use crate::locale::{Locale, Texts};

/// One question with its key and its texts in every language of the course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Survives edits, moves and renames.
    pub id: ItemId,
    /// The id it had before, so that a rename keeps results.
    #[serde(default)]
    pub was: Option<ItemId>,
    /// Hash of all that decides marks (hex, SHA-256): a new value is a new version of the item.
    pub scoring_hash: String,
    /// Hash of all that is only read (hex, SHA-256).
    pub wording_hash: String,
    /// Marks for a full answer.
    pub points: Marks,
    /// The share of the marks that each hint costs.
    #[serde(default)]
    pub hint_cost: Fraction,
    /// Ids of the learning outcomes it tests.
    pub outcomes: Vec<String>,
    /// Free tags.
    pub tags: Vec<String>,
    /// What is answered, and the key.
    pub kind: Kind,
    /// What is read, per language.
    pub texts: BTreeMap<Locale, ItemText>,
}

/// The kinds of question with their keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Kind {
    /// Tick one or several options. True/false is a choice of two that is never shuffled.
    Choice(Choice),
    /// A number with tolerance and unit.
    Number(Number),
    /// A short text.
    Text(ShortText),
    /// Rows with their choices.
    Match(Match),
    /// Steps to be put in order.
    Order(Order),
    /// A text with gaps.
    Cloze(Cloze),
    /// Regions of a picture.
    Hotspot(Hotspot),
    /// A text that a person marks.
    Essay(Essay),
    /// Files that a person marks.
    Upload(Upload),
    /// A question without a key.
    Survey(Survey),
}

/// A choice question's options and scoring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// In the order of the file.
    pub options: Vec<ChoiceOption>,
    /// May several be ticked?
    pub many: bool,
    /// True/false in any of the languages.
    pub true_false: bool,
    /// Keep the order of the file.
    pub keep_order: bool,
    /// How partial credit is worked out when several may be ticked.
    pub scoring: Scoring,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// Survives edits and reordering.
    pub id: OptionId,
    /// Ticked in the file.
    pub right: bool,
    /// Written weight, for example 50 % or −25 %.
    pub weight: Option<Fraction>,
    /// Keeps its place in a shuffle.
    pub pinned: bool,
    /// Excludes the rest.
    pub only: bool,
}

/// Partial credit for several ticks; formulas in the quiz chapter of the manual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scoring {
    /// All right ones and none else.
    All,
    /// Hits less false alarms.
    #[default]
    Net,
    /// Every option judged alone.
    Each,
    /// Recall times precision.
    Cover,
    /// Half for one error, a quarter for two.
    Halves,
    /// The sum of written weights.
    Weights,
}

/// A number question's accepted and rejected values, first match wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// In the order of the file.
    pub answers: Vec<NumberAnswer>,
    /// Known units: name and how many of the first unit one of it is worth.
    pub units: Vec<(String, Decimal)>,
    /// Must a unit be typed?
    pub unit: UnitRule,
}

/// Must the learner type a unit?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitRule {
    /// There are no units.
    #[default]
    None,
    /// A missing unit means the first.
    Optional,
    /// Without a unit the answer is wrong.
    Required,
}

/// One accepted or rejected interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberAnswer {
    /// Which numbers it covers; `None` is anything else.
    pub range: Option<(Decimal, Decimal)>,
    /// The unit in which the range is given.
    pub unit: Option<String>,
    /// The share of the marks.
    pub fraction: Fraction,
}

/// A text question's accepted and rejected answers, first match wins, in all languages at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortText {
    /// In the order of the files, source language first.
    pub answers: Vec<TextAnswer>,
    /// Upper and lower case differ.
    pub exact_case: bool,
    /// Letters with and without marks differ.
    pub exact_accents: bool,
    /// Edits forgiven, 0 or 1.
    pub typos: u8,
}

/// One accepted or rejected text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextAnswer {
    /// The language of the file it stands in; every language's answers are accepted.
    pub locale: Locale,
    /// The key of its feedback in `ItemText::answers`; languages share keys where their answers are alike.
    pub index: u32,
    /// What it matches.
    pub pattern: TextPattern,
    /// The share of the marks.
    pub fraction: Fraction,
}

/// What a text answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextPattern {
    /// Equal after folding.
    Equal(String),
    /// The whole text matches this regular expression.
    Regex(String),
    /// Anything else.
    Anything,
}

/// A text with gaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloze {
    /// In the order of the text.
    pub gaps: Vec<Gap>,
    /// How partial credit is worked out.
    #[serde(default)]
    pub scoring: PartScoring,
}

/// One gap of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Its label in the file.
    pub id: GapId,
    /// What is asked for.
    pub key: GapKey,
}

/// What a gap asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GapKey {
    /// One entry of a list; the texts stand in `ItemText::options`.
    Pick(Vec<GapOption>),
    /// A number.
    Number(Number),
    /// A word.
    Text(ShortText),
}

/// One entry of a gap's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapOption {
    /// Unique in the question.
    pub id: OptionId,
    /// Does it earn the gap?
    pub right: bool,
}

/// Regions of a picture, of which the right ones are to be pointed at. Each region is an option with a name, so that
/// the question can be answered without seeing or pointing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hotspot {
    /// The regions as options.
    pub choice: Choice,
    /// Where they are.
    pub shapes: BTreeMap<OptionId, Shape>,
}

/// What is read of an item in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemText {
    /// Heading of the question as inline markup.
    pub title: Html,
    /// The rest of the stem, may be empty.
    pub stem: Html,
    /// Option texts, by option.
    pub options: BTreeMap<OptionId, OptionText>,
    /// Feedback of number answers by their place in the file, of text answers by `TextAnswer::index`.
    pub answers: BTreeMap<u32, Html>,
    /// A right answer written out for review, for number and text questions.
    pub model: Option<Html>,
    /// The text of a cloze, cut at its gaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
    /// What is said of the gaps of a cloze.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gaps: BTreeMap<GapId, GapText>,
    /// The picture of a hotspot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// The rows of the rubric of an essay or upload.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rubric: Vec<CriterionText>,
    /// Shown after answering.
    pub explanation: Option<Html>,
    /// Shown when right, partly right, wrong.
    pub if_right: Option<Html>,
    /// See `if_right`.
    pub if_partly: Option<Html>,
    /// See `if_right`.
    pub if_wrong: Option<Html>,
    /// Hints in order.
    pub hints: Vec<Html>,
}

/// An option as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionText {
    /// The option.
    pub text: Html,
    /// Shown after it was chosen.
    pub feedback: Option<Html>,
}

/// A part of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Markup. Pieces are well formed only all together.
    Html(Html),
    /// The place of a gap.
    Gap(GapId),
}

/// What is said of one gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapText {
    /// Feedback, keyed as `ItemText::answers`. That of a list's entries stands with the options.
    pub answers: BTreeMap<u32, Html>,
    /// A right answer written out for review.
    pub model: Option<Html>,
}

/// The picture of a hotspot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Address.
    pub src: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A row of a rubric as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionText {
    /// What is looked at.
    pub name: Html,
    /// What each level means, in the order of the key.
    pub levels: Vec<Html>,
}

/// A quiz with its rules and items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quiz {
    /// Unique in the course.
    pub id: QuizId,
    /// Titles.
    pub title: Texts,
    /// What is said before the first question.
    pub intro: BTreeMap<Locale, Html>,
    /// Its rules.
    pub rules: QuizRules,
    /// Every question that may be asked, in the order of the file.
    pub items: Vec<Item>,
    /// What is asked, in order. Empty in quizzes published before there were pools: every item once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<QuizPart>,
}

/// A part of a quiz.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuizPart {
    /// One question.
    One(ItemId),
    /// Some of several: a pool of the quiz or a draw from a bank.
    Some {
        /// The id of the pool or draw.
        id: String,
        /// How many are asked.
        pick: u32,
        /// Of which.
        from: Vec<ItemId>,
        /// Marks of each, where that is said of the pool.
        points: Option<Marks>,
    },
}

impl Item {
    /// The options with their key: of a choice, or of the regions of a hotspot.
    pub fn choice(&self) -> Option<&Choice> {
        match &self.kind {
            Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => Some(choice),
            Kind::Number(_)
            | Kind::Text(_)
            | Kind::Match(_)
            | Kind::Order(_)
            | Kind::Cloze(_)
            | Kind::Essay(_)
            | Kind::Upload(_)
            | Kind::Survey(_) => None,
        }
    }

    /// The texts in `wanted`, else in English, else in any language.
    pub fn text(&self, wanted: Locale) -> Option<&ItemText> {
        self.texts
            .get(&wanted)
            .or_else(|| self.texts.get(&Locale::En))
            .or_else(|| self.texts.values().next())
    }
}
