//! Tables: pipes at both ends and under one another, as wide as what is shown. A table whose pipes stand under one
//! another already stays as wide as it is.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag};
use unicode_width::UnicodeWidthStr;

use super::reading::Change;
use super::view::{View, block_range};
use crate::diagnostic::Source;
use crate::edit::Edit;
use crate::markdown::tree::node_length;

pub(super) fn tables(view: &View<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (index, spot) in view.document.spots.iter().enumerate() {
        let Event::Start(Tag::Table(alignments)) = &spot.event else { continue };
        let rest = view.document.spots.get(index..).unwrap_or_default();
        let node = rest.get(..node_length(rest)).unwrap_or(rest);
        let range = block_range(view.source, node);
        changes.extend(change(view.source, range, alignments));
    }
    changes
}

/// The lines of a table as they should be; `None` if they are, or if they cannot be told apart safely.
fn change(source: &Source, range: Range<usize>, alignments: &[Alignment]) -> Option<Change> {
    let lines = lines(source, range);
    let mut rows = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let mut cells: Vec<&str> = cells(source.slice(line.clone()));
        if cells.len() > alignments.len() || (number < 2 && cells.len() < alignments.len()) {
            return None;
        }
        cells.resize(alignments.len(), "");
        rows.push(cells);
    }
    let needed = widths(&rows, alignments.len());
    let written = header_widths(source.slice(lines.first()?.clone()));
    let roomy = written.len() == needed.len()
        && written.iter().zip(&needed).all(|(written, needed)| written >= needed);
    let is_written = |widths: &[usize]| {
        let mut canonical =
            rows.iter().enumerate().map(|(n, row)| show(n, row, widths, alignments));
        lines.iter().all(|line| canonical.next().as_deref() == Some(source.slice(line.clone())))
    };
    if roomy && is_written(&written) {
        return None;
    }
    let edits = lines.iter().zip(rows.iter().enumerate());
    let edits = edits
        .map(|(line, (n, row))| Edit::replace(line.clone(), show(n, row, &needed, alignments)))
        .filter(|edit| source.slice(edit.range.clone()) != edit.text);
    Some(edits.collect()).filter(|change: &Change| !change.is_empty())
}

/// The lines without what a quote or a list puts before them.
fn lines(source: &Source, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = source.line_range(at).end.min(range.end).max(at);
        let text = source.slice(at..end);
        let start = at + (text.len() - text.trim_start_matches([' ', '\t', '>']).len());
        lines.push(start..start + source.slice(start..end).trim_end().len());
        at = end + 1;
    }
    lines
}

/// The cells of a row. A pipe behind a backslash is no border, wherever it stands.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, letter) in row.char_indices() {
        if letter == '|' && !escaped {
            cells.push(row.get(start..at).unwrap_or_default().trim());
            start = at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    let last = row.get(start..).unwrap_or_default().trim();
    if !last.is_empty() || start < row.len() || cells.is_empty() {
        cells.push(last);
    }
    cells
}

fn widths(rows: &[Vec<&str>], columns: usize) -> Vec<usize> {
    let content = || rows.iter().enumerate().filter(|(number, _)| *number != 1);
    (0..columns)
        .map(|column| {
            let width =
                |(_, row): (usize, &Vec<&str>)| row.get(column).map_or(0, |cell| cell.width());
            content().map(width).max().unwrap_or(0).max(3)
        })
        .collect()
}

/// How wide the cells of a header are written between pipes with a space on either side.
fn header_widths(line: &str) -> Vec<usize> {
    let inner = line.strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    let Some(inner) = inner else { return Vec::new() };
    inner.split('|').map(|cell| cell.width().saturating_sub(2)).collect()
}

fn show(number: usize, row: &[&str], widths: &[usize], alignments: &[Alignment]) -> String {
    let mut line = String::from("|");
    for ((cell, width), alignment) in row.iter().zip(widths).zip(alignments) {
        line.push(' ');
        match number {
            1 => line.push_str(&border(*width, *alignment)),
            _ => line.push_str(&padded(cell, *width, *alignment)),
        }
        line.push_str(" |");
    }
    line
}

fn border(width: usize, alignment: Alignment) -> String {
    match alignment {
        Alignment::None => "-".repeat(width),
        Alignment::Left => format!(":{}", "-".repeat(width - 1)),
        Alignment::Right => format!("{}:", "-".repeat(width - 1)),
        Alignment::Center => format!(":{}:", "-".repeat(width - 2)),
    }
}

fn padded(cell: &str, width: usize, alignment: Alignment) -> String {
    let room = width.saturating_sub(cell.width());
    let before = match alignment {
        Alignment::None | Alignment::Left => 0,
        Alignment::Right => room,
        Alignment::Center => room / 2,
    };
    format!("{}{cell}{}", " ".repeat(before), " ".repeat(room - before))
}
