//! The canonical form: each rule before and after, and what must hold of every text.

use std::collections::BTreeMap;

use super::diff::diff;
use super::file::format_file;
use super::folder::{format, mark_translated};
use crate::course::compile::compile;
use crate::course::model::TextState;
use crate::edit::apply;
use crate::locale::Locale;

pub(super) type Files = BTreeMap<String, Vec<u8>>;

pub(super) const FRONT: &str = "---\ntitle: A\nminutes: 5\n---\n\n";

pub(super) fn formatted(text: &str) -> String {
    apply(text, &format_file("1-m/1-a.en.md", text))
}

/// The text in the canonical form, without front matter.
fn body(body: &str) -> String {
    let text = formatted(&format!("{FRONT}{body}"));
    text.strip_prefix(FRONT).unwrap().to_owned()
}

#[test]
fn prose() {
    for (before, after) in [
        // Already canonical.
        ("Text.\n", "Text.\n"),
        ("One\ntwo.\n", "One\ntwo.\n"),
        // The ends of lines and of the file.
        ("Text. \nMore.   ", "Text.\nMore.\n"),
        ("Text.\r\n\r\nMore.\r\n", "Text.\n\nMore.\n"),
        ("Text.\r\r\n\rMore.\r", "Text.\n\nMore.\n"),
        ("\n\n\nText.\n\n\n\nMore.\n\n\n", "Text.\n\nMore.\n"),
        ("One  \ntwo.\n", "One\\\ntwo.\n"),
        ("> One  \n> two.\n", "> One\\\n> two.\n"),
        ("> a\n>  \n> b\n", "> a\n>\n> b\n"),
        // Blocks stand apart.
        ("Text.\n- a\n- b\n> c\n## D\nE\n", "Text.\n\n- a\n- b\n\n> c\n\n## D\n\nE\n"),
        ("Text.\n> [!NOTE]\n> b\n", "Text.\n\n> [!NOTE]\n> b\n"),
        ("[^1] a\n\n[^1]: One.\n[^2]: Two.\n", "[^1] a\n\n[^1]: One.\n[^2]: Two.\n"),
        // Headings.
        ("Title\n=====\n\nText.\n", "# Title\n\nText.\n"),
        ("##   Title   ##\n", "## Title\n"),
        ("  ## Title\n", "## Title\n"),
        ("## C#\n", "## C#\n"),
        ("Two\nlines\n=====\n", "Two\nlines\n=====\n"),
        ("Was this meant?\n---\n", "Was this meant?\n---\n"),
        ("## A {#a   .wide}\n", "## A {#a .wide}\n"),
        ("## A {.wide #a}\n", "## A {#a .wide}\n"),
        // Rules.
        ("a\n\n* * *\n\nb\n", "a\n\n---\n\nb\n"),
        ("a\n***\nb\n", "a\n\n---\n\nb\n"),
        // Lists.
        ("* a\n* b\n", "- a\n- b\n"),
        ("+ a\n  + b\n    1) c\n", "- a\n  - b\n    1. c\n"),
        ("- a\n* b\n", "- a\n\n* b\n"),
        ("- a\n\n\n- b\n", "- a\n\n- b\n"),
        ("-   a\n\n    more\n-   b\n", "- a\n\n  more\n- b\n"),
        (" - a\n   - b\n", "- a\n  - b\n"),
        ("-   1.200 × 3\n-   3,5 m\n", "- 1.200 × 3\n- 3,5 m\n"),
        ("-   1. a\n-   2\n", "-   1. a\n-   2\n"),
        ("- a\n    - b\n        - c\n", "- a\n  - b\n    - c\n"),
        ("1.  a\n    ```\n    x\n      y\n    ```\n", "1. a\n   ```\n   x\n     y\n   ```\n"),
        ("- a\n   lazy\n", "- a\n   lazy\n"),
        ("-     code\n", "-     code\n"),
        ("- [X] a\n- [ ] b\n", "- [x] a\n- [ ] b\n"),
        // What is not ours to lay out.
        ("```\na  \n\n\n\tb\n```\n", "```\na  \n\n\n\tb\n```\n"),
        ("    a  \n\n\n    b\n", "    a  \n\n\n    b\n"),
        ("`a  \nb`\n", "`a  \nb`\n"),
        ("<div>\na  \n</div>\n", "<div>\na  \n</div>\n"),
        ("a -> b, 3,5 +- 1 *x* _y_\n", "a -> b, 3,5 +- 1 *x* _y_\n"),
        ("- the set {b #a}\n", "- the set {b #a}\n"),
    ] {
        assert_eq!(body(before), after, "{before}");
        assert_eq!(body(after), after, "not stable: {after}");
    }
    assert_eq!(formatted(FRONT), FRONT.trim_end().to_owned() + "\n");
}

