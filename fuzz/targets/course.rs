//! A small sound course, and some of its files put in by the fuzzer.

use std::collections::BTreeMap;

use bilik_domain::course::canonical::format;
use bilik_domain::course::compile;
use bilik_domain::edit::apply;

const MANIFEST: &str = "\
id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11
slug: small
source: en
languages: [en, az]
title: { en: Small, az: Kiçik }
summary: { en: Small, az: Kiçik }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
outcomes: { O1: { en: One, az: Bir } }
";

const LESSON: &str = "---\ntitle: A\nminutes: 5\n---\n\nText.\n";

/// Whatever was put in, the compiler answers, and the formatter has nothing to do after itself.
pub fn try_out(put_in: &[(&str, &str)]) {
    let mut files = BTreeMap::new();
    let picture = "<svg viewBox=\"0 0 9 9\"><title>x</title></svg>";
    let sound = [
        ("course.yml", MANIFEST),
        ("1-m/module.yml", "title: { en: M, az: M }\n"),
        ("1-m/1-a.en.md", LESSON),
        ("media/f.svg", picture),
    ];
    for (path, text) in sound.iter().chain(put_in) {
        files.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    let (course, diagnostics) = compile(&files);
    let shown = diagnostics.to_string();
    assert_eq!(shown.is_empty(), diagnostics.is_empty());
    let mut tidy = files.clone();
    for (path, edits) in format(&files) {
        let text = String::from_utf8(files[&path].clone()).unwrap();
        tidy.insert(path, apply(&text, &edits).into_bytes());
    }
    assert!(format(&tidy).is_empty(), "formatted twice: {:#?}", format(&tidy));
    if course.is_some() && !diagnostics.has_errors() {
        assert!(!compile(&tidy).1.has_errors(), "{}", compile(&tidy).1);
    }
}
