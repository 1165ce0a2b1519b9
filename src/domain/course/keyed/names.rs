//! The ids of the parts of a question: as its source writes them, else made from its words.

use std::collections::{BTreeMap, BTreeSet};

use crate::course::questions::parsed::{
    ParsedAnswer, ParsedChoice, ParsedCloze, ParsedCriterion, ParsedEntry, ParsedGap, ParsedGapKey,
    ParsedMatch,
};
use crate::course::questions::quiz::truth;
use crate::quiz::response::{GapId, OptionId};
use crate::slug::made_from;

/// The ids of the parts of a question, each in the order of the file; all languages share them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Options, rows, steps, or criteria.
    pub(crate) parts: Vec<OptionId>,
    /// What rows are matched with.
    pub(crate) choices: Vec<OptionId>,
    /// Gaps.
    pub(crate) gaps: Vec<GapId>,
    /// The entries of each gap; none of gaps without a list.
    pub(crate) entries: Vec<Vec<OptionId>>,
    /// Those that are answered with and whose id nobody wrote.
    pub(crate) unwritten: Vec<OptionId>,
}

/// The name itself, or with the first number that makes it free.
pub(crate) fn free(base: &str, taken: impl Fn(&str) -> bool) -> String {
    Numbers::default().free(base, taken)
}

/// The numbers behind names that were wanted more than once, so that finding a free one never takes long.
#[derive(Debug, Default)]
pub(crate) struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    /// The name itself, or with the first number that makes it free. What was taken once stays so.
    pub(crate) fn free(&mut self, base: &str, taken: impl Fn(&str) -> bool) -> String {
        let next = self.0.entry(base.to_owned()).or_insert(1);
        loop {
            let id = if *next == 1 { base.to_owned() } else { format!("{base}-{next}") };
            *next += 1;
            if !taken(&id) {
                return id;
            }
        }
    }
}

/// Gives out the ids of an answer.
pub(crate) fn names(answer: &ParsedAnswer) -> Names {
    let mut given = Given::default();
    let names = match answer {
        ParsedAnswer::Choice(choice) => given.options(choice),
        ParsedAnswer::Hotspot(hotspot) => given.options(&hotspot.choice),
        ParsedAnswer::Match(question) => given.pairs(question),
        ParsedAnswer::Cloze(cloze) => given.gaps(cloze),
        ParsedAnswer::Order(order) => given.parts(order.steps.iter(), "step"),
        ParsedAnswer::Survey(survey) => given.parts(survey.options.iter(), "option"),
        ParsedAnswer::Essay(essay) => given.criteria(&essay.rubric),
        ParsedAnswer::Upload(upload) => given.criteria(&upload.rubric),
        ParsedAnswer::Number(_) | ParsedAnswer::Text(_) => Names::default(),
    };
    Names { unwritten: given.unwritten, ..names }
}

/// What was given out in a question so far.
#[derive(Default)]
struct Given {
    taken: BTreeSet<String>,
    numbers: Numbers,
    unwritten: Vec<OptionId>,
}

impl Given {
    /// The written id, else the one that was made for want of it.
    fn give_either(&mut self, written: Option<&String>, made: impl FnOnce() -> String) -> OptionId {
        if let Some(id) = written {
            return self.give(id);
        }
        let id = self.give(&made());
        self.unwritten.push(id.clone());
        id
    }

    fn give(&mut self, base: &str) -> OptionId {
        let id = self.numbers.free(base, |id| self.taken.contains(id));
        self.taken.insert(id.clone());
        OptionId(id)
    }

    fn entry(&mut self, entry: &ParsedEntry, otherwise: &str) -> OptionId {
        self.give_either(entry.id.as_ref(), || made_from(&entry.plain, otherwise))
    }

    fn parts<'e>(
        &mut self,
        entries: impl Iterator<Item = &'e ParsedEntry>,
        otherwise: &str,
    ) -> Names {
        let parts = entries.map(|entry| self.entry(entry, otherwise)).collect();
        Names { parts, ..Names::default() }
    }

    fn criteria(&mut self, rubric: &[ParsedCriterion]) -> Names {
        self.parts(rubric.iter().map(|row| &row.name), "criterion")
    }

    fn options(&mut self, choice: &ParsedChoice) -> Names {
        let mut parts = Vec::new();
        for option in &choice.options {
            let made = || match choice.true_false {
                true => truth(&option.plain).to_owned(),
                false => made_from(&option.plain, "option"),
            };
            parts.push(self.give_either(option.id.as_ref(), made));
        }
        Names { parts, ..Names::default() }
    }

    /// A choice without an id is named after the first of its rows, and a distractor by its number.
    fn pairs(&mut self, question: &ParsedMatch) -> Names {
        let parts: Vec<OptionId> =
            question.rows.iter().map(|row| self.entry(&row.left, "row")).collect();
        let mut first: BTreeMap<usize, &OptionId> = BTreeMap::new();
        for (row, id) in question.rows.iter().zip(&parts) {
            first.entry(row.right).or_insert(id);
        }
        let mut others = 0;
        let mut choices = Vec::new();
        for (place, choice) in question.choices.iter().enumerate() {
            let row = first.get(&place);
            others += usize::from(row.is_none());
            let made = || match row {
                Some(row) => format!("{row}-to"),
                None => format!("other-{others}"),
            };
            choices.push(self.give_either(choice.id.as_ref(), made));
        }
        Names { parts, choices, ..Names::default() }
    }

    /// A gap without a label is known by its place, an entry without an id by its gap and its words.
    fn gaps(&mut self, cloze: &ParsedCloze) -> Names {
        let mut gaps: Vec<GapId> = Vec::new();
        let mut entries = Vec::new();
        let mut labels = Given::default();
        for (place, gap) in (1..).zip(&cloze.gaps) {
            let base = gap.label.clone().unwrap_or_else(|| format!("gap-{place}"));
            let OptionId(id) = labels.give(&base);
            entries.push(self.entries(gap, &id));
            gaps.push(GapId(id));
        }
        Names { gaps, entries, ..Names::default() }
    }

    fn entries(&mut self, gap: &ParsedGap, label: &str) -> Vec<OptionId> {
        let ParsedGapKey::Pick(picks) = &gap.key else { return Vec::new() };
        let mut ids = Vec::new();
        for pick in picks {
            let words = || format!("{label}-{}", made_from(&pick.entry.plain, "entry"));
            ids.push(self.give_either(pick.entry.id.as_ref(), words));
        }
        ids
    }
}
