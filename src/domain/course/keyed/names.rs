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
    let mut given = Given { written: written(answer), ..Given::default() };
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

/// The ids of parts that stand in the file.
fn written(answer: &ParsedAnswer) -> BTreeSet<String> {
    fn ids<'e>(entries: impl IntoIterator<Item = &'e ParsedEntry>) -> BTreeSet<String> {
        entries.into_iter().filter_map(|entry| entry.id.clone()).collect()
    }
    let options = |choice: &ParsedChoice| {
        choice.options.iter().filter_map(|option| option.id.clone()).collect()
    };
    match answer {
        ParsedAnswer::Choice(choice) => options(choice),
        ParsedAnswer::Hotspot(hotspot) => options(&hotspot.choice),
        ParsedAnswer::Match(question) => {
            ids(question.rows.iter().map(|row| &row.left).chain(&question.choices))
        }
        ParsedAnswer::Cloze(cloze) => {
            let picks = cloze.gaps.iter().flat_map(|gap| match &gap.key {
                ParsedGapKey::Pick(picks) => picks.as_slice(),
                ParsedGapKey::Number(_) | ParsedGapKey::Text(_) => &[],
            });
            ids(picks.map(|pick| &pick.entry))
        }
        ParsedAnswer::Order(order) => ids(&order.steps),
        ParsedAnswer::Survey(survey) => ids(&survey.options),
        ParsedAnswer::Essay(essay) => ids(essay.rubric.iter().map(|row| &row.name)),
        ParsedAnswer::Upload(upload) => ids(upload.rubric.iter().map(|row| &row.name)),
        ParsedAnswer::Number(_) | ParsedAnswer::Text(_) => BTreeSet::new(),
    }
}

/// What was given out in a question so far.
#[derive(Default)]
struct Given {
    taken: BTreeSet<String>,
    /// What is written stays, even where something before it would be called the same.
    written: BTreeSet<String>,
    numbers: Numbers,
    unwritten: Vec<OptionId>,
}

impl Given {
    /// The written id, else the one that was made for want of it.
    fn give_either(&mut self, written: Option<&String>, made: impl FnOnce() -> String) -> OptionId {
        if let Some(id) = written {
            return self.give(id);
        }
        let Given { taken, written, numbers, .. } = self;
        let id = numbers.free(&made(), |id| taken.contains(id) || written.contains(id));
        taken.insert(id.clone());
        self.unwritten.push(OptionId(id.clone()));
        OptionId(id)
    }

    /// A written id; the second of two that are the same, which is an error, gets a number.
    fn give(&mut self, id: &str) -> OptionId {
        let free = !self.taken.contains(id);
        let id = match free {
            true => id.to_owned(),
            false => self.numbers.free(id, |id| self.taken.contains(id)),
        };
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
        let written = cloze.gaps.iter().filter_map(|gap| gap.label.clone()).collect();
        let mut labels = Given { written, ..Given::default() };
        for (place, gap) in (1..).zip(&cloze.gaps) {
            let OptionId(id) = labels.give_either(gap.label.as_ref(), || format!("gap-{place}"));
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
