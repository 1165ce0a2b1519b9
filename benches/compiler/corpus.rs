//! Texts that were not written for us: every Markdown file below some folders is compiled and formatted as a lesson.

use std::fs;
use std::path::{Path, PathBuf};

use bilik_domain::course::canonical::format;
use bilik_domain::course::compile;
use bilik_domain::edit::apply;

use crate::generate::Files;
use crate::measure::say;

/// Goes through the folders; how many texts were no longer the same when formatted twice.
pub(crate) fn try_out(folders: &[PathBuf]) -> usize {
    let (mut texts, mut bytes, mut unstable) = (0, 0, 0);
    let mut open = folders.to_vec();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if let Some(text) = read(&path) {
                texts += 1;
                bytes += text.len();
                if !is_stable(&text) {
                    unstable += 1;
                    say(&format!("formatted twice is not formatted once: {}", path.display()));
                }
            }
        }
    }
    say(&format!(
        "{texts} foreign texts, {bytes} bytes, compiled and formatted; {unstable} not stable"
    ));
    unstable
}

fn read(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if !matches!(ending.as_str(), "md" | "markdown" | "gift") {
        return None;
    }
    fs::read_to_string(path).ok()
}

fn is_stable(text: &str) -> bool {
    let mut files: Files = [
        ("course.yml", "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11\nslug: s\nsource: en\nlanguages: [en]\ntitle: { en: S }\nsummary: { en: S }\ntheme: energy\nlevel: beginner\nhours: 1\nlicence: CC0-1.0\n".to_owned()),
        ("1-m/module.yml", "title: { en: M }\n".to_owned()),
        ("1-m/1-a.en.md", format!("---\ntitle: A\nminutes: 5\n---\n\n{text}")),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .collect();
    let (_, diagnostics) = compile(&files);
    std::hint::black_box(diagnostics.to_string());
    for (path, edits) in format(&files) {
        let text = files.get(&path).map(|text| String::from_utf8_lossy(text).into_owned());
        files.insert(path, apply(&text.unwrap_or_default(), &edits).into_bytes());
    }
    format(&files).is_empty()
}
