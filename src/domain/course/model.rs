//! A compiled course: what is stored as a version and what pages are drawn from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::condition::Condition;
use crate::fact::Facts;
use crate::html::Html;
use crate::locale::{Locale, Texts};
use crate::quiz::grade::Fraction;
use crate::quiz::item::Quiz;
use crate::quiz::response::{ItemId, OptionId, QuizId};

/// A course, ready to be read and taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Survives renames.
    pub id: Uuid,
    /// The address.
    pub slug: String,
    /// The language it was written in.
    pub source: Locale,
    /// The languages it is offered in.
    pub languages: Vec<Locale>,
    /// Title.
    pub title: Texts,
    /// One or two sentences.
    pub summary: Texts,
    /// Whom it is for.
    pub audience: Texts,
    /// The thematic area.
    pub theme: Theme,
    /// How much one should know before.
    pub level: Level,
    /// Hours of study.
    pub hours: u32,
    /// SPDX or Creative Commons name.
    pub licence: String,
    /// People or bodies.
    pub authors: Vec<String>,
    /// What one can do after it.
    pub outcomes: Vec<Outcome>,
    /// In order.
    pub modules: Vec<Module>,
    /// When it is complete.
    pub completion: Completion,
    /// Learners do not see it.
    #[serde(default)]
    pub draft: bool,
    /// Languages whose texts a native editor has not checked yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unchecked: Vec<Locale>,
    /// Files of `media/` by path relative to the course folder.
    pub media: BTreeMap<String, Media>,
    /// The path of its picture; without one, the platform draws a pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// What must be reached before one can join.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prerequisites: Option<Condition>,
    /// The test before the first lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pretest: Option<Forms>,
    /// The test after the last lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posttest: Option<Forms>,
    /// What is given for completion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Certificate>,
    /// The facts that its texts show, as they were when it was compiled.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// Ids that nobody wrote; known only to the compiler and to `identity::adopt`, which settles them.
    #[serde(skip)]
    pub unnamed: Unnamed,
}

/// The two forms of a test: quizzes that ask about the same outcomes with other questions. Nobody gets both before, and
/// nobody gets after what they got before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms {
    /// One.
    pub a: QuizId,
    /// The other.
    pub b: QuizId,
}

impl Forms {
    /// Is the quiz one of them?
    pub fn contain(&self, quiz: &QuizId) -> bool {
        self.a == *quiz || self.b == *quiz
    }
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The name of its template.
    pub template: String,
    /// Months until it expires; `None` is never.
    pub months: Option<u32>,
}

/// Parts of a course whose id was made from their words because none is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unnamed {
    /// Quizzes.
    pub quizzes: BTreeSet<QuizId>,
    /// Questions.
    pub items: BTreeSet<ItemId>,
    /// Options with their questions.
    pub options: BTreeSet<(ItemId, OptionId)>,
}

/// The thematic areas of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Innovation management.
    Innovation,
    /// Ecosystem building.
    Ecosystem,
    /// Industry 4.0.
    Industry,
    /// Environmental sustainability.
    Environment,
    /// Renewable energy and efficiency.
    Energy,
    /// Teaching, and using the platform.
    Teaching,
}

impl Theme {
    /// The name in course files, addresses and keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Theme::Innovation => "innovation",
            Theme::Ecosystem => "ecosystem",
            Theme::Industry => "industry",
            Theme::Environment => "environment",
            Theme::Energy => "energy",
            Theme::Teaching => "teaching",
        }
    }
}

/// Levels of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is presumed.
    Beginner,
    /// The basics are presumed.
    Intermediate,
    /// Practice is presumed.
    Advanced,
}

impl Level {
    /// The name in course files, addresses and keys of texts.
    pub fn code(self) -> &'static str {
        match self {
            Level::Beginner => "beginner",
            Level::Intermediate => "intermediate",
            Level::Advanced => "advanced",
        }
    }
}

/// A learning outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// For example `O1`.
    pub id: String,
    /// "The learner can …".
    pub text: Texts,
}

/// A chapter of a course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// The folder's name without its number.
    pub id: String,
    /// Title.
    pub title: Texts,
    /// Learners do not see it.
    pub draft: bool,
    /// In order.
    pub lessons: Vec<Lesson>,
    /// What must be reached before it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock: Option<Condition>,
}

/// A lesson in all its languages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Unique in the course; the last segment of its address.
    pub id: String,
    /// Reading and practice time.
    pub minutes: u32,
    /// Ids of outcomes it serves.
    pub outcomes: Vec<String>,
    /// Must be complete for the course to be complete.
    pub required: bool,
    /// When it is complete.
    pub complete: LessonRule,
    /// Learners do not see it.
    pub draft: bool,
    /// By language; the source language is always there.
    pub texts: BTreeMap<Locale, LessonText>,
    /// Its quizzes, in order.
    pub quizzes: Vec<Quiz>,
}

/// When a lesson is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonRule {
    /// When it was opened.
    Viewed,
    /// When the learner says so.
    #[default]
    Marked,
    /// When all its graded quizzes are passed, and all its practice quizzes answered.
    Quiz,
    /// When the learner says so, but not before it was open for so many seconds.
    Dwell(u32),
}

/// A lesson in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonText {
    /// Title.
    pub title: String,
    /// Body in order.
    pub blocks: Vec<Block>,
    /// Headings of level 2 and 3: (level, anchor, text).
    pub headings: Vec<(u8, String, String)>,
    /// Minutes that reading it takes, with its figures, formulas and questions.
    #[serde(default)]
    pub reading: u32,
    /// Sources, as inline markup.
    pub sources: Vec<Html>,
    /// SHA-256 of the source text (hex): of this text for the source language.
    pub source_hash: String,
    /// How it stands to the source text.
    pub state: TextState,
    /// The same block by block; for the source itself, and for what was compiled before, nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
}

/// A stretch of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// Text.
    Prose(Html),
    /// Here a quiz of the lesson is shown.
    Quiz(QuizId),
}

/// A translation against its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextState {
    /// The source itself.
    Source,
    /// Made from the present source.
    Done,
    /// The source has changed since.
    Stale,
}

/// The blocks of a translation, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// Blocks that say what the source says.
    pub done: usize,
    /// All others, in order.
    pub behind: Vec<BlockChange>,
}

/// A block that a translator has to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockChange {
    /// What became of it.
    pub state: BlockState,
    /// How it begins in the source; empty if it is there no more.
    pub source: String,
    /// How it begins in the translation; empty if it is not there, or not to be found.
    pub translation: String,
}

/// How a block of a translation stands to the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockState {
    /// Made from the block as it is.
    Done,
    /// The block has changed since.
    Stale,
    /// The block is new and not translated.
    Missing,
    /// The source has this block no more.
    Obsolete,
}

/// What a course asks for before it counts as complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// All required lessons.
    pub lessons: bool,
    /// All graded quizzes passed, or those that are named.
    pub quizzes: bool,
    /// Mean of these quizzes at least this.
    pub pass: Option<Fraction>,
    /// The quizzes that count; none named means all graded ones but the tests before and after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named: Vec<QuizId>,
    /// Present at this share of the sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Fraction>,
}

/// A picture or attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// SHA-256 of the bytes, hex: its address is `/media/{hash}/{file name}`.
    pub hash: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Width and height in pixels, if known.
    pub size: Option<(u32, u32)>,
}
