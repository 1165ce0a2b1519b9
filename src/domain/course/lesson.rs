//! A lesson in one language: front matter, prose and quiz sections.

use std::ops::Range;

use super::attributes::read_line;
use super::manifest::{Manifest, number};
use super::model::LessonRule;
use super::questions::parsed::ParsedQuiz;
use super::questions::quiz::{Reader, heading_level, quiz_class, read_quiz};
use super::yaml::{FLAG, Fields, Node, list, one_of, parsed, text};
use crate::diagnostic::{Diagnostics, Level, Source};
use crate::digest::sha256;
use crate::html::Html;
use crate::locale::Locale;
use crate::markdown::tree::{MAX_DEPTH, bytes, inside, siblings};
use crate::markdown::{Document, Page, Spot, Targets};
use crate::slug::is_id;

/// What a lesson file says before its text.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) title: String,
    pub(super) minutes: Option<u32>,
    pub(super) outcomes: Vec<String>,
    pub(super) required: Option<bool>,
    pub(super) complete: Option<LessonRule>,
    pub(super) sources: Vec<String>,
    pub(super) draft: bool,
    pub(super) translated_from: Option<String>,
}

/// A lesson file, read.
#[derive(Debug)]
pub(super) struct LessonFile {
    pub(super) front: Front,
    pub(super) parts: Vec<Part>,
    pub(super) headings: Vec<(u8, String, String)>,
    pub(super) sources: Vec<Html>,
    pub(super) quizzes: Vec<ParsedQuiz>,
    /// SHA-256 of the file with Unix line ends.
    pub(super) hash: String,
}

/// A stretch of the text.
#[derive(Debug)]
pub(super) enum Part {
    Prose(Html),
    /// The place of a quiz in `quizzes`.
    Quiz(usize),
}

/// What is known around a lesson file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'c> {
    pub(super) manifest: &'c Manifest,
    pub(super) outcomes: &'c [String],
    pub(super) targets: &'c Targets,
    /// Id of the lesson.
    pub(super) id: &'c str,
    pub(super) locale: Locale,
}

const RULES: &[(&str, LessonRule)] =
    &[("viewed", LessonRule::Viewed), ("marked", LessonRule::Marked), ("quiz", LessonRule::Quiz)];

/// Reads a lesson file.
pub(super) fn read_lesson(
    source: &Source,
    around: Around<'_>,
    out: &mut Diagnostics,
) -> LessonFile {
    let (front, body) = read_front(source, around, out);
    let hash = sha256(source.text.replace("\r\n", "\n").as_bytes());
    let mut lesson = LessonFile {
        front,
        parts: Vec::new(),
        headings: Vec::new(),
        sources: Vec::new(),
        quizzes: Vec::new(),
        hash,
    };
    let document = Document::parse(&source.text, body);
    if document.depth > MAX_DEPTH {
        let message = format!("lists and quotes are nested more than {MAX_DEPTH} deep");
        out.push(source.error("C027", body..body, message));
        return lesson;
    }
    lesson.sources =
        lesson.front.sources.iter().map(|text| render_line(text, source, around, out)).collect();
    let mut page = Page::new(source, around.locale, around.targets, &document);
    read_body(&document, &mut page, around, &mut lesson, out);
    if let Some(notes) = page.render_footnotes() {
        lesson.parts.push(Part::Prose(notes));
    }
    page.check_fragments();
    std::mem::take(&mut page.remarks).into_iter().for_each(|remark| out.push(remark));
    lesson.headings = page.headings;
    if lesson.front.complete == Some(LessonRule::Quiz) && lesson.quizzes.is_empty() {
        out.push(source.error("C016", 0..0, "`complete: quiz`, but this lesson has no quiz"));
    }
    lesson
}

