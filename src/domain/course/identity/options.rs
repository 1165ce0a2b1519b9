//! Which option of a changed question was which before.

use std::collections::{BTreeMap, BTreeSet};

use super::similar::{Print, SAME, plain};
use crate::fold;
use crate::quiz::item::{Choice, GapKey, Hotspot, Item, Kind};
use crate::quiz::response::OptionId;

/// Options of the new question, each with the option that it was before.
pub type Kept = BTreeMap<OptionId, OptionId>;

/// Finds the options again: by id, then by equal text, then, where the count is unchanged and nobody wrote an id, by
/// place if the text is at least 80 % alike. `unnamed` are those of the new question whose id was made from the text.
pub fn kept(before: &Item, now: &Item, unnamed: &BTreeSet<&OptionId>) -> Kept {
    let (old, new) = (ids(before), ids(now));
    let mut found = Found { kept: Kept::new(), taken: BTreeSet::new() };
    for id in new.iter().filter(|id| !unnamed.contains(*id) && old.contains(id)) {
        found.keep(id, id);
    }
    for id in &new {
        let same =
            old.iter().find(|other| found.is_free(id, other) && says_same(before, other, now, id));
        if let Some(other) = same {
            found.keep(id, other);
        }
    }
    for id in new.iter().filter(|id| old.contains(id)) {
        if found.is_free(id, id) {
            found.keep(id, id);
        }
    }
    if old.len() == new.len() {
        for (id, other) in new.iter().zip(&old).filter(|(id, _)| unnamed.contains(*id)) {
            if found.is_free(id, other) && likeness(before, other, now, id) >= SAME {
                found.keep(id, other);
            }
        }
    }
    found.kept
}

/// The question with its options called as before, so that both can be compared.
pub fn renamed(item: &Item, kept: &Kept) -> Item {
    let name = |id: &OptionId| kept.get(id).unwrap_or(id).clone();
    let mut item = item.clone();
    named(&mut item.kind, &name);
    for text in item.texts.values_mut() {
        let options = std::mem::take(&mut text.options);
        text.options = options.into_iter().map(|(id, text)| (name(&id), text)).collect();
    }
    item
}

fn named(kind: &mut Kind, name: &impl Fn(&OptionId) -> OptionId) {
    let give = |id: &mut OptionId| *id = name(id);
    match kind {
        Kind::Choice(Choice { options, .. })
        | Kind::Hotspot(Hotspot { choice: Choice { options, .. }, .. }) => {
            options.iter_mut().for_each(|option| give(&mut option.id));
        }
        Kind::Match(question) => {
            for row in &mut question.rows {
                give(&mut row.id);
                give(&mut row.right);
            }
            question.choices.iter_mut().for_each(give);
        }
        Kind::Order(order) => order.steps.iter_mut().for_each(give),
        Kind::Survey(survey) => survey.options.iter_mut().for_each(give),
        Kind::Cloze(cloze) => cloze.gaps.iter_mut().for_each(|gap| match &mut gap.key {
            GapKey::Pick(entries) => entries.iter_mut().for_each(|entry| give(&mut entry.id)),
            GapKey::Number(_) | GapKey::Text(_) => {}
        }),
        Kind::Number(_) | Kind::Text(_) | Kind::Essay(_) | Kind::Upload(_) => {}
    }
    if let Kind::Hotspot(hotspot) = kind {
        let shapes = std::mem::take(&mut hotspot.shapes);
        hotspot.shapes = shapes.into_iter().map(|(id, shape)| (name(&id), shape)).collect();
    }
}

struct Found {
    kept: Kept,
    taken: BTreeSet<OptionId>,
}

impl Found {
    fn is_free(&self, new: &OptionId, old: &OptionId) -> bool {
        !self.kept.contains_key(new) && !self.taken.contains(old)
    }

    fn keep(&mut self, new: &OptionId, old: &OptionId) {
        self.kept.insert(new.clone(), old.clone());
        self.taken.insert(old.clone());
    }
}

/// The ids of all that is answered with in a question, in the order of the file.
pub fn ids(item: &Item) -> Vec<&OptionId> {
    match &item.kind {
        Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => {
            choice.options.iter().map(|option| &option.id).collect()
        }
        Kind::Match(question) => {
            let rows = question.rows.iter().map(|row| &row.id);
            rows.chain(&question.choices).collect()
        }
        Kind::Order(order) => order.steps.iter().collect(),
        Kind::Survey(survey) => survey.options.iter().collect(),
        Kind::Cloze(cloze) => cloze.gaps.iter().flat_map(|gap| entries(&gap.key)).collect(),
        Kind::Number(_) | Kind::Text(_) | Kind::Essay(_) | Kind::Upload(_) => Vec::new(),
    }
}

fn entries(key: &GapKey) -> impl Iterator<Item = &OptionId> {
    let entries = match key {
        GapKey::Pick(entries) => entries.as_slice(),
        GapKey::Number(_) | GapKey::Text(_) => &[],
    };
    entries.iter().map(|entry| &entry.id)
}

/// Do the two options say the same in a language that both have?
fn says_same(before: &Item, old: &OptionId, now: &Item, new: &OptionId) -> bool {
    pairs(before, old, now, new).any(|(old, new)| fold::search(&old) == fold::search(&new))
}

fn likeness(before: &Item, old: &OptionId, now: &Item, new: &OptionId) -> u32 {
    let alike = |(old, new): (String, String)| Print::of(&old).likeness(&Print::of(&new));
    pairs(before, old, now, new).map(alike).max().unwrap_or(0)
}

/// What both options say, language by language.
fn pairs<'i>(
    before: &'i Item,
    old: &'i OptionId,
    now: &'i Item,
    new: &'i OptionId,
) -> impl Iterator<Item = (String, String)> + 'i {
    before.texts.iter().filter_map(move |(locale, text)| {
        let old = text.options.get(old)?;
        let new = now.texts.get(locale)?.options.get(new)?;
        Some((plain(&old.text), plain(&new.text)))
    })
}

#[cfg(test)]
mod tests;
