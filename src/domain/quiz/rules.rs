//! The rules of a quiz, as its heading says them.

use serde::{Deserialize, Serialize};

use super::behaviour::{Behaviour, Overdue};
use super::grade::Fraction;

/// The attributes of a quiz heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizRules {
    /// Pass mark; a quiz with one is graded, one without is practice.
    pub pass: Option<Fraction>,
    /// How many attempts; `None` is no limit.
    pub attempts: Option<u32>,
    /// Time limit in seconds.
    pub time: Option<u32>,
    /// Questions in a new order at each attempt.
    pub shuffle: bool,
    /// Which attempt counts.
    pub grade: GradeBy,
    /// When feedback is shown.
    pub feedback: FeedbackWhen,
    /// Not before, RFC 3339.
    pub open: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// Not after, RFC 3339.
    pub close: Option<chrono::DateTime<chrono::FixedOffset>>,
    /// Not shown to learners.
    pub draft: bool,
    /// When answers are judged, if it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behaviour: Option<Behaviour>,
    /// What a further try costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty: Option<Fraction>,
    /// How many tries each question gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// What each try is worth, in a list of points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Fraction>,
    /// Seconds between the end of an attempt and the next: after the first, and after later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<(u32, u32)>,
    /// What happens when the time is over.
    #[serde(default, skip_serializing_if = "Overdue::is_submit")]
    pub overdue: Overdue,
    /// How people mark.
    #[serde(default, skip_serializing_if = "MarkingRules::is_usual")]
    pub marking: MarkingRules,
}

/// How people mark the answers of a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkingRules {
    /// Names are hidden from those who mark until the marks are handed back.
    pub anonymous: bool,
    /// How many people judge each answer on their own: one or two.
    pub markers: u8,
    /// Two judgements that lie no further apart than this share of the marks agree.
    pub agree: Fraction,
}

impl Default for MarkingRules {
    fn default() -> MarkingRules {
        MarkingRules { anonymous: false, markers: 1, agree: Fraction::percent(10) }
    }
}

impl MarkingRules {
    /// Is nothing said of it?
    pub fn is_usual(&self) -> bool {
        *self == MarkingRules::default()
    }

    /// How many people judge each answer.
    pub fn markers(&self) -> usize {
        usize::from(self.markers.max(1))
    }
}

/// Which attempt counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GradeBy {
    /// The best.
    #[default]
    Best,
    /// The last.
    Last,
    /// The mean.
    Average,
}

/// When feedback is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedbackWhen {
    /// After each question.
    Now,
    /// After the attempt.
    #[default]
    End,
    /// After the attempt only the mark, everything once the quiz has closed.
    Close,
    /// Only the mark.
    Never,
}
