//! Entries that stand side by side: no id and no text twice.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parsed::ParsedEntry;
use crate::diagnostic::{Diagnostics, Source};

/// Reports ids that were given before.
pub(super) fn check_ids<'e>(
    entries: impl Iterator<Item = (Option<&'e str>, &'e Range<usize>)>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let mut first: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    for (id, at) in entries {
        let Some(id) = id else { continue };
        if let Some(twin) = first.get(id) {
            let place = source.place((*twin).clone());
            let message = format!("option id `{id}` is already used");
            let remark = source.error("Q002", at.clone(), message);
            out.push(remark.related_as(place, "first used here"));
        }
        first.entry(id).or_insert(at);
    }
}

/// Reports texts that learners cannot tell apart.
pub(super) fn check_twins<'e>(
    entries: impl Iterator<Item = (&'e str, &'e Range<usize>)>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let mut seen = BTreeSet::new();
    for (text, at) in entries {
        if !seen.insert(plainly(text)) {
            out.push(source.warning("Q012", at.clone(), "two options have the same text"));
        }
    }
}

/// Both, for entries.
pub(super) fn check_entries(entries: &[ParsedEntry], source: &Source, out: &mut Diagnostics) {
    check_ids(entries.iter().map(|entry| (entry.id.as_deref(), &entry.at)), source, out);
    check_twins(entries.iter().map(|entry| (entry.plain.as_str(), &entry.at)), source, out);
}

/// A text by which twins are known: without case, and with single spaces.
pub(super) fn plainly(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
