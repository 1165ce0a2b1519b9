//! YAML: of manifests and at the head of lessons. Order, quotes and comments stay; spaces are put right.

use std::ops::Range;

use crate::course::yaml::said;
use crate::diagnostic::Source;
use crate::edit::{Edit, apply};

/// A pass over YAML.
type Find = fn(&Source, &Range<usize>) -> Vec<Edit>;

/// The passes in their order.
pub(super) const PASSES: [Find; 5] = [quoted, ends, colons, gaps, close];

/// How many edits are tried one by one where they cannot be made together.
const TRIALS: usize = 100;

/// The edits of a pass over the YAML in a range of a file; those with which it says something else are left out.
pub(super) fn fields(source: &Source, range: &Range<usize>, find: Find) -> Vec<Edit> {
    let edits = find(source, range);
    if edits.is_empty() || keeps_meaning(source, range, &edits) {
        return edits;
    }
    let mut kept = Vec::new();
    for edit in edits.into_iter().take(TRIALS) {
        kept.push(edit);
        if !keeps_meaning(source, range, &kept) {
            kept.pop();
        }
    }
    kept
}

/// What cannot be read says nothing yet, and must be readable with the edits.
fn keeps_meaning(source: &Source, range: &Range<usize>, edits: &[Edit]) -> bool {
    let before = source.slice(range.clone());
    let meaning = said(before);
    let after = said(&apply(before, &moved(edits, range.start)));
    if meaning.is_some() { after == meaning } else { after.is_some() }
}

/// One line end at the end.
fn close(source: &Source, range: &Range<usize>) -> Vec<Edit> {
    let text = source.slice(range.clone());
    let kept = text.trim_end_matches(['\n', ' ', '\t']).len();
    let wanted = if kept == 0 { "" } else { "\n" };
    match text.get(kept..) == Some(wanted) {
        true => Vec::new(),
        false => vec![Edit::replace(range.start + kept..range.end, wanted)],
    }
}

/// Sets a field that stands at the top, or adds it at the end.
pub(super) fn set(source: &Source, range: &Range<usize>, name: &str, value: &str) -> Edit {
    let lines = lines(source, range);
    let is_it = |line: &Range<usize>| {
        source.slice(line.clone()).strip_prefix(name).is_some_and(|rest| rest.starts_with(':'))
    };
    let goes_on = |line: &&Range<usize>| source.slice((*line).clone()).starts_with([' ', '-', ']']);
    let Some(first) = lines.iter().position(is_it) else {
        return Edit::insert(range.end, format!("{name}: {value}\n"));
    };
    let mut field = lines.iter().skip(first);
    let start = field.next().cloned().unwrap_or(range.end..range.end);
    let end = field.take_while(goes_on).last().map_or(start.end, |line| line.end);
    Edit::replace(start.start..end, format!("{name}: {value}"))
}

/// White space at the ends of lines.
fn ends(source: &Source, range: &Range<usize>) -> Vec<Edit> {
    let blank = |line: Range<usize>| {
        let text = source.slice(line.clone());
        let kept = text.trim_end_matches([' ', '\t']).len();
        (kept < text.len()).then(|| Edit::remove(line.start + kept..line.end))
    };
    lines(source, range).into_iter().filter_map(blank).collect()
}

/// One space behind the colon of a field.
fn colons(source: &Source, range: &Range<usize>) -> Vec<Edit> {
    let space = |line: Range<usize>| {
        let text = source.slice(line.clone());
        let name = text.trim_start_matches([' ', '-']).len();
        let name = text.len() - name;
        let rest = text.get(name..)?;
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')?;
        let after = rest.get(length..)?.strip_prefix(':')?;
        let spaces = after.len() - after.trim_start_matches(' ').len();
        let at = line.start + name + length + 1;
        (length > 0 && spaces > 1 && spaces < after.len())
            .then(|| Edit::remove(at + 1..at + spaces))
    };
    lines(source, range).into_iter().filter_map(space).collect()
}

/// At most one empty line between fields, none before the first and after the last.
fn gaps(source: &Source, range: &Range<usize>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let lines = lines(source, range);
    let last = lines.iter().rposition(|line| !is_blank(source, line)).unwrap_or(0);
    let mut blank_before = true;
    for (number, line) in lines.into_iter().enumerate() {
        let blank = is_blank(source, &line);
        if blank && (blank_before || number > last) {
            edits.push(Edit::remove(line.start..source.next_line(line.start).min(range.end)));
        }
        blank_before = blank;
    }
    edits
}

fn is_blank(source: &Source, line: &Range<usize>) -> bool {
    source.slice(line.clone()).trim().is_empty()
}

/// Quotes around values that cannot be read without them, such as `title: Heat: what it is`.
fn quoted(source: &Source, range: &Range<usize>) -> Vec<Edit> {
    if said(source.slice(range.clone())).is_some() {
        return Vec::new();
    }
    let quote = |line: Range<usize>| {
        let text = source.slice(line.clone());
        let (name, value) = text.split_once(": ")?;
        let value = value.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let doubtful = value.contains(": ")
            || value.contains(" #")
            || value.ends_with(':')
            || value.starts_with(['*', '&', '@', '`', '%', '!'])
            || (value.starts_with('[') && value.contains("] "));
        let open = value.starts_with(['"', '\'', '|', '>']);
        let at = line.start + name.len() + ": ".len();
        (name.trim().chars().all(plain) && doubtful && !open).then(|| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            Edit::replace(at..line.end, format!("\"{value}\""))
        })
    };
    lines(source, range).into_iter().filter_map(quote).collect()
}

/// The edits for the text that begins at a byte.
fn moved(edits: &[Edit], start: usize) -> Vec<Edit> {
    let place = |edit: &Edit| edit.range.start - start..edit.range.end - start;
    edits.iter().map(|edit| Edit::replace(place(edit), edit.text.clone())).collect()
}

fn lines(source: &Source, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let line = source.line_range(at);
        at = source.next_line(at);
        lines.push(line);
    }
    lines
}
