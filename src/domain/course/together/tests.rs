//! The examples of `diagnostic/codes`, each of which yields its code at the marked place or does not, and a course in
//! which each mistake stands once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::compile_all_with;
use crate::course::compile::compile_with;
use crate::course::compile::tests::read_folder;
use crate::course::facts::{FACTS_FILE, read_facts};
use crate::diagnostic::codes::{Code, Example, MARKS, Sample, all};
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::locale::Locale;

type Files = BTreeMap<String, Vec<u8>>;

const FRONT: &str = "---\ntitle: A\nminutes: 5\n---\n\n";
const TRANSLATED: &str = "---\ntitle: B\n---\n\n";
const QUIZ: &str = "## Check {#check .quiz pass=70%}\n\n";
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 60\" role=\"img\"><title>Costs</title><desc>Costs fall as volume grows.</desc><path d=\"M5 5 85 55\"/></svg>\n";
const MANIFEST: &str = "\
id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11
slug: small
source: en
languages: [en]
title: { en: Small, az: Kiçik, ru: Малый }
summary: { en: Small, az: Kiçik, ru: Малый }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
outcomes: { O1: { en: One, az: Bir, ru: Один } }
";

/// The files of an example, and the place that it marks.
struct Built {
    files: Files,
    marked: Option<Place>,
}

fn build(example: &Example) -> Built {
    let mut built = Built { files: base(example), marked: None };
    for sample in example {
        add(sample, &mut built);
    }
    built
}

/// The small sound course in the languages of the example.
fn base(example: &Example) -> Files {
    let named = |locale: &Locale| {
        let code = locale.code();
        *locale == Locale::En
            || example.iter().any(|sample| {
                sample.what.ends_with(&format!(" {code}"))
                    || sample.what.contains(&format!(".{code}.md"))
            })
    };
    let codes: Vec<&str> = Locale::ALL.iter().filter(|l| named(l)).map(|l| l.code()).collect();
    let manifest = MANIFEST.replace("[en]", &format!("[{}]", codes.join(", ")));
    let titles = "title: { en: M, az: M, ru: М }\n";
    let mut files = BTreeMap::from([
        ("course.yml".to_owned(), manifest.clone().into_bytes()),
        ("1-m/module.yml".to_owned(), titles.into()),
        ("1-m/1-a.en.md".to_owned(), format!("{FRONT}Text.\n").into_bytes()),
    ]);
    if example.iter().any(|sample| sample.what.starts_with("../second/")) {
        let other = manifest.replace("3f0e1f1c", "4f0e1f1c").replace("slug: small", "slug: second");
        files.insert("../second/course.yml".to_owned(), other.into_bytes());
        files.insert("../second/1-m/module.yml".to_owned(), titles.into());
    }
    if example.iter().any(|sample| sample.text.contains("media/costs.svg")) {
        files.insert("media/costs.svg".to_owned(), PICTURE.into());
    }
    files
}

fn add(sample: &Sample, built: &mut Built) {
    let mut words = sample.what.split(' ');
    let what = words.next().unwrap();
    let options: Vec<&str> = words.collect();
    let locale = options.iter().find_map(|word| Locale::parse(word)).unwrap_or(Locale::En);
    let front = if locale == Locale::En { FRONT } else { TRANSLATED };
    let lesson = format!("1-m/1-a.{}.md", locale.code());
    let (path, text) = match what {
        "lesson" => (lesson, format!("{front}{}", sample.text)),
        "question" => (lesson, format!("{front}{QUIZ}{}", sample.text)),
        "manifest" => ("course.yml".to_owned(), changed(&built.files, &sample.text)),
        path => (path.to_owned(), sample.text.clone()),
    };
    if options.contains(&"gone") {
        built.files.remove(&path);
        mark(&path, &text, built);
        return;
    }
    let text = mark(&path, &text, built);
    let mut bytes = match options.contains(&"latin1") {
        true => text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
        false => text.into_bytes(),
    };
    if let Some(size) = options.iter().find_map(|word| word.strip_prefix("size=")) {
        bytes.resize(size.parse().unwrap(), b' ');
    }
    built.files.insert(path, bytes);
}

