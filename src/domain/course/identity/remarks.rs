//! What the history of a course says about its new version, as diagnostics with their places.

use std::collections::BTreeMap;

use super::questions::{Stranger, Unlike};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};

/// Questions that stand under the id of another one. An id that was taken out is gone for good, which is an error; an
/// id still in use may have been edited far, so that somebody should look.
pub fn strangers(files: &BTreeMap<String, Vec<u8>>, strangers: &[Stranger]) -> Diagnostics {
    let mut out = Diagnostics::default();
    for stranger in strangers {
        let level = if stranger.was_retired { Level::Error } else { Level::Warning };
        let (id, when) =
            (&stranger.id, if stranger.was_retired { "was taken out" } else { "was here before" });
        let message = match stranger.why {
            Unlike::Kind => format!("id `{id}` belongs to a question of another kind that {when}"),
            Unlike::Words(alike) => {
                format!(
                    "id `{id}` belongs to another question that {when}; the words are {alike} % alike"
                )
            }
        };
        let help = "give the new question an id of its own, so that the results of the old one stay what they are";
        out.push(placed(files, id.as_str()).remark("Q080", level, message).help(help));
    }
    out.sort();
    out
}

/// Questions whose key changed while there are attempts, with their number.
pub fn scored(files: &BTreeMap<String, Vec<u8>>, changed: &[(&str, usize)]) -> Diagnostics {
    let mut out = Diagnostics::default();
    for (id, attempts) in changed {
        let message =
            format!("the key of `{id}` changed; {attempts} attempts were marked by the old one");
        let help = "they keep their marks; `bilik plan` says what a regrade would do";
        out.push(placed(files, id).remark("Q081", Level::Warning, message).help(help));
    }
    out.sort();
    out
}

/// Where a part stands.
enum Spot {
    Written(Source, std::ops::Range<usize>),
    Somewhere,
}

impl Spot {
    fn remark(self, code: &'static str, level: Level, message: String) -> Diagnostic {
        match self {
            Spot::Written(source, range) => source.diagnostic(code, level, range, message),
            Spot::Somewhere => Diagnostic::of_file(code, level, "course.yml", message),
        }
    }
}

/// Where an id is written; the files are searched, for a compiled course knows no places.
fn placed(files: &BTreeMap<String, Vec<u8>>, id: &str) -> Spot {
    let mark = format!("#{id}");
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if let Some(at) = written_at(text, &mark) {
            return Spot::Written(Source::new(path, text.to_owned()), at..at + mark.len());
        }
    }
    Spot::Somewhere
}

/// Where the mark stands as a word of its own in a heading.
fn written_at(text: &str, mark: &str) -> Option<usize> {
    let ends = |at: usize| {
        let after = text.get(at + mark.len()..).and_then(|rest| rest.chars().next());
        after.is_none_or(|c| !(c.is_ascii_alphanumeric() || c == '-'))
    };
    let in_heading = |at: usize| {
        let line = text.get(..at).and_then(|before| before.rsplit('\n').next());
        line.is_some_and(|line| line.starts_with('#') && line.contains('{'))
    };
    text.match_indices(mark).map(|(at, _)| at).find(|at| ends(*at) && in_heading(*at))
}