#[test]
fn tables() {
    for (before, after) in [
        ("a|b\n-|-\n1|2\n", "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n"),
        (
            "| Ad | Pay |\n|:-|-:|\n| Şəki | 5 |\n| 日本 |\n",
            "| Ad   | Pay |\n| :--- | --: |\n| Şəki |   5 |\n| 日本 |     |\n",
        ),
        ("| a \\| b | `c\\|d` |\n|--|:-:|\n", "| a \\| b | `c\\|d` |\n| ------ | :----: |\n"),
        // Pipes that stand under one another stay where they are.
        (
            "| a    | b   |\n| ---- | --- |\n| 1    | 2   |\n",
            "| a    | b   |\n| ---- | --- |\n| 1    | 2   |\n",
        ),
        // A cell too many is not shown, but it is somebody's text.
        ("| a | b |\n|-|-|\n| 1 | 2 | 3 |\n", "| a | b |\n|-|-|\n| 1 | 2 | 3 |\n"),
        ("> |a|\n> |-|\n> |b|\n", "> | a   |\n> | --- |\n> | b   |\n"),
        ("- x\n\n  |a|\n  |-|\n  |b|\n", "- x\n\n  | a   |\n  | --- |\n  | b   |\n"),
    ] {
        assert_eq!(body(before), after, "{before}");
        assert_eq!(body(after), after, "not stable: {after}");
    }
}

#[test]
fn answers() {
    for (before, after) in [
        ("- = 3,6 +- 1% MJ\n- ~ 1,5 ±0,1 MJ {50%}", "- = 3.6 ± 1% MJ\n- ~ 1.5 ± 0.1 MJ {50%}"),
        ("- = [3,5; 4,5] m\n- ~ *", "- = [3.5; 4.5] m\n- ~ *"),
        ("- = yes, no\n- = 3,5", "- = yes, no\n- = 3,5"),
        ("- = \"3,5\"", "- = \"3,5\""),
        ("* [X] One   {pin  #one}\n* [ ] Two {#two}", "- [x] One {#one pin}\n- [ ] Two {#two}"),
    ] {
        let lesson = |answers: &str| format!("## Q {{#q .quiz}}\n\n### Why? {{#w}}\n\n{answers}\n");
        assert_eq!(body(&lesson(before)), lesson(after), "{before}");
        assert_eq!(body(&lesson(after)), lesson(after), "not stable: {after}");
    }
}

#[test]
fn front_matter() {
    for (before, after) in [
        ("---\ntitle: A # why\nminutes: 5\n---\n", "---\ntitle: A # why\nminutes: 5\n---\n"),
        (
            "--- \n\n# first\ntitle:   A \nminutes: 5\n\n\n\nsources:\n  -   b\n\n---  \nText.\n",
            "---\n# first\ntitle: A\nminutes: 5\n\nsources:\n  -   b\n---\n\nText.\n",
        ),
        (
            "---\ntitle: \"A:  b\"\nsources:\n  - |\n    kept  \n\n\n    kept\n---\n",
            "---\ntitle: \"A:  b\"\nsources:\n  - |\n    kept  \n\n\n    kept\n---\n",
        ),
        (
            "---\ntitle: Heat: what \"it\" is\n---\n",
            "---\ntitle: \"Heat: what \\\"it\\\" is\"\n---\n",
        ),
        ("---\ntitle: [Draft] Heat\n---\n", "---\ntitle: \"[Draft] Heat\"\n---\n"),
        ("---\noutcomes: [O1\n---\n", "---\noutcomes: [O1\n---\n"),
        ("Text.  ", "Text.\n"),
        // A line across the page, which must not become front matter.
        ("----\n\na\n\n---\n", "***\n\na\n\n---\n"),
        ("\n\n___\n\na\n", "***\n\na\n"),
    ] {
        assert_eq!(formatted(before), after, "{before}");
        assert_eq!(formatted(after), after, "not stable: {after}");
    }
    let manifest = "\u{20}\nslug:  a  # the address\r\ntitle: { en: A }   \n\n\n";
    let edits = format_file("course.yml", manifest);
    assert_eq!(apply(manifest, &edits), "slug: a  # the address\ntitle: { en: A }\n");
}

