//! One file brought to the canonical form, pass by pass, until nothing is left to do.

use super::amounts::amounts;
use super::arrows::arrows;
use super::braces::braces;
use super::draft::Draft;
use super::fields::{self, fields};
use super::headings::headings;
use super::indents::indents;
use super::lines::{apart, ends, gaps};
use super::markers::markers;
use super::names::{Names, write};
use super::reading::{Alike, Change, trusted};
use super::rules::rules;
use super::sections::quizzes;
use super::tables::tables;
use super::view::View;
use crate::course::front::split;
use crate::course::limits::too_large;
use crate::diagnostic::Source;
use crate::edit::Edit;

/// A pass over a text.
type Find = fn(&View<'_>) -> Vec<Change>;

/// The passes in their order, and what each may change of what is read.
const PASSES: [(Find, Alike); 11] = [
    (apart, Alike::Wholly),
    (headings, Alike::Wholly),
    (rules, Alike::Wholly),
    (markers, Alike::Wholly),
    (indents, Alike::Wholly),
    (ends, Alike::Wholly),
    (gaps, Alike::Wholly),
    (braces, Alike::ButForSigns),
    (amounts, Alike::ButForSigns),
    (arrows, Alike::ButForSigns),
    (tables, Alike::Wholly),
];

/// How often all passes go over a text; what one pass does may make room for another.
const ROUNDS: usize = 4;

/// The edits that bring a lesson, a bank or a manifest to the canonical form. Ids are given by [`super::format`], which
/// knows the whole course. Nothing of other files, or of a text that is too long, is changed.
pub fn format_file(path: &str, text: &str) -> Vec<Edit> {
    let mut draft = Draft::new(text);
    tidy(path, &mut draft, None);
    draft.edits()
}

/// Makes all edits of one file, with ids if they are known.
pub(super) fn tidy(path: &str, draft: &mut Draft, names: Option<&[Names]>) {
    if too_large(draft.text()).is_some() {
        return;
    }
    if path.ends_with(".yml") {
        draft.make(&line_ends(draft.text()));
        for find in fields::PASSES {
            let source = Source::new(path, draft.text().to_owned());
            draft.make(&fields(&source, &(0..source.text.len()), find));
        }
    } else if path.ends_with(".md") {
        draft.make(&line_ends(draft.text()));
        tidy_front(path, draft);
        for _ in 0..ROUNDS {
            let before = draft.text().to_owned();
            tidy_body(path, draft, names);
            if draft.text() == before {
                break;
            }
        }
    }
}

fn tidy_front(path: &str, draft: &mut Draft) {
    for find in fields::PASSES {
        let source = Source::new(path, draft.text().to_owned());
        let Some((yaml, _)) = split(&source) else { return };
        draft.make(&fields(&source, &yaml, find));
    }
    let source = Source::new(path, draft.text().to_owned());
    let Some((yaml, _)) = split(&source) else { return };
    let lines = [source.line_range(0), source.line_range(yaml.end)];
    let untidy = lines.into_iter().filter(|line| source.slice(line.clone()) != "---");
    let edits: Vec<Edit> = untidy.map(|line| Edit::replace(line, "---")).collect();
    draft.make(&edits);
}

fn tidy_body(path: &str, draft: &mut Draft, names: Option<&[Names]>) {
    for (find, alike) in PASSES {
        pass(path, draft, alike, find);
    }
    if let Some(names) = names {
        pass(path, draft, Alike::ButForSigns, |view| write(&quizzes(view), names));
    }
}

fn pass(path: &str, draft: &mut Draft, alike: Alike, find: impl Fn(&View<'_>) -> Vec<Change>) {
    let source = Source::new(path, draft.text().to_owned());
    let Some(view) = View::of(&source) else { return };
    let changes = find(&view);
    if !changes.is_empty() {
        draft.make(&trusted(&source.text, view.body, &changes, alike));
    }
}

/// Lines end as on Unix; a carriage return of its own ends one too.
fn line_ends(text: &str) -> Vec<Edit> {
    let end = |(at, _): (usize, &str)| match text.get(at + 1..)?.starts_with('\n') {
        true => Some(Edit::remove(at..at + 1)),
        false => Some(Edit::replace(at..at + 1, "\n")),
    };
    text.match_indices('\r').filter_map(end).collect()
}
