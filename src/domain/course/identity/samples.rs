//! Small courses for tests, written as their authors would.

use std::collections::BTreeMap;

use crate::course::compile;
use crate::course::model::Course;
use crate::diagnostic::Level;
use crate::quiz::item::Item;

const MANIFEST: &str = "\
id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b12
slug: small
source: en
languages: [en]
title: { en: Small }
summary: { en: A small course. }
theme: energy
level: beginner
hours: 1
licence: CC0-1.0
completion: { lessons: required }
";

/// The files of a course with one practice quiz that holds these questions.
pub(crate) fn files(questions: &str) -> BTreeMap<String, Vec<u8>> {
    let lesson = format!(
        "---\ntitle: One\nminutes: 5\n---\n\nText.\n\n## Practice {{#practice .quiz}}\n\n{questions}"
    );
    lessons(&[("1-one", &lesson)])
}

/// The files of a course with these lessons.
pub(crate) fn lessons(lessons: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::from([
        ("course.yml".to_owned(), MANIFEST.as_bytes().to_vec()),
        ("1-begin/module.yml".to_owned(), b"title:\n  en: Begin\n".to_vec()),
    ]);
    for (name, text) in lessons {
        files.insert(format!("1-begin/{name}.en.md"), text.as_bytes().to_vec());
    }
    files
}

/// The compiled course of some questions.
pub(crate) fn course(questions: &str) -> Course {
    compiled(&files(questions))
}

/// The compiled course; the files have no errors.
pub(crate) fn compiled(files: &BTreeMap<String, Vec<u8>>) -> Course {
    let (course, diagnostics) = compile(files);
    assert_eq!(diagnostics.count(Level::Error), 0, "{diagnostics}");
    course.unwrap()
}

/// A question by its id.
pub(crate) fn question<'c>(course: &'c Course, id: &str) -> &'c Item {
    let lessons = course.modules.iter().flat_map(|module| &module.lessons);
    let mut items = lessons.flat_map(|lesson| &lesson.quizzes).flat_map(|quiz| &quiz.items);
    items.find(|item| item.id.as_str() == id).unwrap_or_else(|| panic!("no question {id}"))
}