#[test]
fn a_manifest_keeps_the_blanks_that_mean_something() {
    for (before, after) in [
        ("title: \n  - >\n    Folded\n    text ", "title:\n  - >\n    Folded\n    text "),
        ("a: |\n  b\n\n\n", "a: |\n  b\n"),
        ("a: |+\n  b\n\n\nc:   1 \n", "a: |+\n  b\n\n\nc: 1\n"),
    ] {
        let edits = |text: &str| format_file("course.yml", text);
        assert_eq!(apply(before, &edits(before)), after, "{before}");
        assert_eq!(edits(after), [], "not stable: {after}");
    }
}

/// The worked examples of the format are written as they should be.
#[test]
fn the_examples_of_the_format_are_canonical() {
    let text = format!("{FRONT}{}", include_str!("examples.md"));
    assert_eq!(diff("examples.md", &text, &format_file("1-m/1-a.en.md", &text)), "");
}

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
";

pub(super) fn course(english: &str, azerbaijani: &str) -> Files {
    [
        ("course.yml", MANIFEST.to_owned()),
        ("1-m/module.yml", "title: { en: M, az: M }\n".to_owned()),
        ("1-m/1-a.en.md", format!("---\ntitle: A\nminutes: 5\n---\n\n{english}")),
        ("1-m/1-a.az.md", format!("---\ntitle: B\n---\n\n{azerbaijani}")),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text.into_bytes()))
    .collect()
}

pub(super) fn format_all(files: &Files) -> Files {
    let mut files = files.clone();
    for (path, edits) in format(&files) {
        let text = String::from_utf8(files[&path].clone()).unwrap();
        files.insert(path, apply(&text, &edits).into_bytes());
    }
    files
}

pub(super) fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(&files[path]).unwrap()
}

#[test]
fn every_language_gets_the_ids_of_the_source() {
    let files = course(
        "## Check {.quiz pass=60%}\n\n### What is heat?\n\n- [x] Energy that moves\n- [ ] A *fluid* {pin}\n\n\
         ### What is heat? {#heat}\n\n- [x] True\n- [ ] False\n",
        "## Yoxla {.quiz}\n\n### İstilik nədir?\n\n- [x] Hərəkət edən enerji\n- [ ] Maye\n\n\
         ### İstilik nədir?\n\n- [x] Doğru\n- [ ] Yanlış\n",
    );
    let after = format_all(&files);
    assert_eq!(
        text(&after, "1-m/1-a.en.md"),
        "---\ntitle: A\nminutes: 5\n---\n\n## Check {#check .quiz pass=60%}\n\n### What is heat? {#what-is-heat}\n\n\
         - [x] Energy that moves {#energy-that-moves}\n- [ ] A *fluid* {#a-fluid pin}\n\n\
         ### What is heat? {#heat}\n\n- [x] True\n- [ ] False\n"
    );
    assert_eq!(
        text(&after, "1-m/1-a.az.md"),
        "---\ntitle: B\n---\n\n## Yoxla {#check .quiz}\n\n### İstilik nədir? {#what-is-heat}\n\n\
         - [x] Hərəkət edən enerji {#energy-that-moves}\n- [ ] Maye {#a-fluid}\n\n\
         ### İstilik nədir? {#heat}\n\n- [x] Doğru\n- [ ] Yanlış\n"
    );
    assert!(format(&after).is_empty());
    assert!(!compile(&after).1.iter().any(|remark| remark.code == "Q001"), "{}", compile(&after).1);
}

