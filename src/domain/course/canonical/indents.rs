//! The space before and behind the signs of lists at the top of a text: none before, one behind, and what belongs to
//! an item stands under its first letter.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::reading::Change;
use super::view::View;
use crate::diagnostic::Source;
use crate::edit::Edit;
use crate::markdown::Spot;
use crate::markdown::tree::{bytes, inside, siblings};

/// By the start of a line: how many columns of its indentation go.
type Less = BTreeMap<usize, usize>;

pub(super) fn indents(view: &View<'_>) -> Vec<Change> {
    view.blocks()
        .into_iter()
        .filter(|node| is_list(node))
        .filter_map(|list| change(view, list))
        .collect()
}

fn change(view: &View<'_>, list: &[Spot<'_>]) -> Option<Change> {
    let mut less = Less::new();
    let mut behind = Vec::new();
    in_list(view.source, list, 0, &mut less, &mut behind)?;
    let lines = less.into_iter().filter(|(_, columns)| *columns > 0);
    let before = lines.map(|(start, columns)| Edit::remove(start..start + columns));
    let change: Change = before.chain(behind).collect();
    (!change.is_empty()).then_some(change)
}

/// Goes through a list whose items may begin at the column `from`; `None` where it is written too cleverly.
fn in_list(
    source: &Source,
    list: &[Spot<'_>],
    from: usize,
    less: &mut Less,
    behind: &mut Vec<Edit>,
) -> Option<()> {
    for item in siblings(inside(list)) {
        let place = Item::read(source, item, from)?;
        *less.entry(place.line).or_default() += place.before;
        if place.behind > 1 {
            behind.push(Edit::remove(place.content - place.behind + 1..place.content));
        }
        let moved = place.before + place.behind.saturating_sub(1);
        let column = place.content - place.line;
        let mut at = source.next_line(place.line);
        while at < bytes(item).end {
            let line = source.line_range(at);
            if indentation(source, &line)? >= column && line.len() > column {
                *less.entry(line.start).or_default() += moved;
            }
            at = source.next_line(at);
        }
        for inner in siblings(inside(item)).into_iter().filter(|node| is_list(node)) {
            in_list(source, inner, column, less, behind)?;
        }
    }
    Some(())
}

struct Item {
    /// Where its line begins.
    line: usize,
    /// Columns before the sign that need not be.
    before: usize,
    /// Spaces behind the sign.
    behind: usize,
    /// Where what it says begins.
    content: usize,
}

impl Item {
    fn read(source: &Source, item: &[Spot<'_>], from: usize) -> Option<Item> {
        let line = source.line_range(bytes(item).start);
        let column = indentation(source, &line)?;
        let text = source.slice(line.start + column..line.end);
        let sign = text.find(|c: char| !c.is_ascii_digit())? + 1;
        let rest = text.get(sign..)?;
        let spaces = rest.len() - rest.trim_start_matches(' ').len();
        let behind = if spaces == rest.len() || spaces > 4 { 1 } else { spaces };
        let said = rest.trim_start();
        let nested = begins_block(said) || spaces > 1 && begins_numbers(said);
        let plain = text.starts_with(['-', '*', '+']) || sign > 1;
        let content = (line.start + column + sign + behind).min(line.end);
        let before = column.checked_sub(from)?;
        (plain && !nested).then_some(Item {
            line: line.start,
            before,
            behind: behind.min(content.checked_sub(line.start + column + sign)?),
            content,
        })
    }
}

/// Does an item begin with a list, a quote, a heading or a rule of its own?
fn begins_block(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('>' | '\t' | '#') => true,
        Some(first @ ('-' | '*' | '+')) => {
            letters.next().is_none_or(|next| next == ' ' || next == '\t' || next == first)
                && !text.starts_with("**")
        }
        _ => false,
    }
}

/// Does an item begin with a numbered list of its own? `1.200` is an amount.
fn begins_numbers(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut letters = text.chars().skip(digits);
    (1..10).contains(&digits)
        && matches!(letters.next(), Some('.' | ')'))
        && letters.next().is_none_or(|next| next == ' ' || next == '\t')
}

/// The spaces at the start of a line; `None` if there are tabs among them.
fn indentation(source: &Source, line: &Range<usize>) -> Option<usize> {
    let text = source.slice(line.clone());
    let spaces = text.len() - text.trim_start_matches(' ').len();
    (!text.get(spaces..)?.starts_with('\t')).then_some(spaces)
}

fn is_list(node: &[Spot<'_>]) -> bool {
    matches!(node.first(), Some(Spot { event: Event::Start(Tag::List(_)), .. }))
}
