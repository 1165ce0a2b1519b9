//! Texts are complete: each key stands in all three languages with the same values in it, no key stands
//! twice, every folder of texts is listed, and every key that the code asks for exists.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{Source, around, assert_none, below, is_word_part, planted};

const LANGUAGES: [&str; 3] = ["az", "en", "ru"];
/// What is written before a key: in templates and code the look-ups, in code also the rules of forms.
const LOOK_UPS: [&str; 3] = ["t(", "ta(", "tn("];
const FORM_RULES: [&str; 2] = ["problems.require(", "problems.add("];

/// The values that each text mentions, by key.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn check_complete(files: &[Source]) -> Vec<String> {
    let folders: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.path.rsplit_once('/'))
        .map(|(folder, _)| folder)
        .collect();
    folders.iter().flat_map(|folder| folder_complaints(folder, files)).collect()
}

fn folder_complaints(folder: &str, files: &[Source]) -> Vec<String> {
    let texts: BTreeMap<&str, Texts> =
        LANGUAGES.into_iter().map(|language| (language, texts(folder, language, files))).collect();
    let keys: BTreeSet<&String> = texts.values().flat_map(BTreeMap::keys).collect();
    keys.iter()
        .flat_map(|key| {
            LANGUAGES.iter().filter_map(|language| key_complaint(folder, key, language, &texts))
        })
        .collect()
}

fn texts(folder: &str, language: &str, files: &[Source]) -> Texts {
    let path = format!("{folder}/{language}.ftl");
    files.iter().find(|file| file.path == path).map(parsed).unwrap_or_default()
}

fn key_complaint(
    folder: &str,
    key: &str,
    language: &str,
    texts: &BTreeMap<&str, Texts>,
) -> Option<String> {
    let text = |language| texts.get(language).and_then(|texts| texts.get(key));
    match (text(language), text("en")) {
        (None, _) => Some(format!("{folder}/{language}.ftl: `{key}` is missing")),
        (Some(own), Some(english)) if own != english => {
            Some(format!("{folder}/{language}.ftl: `{key}` has other values than in English"))
        }
        _ => None,
    }
}

fn parsed(file: &Source) -> Texts {
    let mut texts = Texts::new();
    let mut key = String::new();
    for line in file.text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = key_of(line) {
            key = name.to_owned();
            texts.insert(key.clone(), BTreeSet::new());
        }
        if let Some(values) = texts.get_mut(&key) {
            values.extend(
                line.split('$').skip(1).map(|rest| {
                    rest.chars().take_while(|l| is_word_part(*l) || *l == '-').collect()
                }),
            );
        }
    }
    texts
}

/// A text starts at the beginning of a line; what is indented belongs to the text before.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    is_key(key).then_some(key)
}

fn is_key(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

fn check_once(files: &[Source]) -> Vec<String> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with("/en.ftl")) {
        for key in file.text.lines().filter_map(key_of) {
            if let Some(first) = seen.insert(key.to_owned(), &file.path) {
                complaints.push(format!("{}: `{key}` stands in {first} already", file.path));
            }
        }
    }
    complaints
}

fn check_listed(files: &[Source], list: &Source) -> Vec<String> {
    let folders = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("src/")?.strip_suffix("/words/en.ftl"));
    folders
        .filter(|folder| !list.text.contains(&format!("\"{folder}\"")))
        .map(|folder| format!("{}: `{folder}` is not listed", list.path))
        .collect()
}

fn check_known(sources: &[Source], files: &[Source]) -> Vec<String> {
    let known: BTreeSet<String> = files.iter().flat_map(|file| parsed(file).into_keys()).collect();
    let asked = sources
        .iter()
        .flat_map(|source| asked(source).into_iter().map(move |(line, key)| (source, line, key)));
    asked
        .filter(|(_, _, key)| !known.contains(*key))
        .map(|(source, line, key)| {
            format!("{}:{line}: `{key}` is in no file of texts", source.path)
        })
        .collect()
}

