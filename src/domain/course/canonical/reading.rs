//! What a text says, so that two ways of writing it can be compared.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag};

use crate::edit::{Edit, apply};
use crate::markdown::Document;
use crate::slug::is_id;

/// How alike two texts must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// Every event and every letter that is shown.
    Wholly,
    /// Apart from attributes in braces, labels of gaps, arrows, signs of tolerance and decimal marks.
    ButForSigns,
}

/// Edits that make sense only together.
pub(super) type Change = Vec<Edit>;

/// How often a text is read to find out which changes spoil it, before the rest is given up.
const TRIALS: usize = 200;

/// The edits of those changes with which the text reads as before.
pub(super) fn trusted(text: &str, body: usize, changes: &[Change], alike: Alike) -> Vec<Edit> {
    let mut trial = Trial {
        text,
        body,
        alike,
        before: reading(text, body, alike),
        kept: Vec::new(),
        left: TRIALS,
    };
    trial.keep(changes);
    trial.kept
}

struct Trial<'t> {
    text: &'t str,
    body: usize,
    alike: Alike,
    before: String,
    kept: Vec<Edit>,
    left: usize,
}

impl Trial<'_> {
    /// Keeps the changes if they do no harm together, else those of their halves.
    fn keep(&mut self, changes: &[Change]) {
        let Some(left) = self.left.checked_sub(1).filter(|_| !changes.is_empty()) else { return };
        self.left = left;
        let edits: Vec<Edit> = self.kept.iter().chain(changes.iter().flatten()).cloned().collect();
        if reading(&apply(self.text, &edits), self.body, self.alike) == self.before {
            self.kept = edits;
        } else if changes.len() > 1
            && let Some((first, second)) = changes.split_at_checked(changes.len() / 2)
        {
            self.keep(first);
            self.keep(second);
        }
    }
}

/// The events of a text, written one after the other.
pub(super) fn reading(text: &str, body: usize, alike: Alike) -> String {
    let document = Document::parse(text, body);
    let mut said = String::with_capacity(text.len() * 2);
    for spot in &document.spots {
        match &spot.event {
            Event::Text(text) => add_text(text, alike, &mut said),
            Event::Code(text) => {
                said.push_str("\u{1}code ");
                match alike {
                    Alike::Wholly => said.push_str(text),
                    Alike::ButForSigns => add_text(&unlabelled(text), alike, &mut said),
                }
                said.push_str("\u{2}\n");
            }
            Event::SoftBreak => {
                end_line(alike, &mut said);
                said.push('\n');
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                let _ = match alike {
                    Alike::Wholly => {
                        let classes: BTreeSet<String> =
                            classes.iter().map(ToString::to_string).collect();
                        let attrs: BTreeSet<String> =
                            attrs.iter().map(|pair| format!("{pair:?}")).collect();
                        writeln!(said, "\u{1}{level:?} {id:?} {classes:?} {attrs:?}")
                    }
                    Alike::ButForSigns => writeln!(said, "\u{1}{level:?}"),
                };
            }
            Event::Start(_)
            | Event::End(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {
                end_line(alike, &mut said);
                let _ = writeln!(said, "\u{1}{:?}", spot.event);
            }
        }
    }
    said
}

fn add_text(text: &str, alike: Alike, said: &mut String) {
    match alike {
        Alike::Wholly => said.push_str(text),
        Alike::ButForSigns => {
            let signs = text.replace("+/-", "±").replace("+-", "±").replace("->", "→");
            let parts: Vec<&str> = signs.split('±').map(str::trim).collect();
            let signs = parts.join("±").replace(',', ".");
            let mut parts = signs.split('→').peekable();
            let mut behind = false;
            while let Some(part) = parts.next() {
                said.push_str(if behind { part.trim_start() } else { part });
                behind = true;
                if parts.peek().is_some() {
                    end_line(alike, said);
                    said.push_str("→\n");
                }
            }
        }
    }
}

/// A gap without the label before its colon.
fn unlabelled(code: &str) -> String {
    let Some(inner) = code.strip_prefix('[') else { return code.to_owned() };
    let label = inner.split_once(':').filter(|(before, _)| is_id(before.trim()));
    format!("[{}", label.map_or(inner, |(_, rest)| rest).trim_start())
}

/// Takes attributes in braces from the end of what was said last.
fn end_line(alike: Alike, said: &mut String) {
    if alike == Alike::Wholly {
        return;
    }
    let line = said.rfind(['\n', '\u{1}']).map_or(0, |at| at + 1);
    let last = said.get(line..).unwrap_or_default();
    let open = last.trim_end().strip_suffix('}').and_then(|last| last.rfind('{'));
    let kept = open.and_then(|open| last.get(..open)).unwrap_or(last).trim_end().len();
    said.truncate(line + kept);
}
