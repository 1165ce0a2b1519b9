//! What opens when, over small courses read from their files.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Situation, dwell_left};
use crate::course::compile;
use crate::course::model::Course;
use crate::progress::facts::Facts;
use crate::quiz::grade::Fraction;
use crate::quiz::response::QuizId;

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

const TEST: &str = "---
title: Test
minutes: 5
complete: quiz
---

## Test {#test .quiz pass=60%}

### Why? {#why}

- [x] One {#one}
- [ ] Two {#two}
";

/// A first module with the lessons `a` and, not required, `extra`, its quiz `test` in the lesson `t`, and a second
/// module with the lesson `b` that opens as told.
fn course(unlock: &str) -> Course {
    let lesson = |front: &str| format!("---\ntitle: A\nminutes: 5\n{front}---\n\nText.\n");
    let files = BTreeMap::from([
        ("course.yml".to_owned(), MANIFEST.to_owned()),
        ("1-first/module.yml".to_owned(), "title: { en: First }".to_owned()),
        ("1-first/1-a.en.md".to_owned(), lesson("")),
        ("1-first/2-extra.en.md".to_owned(), lesson("required: false\n")),
        ("1-first/3-t.en.md".to_owned(), TEST.to_owned()),
        ("2-second/module.yml".to_owned(), format!("title: {{ en: Second }}\nunlock: {unlock}\n")),
        ("2-second/1-b.en.md".to_owned(), lesson("")),
    ]);
    let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let (course, diagnostics) = compile(&files);
    assert!(!diagnostics.has_errors(), "{diagnostics}");
    course.unwrap()
}

/// `viewed:a marked:a passed:test grade:70 course:x` as facts.
fn facts(words: &str) -> Facts {
    let mut facts = Facts::default();
    for (what, of) in words.split_whitespace().filter_map(|word| word.split_once(':')) {
        match what {
            "viewed" => facts.viewed.insert(of.to_owned()),
            "marked" => facts.marked.insert(of.to_owned()),
            "passed" => facts.passed.insert(QuizId(of.to_owned())),
            "course" => facts.courses.insert(of.to_owned()),
            _ => facts
                .grades
                .insert(QuizId("test".into()), Fraction::percent(of.parse().unwrap()))
                .is_none(),
        };
    }
    facts
}

/// What is left before the second module opens.
fn left(unlock: &str, words: &str) -> String {
    let (course, facts) = (course(unlock), facts(words));
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let situation = Situation { course: &course, facts: &facts, today };
    let left = situation.module(&course.modules[1]);
    left.map(|left| serde_json::to_string(&left).unwrap()).unwrap_or_default()
}

#[test]
fn what_is_left_before_a_module_opens() {
    let either = "{ any: [{ quiz: test }, { lesson: [a, extra] }] }";
    for (unlock, done, expected) in [
        ("{ lesson: a }", "viewed:a", r#"{"lesson":"a"}"#),
        ("{ lesson: a }", "marked:a", ""),
        ("{ module: first }", "marked:a", r#"{"module":"first"}"#),
        ("{ module: first }", "marked:a passed:test", ""),
        ("{ quiz: test }", "grade:99", r#"{"quiz":"test"}"#),
        ("{ quiz: test }", "passed:test", ""),
        ("{ quiz: test, score: 80% }", "passed:test grade:79", r#"{"score":["test",8000000]}"#),
        ("{ quiz: test, score: 80% }", "grade:80", ""),
        ("{ course: other }", "", r#"{"course":"other"}"#),
        ("{ course: other }", "course:other", ""),
        ("{ from: 2026-11-25 }", "", r#"{"from":"2026-11-25"}"#),
        ("{ from: 2026-11-24 }", "", ""),
        ("{ lesson: a, quiz: test }", "passed:test", r#"{"lesson":"a"}"#),
        (either, "marked:a", r#"{"any":[{"quiz":"test"},{"lesson":"extra"}]}"#),
        (either, "marked:a marked:extra", ""),
        (either, "passed:test", ""),
    ] {
        assert_eq!(left(unlock, done), expected, "{unlock} after {done}");
    }
}

#[test]
fn what_was_opened_stays_open() {
    let course = course("{ quiz: test }");
    let (module, today) = (&course.modules[1], NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
    for (done, open) in [("", false), ("viewed:a", false), ("viewed:b", true), ("marked:b", true)] {
        let facts = facts(done);
        let situation = Situation { course: &course, facts: &facts, today };
        let lock = situation.lesson(module, &module.lessons[0]);
        assert_eq!(lock.is_none(), open, "{done}");
        assert!(situation.module(module).is_some());
    }
}

#[test]
fn prerequisites_keep_from_joining() {
    let mut course = course("{ lesson: a }");
    course.prerequisites = Some(crate::course::condition::Condition::Course("other".into()));
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    for (courses, open) in [("", false), ("course:third", false), ("course:other", true)] {
        let facts = facts(courses);
        let situation = Situation { course: &course, facts: &facts, today };
        assert_eq!(situation.entry().is_none(), open, "{courses}");
    }
    assert_eq!(
        facts("course:x").and(facts("course:y")).courses,
        BTreeSet::from(["x", "y"].map(String::from))
    );
}

#[test]
fn time_is_counted_from_the_first_opening() {
    let at = |seconds: i64| DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
    for (now, left) in
        [(0, Some(120)), (1, Some(119)), (119, Some(1)), (120, None), (-5, Some(120))]
    {
        assert_eq!(dwell_left(120, at(1000), at(1000 + now)), left, "{now}");
    }
}
