//! What a lesson file says before its text.

use std::ops::Range;

use super::facts::Shelf;
use super::manifest::{Manifest, number};
use super::model::LessonRule;
use super::yaml::{FLAG, Fields, Node, Value, list, one_of, parsed, text};
use crate::diagnostic::{Diagnostics, Level, Source};
use crate::locale::Locale;
use crate::markdown::Targets;
use crate::slug::is_id;

/// Characters of a block's hash: two blocks of one lesson do not meet by chance. The first is a letter, so that YAML
/// never takes it for a number.
pub(super) const HASH: usize = 9;

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
    pub(super) translated_from: Origin,
}

/// What a translation says it was made from.
#[derive(Debug, Default)]
pub(super) enum Origin {
    /// Nothing.
    #[default]
    Unsaid,
    /// The whole text, by its hash, perhaps abbreviated: how it was written before blocks were recorded.
    Whole(String),
    /// Its blocks, by their hashes.
    Blocks(Vec<String>),
}

/// What is known around a lesson file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'c> {
    pub(super) manifest: &'c Manifest,
    pub(super) outcomes: &'c [String],
    pub(super) targets: &'c Targets,
    pub(super) shelf: Shelf<'c>,
    /// Id of the lesson.
    pub(super) id: &'c str,
    pub(super) locale: Locale,
    /// Level and id of each heading of the source text; empty for the source itself.
    pub(super) outline: &'c [(u8, String)],
}

/// Rules of completion by a single word; `dwell=…` has a time with it.
const RULES: &[(&str, LessonRule)] =
    &[("viewed", LessonRule::Viewed), ("marked", LessonRule::Marked), ("quiz", LessonRule::Quiz)];

/// The front matter and the byte where the text begins.
pub(super) fn read_front(
    source: &Source,
    around: Around<'_>,
    out: &mut Diagnostics,
) -> (Front, usize) {
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
        translated_from: fields.take("translated_from", read_origin).unwrap_or_default(),
        outcomes: known_outcomes(outcomes, source, around, out),
    };
    let _: Option<()> = fields.take("kind", read_kind);
    fields.finish(out);
    if let Some(id) = id.filter(|id| id != around.id) {
        let message =
            format!("`id: {id}`, but the source text of this lesson has the id `{}`", around.id);
        out.push(source.error("C011", 0..0, message).help("all languages of a lesson have one id"));
    }
    (front, body)
}

/// A lesson may say that it is one; banks are read elsewhere.
fn read_kind(node: &Node) -> Result<(), String> {
    match text(node)?.as_str() {
        "lesson" => Ok(()),
        "bank" => Err("a question bank stands in `banks/`".to_owned()),
        other => Err(format!("`{other}` is not `lesson`")),
    }
}

fn read_origin(node: &Node) -> Result<Origin, String> {
    let is_hash = |word: &str| word.len() == HASH && word.chars().all(|c| c.is_ascii_hexdigit());
    if let Value::Text(hash) = &node.value {
        return Ok(Origin::Whole(hash.trim().to_owned()));
    }
    let hashes: Vec<String> = list(node)?.into_iter().map(|(hash, _)| hash).collect();
    match hashes.iter().find(|hash| !is_hash(hash)) {
        Some(other) => Err(format!("`{other}` is not the hash of a block")),
        None => Ok(Origin::Blocks(hashes)),
    }
}

/// What a lesson file says it was translated from.
pub(super) fn written_origin(source: &Source) -> Origin {
    let fields =
        split(source).and_then(|(yaml, _)| Fields::read(source, yaml, &mut Diagnostics::default()));
    let origin = fields.and_then(|mut fields| fields.take("translated_from", read_origin));
    origin.unwrap_or_default()
}

/// The id in the front matter, if it is there and well formed; what is wrong with it is said when the lesson is read.
pub(super) fn written_id(source: &Source) -> Option<String> {
    let (yaml, _) = split(source)?;
    let said = source.slice(yaml.clone());
    // Most lessons are called by the names of their files, and then nothing has to be read twice.
    if !said.contains("id") && !said.contains('\\') {
        return None;
    }
    let mut fields = Fields::read(source, yaml, &mut Diagnostics::default())?;
    fields.take("id", text).filter(|id| is_id(id))
}

/// The bytes of the YAML, and the byte where the text begins.
pub(super) fn split(source: &Source) -> Option<(Range<usize>, usize)> {
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
    match word.split_once('=') {
        Some(("dwell", time)) => seconds(time)
            .map(LessonRule::Dwell)
            .ok_or_else(|| format!("`{time}` is not a time from 1s to 24h, `90s` or `2m`")),
        _ => one_of(RULES)(node).map_err(|problem| format!("{problem}, dwell=2m")),
    }
}

fn seconds(time: &str) -> Option<u32> {
    let (number, factor) = [("s", 1), ("m", 60), ("h", 3600)]
        .into_iter()
        .find_map(|(unit, factor)| time.strip_suffix(unit).map(|number| (number, factor)))?;
    let seconds = number.parse::<u32>().ok()?.checked_mul(factor)?;
    (1..=24 * 3600).contains(&seconds).then_some(seconds)
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
