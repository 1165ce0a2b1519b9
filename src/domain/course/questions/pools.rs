//! The parts of a quiz: single questions, pools with their candidates below them, draws from a bank.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::super::attributes::{Attributes, read_line};
use super::classes::{Class, read_class};
use super::parsed::{Candidates, ParsedPart, ParsedPool, ParsedQuestion};
use super::question::{read_points, read_question, words};
use super::reader::Reader;
use crate::diagnostic::{Diagnostics, Source};
use crate::locale::Locale;
use crate::markdown::Spot;
use crate::markdown::target::{Link, read_link};
use crate::markdown::tree::{bytes, inside, plain_text};
use crate::slug::is_id;

/// The level of a heading node.
pub(crate) fn heading_level(node: &[Spot<'_>]) -> Option<HeadingLevel> {
    match node.first().map(|spot| &spot.event) {
        Some(Event::Start(Tag::Heading { level, .. })) => Some(*level),
        _ => None,
    }
}

/// A heading's level as a number.
pub(crate) fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The questions of a quiz and the parts that they make up, so far.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) questions: Vec<ParsedQuestion>,
    pub(super) parts: Vec<ParsedPart>,
}

impl Asked {
    /// Reads a part from its heading and the nodes up to the next one.
    pub(super) fn read<'c>(&mut self, nodes: &[&[Spot<'c>]], reader: &mut Reader<'_, 'c>) {
        let source = reader.page.source;
        match holder(nodes, source).map(|(class, _)| class) {
            Some("pool") => self.read_pool(nodes, reader),
            Some(_) => {
                let mut pool = read_head(nodes, reader);
                let body = nodes.get(1..).unwrap_or_default();
                pool.pool.from = read_draw(body, &mut pool, reader);
                pool.attributes.finish(source, reader.out);
                self.parts.push(ParsedPart::Some(pool.pool));
            }
            None => {
                self.parts.push(ParsedPart::One(self.questions.len()));
                self.questions.push(read_question(nodes, reader));
            }
        }
    }

    fn read_pool<'c>(&mut self, nodes: &[&[Spot<'c>]], reader: &mut Reader<'_, 'c>) {
        let source = reader.page.source;
        let mut head = read_head(nodes, reader);
        head.attributes.finish(source, reader.out);
        let level = nodes.first().and_then(|node| heading_level(node)).map(number);
        let body = nodes.get(1..).unwrap_or_default();
        let is_question = |node: &&[Spot<'c>]| {
            heading_level(node).is_some_and(|inner| Some(number(inner) - 1) == level)
        };
        let first = body.iter().position(is_question).unwrap_or(body.len());
        let (before, rest) = body.split_at_checked(first).unwrap_or((body, &[]));
        if let Some(node) = before.first() {
            let at = source.line_range(bytes(node).start);
            let message = "the text of a pool is shown to nobody";
            let remark = source.warning("Q042", at, message);
            reader.out.push(remark.help("move it into the questions, or before the first one"));
        }
        let start = self.questions.len();
        for nodes in rest.chunk_by(|_, next| !is_question(next)) {
            if let Some((class, at)) = holder(nodes, source) {
                let message = format!("a pool holds questions, and `.{class}` is none");
                reader.out.push(source.error("Q042", at, message));
                continue;
            }
            self.questions.push(read_question(nodes, reader));
        }
        let here = start..self.questions.len();
        check_count(&head.pool, here.len(), source, reader.out);
        self.parts.push(ParsedPart::Some(ParsedPool { from: Candidates::Here(here), ..head.pool }));
    }
}

/// Fewer candidates than are asked for.
fn check_count(pool: &ParsedPool, found: usize, source: &Source, out: &mut Diagnostics) {
    if usize::try_from(pool.pick).is_ok_and(|pick| pick <= found) {
        return;
    }
    let message = format!("{} of {found} questions cannot be picked", pool.pick);
    let remark = source.error("Q042", pool.at.clone(), message);
    out.push(remark.help("write the candidates as headings one level deeper, or pick fewer"));
}

/// The class of a heading that holds questions but is none, and where it stands.
pub(crate) fn holder(
    nodes: &[&[Spot<'_>]],
    source: &Source,
) -> Option<(&'static str, Range<usize>)> {
    let heading = nodes.first()?;
    let mut attributes = read_line(source, source.line_range(bytes(heading).start)).attributes;
    ["pool", "draw"].into_iter().find_map(|class| Some((class, attributes.class(class)?)))
}

/// What the heading of a pool or draw says.
struct Head {
    pool: ParsedPool,
    attributes: Attributes,
}

fn read_head<'c>(nodes: &[&[Spot<'c>]], reader: &mut Reader<'_, 'c>) -> Head {
    let heading = nodes.first().copied().unwrap_or_default();
    let source = reader.page.source;
    let at = source.line_range(bytes(heading).start);
    let mut attributes = read_line(source, at.clone()).attributes;
    let id = attributes.id(source, reader.out);
    let _: Option<Class> = read_class(&mut attributes, source, reader.out);
    let count = |text: &str| text.parse().ok().filter(|count: &u32| *count > 0);
    let written = attributes.has("pick");
    let pick = attributes.value("pick", "a number above 0", source, reader.out, count);
    if !written {
        let remark = source.error("Q042", at.clone(), "how many questions are to be picked?");
        reader.out.push(remark.help("write `pick=2` into the braces"));
    }
    let pool = ParsedPool {
        id,
        at,
        title: plain_text(inside(heading)),
        pick: pick.unwrap_or(1),
        points: read_points(&mut attributes, reader),
        from: Candidates::Nowhere,
    };
    Head { pool, attributes }
}

/// The bank to which the link below a draw leads.
fn read_draw(body: &[&[Spot<'_>]], head: &mut Head, reader: &mut Reader<'_, '_>) -> Candidates {
    let source = reader.page.source;
    let tags = head.attributes.pair("tags").map(|(tags, _)| words(&tags)).unwrap_or_default();
    let link = body.iter().flat_map(|node| node.iter()).find_map(|spot| {
        let Event::Start(Tag::Link { dest_url, .. }) = &spot.event else { return None };
        Some((dest_url, spot.range.clone()))
    });
    let help = "write `Draw from [its title](../banks/its-name.md)` below the heading";
    let Some((address, at)) = link else {
        let at = head.pool.at.clone();
        let remark = source.error("Q042", at, "this draw does not say from which bank");
        reader.out.push(remark.help(help));
        return Candidates::Nowhere;
    };
    if let Link::File(path, None) = read_link(address, &source.file)
        && let Some(name) = bank_name(&path)
    {
        return Candidates::Bank { name: name.to_owned(), tags };
    }
    let message = format!("`{address}` is no question bank");
    reader.out.push(source.error("Q042", at, message).help(help));
    Candidates::Nowhere
}

/// The name in `banks/name.md` and `banks/name.az.md`.
fn bank_name(path: &str) -> Option<&str> {
    let file = path.strip_prefix("banks/")?.strip_suffix(".md")?;
    let name = match file.rsplit_once('.') {
        Some((name, code)) => Locale::parse(code).map(|_| name)?,
        None => file,
    };
    is_id(name).then_some(name)
}
