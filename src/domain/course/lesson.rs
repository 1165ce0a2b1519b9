//! A lesson in one language: prose and quiz sections.

use std::ops::Range;
use std::sync::OnceLock;

use super::attributes::read_line;
use super::fact_uses::{FactUse, check_graded, check_uses, fact_uses};
use super::front::{Around, Front, read_front, split};
use super::limits::too_rich;
use super::model::LessonRule;
use super::places::Linked;
use super::questions::parsed::ParsedQuiz;
use super::questions::quiz::{Reader, heading_level, quiz_class, read_quiz};
use super::reading::{Reading, read_prose};
use super::translation::{TextBlock, places_of};
use crate::diagnostic::{Diagnostics, Source};
use crate::digest::sha256;
use crate::html::Html;
use crate::locale::Locale;
use crate::markdown::reading::{minutes, reading_seconds};
use crate::markdown::tree::{MAX_DEPTH, bytes, inside, siblings};
use crate::markdown::{Document, Page, Spot, Zone};

/// A lesson file, read.
#[derive(Debug)]
pub(super) struct LessonFile {
    pub(super) front: Front,
    pub(super) parts: Vec<Part>,
    pub(super) headings: Vec<(u8, String, String)>,
    pub(super) sources: Vec<Html>,
    pub(super) quizzes: Vec<ParsedQuiz>,
    pub(super) linked: Linked,
    /// Minutes that reading takes.
    pub(super) reading: u32,
    /// SHA-256 of the file with Unix line ends.
    pub(super) hash: String,
    /// Where its blocks stand, the front matter first.
    pub(super) blocks: Vec<Range<usize>>,
    /// The same with their hashes, once a translation asks for them.
    pub(super) hashed: OnceLock<Vec<TextBlock>>,
    /// The facts that are shown.
    pub(super) facts: Vec<FactUse>,
}

impl LessonFile {
    /// How hard its prose is.
    pub(super) fn reading(&self, locale: Locale) -> Reading {
        let prose = self.parts.iter().filter_map(|part| match part {
            Part::Prose(html) => Some(html.as_str()),
            Part::Quiz(_) => None,
        });
        read_prose(prose, locale)
    }
}

/// A stretch of the text.
#[derive(Debug)]
pub(super) enum Part {
    Prose(Html),
    /// The place of a quiz in `quizzes`.
    Quiz(usize),
}

/// SHA-256 of a text with Unix line ends.
pub(super) fn text_hash(text: &str) -> String {
    match text.contains('\r') {
        true => sha256(text.replace("\r\n", "\n").as_bytes()),
        false => sha256(text.as_bytes()),
    }
}

/// Reads a lesson file.
pub(super) fn read_lesson(
    source: &Source,
    around: Around<'_>,
    out: &mut Diagnostics,
) -> LessonFile {
    let (front, body) = read_front(source, around, out);
    let hash = text_hash(&source.text);
    let mut lesson = LessonFile {
        front,
        parts: Vec::new(),
        headings: Vec::new(),
        sources: Vec::new(),
        quizzes: Vec::new(),
        linked: Linked::default(),
        reading: 0,
        hash,
        blocks: Vec::new(),
        hashed: OnceLock::new(),
        facts: Vec::new(),
    };
    let document = Document::parse(&source.text, body);
    if document.depth > MAX_DEPTH {
        let message = format!("lists and quotes are nested more than {MAX_DEPTH} deep");
        out.push(source.error("C027", body..body, message));
        return lesson;
    }
    if let Some(message) = too_rich(&document) {
        out.push(source.error("C009", body..body, message));
        return lesson;
    }
    let yaml = split(source).map_or(0..0, |(yaml, _)| yaml);
    lesson.blocks = places_of(source, yaml, &document);
    lesson.sources =
        lesson.front.sources.iter().map(|text| render_line(text, source, around, out)).collect();
    let mut page = Page::new(source, around.locale, around.targets, &document);
    page.anchors.quizzes = around.targets.quizzes.get(&source.file).cloned().unwrap_or_default();
    page.anchors.expected = around.outline.to_vec();
    read_body(&document, &mut page, around, &mut lesson, out);
    if let Some(notes) = page.render_footnotes() {
        lesson.parts.push(Part::Prose(notes));
    }
    page.check_fragments();
    lesson.linked = Linked::of(&mut page);
    lesson.reading = reading(&document, &lesson, around);
    check_minutes(source, &lesson, around, out);
    std::mem::take(&mut page.remarks).into_iter().for_each(|remark| out.push(remark));
    lesson.facts = fact_uses(&document);
    check_uses(source, &lesson.facts, around, out);
    let starts = lesson.quizzes.iter().skip(1).map(|quiz| quiz.at.start);
    for (quiz, end) in lesson.quizzes.iter().zip(starts.chain([source.text.len()])) {
        if quiz.rules.pass.is_some() {
            check_graded(source, quiz, end, (&lesson.facts, around.shelf.facts), out);
        }
    }
    lesson.headings = page.headings;
    if lesson.front.complete == Some(LessonRule::Quiz)
        && lesson.quizzes.iter().all(|quiz| quiz.rules.draft)
    {
        out.push(source.error("C016", 0..0, "`complete: quiz`, but this lesson has no quiz"));
    }
    lesson
}

fn reading(document: &Document<'_>, lesson: &LessonFile, around: Around<'_>) -> u32 {
    let questions = lesson.quizzes.iter().map(|quiz| quiz.questions.len()).sum::<usize>();
    let questions = u32::try_from(questions).unwrap_or(u32::MAX);
    minutes(reading_seconds(&document.spots, questions, around.locale))
}

/// Complains about a lesson that says it takes half the time that reading alone takes. More may be meant: one also thinks.
fn check_minutes(source: &Source, lesson: &LessonFile, around: Around<'_>, out: &mut Diagnostics) {
    let Some(said) = lesson.front.minutes else { return };
    let is_source = around.locale == around.manifest.source;
    if !is_source || said.saturating_mul(2) > lesson.reading {
        return;
    }
    let start = source.text.find("minutes:").unwrap_or(0);
    let message = format!("`minutes: {said}`, but reading takes about {}", lesson.reading);
    let help = "learners plan by it: correct it, or cut the lesson in two";
    out.push(source.warning("M017", source.line_range(start), message).help(help));
}

fn read_body<'c>(
    document: &Document<'c>,
    page: &mut Page<'c>,
    around: Around<'_>,
    lesson: &mut LessonFile,
    out: &mut Diagnostics,
) {
    let nodes = siblings(&document.spots);
    let (mut rest, mut spots) = (nodes.as_slice(), document.spots.as_slice());
    let mut decimal_mark = None;
    while let Some(node) = rest.first() {
        let is_quiz = quiz_class(node, page.source).is_some();
        let length = if is_quiz { section_length(rest) } else { prose_length(rest, page, out) };
        let (taken, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let events = taken.iter().map(|node| node.len()).sum();
        let (here, behind) = spots.split_at_checked(events).unwrap_or((spots, &[]));
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
            reader.page.zone = Zone::Quiz;
            let quiz = read_quiz(taken, &mut reader);
            reader.page.zone = Zone::Text;
            decimal_mark = reader.decimal_mark;
            page.headings.truncate(headings);
            lesson.parts.push(Part::Quiz(lesson.quizzes.len()));
            lesson.quizzes.push(quiz);
        } else {
            let prose = page.render(here);
            if !prose.as_str().is_empty() {
                lesson.parts.push(Part::Prose(prose));
            }
        }
        (rest, spots) = (after, behind);
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
