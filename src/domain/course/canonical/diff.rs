//! Edits shown to a person: the lines before and after, with three lines around them.

use std::fmt::Write as _;
use std::ops::Range;

use crate::diagnostic::Source;
use crate::edit::{Edit, apply};

/// Lines shown around a change.
const AROUND: usize = 3;

/// How far apart two lines may stand to be seen as the same line moved.
const FAR: usize = 400;

/// The edits of a file as a unified diff; empty if there are none.
pub fn diff(path: &str, text: &str, edits: &[Edit]) -> String {
    let source = Source::new(path, text.to_owned());
    let lines = lines(&source);
    let hunks = hunks(&lines, edits);
    let mut shown = String::new();
    if !hunks.is_empty() {
        let _ = writeln!(shown, "--- {path}\n+++ {path}");
    }
    let mut shift: isize = 0;
    for (old, edits) in hunks {
        shift = show(&source, &lines, old, &edits, shift, &mut shown);
    }
    shown
}

/// The lines of a text with their ends.
fn lines(source: &Source) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        lines.push(at..at + line.len());
        at += line.len();
    }
    lines
}

/// Lines that change together, and the edits in them.
fn hunks(lines: &[Range<usize>], edits: &[Edit]) -> Vec<(Range<usize>, Vec<Edit>)> {
    let line_of = |at: usize| lines.partition_point(|line| line.end <= at).min(lines.len());
    let mut hunks: Vec<(Range<usize>, Vec<Edit>)> = Vec::new();
    for edit in edits {
        let first = line_of(edit.range.start);
        let last = if edit.range.is_empty() { first } else { line_of(edit.range.end - 1) };
        let touched = first..(last + 1).min(lines.len()).max(first);
        match hunks.last_mut() {
            Some((open, known)) if touched.start <= open.end + 2 * AROUND => {
                open.end = open.end.max(touched.end);
                known.push(edit.clone());
            }
            _ => hunks.push((touched, vec![edit.clone()])),
        }
    }
    hunks
}

/// Writes one hunk; how many lines the text has grown by up to here.
fn show(
    source: &Source,
    lines: &[Range<usize>],
    changed: Range<usize>,
    edits: &[Edit],
    shift: isize,
    shown: &mut String,
) -> isize {
    let whole = changed.start.saturating_sub(AROUND)..(changed.end + AROUND).min(lines.len());
    let start = lines.get(whole.start).map_or(source.text.len(), |line| line.start);
    let end =
        whole.end.checked_sub(1).and_then(|last| lines.get(last)).map_or(start, |line| line.end);
    let before = source.slice(start..end);
    let moved: Vec<Edit> = edits
        .iter()
        .map(|edit| {
            Edit::replace(edit.range.start - start..edit.range.end - start, edit.text.clone())
        })
        .collect();
    let after = apply(before, &moved);
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let _ = writeln!(
        shown,
        "@@ -{},{} +{},{} @@",
        whole.start + 1,
        old.len(),
        (whole.start + 1).saturating_add_signed(shift),
        new.len()
    );
    for (sign, line) in compared(&old, &new) {
        let _ = writeln!(shown, "{sign}{line}");
    }
    let grown = isize::try_from(new.len()).unwrap_or(0) - isize::try_from(old.len()).unwrap_or(0);
    shift + grown
}

/// The lines of two short texts beside each other.
fn compared<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
    let mut result = Vec::new();
    let (mut old, mut new) = (old, new);
    while let (Some((left, rest)), Some((right, others))) = (old.split_first(), new.split_first()) {
        if left == right {
            result.push((' ', *left));
            (old, new) = (rest, others);
            continue;
        }
        // The nearest line that both have again.
        let meet = (1..=(old.len() + new.len()).min(FAR)).find_map(|sum| {
            (0..=sum.min(old.len())).find_map(|i| {
                let j = sum - i;
                let same = i < old.len() && j < new.len() && old.get(i) == new.get(j);
                same.then_some((i, j))
            })
        });
        let (i, j) = meet.unwrap_or((old.len(), new.len()));
        result.extend(old.iter().take(i).map(|line| ('-', *line)));
        result.extend(new.iter().take(j).map(|line| ('+', *line)));
        old = old.get(i..).unwrap_or_default();
        new = new.get(j..).unwrap_or_default();
    }
    result.extend(old.iter().map(|line| ('-', *line)));
    result.extend(new.iter().map(|line| ('+', *line)));
    result
}