fn read_body<'c>(
    document: &Document<'c>,
    page: &mut Page<'c>,
    around: Around<'_>,
    lesson: &mut LessonFile,
    out: &mut Diagnostics,
) {
    let nodes = siblings(&document.spots);
    let mut rest = nodes.as_slice();
    let mut decimal_mark = None;
    while let Some(node) = rest.first() {
        let is_quiz = quiz_class(node, page.source).is_some();
        let length = if is_quiz { section_length(rest) } else { prose_length(rest, page, out) };
        let (taken, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        if is_quiz {
            let outcomes_place = around.manifest.outcomes_place.as_ref();
            let headings = page.headings.len();
            let mut reader = Reader {
                page: &mut *page,
                outcomes: around.outcomes,
                outcomes_place,
                decimal_mark,
                out,
            };
            let quiz = read_quiz(taken, &mut reader);
            decimal_mark = reader.decimal_mark;
            page.headings.truncate(headings);
            lesson.parts.push(Part::Quiz(lesson.quizzes.len()));
            lesson.quizzes.push(quiz);
        } else {
            let prose = page.render(&taken.concat());
            if !prose.as_str().is_empty() {
                lesson.parts.push(Part::Prose(prose));
            }
        }
        rest = after;
    }
}

/// How many nodes a quiz section has: up to the next heading that is not deeper than its own.
fn section_length(nodes: &[&[Spot<'_>]]) -> usize {
    let level = nodes.first().and_then(|node| heading_level(node));
    let ends = |node: &&[Spot<'_>]| {
        heading_level(node).is_some_and(|next| level.is_some_and(|level| next <= level))
    };
    nodes.iter().skip(1).position(ends).map_or(nodes.len(), |length| length + 1)
}

/// How many nodes stand before the next quiz section. Classes on their headings mean nothing and are reported.
fn prose_length(nodes: &[&[Spot<'_>]], page: &Page<'_>, out: &mut Diagnostics) -> usize {
    let length = nodes
        .iter()
        .position(|node| quiz_class(node, page.source).is_some())
        .unwrap_or(nodes.len());
    for node in nodes.iter().take(length).filter(|node| heading_level(node).is_some()) {
        let at = page.source.line_range(bytes(node).start);
        let mut attributes = read_line(page.source, at).attributes;
        for (class, at) in attributes.classes() {
            let remark = page.source.error("Q005", at, format!("unknown class `.{class}`"));
            out.push(remark.help("a section of questions is marked `.quiz`"));
        }
    }
    length
}

/// A line of Markdown that stands in the front matter.
fn render_line(text: &str, source: &Source, around: Around<'_>, out: &mut Diagnostics) -> Html {
    let line = Source::new(&source.file, text.to_owned());
    let document = Document::parse(&line.text, 0);
    if document.depth > MAX_DEPTH {
        return Html::text(text);
    }
    let nodes = siblings(&document.spots);
    let inline: Vec<Spot<'_>> = nodes.iter().flat_map(|node| inside(node).to_vec()).collect();
    let mut page = Page::new(&line, around.locale, around.targets, &document);
    let html = page.render(&inline);
    for remark in std::mem::take(&mut page.remarks) {
        out.push(source.diagnostic(
            remark.code,
            remark.level,
            0..0,
            format!("`sources`: {}", remark.message),
        ));
    }
    html
}

/// The front matter and the byte where the text begins.
fn read_front(source: &Source, around: Around<'_>, out: &mut Diagnostics) -> (Front, usize) {
    let Some((yaml, body)) = split(source) else {
        let remark = source.error("C010", 0..0, "the front matter is missing or not closed");
        out.push(
            remark.help("begin the file with `---`, fields such as `title: …`, and another `---`"),
        );
        return (Front::default(), 0);
    };
    let Some(mut fields) = Fields::read(source, yaml, out) else { return (Front::default(), body) };
    let id = fields.take("id", parsed(|id| is_id(id).then(|| id.to_owned()), "an id, `[a-z0-9-]`"));
    let is_source = around.locale == around.manifest.source;
    let minutes = parsed(number, "a whole number above 0");
    let outcomes = fields.take("outcomes", list).unwrap_or_default();
    let front = Front {
        title: fields.need("title", text).unwrap_or_default(),
        minutes: if is_source {
            fields.need("minutes", minutes)
        } else {
            fields.take("minutes", minutes)
        },
        required: fields.take("required", one_of(FLAG)),
        complete: fields.take("complete", read_rule),
        sources: fields
            .take("sources", list)
            .unwrap_or_default()
            .into_iter()
            .map(|(text, _)| text)
            .collect(),
        draft: fields.take("draft", one_of(FLAG)).unwrap_or(false),
        translated_from: fields.take("translated_from", text),
        outcomes: known_outcomes(outcomes, source, around, out),
    };
    fields.later("kind");
    fields.finish(out);
    if let Some(id) = id.filter(|id| id != around.id) {
        let message =
            format!("`id: {id}`, but the source text of this lesson has the id `{}`", around.id);
        out.push(source.error("C011", 0..0, message).help("all languages of a lesson have one id"));
    }
    (front, body)
}

/// The id in the front matter, if it is there and well formed; what is wrong with it is said when the lesson is read.
pub(super) fn written_id(source: &Source) -> Option<String> {
    let (yaml, _) = split(source)?;
    let mut fields = Fields::read(source, yaml, &mut Diagnostics::default())?;
    fields.take("id", text).filter(|id| is_id(id))
}

/// The bytes of the YAML, and the byte where the text begins.
fn split(source: &Source) -> Option<(Range<usize>, usize)> {
    let text = source.text.as_str();
    let start = source.line_range(0).end;
    if text.get(..start)?.trim_end() != "---" {
        return None;
    }
    let mut at = text.find('\n')? + 1;
    let yaml = at;
    loop {
        let line = source.line_range(at);
        let next = text.get(at..)?.find('\n').map(|length| at + length + 1);
        if source.slice(line.clone()).trim_end() == "---" {
            return Some((yaml..line.start, next.unwrap_or(text.len())));
        }
        at = next?;
    }
}

fn read_rule(node: &Node) -> Result<LessonRule, String> {
    let word = text(node)?;
    if word.starts_with("dwell") {
        return Err("`dwell` arrives in a later version; use viewed, marked or quiz".to_owned());
    }
    one_of(RULES)(node)
}

fn known_outcomes(
    outcomes: Vec<(String, Range<usize>)>,
    source: &Source,
    around: Around<'_>,
    out: &mut Diagnostics,
) -> Vec<String> {
    let mut known = Vec::new();
    for (outcome, at) in outcomes {
        if around.outcomes.contains(&outcome) {
            known.push(outcome);
        } else {
            let remark =
                source.diagnostic("C015", Level::Error, at, format!("unknown outcome `{outcome}`"));
            out.push(remark.help(format!("course.yml declares {}", around.outcomes.join(", "))));
        }
    }
    known
}
