//! The rules over the courses of this repository, and over one that has every kind of question: each can be drawn
//! without giving itself away, and its key earns everything.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::course::canonical::{diff, format};
use crate::course::model::{Course, Unnamed};
use crate::course::{compile_with, read_facts};
use crate::edit::apply;
use crate::html::Html;
use crate::locale::Locale;
use crate::quiz::form::{Control, Drawn, Form};
use crate::quiz::grade::Fraction;
use crate::quiz::item::{Item, ItemText, Quiz};
use crate::quiz::paper::{Paper, Seen};
use crate::quiz::seed::Seed;
use crate::quiz::token::Tokens;

/// Shorter feedback ("Right.") may stand in a question by chance.
const TELLING: usize = 16;

/// A course for tests with every kind of question.
const KINDS: &str = "tests/fixtures/courses/kinds";

fn courses() -> Vec<Course> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses/facts.yml");
    let (facts, _) = read_facts(&fs::read_to_string(beside).unwrap_or_default());
    let kinds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(KINDS);
    let all = folders().into_iter().chain([kinds]);
    all.filter_map(|path| compile_with(&files(&path), &facts, None).0).collect()
}

fn folders() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses");
    let entries = fs::read_dir(folder).expect("the repository has a folder of courses");
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths.filter(|path| path.join("course.yml").is_file()).collect()
}

fn files(course: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut open: Vec<PathBuf> = vec![course.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().filter_map(Result::ok).map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(course).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn quizzes(course: &Course) -> impl Iterator<Item = &Quiz> {
    course.modules.iter().flat_map(|module| &module.lessons).flat_map(|lesson| &lesson.quizzes)
}

fn secrets(text: &ItemText) -> Vec<&Html> {
    let options = text.options.values().filter_map(|option| option.feedback.as_ref());
    let gaps = text.gaps.values().flat_map(|gap| gap.answers.values().chain(&gap.model));
    let notes = [&text.model, &text.explanation, &text.if_right, &text.if_partly, &text.if_wrong];
    options
        .chain(text.answers.values())
        .chain(gaps)
        .chain(notes.into_iter().flatten())
        .filter(|html| html.as_str().len() >= TELLING)
        .collect()
}

fn visible(form: &Form) -> String {
    let read = |options: &[Drawn]| {
        options.iter().map(|option| format!("{}\n{}", option.token, option.text)).collect()
    };
    let options: Vec<String> = match &form.control {
        Control::PickOne(options)
        | Control::PickMany(options)
        | Control::Arrange(options)
        | Control::Scale(options) => read(options),
        Control::Pairs { rows, choices } => {
            rows.iter().map(Html::to_string).chain(read(choices)).collect()
        }
        Control::Gaps(fields) => fields.iter().map(|field| format!("{field:?}")).collect(),
        Control::Spots { spots, .. } => {
            read(&spots.iter().map(|spot| spot.option.clone()).collect::<Vec<_>>())
        }
        Control::Decimal { units, .. } => units.clone(),
        Control::Line | Control::Lines { .. } | Control::Files { .. } => Vec::new(),
    };
    let rubric = form.rubric.iter().flat_map(|row| std::iter::once(&row.name).chain(&row.levels));
    let hints: Vec<&str> = form.hints.iter().chain(rubric).map(Html::as_str).collect();
    [form.title.as_str(), form.stem.as_str(), &options.join("\n"), &hints.join("\n")].join("\n")
}

fn gives_nothing_away(quiz: &Quiz, item: &Item, seed: &Seed) {
    let quiz = Quiz { items: vec![item.clone()], parts: Vec::new(), ..quiz.clone() };
    let paper = Paper::draw(&quiz, seed, &Seen::new());
    let (number, slot) = paper.numbered().find(|(_, slot)| slot.item == item.id).unwrap();
    let tokens = Tokens::of(seed, number, slot);
    for locale in Locale::ALL {
        let page = visible(&Form::draw(item, slot, &tokens, locale));
        for secret in item.texts.values().flat_map(secrets) {
            assert!(!page.contains(secret.as_str()), "{}: {secret}", item.id);
        }
    }
}

#[test]
fn no_shipped_question_gives_itself_away() {
    for course in courses() {
        for quiz in quizzes(&course) {
            quiz.items.iter().for_each(|item| gives_nothing_away(quiz, item, &Seed([5; 32])));
        }
    }
}

#[test]
fn the_key_of_every_shipped_question_earns_everything() {
    let courses = courses();
    let items: Vec<&Item> = courses.iter().flat_map(quizzes).flat_map(|quiz| &quiz.items).collect();
    assert!(!items.is_empty(), "no course compiles to a question");
    for item in items {
        let earned = item.key().map(|key| item.grade(&key).fraction);
        assert!(earned.is_none_or(|fraction| fraction == Fraction::ONE), "{}: {earned:?}", item.id);
    }
}

#[test]
fn a_stored_course_is_read_back_as_it_was() {
    for course in courses() {
        let course = Course { unnamed: Unnamed::default(), ..course };
        let stored = serde_json::to_string(&course).unwrap();
        assert_eq!(serde_json::from_str::<Course>(&stored).unwrap(), course);
    }
}

fn formatted(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    for (path, edits) in format(&files) {
        let text = String::from_utf8(files[&path].clone()).unwrap();
        files.insert(path, apply(&text, &edits).into_bytes());
    }
    files
}

#[test]
fn shipped_courses_are_in_the_canonical_form() {
    for course in folders() {
        let files = files(&course);
        if let Some((path, edits)) = format(&files).into_iter().next() {
            let text = std::str::from_utf8(&files[&path]).unwrap();
            panic!("`bilik fmt courses` would change this:\n{}", diff(&path, text, &edits));
        }
    }
}

#[test]
fn an_untidy_course_is_tidied() {
    let untidy = |text: &str| {
        let text = text.replace("\n- ", "\n*   ").replace("\n  > ", "\n    > ");
        text.replace("\n\n", " \r\n\n\n").replace("\n## ", "\n  ##   ") + " \n\n"
    };
    for course in folders() {
        let tidy = files(&course);
        let mut files = tidy.clone();
        for (_, bytes) in files.iter_mut().filter(|(path, _)| path.ends_with(".md")) {
            *bytes = untidy(std::str::from_utf8(bytes).unwrap()).into_bytes();
        }
        for (path, bytes) in formatted(files) {
            let bytes = String::from_utf8_lossy(&bytes);
            assert_eq!(bytes, String::from_utf8_lossy(&tidy[&path]), "{path}");
        }
    }
}
