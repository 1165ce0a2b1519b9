//! When and how often the answers of a quiz are judged.

use serde::{Deserialize, Serialize};

use super::grade::Fraction;

/// When answers are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behaviour {
    /// Each on its own as soon as the learner asks, as often as the learner likes. Only quizzes without a pass mark.
    Practice,
    /// All together at the end.
    #[default]
    Deferred,
    /// Each on its own, once; then it is locked.
    Immediate,
    /// Each on its own; after a wrong try comes a hint, and each try costs a part of the marks.
    Tries,
    /// Each on its own, as often as the learner likes; the best try counts, less what the tries before it cost.
    Adaptive,
    /// Each on its own; a better try adds marks, the later the fewer, and none are ever lost.
    PointsList,
    /// At the end; the learner says of each answer how sure it is, and is paid for being honest.
    Certainty,
}

/// What happens when the time of an attempt is over and nobody handed it in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Overdue {
    /// What was saved in time is handed in.
    #[default]
    Submit,
    /// For so many seconds it may still be handed in, but no answer changed; after that it does not count.
    Grace(u32),
    /// It does not count.
    Abandon,
}

/// How sure a learner is of an answer.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Below two thirds.
    #[default]
    Low,
    /// Between two thirds and four fifths.
    Mid,
    /// Above four fifths.
    High,
}

impl Behaviour {
    /// All that an author may write, with the word for it.
    pub const WORDS: [(&'static str, Behaviour); 6] = [
        ("deferred", Behaviour::Deferred),
        ("immediate", Behaviour::Immediate),
        ("tries", Behaviour::Tries),
        ("adaptive", Behaviour::Adaptive),
        ("points-list", Behaviour::PointsList),
        ("certainty", Behaviour::Certainty),
    ];

    /// The word for it, as it is written and sent.
    pub fn word(self) -> &'static str {
        let found = Behaviour::WORDS.iter().find(|(_, behaviour)| *behaviour == self);
        found.map_or("practice", |(word, _)| *word)
    }

    /// Is every question judged on its own before the end?
    pub fn checks(self) -> bool {
        match self {
            Behaviour::Practice
            | Behaviour::Immediate
            | Behaviour::Tries
            | Behaviour::Adaptive
            | Behaviour::PointsList => true,
            Behaviour::Deferred | Behaviour::Certainty => false,
        }
    }
}

impl Overdue {
    /// Is it what happens where nothing is said?
    pub(super) fn is_submit(&self) -> bool {
        *self == Overdue::Submit
    }

    /// Seconds after the deadline in which an attempt may still be handed in.
    pub fn grace(self) -> u32 {
        match self {
            Overdue::Grace(seconds) => seconds,
            Overdue::Submit | Overdue::Abandon => 0,
        }
    }
}

impl Certainty {
    /// From the least to the most.
    pub const ALL: [Certainty; 3] = [Certainty::Low, Certainty::Mid, Certainty::High];

    /// The word for it, as it is stored and sent.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Low => "low",
            Certainty::Mid => "mid",
            Certainty::High => "high",
        }
    }

    /// The certainty of a word.
    pub fn read(word: &str) -> Option<Certainty> {
        Certainty::ALL.into_iter().find(|certainty| certainty.word() == word)
    }

    /// How many times its share a right answer earns, and how many times its marks a wrong one costs; of three.
    pub fn stakes(self) -> (i64, i64) {
        match self {
            Certainty::Low => (1, 0),
            Certainty::Mid => (2, 2),
            Certainty::High => (3, 6),
        }
    }

    /// What an answer that is right to this part earns, as a part of what a right and sure one earns.
    pub fn share(self, fraction: Fraction) -> Fraction {
        let (gain, loss) = self.stakes();
        match fraction > Fraction::ZERO {
            true => Fraction::ratio(
                i128::from(fraction.0) * i128::from(gain),
                3 * i128::from(Fraction::ONE.0),
            ),
            false => Fraction::ratio(-i128::from(loss), 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        for (word, behaviour) in Behaviour::WORDS {
            assert_eq!(behaviour.word(), word);
            assert_eq!(serde_json::to_string(&behaviour).unwrap(), format!("\"{word}\""));
        }
        for certainty in Certainty::ALL {
            assert_eq!(Certainty::read(certainty.word()), Some(certainty));
        }
    }
}
