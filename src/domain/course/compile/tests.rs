//! Whole courses in, diagnostics out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::{compile, compile_again, compile_with, content_hash, version_hash};
use crate::course::facts::read_facts;
use crate::course::kept::Kept;
use crate::course::model::{Block, Course, TextState};
use crate::course::translation::stamp;
use crate::fact::Facts;
use crate::locale::Locale;
use crate::quiz::item::Kind;

type Files = BTreeMap<String, Vec<u8>>;

/// All files under a folder of this repository, by path relative to it.
pub(in crate::course) fn read_folder(folder: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

const MANIFEST: &str = "\
id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11
slug: small
source: en
languages: [en]
title: { en: Small }
summary: { en: Small }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
";

const FRONT: &str = "---\ntitle: A\nminutes: 5\n---\n";

/// A course of one module with one lesson that is sound but for what `changes` puts over it.
fn small(changes: &[(&str, &str)]) -> Files {
    let mut files = BTreeMap::new();
    for (path, text) in [
        ("course.yml", MANIFEST),
        ("1-m/module.yml", "title: { en: M }"),
        ("1-m/1-a.en.md", &format!("{FRONT}\nText.\n")),
    ]
    .into_iter()
    .chain(changes.iter().copied())
    {
        files.insert(path.to_owned(), text.as_bytes().to_vec());
    }
    files
}

pub(in crate::course) fn lesson(body: &str) -> Files {
    small(&[("1-m/1-a.en.md", &format!("{FRONT}\n{body}\n"))])
}

/// A lesson with a graded quiz of one question.
fn question(heading: &str, answers: &str) -> Files {
    lesson(&format!("## Q {{#quiz .quiz pass=70%}}\n\n### {heading}\n\n{answers}"))
}

/// A lesson in two languages with the same quiz but for the translated answers.
pub(in crate::course) fn translated(answers: &str, translation: &str) -> Files {
    let mut files = question("Why? {#why}", answers);
    let text = format!(
        "---\ntitle: B\n---\n\n## В {{#quiz .quiz}}\n\n### Почему? {{#why}}\n\n{translation}\n"
    );
    files.insert("1-m/1-a.ru.md".into(), text.into_bytes());
    let manifest = MANIFEST.replace("[en]", "[en, ru]");
    files.insert("course.yml".into(), manifest.into_bytes());
    files
}

/// One line per remark.
pub(in crate::course) fn remarks(files: &Files) -> Vec<String> {
    compile(files)
        .1
        .iter()
        .map(|remark| format!("{} {} {}", remark.code, remark.place, remark.message))
        .collect()
}

const CHOICE: &str = "- [x] One {#one}\n- [ ] Two {#two}";

#[test]
fn a_small_course_is_sound() {
    assert_eq!(remarks(&small(&[])), Vec::<String>::new());
    assert_eq!(remarks(&question("Why? {#why}", CHOICE)), Vec::<String>::new());
    for answers in ["- = 3.5 ± 1% MJ", "- = `/a+/`\n- ~ *", "- = \"007\""] {
        assert_eq!(remarks(&question("Why? {#why}", answers)), Vec::<String>::new(), "{answers}");
    }
}

#[test]
fn a_broken_course_reads_like_a_compiler() {
    insta::assert_snapshot!(compile(&read_folder("tests/fixtures/courses/broken")).1);
}

#[test]
fn a_sound_course_compiles() {
    let (course, diagnostics) = compile(&read_folder("tests/fixtures/courses/sound"));
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    insta::assert_snapshot!(serde_json::to_string_pretty(&course).unwrap());
}

#[test]
fn a_rich_lesson_is_drawn() {
    let (course, diagnostics) = compile(&read_folder("tests/fixtures/courses/rich"));
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    let lesson = course.unwrap().modules[0].lessons[0].clone();
    let mut seen = String::new();
    for (locale, text) in &lesson.texts {
        writeln!(seen, "---- {}: {} minutes of reading", locale.code(), text.reading).unwrap();
        for block in &text.blocks {
            match block {
                Block::Prose(html) => writeln!(seen, "{html}").unwrap(),
                Block::Quiz(quiz) => writeln!(seen, "(quiz {quiz})").unwrap(),
            }
        }
    }
    insta::assert_snapshot!(seen);
    let anchors = |locale: Locale| {
        let headings = lesson.texts[&locale].headings.iter();
        headings.map(|(level, anchor, _)| (*level, anchor.clone())).collect::<Vec<_>>()
    };
    assert_eq!(anchors(Locale::En), anchors(Locale::Ru));
}

#[test]
fn links_to_headings_are_checked_across_files() {
    let mut files =
        lesson("See [one](2-b.en.md#here), [two](2-b.en.md#check), [three](2-b.en.md#gone).");
    let other = format!(
        "{FRONT}\n## A {{#here}}\n\n## Q {{#check .quiz}}\n\n### Why? {{#why}}\n\n{CHOICE}\n"
    );
    files.insert("1-m/2-b.en.md".into(), other.into_bytes());
    let (course, diagnostics) = compile(&files);
    assert_eq!(
        diagnostics.iter().map(|remark| remark.message.as_str()).collect::<Vec<_>>(),
        ["`1-m/2-b.en.md` has no heading with the id `gone`"]
    );
    let texts = &course.unwrap().modules[0].lessons[0].texts;
    let Block::Prose(html) = &texts[&Locale::En].blocks[0] else { panic!("no prose") };
    assert!(
        html.as_str().contains("/b#s-here\"") && html.as_str().contains("/b#check\""),
        "{html}"
    );
}

#[test]
fn translations_share_the_key() {
    for (source, translation, same) in [
        (CHOICE, "- [x] Раз {#one}\n- [ ] Два {#two}", true),
        (CHOICE, "- [x] Раз\n- [ ] Два", true),
        (CHOICE, "- [x] Раз {#two}\n- [ ] Два {#one}", false),
        (CHOICE, "- [x] Раз {#one}", false),
        (CHOICE, "- = Раз", false),
        ("- [x] True\n- [ ] False", "- [x] Верно\n- [ ] Неверно", true),
        ("- [x] True\n- [ ] False", "- [ ] Верно\n- [x] Неверно", false),
        ("- = 3.6 ± 1% kWh", "- = 3,6 ± 1% кВт·ч", true),
        ("- = 3.6 ± 1% kWh", "- = 3,7 ± 1% кВт·ч", false),
        ("- = heat", "- = тепло\n- = теплота", true),
    ] {
        let remarks = remarks(&translated(source, translation));
        let differ = remarks.iter().any(|remark| remark.starts_with("Q070"));
        assert_eq!(!differ, same, "{translation}: {remarks:#?}");
    }
}

#[test]
fn feedback_on_words_is_never_mixed_up() {
    let source = "- = heat\n- ~ warm\n  > Close.\n- ~ *\n  > No.";
    for (translation, keys) in [
        ("- = тепло\n- ~ тёплый\n  > Почти.\n- ~ *\n  > Нет.", vec![1, u32::MAX]),
        ("- = тепло\n- = теплота\n- ~ тёплый\n  > Почти.\n- ~ *\n  > Нет.", vec![10_002, u32::MAX]),
    ] {
        let (course, diagnostics) = compile(&translated(source, translation));
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        let item = course.unwrap().modules[0].lessons[0].quizzes[0].items[0].clone();
        assert_eq!(item.texts[&Locale::Ru].answers.keys().copied().collect::<Vec<_>>(), keys);
        let Kind::Text(text) = item.kind else { panic!("not a text question") };
        let anything = |answer: &crate::quiz::item::TextAnswer| answer.index == u32::MAX;
        assert!(text.answers.iter().skip_while(|answer| !anything(answer)).all(anything));
    }
}

fn first_item_hashes(files: &Files) -> (String, String) {
    let (course, diagnostics) = compile(files);
    let items = &course.unwrap().modules[0].lessons[0].quizzes[0].items;
    let item = items.first().unwrap_or_else(|| panic!("{diagnostics}"));
    (item.scoring_hash.clone(), item.wording_hash.clone())
}

#[test]
fn hashes_tell_scoring_from_wording() {
    let (scoring, wording) = first_item_hashes(&question("Why? {#why}", CHOICE));
    for (heading, answers, same_scoring) in [
        ("Why so? {#why}", CHOICE, true),
        ("Why? {#why tags=a}", CHOICE, true),
        ("Why? {#why}", "- [x] One {#one}\n  > Yes.\n- [ ] Two {#two}", true),
        ("Why? {#why}", "- [ ] Two {#two}\n- [x] One {#one}\n- [ ] Three {#three}", false),
        ("Why? {#why}", "- [ ] One {#one}\n- [x] Two {#two}", false),
        ("Why? {#why points=2}", CHOICE, false),
    ] {
        let hashes = first_item_hashes(&question(heading, answers));
        assert_eq!(hashes.0 == scoring, same_scoring, "{heading} {answers}");
        assert!(hashes.1 != wording || !same_scoring);
    }
    let turned = first_item_hashes(&question("Why? {#why}", "- [ ] Two {#two}\n- [x] One {#one}"));
    assert_eq!(turned, (scoring, wording));
}

#[test]
fn lesson_states() {
    let mut files = translated(CHOICE, CHOICE);
    let hash =
        compile(&files).0.unwrap().modules[0].lessons[0].texts[&Locale::En].source_hash.clone();
    let text = String::from_utf8(files["1-m/1-a.ru.md"].clone()).unwrap();
    let text = text
        .replace("title: B", &format!("title: B\ntranslated_from: {}", hash.get(..12).unwrap()));
    files.insert("1-m/1-a.ru.md".into(), text.into_bytes());
    let (course, diagnostics) = compile(&files);
    assert_eq!(
        course.unwrap().modules[0].lessons[0].texts[&Locale::Ru].state,
        TextState::Done,
        "{diagnostics}"
    );
}

#[test]
fn translations_are_followed_block_by_block() {
    let english = "---\ntitle: A\nminutes: 5\n---\n\nOne.\n\nTwo.\n\nThree.\n";
    let stamp = stamp(english).join(", ");
    let russian =
        format!("---\ntitle: B\ntranslated_from: [{stamp}]\n---\n\nРаз.\n\nДва.\n\nТри.\n");
    let behind = |english: &str| {
        let mut files = small(&[("1-m/1-a.en.md", english), ("1-m/1-a.ru.md", &russian)]);
        files.insert("course.yml".into(), MANIFEST.replace("[en]", "[en, ru]").into_bytes());
        let remarks: Vec<String> =
            remarks(&files).into_iter().filter(|line| line.starts_with("C031")).collect();
        let text = compile(&files).0.unwrap().modules[0].lessons[0].texts[&Locale::Ru].clone();
        let translation = text.translation.unwrap();
        let mut told = format!("{:?} {} {:?}", text.state, translation.done, translation.behind);
        remarks.iter().for_each(|line| told.push_str(&format!("\n{line}")));
        told
    };
    insta::assert_snapshot!(
        [
            english.to_owned(),
            english.replace("Two", "Zwei"),
            english.replace("Two.", "Two.\n\nAnd a half."),
            english.replace("Two.\n\n", ""),
            english.replace("title: A", "title: Z"),
        ]
        .map(|english| behind(&english))
        .join("\n\n")
    );
}

#[test]
fn a_version_holds_the_facts_that_it_shows() {
    let facts = |value: &str| {
        let fact = "value: { en: V }, as_of: 2025-09-16, source: S, next_check: 2026-10-01";
        read_facts(&format!("rank: {{ {} }}\nother: {{ {fact} }}\n", fact.replace('V', value))).0
    };
    let hash = |files: &Files, value: &str| {
        let (course, diagnostics) = compile_with(files, &facts(value), None);
        assert!(diagnostics.is_empty(), "{diagnostics}");
        let course = course.unwrap();
        (version_hash(files, &course.facts), course)
    };
    let (plain, using) = (lesson("Text."), lesson("It came `{rank}`, then `{rank}`."));
    assert_eq!(hash(&plain, "94th").0, content_hash(&plain));
    assert_ne!(hash(&using, "94th").0, hash(&using, "93rd").0);
    let (_, course) = hash(&using, "94th");
    assert_eq!(course.facts.keys().collect::<Vec<_>>(), ["rank"]);
}

#[test]
fn folders_have_hashes() {
    let hash = content_hash(&small(&[]));
    assert_eq!(hash.len(), 64);
    assert_ne!(hash, content_hash(&small(&[("1-m/x", "")])));
    assert_eq!(hash, content_hash(&small(&[])));
}

/// What must hold of every course that may be published.
fn check_published(course: &Course) {
    for lesson in course.modules.iter().flat_map(|module| &module.lessons) {
        for text in lesson.texts.values() {
            let shown = text.blocks.iter().filter(|block| matches!(block, Block::Quiz(_))).count();
            assert_eq!(shown, lesson.quizzes.len(), "{}", lesson.id);
        }
        for item in lesson.quizzes.iter().flat_map(|quiz| &quiz.items) {
            assert_eq!(item.texts.len(), lesson.texts.len(), "{}", item.id);
            if let Kind::Choice(choice) = &item.kind {
                for text in item.texts.values() {
                    assert!(
                        choice.options.iter().all(|option| text.options.contains_key(&option.id)),
                        "{}",
                        item.id
                    );
                }
            }
        }
    }
}

#[test]
fn the_shipped_courses_have_no_errors() {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses");
    let text = std::fs::read_to_string(courses.join("facts.yml")).unwrap_or_default();
    let (facts, remarks) = read_facts(&text);
    assert!(remarks.is_empty(), "{remarks}");
    for entry in std::fs::read_dir(courses).unwrap() {
        let path = entry.unwrap().path();
        if path.join("course.yml").exists() {
            let folder = format!("courses/{}", path.file_name().unwrap().to_str().unwrap());
            let (course, diagnostics) = compile_with(&read_folder(&folder), &facts, None);
            assert!(!diagnostics.has_errors(), "{diagnostics}");
            check_published(&course.unwrap());
        }
    }
}

#[test]
fn floods_are_taken() {
    for text in [
        ">",
        "[",
        "1. ",
        "- ",
        "*a_",
        "## x\n",
        "https://a.b/)",
        "http://",
        "[^1]\n\n[^1]: x\n",
        "|a|\n|-|\n",
        "### x\n- [x] a\n- [ ] a\n",
        "<b><i>",
        "{#a ",
    ] {
        let flood = text.repeat(20_000 / text.len());
        let _ = compile(&lesson(&flood));
        let _ = compile(&question("Why? {#why}", &flood));
        let _ = compile(&small(&[
            ("course.yml", &flood),
            ("1-m/module.yml", &format!("title: {flood}")),
        ]));
    }
}

fn sound() -> Files {
    read_folder("tests/fixtures/courses/sound")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_taken(manifest in any::<Vec<u8>>(), lesson in any::<Vec<u8>>(), picture in any::<Vec<u8>>()) {
        let mut files = small(&[]);
        files.insert("course.yml".into(), manifest);
        let _ = compile(&files);
        files.insert("course.yml".into(), MANIFEST.into());
        files.insert("1-m/1-a.en.md".into(), lesson);
        for name in ["png", "jpg", "gif", "webp", "svg"] {
            files.insert(format!("media/x.{name}"), picture.clone());
        }
        let _ = compile(&files);
    }

    #[test]
    fn any_text_is_taken(body in "(?s)[\\PC\n#>*_`|\\[\\](){}<!=~:/.;±-]{0,300}") {
        let _ = compile(&lesson(&body));
        let _ = compile(&question("Why? {#why}", &body));
    }

    #[test]
    fn compiling_again_is_compiling(edits in prop::collection::vec((0_usize..8, any::<prop::sample::Index>(), 0_usize..40, "(?s).{0,6}"), 1..4)) {
        let (mut files, mut kept) = (sound(), Kept::default());
        let _ = compile_again(&files, &Facts::new(), None, &mut kept);
        for (which, at, cut, put) in edits {
            let names: Vec<String> = files.keys().cloned().collect();
            let bytes = files.get_mut(&names[which % names.len()]).unwrap();
            let from = at.index(bytes.len().max(1)).min(bytes.len());
            let to = (from + cut).min(bytes.len());
            bytes.splice(from..to, put.bytes());
            prop_assert_eq!(compile_again(&files, &Facts::new(), None, &mut kept), compile(&files));
        }
    }

    #[test]
    fn mutated_files_are_taken(which in 0_usize..8, at in any::<prop::sample::Index>(), cut in 0_usize..40, put in "(?s).{0,6}") {
        let mut files = sound();
        let names: Vec<String> = files.keys().cloned().collect();
        let bytes = files.get_mut(&names[which % names.len()]).unwrap();
        let from = at.index(bytes.len());
        let to = (from + cut).min(bytes.len());
        bytes.splice(from..to, put.bytes());
        let (course, diagnostics) = compile(&files);
        let _ = diagnostics.to_string();
        if let Some(course) = course.filter(|_| !diagnostics.has_errors()) {
            check_published(&course);
        }
    }
}

#[test]
fn what_stands_beside_a_video_is_used() {
    let remarks = remarks(&read_folder("tests/fixtures/courses/rich"));
    assert!(!remarks.iter().any(|remark| remark.contains("C080")), "{remarks:?}");
}
