//! The files of this folder are whole, and there is one for every code that is emitted.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

use super::{FILES, MARKS, all, find};
use crate::locale::Locale;

/// The codes that stand as literals in our sources, tests left out.
fn emitted() -> BTreeSet<String> {
    let code = Regex::new("\"([CFKMQV][0-9]{3})\"").unwrap();
    let mut found = BTreeSet::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.extend(code.captures_iter(text).map(|code| code[1].to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_emitted_code_is_explained() {
    let known: BTreeSet<String> = all().iter().map(|code| code.name.to_owned()).collect();
    let emitted = emitted();
    let unexplained: Vec<&String> = emitted.difference(&known).collect();
    let unused: Vec<&String> = known.difference(&emitted).collect();
    assert!(
        unexplained.is_empty() && unused.is_empty(),
        "without a file in diagnostic/codes: {unexplained:?}; never emitted: {unused:?}"
    );
}

#[test]
fn every_file_is_whole() {
    for (name, _) in FILES {
        let code =
            find(name).unwrap_or_else(|| panic!("{name}.md is not in the form of README.md"));
        for locale in Locale::ALL {
            let text = code.explanation(locale);
            let whole = [&text.title, &text.why, &text.how].iter().all(|text| !text.is_empty());
            assert!(whole, "{name}: title, why or how is missing in {}", locale.code());
            assert!(!text.title.ends_with('.'), "{name}: a title is no sentence");
        }
        assert!(!code.bad.is_empty() && !code.good.is_empty(), "{name}: examples are missing");
        for example in &code.bad {
            let marks = example.iter().map(|sample| sample.text.matches(MARKS).count());
            assert_eq!(marks.sum::<usize>(), 2, "{name}: a bad example has one mark, ⟦…⟧");
        }
    }
}

#[test]
fn codes_are_found_in_any_case() {
    assert_eq!(find("q010").map(|code| code.name), Some("Q010"));
    assert!(find("Q999").is_none());
}
