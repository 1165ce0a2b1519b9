//! Ids of headings: written ones, or made from the words of the source text, so that all languages share them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::slug::{ascii_slug, is_id};

/// The ids of one page.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// In order: level and id of each heading of the text.
    pub outline: Vec<(u8, String)>,
    /// Where these headings stand.
    pub headings: Vec<Range<usize>>,
    /// What the source text has in the same places, if this is a translation of the same shape.
    pub expected: Vec<(u8, String)>,
    /// Ids of quizzes, which may be linked to as well.
    pub quizzes: BTreeSet<String>,
    /// What goes before each id, so that texts inside the text have ids of their own.
    pub(super) prefix: String,
    used: BTreeSet<String>,
    next: BTreeMap<String, u32>,
}

/// A new id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// As it stands in the markup, with its prefix.
    pub(super) place: String,
    /// A heading before has the same written id.
    pub(super) taken: Option<()>,
}

impl Anchors {
    /// Can one link to this id?
    pub fn has(&self, id: &str) -> bool {
        self.used.contains(id) || self.quizzes.contains(id)
    }

    /// All ids that can be linked to.
    pub fn all(&self) -> BTreeSet<String> {
        self.used.union(&self.quizzes).cloned().collect()
    }

    /// How an id stands in the markup: those of quizzes as they are, the others kept apart from the page's own.
    pub(super) fn address(&self, id: &str) -> String {
        if self.quizzes.contains(id) { id.to_owned() } else { format!("s-{}{id}", self.prefix) }
    }

    /// An id for the next heading.
    pub(super) fn add(
        &mut self,
        level: u8,
        written: Option<&str>,
        text: &str,
        at: &Range<usize>,
    ) -> Anchor {
        self.headings.push(at.clone());
        // What is no id was reported; it must not come near an attribute.
        let written = written.filter(|id| is_id(id));
        let expected = self
            .expected
            .get(self.outline.len())
            .filter(|(other, _)| *other == level)
            .map(|(_, id)| id.clone());
        let wanted = match (written, expected) {
            (Some(id), _) => id.to_owned(),
            (None, Some(id)) => id,
            (None, None) => Some(ascii_slug(text))
                .filter(|slug| !slug.is_empty())
                .unwrap_or_else(|| "part".to_owned()),
        };
        let taken = written.filter(|id| self.used.contains(*id)).map(drop);
        let mut id = wanted.clone();
        while self.quizzes.contains(&id) || !self.used.insert(id.clone()) {
            let next = self.next.entry(wanted.clone()).or_insert(1);
            *next += 1;
            id = format!("{wanted}-{next}");
        }
        self.outline.push((level, id.clone()));
        Anchor { place: format!("s-{}{id}", self.prefix), taken }
    }

    /// The first heading that has another level than what is expected in its place, or is missing, or is one too many:
    /// its number from 1, and where it stands.
    pub fn first_difference(&self) -> Option<(usize, Range<usize>)> {
        let both = self.expected.iter().zip(&self.outline);
        let differs = both.clone().position(|(there, here)| there.0 != here.0);
        let (there, here) = (self.expected.len(), self.outline.len());
        let index = match differs {
            Some(index) => index,
            None if there == here || there == 0 => return None,
            None => there.min(here),
        };
        let place = self.headings.get(index).or(self.headings.last()).cloned();
        Some((index + 1, place.unwrap_or_default()))
    }
}
