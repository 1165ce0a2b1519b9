//! Progress over small courses: what counts, what is missing, and that more facts never lower it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::course::model::{Course, LessonRule, Level, Module, Theme};
use crate::locale::{Locale, Texts};
use crate::quiz::item::QuizRules;

fn quiz(id: &str, pass: Option<i32>) -> Quiz {
    let rules = QuizRules { pass: pass.map(Fraction::percent), ..QuizRules::default() };
    Quiz {
        id: QuizId(id.into()),
        title: Texts::default(),
        intro: BTreeMap::new(),
        rules,
        items: Vec::new(),
        parts: Vec::new(),
    }
}

fn lesson(id: &str, complete: LessonRule, quizzes: Vec<Quiz>) -> Lesson {
    Lesson {
        id: id.into(),
        minutes: 5,
        outcomes: Vec::new(),
        required: true,
        complete,
        draft: false,
        texts: BTreeMap::new(),
        quizzes,
    }
}

fn course(lessons: Vec<Lesson>, completion: Completion) -> Course {
    let module =
        Module { id: "one".into(), title: Texts::default(), draft: false, lessons, unlock: None };
    let hidden = Module {
        id: "two".into(),
        draft: true,
        lessons: vec![lesson("d", LessonRule::Viewed, vec![])],
        ..module.clone()
    };
    Course {
        id: Uuid::nil(),
        slug: "course".into(),
        source: Locale::En,
        languages: vec![Locale::En],
        unchecked: Vec::new(),
        draft: false,
        unnamed: Default::default(),
        title: Texts::default(),
        summary: Texts::default(),
        audience: Texts::default(),
        theme: Theme::Innovation,
        level: Level::Beginner,
        hours: 1,
        licence: String::new(),
        authors: Vec::new(),
        outcomes: Vec::new(),
        modules: vec![module, hidden],
        completion,
        media: BTreeMap::new(),
        cover: None,
        prerequisites: None,
        pretest: None,
        posttest: None,
        certificate: None,
        facts: BTreeMap::new(),
    }
}

fn four_lessons() -> Course {
    let mut draft_quiz = quiz("unfinished", Some(50));
    draft_quiz.rules.draft = true;
    let optional = Lesson { required: false, ..lesson("extra", LessonRule::Viewed, vec![]) };
    let draft = Lesson {
        draft: true,
        ..lesson("draft", LessonRule::Viewed, vec![quiz("hidden", Some(50))])
    };
    let lessons = vec![
        lesson("a", LessonRule::Viewed, vec![draft_quiz]),
        lesson("b", LessonRule::Marked, vec![]),
        lesson("c", LessonRule::Quiz, vec![quiz("practice", None)]),
        lesson("d1", LessonRule::Quiz, vec![quiz("test", Some(70))]),
        optional,
        draft,
    ];
    course(
        lessons,
        Completion { lessons: true, quizzes: true, pass: None, ..Completion::default() },
    )
}

