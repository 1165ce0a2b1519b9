//! What a new key would make of old answers. Nothing is regraded here: a person reads the figures and decides.

use std::collections::BTreeMap;

use crate::course::identity::options::Kept;
use crate::quiz::grade::Fraction;
use crate::quiz::item::Item;
use crate::quiz::response::{OptionId, Response};

/// How many answers a regrade would raise, lower and leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Regrade {
    /// Would earn more.
    pub raised: usize,
    /// Would earn less.
    pub lowered: usize,
    /// Would earn the same.
    pub same: usize,
}

impl Regrade {
    /// All answers that were looked at.
    pub fn all(&self) -> usize {
        self.raised + self.lowered + self.same
    }
}

/// Judges old answers by a new version of their question. Each comes with the share that it earned; `kept` tells
/// which option is which.
pub fn regrade<'r>(
    now: &Item,
    kept: &Kept,
    answers: impl IntoIterator<Item = (Fraction, &'r Response)>,
) -> Regrade {
    let names = Names::of(kept);
    let mut found = Regrade::default();
    for (earned, response) in answers {
        match now.grade(&names.translated(response)).fraction.cmp(&earned) {
            std::cmp::Ordering::Greater => found.raised += 1,
            std::cmp::Ordering::Less => found.lowered += 1,
            std::cmp::Ordering::Equal => found.same += 1,
        }
    }
    found
}

/// What the options of an old question are called in the new one.
#[derive(Clone, Debug, Default)]
pub struct Names<'k>(BTreeMap<&'k OptionId, &'k OptionId>);

impl<'k> Names<'k> {
    /// The names that these options have now.
    pub fn of(kept: &'k Kept) -> Names<'k> {
        Names(kept.iter().map(|(new, old)| (old, new)).collect())
    }

    /// The answer with its options called as they are now.
    pub fn translated(&self, response: &Response) -> Response {
        let name = |id: &OptionId| self.0.get(id).copied().unwrap_or(id).clone();
        match response {
            Response::Picks(picks) => Response::Picks(picks.iter().map(name).collect()),
            Response::Order(steps) => Response::Order(steps.iter().map(name).collect()),
            Response::Pairs(pairs) => {
                Response::Pairs(pairs.iter().map(|(row, right)| (name(row), name(right))).collect())
            }
            Response::Gaps(gaps) => {
                let entry = |text: &String| name(&OptionId(text.clone())).0;
                Response::Gaps(gaps.iter().map(|(gap, text)| (gap.clone(), entry(text))).collect())
            }
            Response::Blank | Response::Text(_) | Response::Number { .. } | Response::Files(_) => {
                response.clone()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::identity::options::kept;
    use crate::course::identity::samples::{course, question};

    fn picks(id: &str) -> Response {
        Response::Picks([OptionId(id.to_owned())].into())
    }

    #[test]
    fn a_mended_key_raises_some_and_lowers_others() {
        let heat = "### Which loses more heat? {#heat}\n\n- [x] Roof {#roof}\n- [ ] Door {#door}\n";
        let mended =
            heat.replace("[x] Roof {#roof}", "[ ] Roof {#top}").replace("[ ] Door", "[x] Door");
        let (old, new) = (course(heat), course(&mended));
        let (before, now) = (question(&old, "heat"), question(&new, "heat"));
        let answers = [picks("roof"), picks("roof"), picks("door"), Response::Blank];
        let earned: Vec<Fraction> = answers.iter().map(|it| before.grade(it).fraction).collect();
        let kept = kept(before, now, &std::collections::BTreeSet::new());
        let found = regrade(now, &kept, earned.iter().copied().zip(&answers));
        assert_eq!(found, Regrade { raised: 1, lowered: 2, same: 1 });
        assert_eq!(regrade(before, &Kept::new(), earned.iter().copied().zip(&answers)).same, 4);
    }
}