/// The manifest with fields put in the place of those of the same name, or at its end.
fn changed(files: &Files, fields: &str) -> String {
    let manifest = String::from_utf8(files["course.yml"].clone()).unwrap();
    let name = |line: &str| line.replace(MARKS, "").split(':').next().unwrap().to_owned();
    let new: Vec<String> = fields.lines().filter(|line| !line.starts_with(' ')).map(name).collect();
    let kept = manifest.lines().filter(|line| !new.contains(&name(line)));
    kept.map(|line| format!("{line}\n")).collect::<String>() + fields
}

/// Notes the marked place and gives the text without the marks.
fn mark(path: &str, text: &str, built: &mut Built) -> String {
    let Some(start) = text.find(MARKS[0]) else { return text.to_owned() };
    let end = text.find(MARKS[1]).unwrap() - MARKS[0].len_utf8();
    let plain = text.replace(MARKS, "");
    built.marked = Some(Source::new(path, plain.clone()).place(start..end));
    plain
}

/// Long after the dates of the examples, so that what is overdue is said to be.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// Compiles the course, with the facts and the course beside it if the example has them.
fn check(files: &Files) -> Diagnostics {
    let mut files = files.clone();
    let facts = files.remove(FACTS_FILE).unwrap_or_default();
    let (facts, _) = read_facts(std::str::from_utf8(&facts).unwrap());
    let mut first = files.clone();
    let second = files.iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("../second/")?.to_owned(), bytes.clone()))
    });
    let second: Files = second.collect();
    if second.is_empty() {
        return compile_with(&files, &facts, Some(today())).1;
    }
    first.retain(|path, _| !path.starts_with("../"));
    let courses = BTreeMap::from([("second".to_owned(), second), ("small".to_owned(), first)]);
    compile_all_with(&courses, &facts, Some(today())).remove("small").unwrap().1
}

/// What is wrong with a bad example, if anything.
fn check_bad(code: &Code, example: &Example) -> Option<String> {
    let Built { files, marked } = build(example);
    let remarks = check(&files);
    let found = remarks.iter().any(|remark| {
        let here = marked.as_ref() == Some(&remark.place);
        remark.code == code.name && remark.level == code.level && here
    });
    let name = code.name;
    (!found)
        .then(|| format!("{name}: a bad example does not yield it at {marked:?} but\n{remarks}"))
}

/// What is wrong with a good example, if anything.
fn check_good(code: &Code, example: &Example) -> Option<String> {
    let remarks = check(&build(example).files);
    let found = remarks.iter().any(|remark| remark.code == code.name);
    let wrong = found || remarks.has_errors();
    wrong.then(|| format!("{}: a good example yields\n{remarks}", code.name))
}