/// The keys that a file asks for: in look-ups, in rules of forms, and as the words of a refusal.
fn asked(source: &Source) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_refusal = false;
    for (number, line) in source.text.lines().enumerate() {
        in_refusal = line.contains("fn words(&self)") || (in_refusal && line != "    }");
        let looked_up = LOOK_UPS.iter().flat_map(|call| looked_up(line, call));
        let ruled =
            FORM_RULES.iter().filter(|call| line.contains(**call)).filter_map(|_| ruled(line));
        let refused = literals(line).into_iter().filter(|_| in_refusal);
        found.extend(
            looked_up
                .chain(ruled)
                .chain(refused)
                .filter(|key| is_key(key))
                .map(|key| (number + 1, key)),
        );
    }
    found
}

/// The rule's last literal, after the name of the field; where it is the only one, the key is computed.
fn ruled(line: &str) -> Option<&str> {
    literals(line).into_iter().skip(1).last()
}

/// The first literal in each call, so `t(locale, "key")` as well as `shell.t("key")`.
fn looked_up<'a>(line: &'a str, call: &'a str) -> Vec<&'a str> {
    let calls = around(line, call).filter(|(before, _)| !before.ends_with(is_word_part));
    calls
        .filter_map(|(_, after)| {
            let (before, rest) = after.split_once('"')?;
            let is_argument = before.is_empty()
                || (before.trim_end().ends_with(',') && !before.contains(['(', ')']));
            rest.split_once('"').map(|(key, _)| key).filter(|_| is_argument)
        })
        .collect()
}

fn literals(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

fn templates_and_code() -> Vec<Source> {
    let mut sources = [below("src", ".rs"), below("src", ".html"), below("src", ".txt")].concat();
    sources.retain(|source| !source.path.ends_with("words/tests.rs"));
    sources
}

#[test]
fn every_text_stands_in_three_languages() {
    assert_none(&check_complete(&below("src", ".ftl")));
}

#[test]
fn a_missing_or_different_text_is_found() {
    let files = planted(&[
        ("src/a/words/az.ftl", "# note\nhello = Salam, { $name }\n"),
        ("src/a/words/en.ftl", "hello = Hello, { $name }\nbye = Bye\n"),
        ("src/a/words/ru.ftl", "hello = Привет\nbye =\n    Пока\n"),
    ]);
    assert_eq!(
        check_complete(&files),
        [
            "src/a/words/az.ftl: `bye` is missing",
            "src/a/words/ru.ftl: `hello` has other values than in English"
        ]
    );
}

#[test]
fn every_text_stands_once_and_every_folder_is_listed() {
    let files = below("src", ".ftl");
    assert_none(&check_once(&files));
    assert_none(
        &below("src/words", "sources.rs")
            .iter()
            .flat_map(|list| check_listed(&files, list))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_second_text_and_a_forgotten_folder_are_found() {
    let files = planted(&[
        ("src/a/words/en.ftl", "hello = Hello\n"),
        ("src/b/words/en.ftl", "hello = Hello\n"),
    ]);
    assert_eq!(
        check_once(&files),
        ["src/b/words/en.ftl: `hello` stands in src/a/words/en.ftl already"]
    );
    let list = planted(&[("src/words/sources.rs", "sources![\"a\"];")]).remove(0);
    assert_eq!(check_listed(&files, &list), ["src/words/sources.rs: `b` is not listed"]);
}

#[test]
fn every_text_that_is_asked_for_exists() {
    assert_none(&check_known(&templates_and_code(), &below("src", ".ftl")));
}

#[test]
fn an_unknown_text_is_found() {
    let files = planted(&[("src/a/words/en.ftl", "hello = Hello\n")]);
    let tree = planted(&[
        (
            "src/a/pages/x.html",
            "{{ shell.t(\"hello\") }} {{ shell.ta(\"gone\", 1) }} {{ format(\"other\") }}\n",
        ),
        (
            "src/a/actions.rs",
            "problems.require(ok, \"name\", \"name-needed\");\nt(lang, \"hello\");\n",
        ),
        (
            "src/a/refusal.rs",
            "    fn words(&self) -> &'static str {\n        \"refused\"\n    }\n    \"free\"\n",
        ),
    ]);
    assert_eq!(
        check_known(&tree, &files),
        [
            "src/a/pages/x.html:1: `gone` is in no file of texts",
            "src/a/actions.rs:1: `name-needed` is in no file of texts",
            "src/a/refusal.rs:2: `refused` is in no file of texts",
        ]
    );
}
