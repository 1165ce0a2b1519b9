//! What the checks read: files of this package, with paths from its root.

use std::fs;
use std::path::Path;

#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// Lines with their numbers, without comments.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)))
    }
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder whose names end so.
pub(super) fn below(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), ending, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && path.file_name().is_none_or(|name| name != "node_modules") {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let path = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
            found.push(Source { path, text });
        }
    }
}

/// A small tree with a mistake in it.
pub(super) fn planted(files: &[(&str, &str)]) -> Vec<Source> {
    files
        .iter()
        .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect()
}

pub(super) fn assert_none(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} to put in order:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

/// An address such as `https://…` is not the beginning of a comment.
fn without_comment(line: &str) -> &str {
    let mut starts = around(line, "//").map(|(before, _)| before);
    starts.find(|before| !before.ends_with(':')).unwrap_or(line)
}

pub(super) fn is_word_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// What stands before and after each occurrence.
pub(super) fn around<'a>(line: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    line.match_indices(name).map(|(at, found)| {
        let (before, rest) = line.split_at(at);
        (before, rest.strip_prefix(found).unwrap_or(rest))
    })
}

/// Whether a name stands by itself, not inside a longer one.
pub(super) fn mentions(line: &str, name: &str) -> bool {
    around(line, name)
        .any(|(before, after)| !before.ends_with(is_word_part) && !after.starts_with(is_word_part))
}
