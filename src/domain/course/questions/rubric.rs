//! Questions that people mark: essays and uploads, with the table by which they are marked.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::attributes::{Attributes, Line, read_line};
use super::named::check_entries;
use super::pairs::without_end;
use super::parsed::{ParsedCriterion, ParsedEntry, ParsedEssay, ParsedUpload};
use crate::diagnostic::{Diagnostics, Level, Source};
use crate::html::Html;
use crate::markdown::tree::{bytes, inside, plain_text, siblings};
use crate::markdown::{Page, Spot};
use crate::quiz::grade::{Marks, WHOLE};
use crate::quiz::item::OptionText;
use crate::upload::kind::{KINDS, of_ending};

/// Bytes that a learner may send in one file where nothing else is said.
const SIZE: u64 = 10 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;

/// Most files, and most bytes of one, that may be asked for.
const MOST_FILES: u32 = 20;
const LARGEST: u64 = 100 * MEGABYTE;

/// Is it a table?
pub(super) fn is_table(node: &[Spot<'_>]) -> bool {
    matches!(node.first().map(|spot| &spot.event), Some(Event::Start(Tag::Table(_))))
}

/// Reads an essay: how long, and how it is marked.
pub(super) fn read_essay<'c>(
    table: Option<&[Spot<'c>]>,
    heading: &mut Attributes,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedEssay> {
    let words = heading.value("words", "fewest and most, `150-400`", page.source, out, |text| {
        let (least, most) = text.split_once(['-', '–'])?;
        let (least, most) = (least.parse().ok()?, most.parse().ok()?);
        (least <= most && most > 0).then_some((least, most))
    });
    Some(ParsedEssay { words, rubric: read_rubric(table, page, out)? })
}

/// Reads an upload: which files, and how they are marked.
pub(super) fn read_upload<'c>(
    table: Option<&[Spot<'c>]>,
    at: Range<usize>,
    heading: &mut Attributes,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedUpload> {
    let source = page.source;
    let max = heading.value("max", "how many files, up to 20", source, out, |text| {
        text.parse().ok().filter(|max| (1..=MOST_FILES).contains(max))
    });
    let size = heading.value("size", "a size, `10MB` or `500KB`", source, out, read_size);
    let written = heading.pair("accept").map(|(text, at)| (endings(&text), at));
    let rubric = read_rubric(table, page, out)?;
    match written {
        Some((Some(accept), _)) => {
            Some(ParsedUpload { accept, max: max.unwrap_or(1), size: size.unwrap_or(SIZE), rubric })
        }
        Some((None, at)) => {
            let message = "`accept`: expected endings of file names, `pdf,docx`";
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.ending).collect();
            let help = format!("these can be told by their content: {}", known.join(", "));
            out.push(source.error("Q005", at, message).help(help));
            None
        }
        None => {
            let remark = source.error("Q003", at, "this upload does not say which files it takes");
            out.push(remark.help("write `accept=pdf,docx` into the braces"));
            None
        }
    }
}

fn read_size(text: &str) -> Option<u64> {
    let upper = text.to_ascii_uppercase();
    let (number, factor) = match (upper.strip_suffix("KB"), upper.strip_suffix("MB")) {
        (Some(number), _) => (number, 1024),
        (None, Some(number)) => (number, MEGABYTE),
        (None, None) => return None,
    };
    let bytes = number.parse::<u64>().ok()?.checked_mul(factor)?;
    (1..=LARGEST).contains(&bytes).then_some(bytes)
}

/// `pdf,docx`, each once, of kinds whose content can be told.
fn endings(text: &str) -> Option<Vec<String>> {
    let mut endings: Vec<String> = Vec::new();
    for part in text.split(',') {
        let ending = part.trim_start_matches('.').to_ascii_lowercase();
        of_ending(&ending)?;
        if !endings.contains(&ending) {
            endings.push(ending);
        }
    }
    Some(endings)
}

/// The rows of the table; none without a table, `None` if it cannot be read.
fn read_rubric<'c>(
    table: Option<&[Spot<'c>]>,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<Vec<ParsedCriterion>> {
    let Some(table) = table else { return Some(Vec::new()) };
    let rows = siblings(inside(table));
    let (head, rows) = rows.split_first()?;
    let levels = read_levels(head, page.source, out)?;
    let mut rubric = Vec::new();
    for row in rows {
        rubric.extend(read_criterion(row, &levels, page, out));
    }
    let names: Vec<ParsedEntry> = rubric.iter().map(|row| row.name.clone()).collect();
    check_entries(&names, page.source, out);
    if rubric.is_empty() {
        let at = page.source.line_range(bytes(table).start);
        let remark = page.source.error("Q003", at, "this rubric has no rows");
        out.push(remark.help("write a row for each criterion"));
        return None;
    }
    Some(rubric)
}

/// The points in the head of the table.
fn read_levels(head: &[Spot<'_>], source: &Source, out: &mut Diagnostics) -> Option<Vec<Marks>> {
    let cells = siblings(inside(head));
    let mut levels = Vec::new();
    for cell in cells.iter().skip(1) {
        match points(&plain_text(cell)) {
            Some(points) => levels.push(points),
            None => {
                let at = bytes(inside(cell));
                let at = if at.is_empty() { bytes(cell) } else { at };
                let message = "the head of a rubric holds points, from the second column on";
                let remark = source.diagnostic("Q060", Level::Error, at, message);
                out.push(remark.help("write `| Criterion | 0 | 1 | 2 |`"));
                return None;
            }
        }
    }
    if levels.is_empty() {
        let at = source.line_range(bytes(head).start);
        let message = "this rubric has no columns with points";
        out.push(source.diagnostic("Q060", Level::Error, at, message));
        return None;
    }
    Some(levels)
}

/// Points of a level: nothing or more.
fn points(text: &str) -> Option<Marks> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let value: Decimal = text.replace(',', ".").parse().ok().filter(|_| plain)?;
    let units = value.checked_mul(Decimal::from(WHOLE))?.to_i64()?;
    (units <= WHOLE * 1000).then_some(Marks(units))
}

fn read_criterion<'c>(
    row: &[Spot<'c>],
    levels: &[Marks],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<ParsedCriterion> {
    let source = page.source;
    let cells = siblings(inside(row));
    let (name, meanings) = cells.split_first()?;
    let (name, weight) = read_name(name, page, out);
    if name.text.text.as_str().is_empty() {
        out.push(source.error(
            "Q003",
            source.line_range(bytes(row).start),
            "a criterion has no name",
        ));
    }
    let mut meanings: Vec<Html> = meanings.iter().map(|cell| page.render(inside(cell))).collect();
    meanings.resize(levels.len(), Html::default());
    Some(ParsedCriterion { name, weight, levels: levels.to_vec(), meanings })
}

/// The name of a criterion, its id, and how often its points count.
fn read_name<'c>(
    cell: &[Spot<'c>],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> (ParsedEntry, u32) {
    let source = page.source;
    let (spots, mut line) = criterion(cell, source);
    let id = line.attributes.id(source, out);
    let weight = line.attributes.times().unwrap_or(1);
    line.attributes.finish(source, out);
    let text = OptionText { text: page.render(&spots), feedback: None };
    (ParsedEntry { id, at: line.text, plain: plain_text(&spots), text }, weight)
}

/// What is read of the name of a criterion, and its source with the attributes.
pub(super) fn criterion<'c>(cell: &[Spot<'c>], source: &Source) -> (Vec<Spot<'c>>, Line) {
    let spots = inside(cell).to_vec();
    let line = read_line(source, bytes(&spots));
    let braces = source.slice(line.braces.clone());
    (without_end(spots, braces), line)
}

/// The most that a rubric gives.
pub(super) fn most(rubric: &[ParsedCriterion]) -> Marks {
    let best = |row: &ParsedCriterion| {
        let best = row.levels.iter().map(|level| level.0).max().unwrap_or(0);
        best.saturating_mul(i64::from(row.weight))
    };
    Marks(rubric.iter().map(best).fold(0, i64::saturating_add))
}

/// A rubric that gives more or less than the question is worth would mark out of another number.
pub(super) fn check_points(
    rubric: &[ParsedCriterion],
    points: Option<Marks>,
    heading: Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let (most, worth) = (most(rubric), points.unwrap_or(Marks(WHOLE)));
    if rubric.is_empty() || most == worth {
        return;
    }
    let (most, worth) = (shown(most), shown(worth));
    let message = format!("the rubric gives at most {most} points, the question is worth {worth}");
    out.push(source.warning("Q060", heading, message).help(format!("write `points={most}`")));
}

fn shown(marks: Marks) -> String {
    let value = Decimal::from(marks.0).checked_div(Decimal::from(WHOLE)).unwrap_or_default();
    value.normalize().to_string()
}
