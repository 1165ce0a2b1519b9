//! Where the marking of one answer stands, worked out from its judgements.

use uuid::Uuid;

use crate::quiz::grade::Marks;
use crate::quiz::item::MarkingRules;
use crate::quiz::mark::{Mark, MarkPart};

/// All that was judged of one answer.
#[derive(Clone, Copy, Debug)]
pub struct Judgements<'a> {
    /// First to last, with those that their writers changed later.
    pub marks: &'a [Mark],
    /// What the learner was given.
    pub released: Option<&'a Mark>,
    /// What the answer can earn.
    pub of: Marks,
    /// How the quiz is marked.
    pub rules: &'a MarkingRules,
}

/// Where the marking of an answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// So many people have yet to judge it.
    Waiting(usize),
    /// Two judgements lie too far apart.
    Differing,
    /// It can be handed back.
    Ready(Mark),
    /// It was handed back and nothing changed since.
    Released(Mark),
}

impl<'a> Judgements<'a> {
    /// Where the marking stands.
    pub fn standing(&self) -> Standing {
        let judges = self.judges();
        match self.agreed(&judges) {
            Some(mark) if self.released.is_some_and(|given| is_same(given, &mark)) => {
                Standing::Released(mark)
            }
            Some(mark) => Standing::Ready(mark),
            None => match self.rules.markers().checked_sub(judges.len()) {
                None | Some(0) => Standing::Differing,
                Some(missing) => Standing::Waiting(missing),
            },
        }
    }

    /// The latest judgement of each person, in the order in which they judged first. Decisions stand above these.
    pub fn judges(&self) -> Vec<&'a Mark> {
        let mut latest: Vec<&Mark> = Vec::new();
        for mark in self.marks.iter().filter(|mark| mark.part == MarkPart::Judgement) {
            match latest.iter_mut().find(|known| known.by == mark.by) {
                Some(known) => *known = mark,
                None => latest.push(mark),
            }
        }
        latest
    }

    /// The last decision.
    pub fn decision(&self) -> Option<&'a Mark> {
        self.marks.iter().rev().find(|mark| mark.part == MarkPart::Decision)
    }

    /// Has this person judged?
    pub fn is_judge(&self, person: Uuid) -> bool {
        self.judges().iter().any(|mark| mark.by == Some(person))
    }

    /// Have as many people judged as the quiz asks for?
    pub fn is_full(&self) -> bool {
        self.judges().len() >= self.rules.markers()
    }

    /// What the judgements come to; `None` while some are missing or two lie too far apart.
    fn agreed(&self, judges: &[&Mark]) -> Option<Mark> {
        if let Some(decision) = self.decision() {
            return Some(decision.clone());
        }
        match self.rules.markers() {
            0 | 1 => self.marks.last().cloned(),
            _ => match judges {
                [first, second, ..] if self.is_near(first, second) => Some(middle(first, second)),
                _ => None,
            },
        }
    }

    fn is_near(&self, first: &Mark, second: &Mark) -> bool {
        i128::from(first.marks.0).abs_diff(i128::from(second.marks.0))
            <= u128::try_from(self.of.share(self.rules.agree).0).unwrap_or_default()
    }
}

/// Is it the same to the learner?
fn is_same(given: &Mark, mark: &Mark) -> bool {
    given.marks == mark.marks && given.levels == mark.levels && given.comment == mark.comment
}

/// Half way between two judgements, to the nearest unit; of the rubric the rows in which they agree, and both comments.
fn middle(first: &Mark, second: &Mark) -> Mark {
    let sum = i128::from(first.marks.0) + i128::from(second.marks.0);
    let same = first.levels.iter().filter(|(row, level)| second.levels.get(*row) == Some(*level));
    let comments: Vec<&str> = [first, second]
        .into_iter()
        .map(|mark| mark.comment.as_str())
        .filter(|comment| !comment.is_empty())
        .collect();
    Mark {
        by: None,
        at: None,
        levels: same.map(|(row, level)| (row.clone(), *level)).collect(),
        marks: Marks(i64::try_from((sum + 1).div_euclid(2)).unwrap_or(first.marks.0)),
        comment: comments.join("\n\n"),
        part: MarkPart::Judgement,
    }
}

#[cfg(test)]
mod tests;