#[test]
fn new_ids_are_free_and_are_those_the_compiler_would_have_made() {
    let quiz = |heading: &str| {
        format!(
            "## Q {{#q .quiz}}\n\n### Why?\n\n- [x] A\n- [ ] A!\n\n### Why? {heading}\n\n- [x] A\n- [ ] B\n"
        )
    };
    let files = course(&quiz(""), "");
    let ids = |files: &Files| -> Vec<String> {
        let course = compile(files).0.unwrap();
        let items = &course.modules[0].lessons[0].quizzes[0].items;
        items.iter().map(|item| format!("{} {:?}", item.id, item.key())).collect()
    };
    assert_eq!(ids(&format_all(&files)), ids(&files));
    let after = format_all(&course(&quiz("{#why}"), &quiz("")));
    assert!(text(&after, "1-m/1-a.en.md").contains("### Why? {#why-2}"), "{after:?}");
    assert!(!compile(&after).1.has_errors(), "{}", compile(&after).1);
}

#[test]
fn a_translation_of_another_shape_gets_no_ids() {
    let files = course(
        "## Check {.quiz}\n\n### Why?\n\n- [x] One\n- [ ] Two\n",
        "## Yoxla {.quiz}\n\n### Niyə?\n\n- [x] Bir\n- [ ] İki\n- [ ] Üç\n",
    );
    let after = format_all(&files);
    assert!(text(&after, "1-m/1-a.az.md").contains("### Niyə? {#why}\n\n- [x] Bir\n"), "{after:?}");
}

#[test]
fn translations_stay_as_fresh_as_they_were() {
    let state =
        |files: &Files| compile(files).0.unwrap().modules[0].lessons[0].texts[&Locale::Az].state;
    let mut files = course("One  \ntwo.\n", "Bir\n");
    let edit = mark_translated(&files, "1-m/1-a.az.md").unwrap();
    let marked = apply(text(&files, "1-m/1-a.az.md"), &[edit]);
    files.insert("1-m/1-a.az.md".into(), marked.into_bytes());
    assert_eq!(state(&files), TextState::Done);
    let after = format_all(&files);
    assert_ne!(after["1-m/1-a.en.md"], files["1-m/1-a.en.md"]);
    assert_eq!(state(&after), TextState::Done, "{}", text(&after, "1-m/1-a.az.md"));
    let mut stale = files.clone();
    stale.insert("1-m/1-a.en.md".into(), b"---\ntitle: A\nminutes: 5\n---\n\nThree  \n".to_vec());
    assert_eq!(state(&format_all(&stale)), TextState::Stale);
    assert_eq!(mark_translated(&files, "1-m/1-a.en.md"), None);
    assert_eq!(mark_translated(&files, "nowhere.md"), None);
}

#[test]
fn a_diff_shows_lines_before_and_after() {
    let text = "a\nb\nc\nd  \ne\nf\ng\nh\ni\nj\nk\nl\nm\n* n";
    insta::assert_snapshot!(diff("1-m/1-a.en.md", text, &format_file("1-m/1-a.en.md", text)));
    assert_eq!(diff("a.md", "a\n", &[]), "");
}

/// Every kind of question, without ids and untidy, in the source language and in another.
const ENGLISH: &str = include_str!("untidy.en.md");
const AZERBAIJANI: &str = include_str!("untidy.az.md");

#[test]
fn every_kind_of_question_gets_ids_and_one_form() {
    let bank =
        "---\nkind: bank\ntitle: Heat\n---\n\n## What is heat?\n\n- [x] Energy\n- [ ] A fluid\n";
    let mut files = course(ENGLISH, AZERBAIJANI);
    files.insert("banks/heat.en.md".into(), bank.into());
    files.insert("banks/heat.az.md".into(), bank.replace("What is heat", "İstilik nədir").into());
    let after = format_all(&files);
    insta::assert_snapshot!(format!(
        "{}\n=====\n{}\n=====\n{}",
        text(&after, "1-m/1-a.en.md"),
        text(&after, "1-m/1-a.az.md"),
        text(&after, "banks/heat.az.md"),
    ));
    assert!(format(&after).is_empty());
}
