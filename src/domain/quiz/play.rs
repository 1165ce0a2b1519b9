//! How a quiz is played, and what the answers to one question came to.

use serde::{Deserialize, Serialize};

use super::behaviour::{Behaviour, Certainty};
use super::event::State;
use super::grade::{Fraction, Grade, Verdict};
use super::item::{FeedbackWhen, Item, Kind, QuizRules};
use super::response::Response;

/// How a quiz is played.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Play {
    /// When answers are judged.
    pub behaviour: Behaviour,
    /// What a further try costs, if the question does not say what its hints cost.
    pub penalty: Fraction,
    /// How many tries there are; `None` is one more than there are hints.
    pub tries: Option<u32>,
    /// Of a list of points: what each try is worth.
    pub values: Vec<Fraction>,
}

/// What was given to one question.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The latest answer.
    pub response: &'a Response,
    /// The judged answers, first to last.
    pub tries: &'a [Response],
    /// How sure the learner is.
    pub sure: Option<Certainty>,
    /// Is the attempt over? An answer that was never checked is then judged as a further try.
    pub over: Over,
}

/// Is the attempt over?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It goes on.
    No,
    /// It is finished.
    Yes,
}

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The share of the marks, and what the last judged answer was.
    pub grade: Grade,
    /// The tries that counted, first to last.
    pub tries: Vec<Tried>,
    /// Is it settled, so that no other answer is taken?
    pub locked: bool,
    /// How many more tries there are; `None` is no limit.
    pub left: Option<u32>,
    /// How many hints may be seen.
    pub hints: usize,
    /// How sure the learner was; only where that is asked.
    pub sure: Option<Certainty>,
}

/// A try that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The answer.
    pub response: Response,
    /// How it was judged, before anything was taken off.
    pub grade: Grade,
}

impl Behaviour {
    /// Practice without a pass mark; else as the quiz says, and if it says nothing, by when it shows feedback.
    pub fn of(rules: &QuizRules) -> Behaviour {
        match (rules.pass, rules.behaviour, rules.feedback) {
            (None, _, _) => Behaviour::Practice,
            (Some(_), Some(behaviour), _) => behaviour,
            (Some(_), None, FeedbackWhen::Now) => Behaviour::Immediate,
            (Some(_), None, FeedbackWhen::End | FeedbackWhen::Never | FeedbackWhen::Close) => {
                Behaviour::Deferred
            }
        }
    }
}

impl Play {
    /// What a try costs where nothing is said.
    pub fn third() -> Fraction {
        Fraction::ratio(1, 3)
    }

    /// What the tries of a list are worth where nothing is said.
    pub fn list() -> Vec<Fraction> {
        [100, 70, 50, 20].map(Fraction::percent).to_vec()
    }

    /// How a quiz with these rules is played.
    pub fn of(rules: &QuizRules) -> Play {
        Play {
            behaviour: Behaviour::of(rules),
            penalty: rules.penalty.unwrap_or_else(Play::third),
            tries: rules.tries,
            values: if rules.values.is_empty() { Play::list() } else { rules.values.clone() },
        }
    }

    /// May an answer to this question be checked on its own? What a person must mark, or nobody, waits for the end.
    pub fn checks(&self, item: &Item) -> bool {
        self.behaviour.checks() && !item.needs_marking() && !matches!(item.kind, Kind::Survey(_))
    }

    /// Is the learner asked how sure the answer to this question is?
    pub fn asks_certainty(&self, item: &Item) -> bool {
        let judged = !item.needs_marking() && !matches!(item.kind, Kind::Survey(_));
        self.behaviour == Behaviour::Certainty && judged
    }

    /// What became of a question.
    pub fn outcome(&self, item: &Item, given: &Given<'_>) -> Outcome {
        match self.checks(item) {
            true => self.checked(item, given),
            false => self.judged_at_the_end(item, given),
        }
    }

    fn judged_at_the_end(&self, item: &Item, given: &Given<'_>) -> Outcome {
        let plain = item.grade(given.response);
        let sure = self.asks_certainty(item).then(|| given.sure.unwrap_or_default());
        let is_answered = plain.verdict != Verdict::Unanswered;
        let share = |sure: Certainty| Grade { fraction: sure.share(plain.fraction), ..plain };
        let tried = Tried { response: given.response.clone(), grade: plain };
        Outcome {
            grade: sure.filter(|_| is_answered).map_or(plain, share),
            tries: is_answered.then_some(tried).into_iter().collect(),
            locked: given.over == Over::Yes,
            left: None,
            hints: 0,
            sure: sure.filter(|_| is_answered),
        }
    }

    fn checked(&self, item: &Item, given: &Given<'_>) -> Outcome {
        let mut tries: Vec<Tried> = Vec::new();
        let unchecked = (given.over == Over::Yes).then_some(given.response);
        for response in given.tries.iter().chain(unchecked) {
            let is_new = tries.last().is_none_or(|last| last.response != *response);
            let grade = item.grade(response);
            if is_new && grade.verdict != Verdict::Unanswered && !self.is_locked(item, &tries) {
                tries.push(Tried { response: response.clone(), grade });
            }
        }
        let last = tries.last().map_or(Grade::UNANSWERED, |last| last.grade);
        Outcome {
            grade: Grade { fraction: self.share(item, &tries), ..last },
            locked: given.over == Over::Yes || self.is_locked(item, &tries),
            left: self.most(item).map(|most| most.saturating_sub(count(&tries))),
            hints: match self.behaviour {
                Behaviour::Tries => tries.iter().filter(|tried| !tried.is_right()).count(),
                Behaviour::Practice
                | Behaviour::Deferred
                | Behaviour::Immediate
                | Behaviour::Adaptive
                | Behaviour::PointsList
                | Behaviour::Certainty => 0,
            },
            tries,
            sure: None,
        }
    }