#[test]
fn bad_examples_yield_their_code_and_good_ones_do_not() {
    let mut wrong = Vec::new();
    for code in all().iter().filter(|code| code.by == "course") {
        wrong.extend(code.bad.iter().filter_map(|example| check_bad(code, example)));
        wrong.extend(code.good.iter().filter_map(|example| check_good(code, example)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The folder, and what cannot be kept in one: impossible names, other encodings, large files.
fn seeded() -> Files {
    let mut files = read_folder("tests/fixtures/courses/every-mistake");
    let mut padded = |name: &str, size: usize| {
        let mut bytes = b"<svg viewBox=\"0 0 9 9\"><title>x</title></svg>".to_vec();
        bytes.resize(size, b' ');
        files.insert(name.to_owned(), bytes);
    };
    padded("media/large.svg", 400_000);
    padded("media/huge.svg", 2_100_000);
    padded("media/all.zip", 24_000_000);
    padded("1-text/11-long.en.md", 300_000);
    files.insert("media/a:b.csv".to_owned(), b"x".to_vec());
    files.insert("1-text/12-latin.en.md".to_owned(), vec![b'C', b'a', b'f', 0xe9]);
    files
}

/// Another course that claims the same id and the same address.
fn copy() -> Files {
    let manifest = "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b22\nslug: every-mistake\n";
    BTreeMap::from([("course.yml".to_owned(), manifest.as_bytes().to_vec())])
}

/// Codes of which the course holds no instance, and why.
const ABSENT: [(&str, &str); 2] = [
    ("Q080", "the folder alone does not tell: `bilik plan` compares it with what is published"),
    ("Q081", "the same, and attempts are known to the database only"),
];

/// Another course that waits for the one with the mistakes, and that one for it.
fn round() -> Files {
    let manifest = MANIFEST.replace("slug: small", "slug: round");
    let manifest = format!("{manifest}prerequisites: {{ course: every-mistake }}\n");
    BTreeMap::from([("course.yml".to_owned(), manifest.into_bytes())])
}

/// What is said of the course with the mistakes, beside these.
fn beside(others: &[(&str, Files)]) -> Diagnostics {
    let own = ("every-mistake", seeded());
    let courses = others.iter().chain([&own]);
    let courses = courses.map(|(name, files)| ((*name).to_owned(), files.clone())).collect();
    let facts = read_facts(include_str!("../../../../tests/fixtures/courses/facts.yml")).0;
    compile_all_with(&courses, &facts, Some(today())).remove("every-mistake").unwrap().1
}

#[test]
fn each_mistake_is_found_once_and_in_its_place() {
    let found = beside(&[("a-copy", copy()), ("round", round())]);
    let waits = beside(&[("round", round())]);
    // Beside a copy, nobody can tell which of the two another course waits for.
    let waits = waits.iter().filter(|remark| remark.code == "C056");
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for remark in found.iter().chain(waits) {
        let place = format!("{}:{}", remark.place.file, remark.place.line);
        places.entry(remark.code).or_default().push(place);
    }
    let mut table = String::new();
    for (code, places) in &places {
        writeln!(table, "{code} {}", places.join(" ")).unwrap();
    }
    insta::assert_snapshot!(table);
    let known: BTreeSet<&str> = all().iter().map(|code| code.name).collect();
    let absent: BTreeSet<&str> = ABSENT.iter().map(|(code, _why)| *code).collect();
    let seeded: BTreeSet<&str> = places.keys().copied().collect();
    let missing: Vec<_> =
        known.difference(&seeded).filter(|code| !absent.contains(*code)).collect();
    assert!(missing.is_empty(), "not seeded: {missing:?}\n{found}");
    assert!(absent.is_disjoint(&seeded) && absent.is_subset(&known), "{absent:?}");
    let twice: Vec<&&str> = places.iter().filter(|(_, at)| at.len() > 1).map(|(c, _)| c).collect();
    assert!(twice.is_empty(), "more than once: {twice:?}\n{found}");
}

#[test]
fn courses_may_ask_for_each_other_but_not_in_a_circle() {
    let course = |n: usize, asks: &str| {
        let id = format!("{n}f0e1f1c");
        let manifest =
            MANIFEST.replace("3f0e1f1c", &id).replace("slug: small", &format!("slug: c{n}"));
        let module = "title: { en: M, az: M, ru: М }\n";
        let (manifest, module) = match asks.strip_prefix("unlock") {
            Some(rest) => (manifest, format!("{module}unlock{rest}\n")),
            None => (format!("{manifest}{asks}\n"), module.to_owned()),
        };
        let files = [
            ("course.yml", manifest),
            ("1-m/module.yml", module),
            ("1-m/1-a.en.md", format!("{FRONT}Text.\n")),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()
    };
    for (asks, expected) in [
        (vec!["", "prerequisites: { course: c1 }", "prerequisites: { course: c2 }"], ""),
        // Two that wait for each other, and one that only waits for them.
        (
            vec![
                "prerequisites: { course: c2 }",
                "prerequisites: { course: c1 }",
                "prerequisites: { course: c1 }",
            ],
            "c1 C056, c2 C056",
        ),
        // Round three corners, once by a module and once by an id.
        (
            vec![
                "prerequisites: { course: c2 }",
                "unlock: { course: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11 }",
                "prerequisites: { course: c1 }",
            ],
            "c1 C056, c2 C056, c3 C056",
        ),
        // Another way leads out.
        (
            vec![
                "prerequisites: { any: [{ course: c2 }, { course: c3 }] }",
                "prerequisites: { course: c1 }",
                "",
            ],
            "",
        ),
        (vec!["prerequisites: { course: c9 }", ""], "c1 C057"),
        // Alone, nobody knows.
        (vec!["prerequisites: { course: c9 }"], ""),
    ] {
        let courses =
            (1..).zip(&asks).map(|(n, asks)| (format!("c{n}"), course(n, asks))).collect();
        let found = compile_all_with(&courses, &Default::default(), None);
        let said: Vec<String> = found
            .iter()
            .flat_map(|(name, (_, out))| {
                out.iter().map(move |remark| format!("{name} {}", remark.code))
            })
            .filter(|said| said.contains("C05"))
            .collect();
        assert_eq!(said.join(", "), expected, "{asks:?}");
    }
}