fn names(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn quizzes(ids: &[&str]) -> BTreeSet<QuizId> {
    ids.iter().map(|id| QuizId((*id).to_owned())).collect()
}

#[test]
fn says_what_is_missing() {
    let facts = Facts {
        viewed: names(&["a", "extra", "d"]),
        marked: names(&["b"]),
        grades: BTreeMap::from([(QuizId("test".into()), Fraction::percent(60))]),
        ..Facts::default()
    };
    let progress = course_progress(&four_lessons(), &facts);
    let missing = [
        Missing::Lessons { left: 2, of: 4 },
        Missing::Quiz {
            id: QuizId("test".into()),
            best: Some(Fraction::percent(60)),
            pass: Fraction::percent(70),
        },
    ];
    assert_eq!(progress.missing, missing);
    assert_eq!((progress.percent, progress.half_way, progress.complete), (40, false, false));
    assert_eq!((progress.lessons_done, progress.lessons_total), (2, 4));
}

#[test]
fn drafts_and_optional_lessons_do_not_hold_up_a_course() {
    let facts = Facts {
        viewed: names(&["a"]),
        marked: names(&["b"]),
        answered: quizzes(&["practice"]),
        passed: quizzes(&["test"]),
        ..Facts::default()
    };
    let progress = course_progress(&four_lessons(), &facts);
    assert_eq!((progress.percent, progress.half_way, progress.complete), (100, true, true));
    assert_eq!(progress.missing, []);
}

#[test]
fn the_mean_can_be_asked_for() {
    let lessons =
        vec![lesson("a", LessonRule::Quiz, vec![quiz("x", Some(50)), quiz("y", Some(50))])];
    let course = course(
        lessons,
        Completion {
            lessons: false,
            quizzes: false,
            pass: Some(Fraction::percent(60)),
            ..Completion::default()
        },
    );
    let mut facts = Facts {
        passed: quizzes(&["x"]),
        grades: BTreeMap::from([(QuizId("x".into()), Fraction::percent(90))]),
        ..Facts::default()
    };
    let progress = course_progress(&course, &facts);
    assert_eq!(
        progress.missing,
        [Missing::Mark { now: Fraction::percent(45), pass: Fraction::percent(60) }]
    );
    assert_eq!(progress.percent, 50);
    facts.grades.insert(QuizId("y".into()), Fraction::percent(30));
    assert!(course_progress(&course, &facts).complete);
}

#[test]
fn an_empty_course_is_not_complete() {
    let nothing =
        Completion { lessons: false, quizzes: false, pass: None, ..Completion::default() };
    let progress = course_progress(&course(vec![], nothing), &Facts::default());
    assert_eq!(progress.missing, [Missing::Content]);
    assert_eq!((progress.percent, progress.complete, progress.half_way), (0, false, false));
}

#[test]
fn a_lesson_that_waits_for_quizzes_it_has_not_is_done_when_opened() {
    let lesson = lesson("a", LessonRule::Quiz, vec![]);
    assert!(!lesson_done(&lesson, &Facts::default()));
    assert!(lesson_done(&lesson, &Facts { viewed: names(&["a"]), ..Facts::default() }));
}

#[test]
fn what_was_complete_stays_complete_when_a_new_version_asks_for_more() {
    let facts = Facts { viewed: names(&["a"]), ..Facts::default() };
    let easy = lesson("a", LessonRule::Viewed, vec![]);
    let done: BTreeSet<String> = newly_done(&course(vec![easy], four_lessons().completion), &facts)
        .map(str::to_owned)
        .collect();
    assert_eq!(done, names(&["a"]));
    let strict = lesson("a", LessonRule::Quiz, vec![quiz("test", Some(90))]);
    assert!(!lesson_done(&strict, &facts));
    let kept = Facts { done, ..facts };
    assert!(lesson_done(&strict, &kept));
    let now =
        course(vec![strict, lesson("new", LessonRule::Marked, vec![])], four_lessons().completion);
    assert!(!course_progress(&now, &kept).complete);
    let progress = course_progress(&now, &Facts { completed: true, ..kept });
    assert_eq!((progress.percent, progress.complete, progress.half_way), (100, true, true));
    assert_eq!(progress.missing, []);
    assert_eq!((progress.lessons_done, progress.lessons_total), (1, 2));
}

fn facts() -> impl Strategy<Value = Facts> {
    let lessons = || proptest::sample::subsequence(vec!["a", "b", "c", "d1", "extra"], 0..=5);
    let quizzes_of = || proptest::sample::subsequence(vec!["practice", "test"], 0..=2);
    (lessons(), lessons(), quizzes_of(), quizzes_of(), proptest::option::of(0_i32..=100)).prop_map(
        |(viewed, marked, answered, passed, grade)| Facts {
            viewed: names(&viewed),
            marked: names(&marked),
            answered: quizzes(&answered),
            passed: quizzes(&passed),
            grades: grade
                .map(|grade| (QuizId("test".into()), Fraction::percent(grade)))
                .into_iter()
                .collect(),
            ..Facts::default()
        },
    )
}

proptest! {
    #[test]
    fn more_facts_never_lower_progress(
        one in facts(), more in facts(), asks: (bool, bool), pass in proptest::option::of(0_i32..=100),
    ) {
        let completion = Completion { lessons: asks.0, quizzes: asks.1, pass: pass.map(Fraction::percent), ..Completion::default() };
        let course = Course { completion, ..four_lessons() };
        let before = course_progress(&course, &one);
        let after = course_progress(&course, &one.clone().and(more));
        prop_assert!(after.percent >= before.percent);
        prop_assert!(after.lessons_done >= before.lessons_done);
        prop_assert!(after.complete >= before.complete);
        prop_assert!(after.half_way >= before.half_way);
        prop_assert!(after.missing.len() <= before.missing.len());
        prop_assert_eq!(after.complete, after.percent == 100);
    }
}