    /// How many tries a question gives; `None` is no limit.
    pub fn most(&self, item: &Item) -> Option<u32> {
        match self.behaviour {
            Behaviour::Immediate => Some(1),
            Behaviour::Tries => Some(self.tries.unwrap_or_else(|| n_hints(item).saturating_add(1))),
            Behaviour::PointsList => Some(u32::try_from(self.values.len()).unwrap_or(u32::MAX)),
            Behaviour::Practice
            | Behaviour::Adaptive
            | Behaviour::Deferred
            | Behaviour::Certainty => None,
        }
    }

    fn is_locked(&self, item: &Item, tries: &[Tried]) -> bool {
        let is_right = tries.last().is_some_and(Tried::is_right);
        let used_up = self.most(item).is_some_and(|most| count(tries) >= most);
        used_up || (is_right && self.behaviour != Behaviour::Practice)
    }

    /// The share of the marks after these tries.
    fn share(&self, item: &Item, tries: &[Tried]) -> Fraction {
        let last = tries.last().map_or(Fraction::ZERO, |last| last.grade.fraction);
        match self.behaviour {
            Behaviour::Tries => self.after_tries(item, tries),
            Behaviour::Adaptive => best(tries, self.penalty(item)),
            Behaviour::PointsList => by_list(tries, &self.values),
            Behaviour::Practice
            | Behaviour::Immediate
            | Behaviour::Deferred
            | Behaviour::Certainty => last,
        }
    }

    /// What a further try costs: what the question says of its hints, else what the quiz says.
    pub fn penalty(&self, item: &Item) -> Fraction {
        if item.hint_cost > Fraction::ZERO { item.hint_cost } else { self.penalty }
    }

    /// A question made of parts pays for the parts that were right early.
    fn after_tries(&self, item: &Item, tries: &[Tried]) -> Fraction {
        let penalty = self.penalty(item);
        let parts: Option<Vec<Vec<Fraction>>> =
            tries.iter().map(|tried| item.part_shares(&tried.response)).collect();
        match (parts, tries.last()) {
            (_, None) => Fraction::ZERO,
            (Some(parts), Some(_)) => counted_back(&parts, penalty),
            (None, Some(last)) => less(last.grade.fraction, penalty, tries.len() - 1),
        }
    }
}

impl Tried {
    /// Did it earn everything?
    pub fn is_right(&self) -> bool {
        self.grade.verdict == Verdict::Right
    }
}

impl State {
    /// What was given to a question.
    pub fn given(&self, slot: u16) -> Given<'_> {
        Given {
            response: self.responses.get(&slot).unwrap_or(&Response::Blank),
            tries: self.tries.get(&slot).map_or(&[], Vec::as_slice),
            sure: self.sure.get(&slot).copied(),
            over: if self.finished.is_some() { Over::Yes } else { Over::No },
        }
    }
}

/// A share less the penalties of so many tries, never below nothing.
fn less(fraction: Fraction, penalty: Fraction, tries: usize) -> Fraction {
    let tries = i64::try_from(tries).unwrap_or(i64::MAX);
    Fraction(fraction.0.saturating_sub(penalty.0.saturating_mul(tries))).max(Fraction::ZERO)
}

/// The mean of all parts, each less the penalties of the tries until it was last worse than at the end.
fn counted_back(tries: &[Vec<Fraction>], penalty: Fraction) -> Fraction {
    let Some(last) = tries.last() else { return Fraction::ZERO };
    let share = |(part, end): (usize, &Fraction)| {
        let was_worse = |tried: &Vec<Fraction>| tried.get(part).is_none_or(|was| was < end);
        let until = tries.iter().rposition(was_worse).map_or(0, |index| index + 1);
        i128::from(less(*end, penalty, until).0)
    };
    let sum: i128 = last.iter().enumerate().map(share).sum();
    let parts = i128::try_from(last.len()).unwrap_or(i128::MAX);
    Fraction::ratio(sum, parts.saturating_mul(i128::from(Fraction::ONE.0)))
}

/// The best of all tries, each less the penalties of those before it.
fn best(tries: &[Tried], penalty: Fraction) -> Fraction {
    let shares = tries.iter().enumerate().map(|(n, tried)| less(tried.grade.fraction, penalty, n));
    shares.max().unwrap_or(Fraction::ZERO)
}

/// Every try adds what it is better than the best before it, at the value of its place in the list.
fn by_list(tries: &[Tried], values: &[Fraction]) -> Fraction {
    let (mut best, mut sum) = (Fraction::ZERO, 0_i128);
    for (tried, value) in tries.iter().zip(values) {
        let gain = tried.grade.fraction.0.saturating_sub(best.0).max(0);
        sum += i128::from(gain) * i128::from(value.0);
        best = best.max(tried.grade.fraction);
    }
    let whole = i128::from(Fraction::ONE.0);
    Fraction::ratio(sum, whole * whole)
}

fn count(tries: &[Tried]) -> u32 {
    u32::try_from(tries.len()).unwrap_or(u32::MAX)
}

/// The most hints that the question has in a language.
fn n_hints(item: &Item) -> u32 {
    let most = item.texts.values().map(|text| text.hints.len()).max().unwrap_or(0);
    u32::try_from(most).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
