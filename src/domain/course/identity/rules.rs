//! Where a new version of a course asks for more than the old one did.

use serde::Serialize;

use super::lessons::{shown, title};
use crate::course::condition::asks_for_more;
use crate::course::model::{Course, Lesson, LessonRule, Module};
use crate::quiz::grade::Fraction;
use crate::quiz::item::Quiz;

/// Something that is harder than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "rule")]
pub enum Stricter {
    /// All required lessons must be complete now.
    Lessons,
    /// All graded quizzes must be passed now.
    Quizzes,
    /// The mean of the quizzes that is asked for rose, or is asked for now.
    Mean {
        /// The mean asked for before.
        from: Option<Fraction>,
        /// The mean asked for now.
        to: Fraction,
    },
    /// Presence at more sessions is asked for.
    Attendance {
        /// The share asked for before.
        from: Option<Fraction>,
        /// The share asked for now.
        to: Fraction,
    },
    /// A quiz counts that did not.
    Counts {
        /// The quiz.
        quiz: String,
    },
    /// Before the course may be begun, more must be done.
    Prerequisites,
    /// Before a module opens, more must be done.
    Unlock {
        /// The module.
        module: String,
        /// Its title.
        title: String,
    },
    /// A lesson was optional or new, and is required now.
    Required {
        /// The lesson.
        lesson: String,
        /// Its title.
        title: String,
    },
    /// A lesson takes more to be complete.
    Lesson {
        /// The lesson.
        lesson: String,
        /// Its title.
        title: String,
    },
    /// The pass mark of a quiz rose, or it has one now.
    Pass {
        /// The quiz.
        quiz: String,
        /// The pass mark before.
        from: Option<Fraction>,
        /// The pass mark now.
        to: Fraction,
    },
    /// A quiz may be tried less often.
    Attempts {
        /// The quiz.
        quiz: String,
        /// How often now.
        to: u32,
    },
    /// A quiz gives less time.
    Time {
        /// The quiz.
        quiz: String,
        /// Seconds now.
        to: u32,
    },
}

/// Where the new version asks for more. Who has completed the course or the lesson keeps it all the same.
pub fn stricter(before: &Course, now: &Course) -> Vec<Stricter> {
    let (old, new) = (&before.completion, &now.completion);
    let mean = new.pass.filter(|to| old.pass.is_none_or(|from| from < *to));
    let present = new.attendance.filter(|to| old.attendance.is_none_or(|from| from < *to));
    let begin = asks_for_more(before.prerequisites.as_ref(), now.prerequisites.as_ref());
    let course = [
        (new.lessons && !old.lessons).then_some(Stricter::Lessons),
        (new.quizzes && !old.quizzes).then_some(Stricter::Quizzes),
        mean.map(|to| Stricter::Mean { from: old.pass, to }),
        present.map(|to| Stricter::Attendance { from: old.attendance, to }),
        begin.then_some(Stricter::Prerequisites),
    ];
    let mut found: Vec<Stricter> = course.into_iter().flatten().collect();
    found.extend(counting(before, now));
    found.extend(now.modules.iter().filter_map(|module| lock(before, now, module)));
    for (_, lesson) in shown(now) {
        let known = shown(before).map(|(_, old)| old).find(|old| old.id == lesson.id);
        found.extend(lesson_rules(now, known, lesson));
        for quiz in &lesson.quizzes {
            let known =
                shown(before).flat_map(|(_, old)| &old.quizzes).find(|old| old.id == quiz.id);
            known.into_iter().for_each(|known| found.extend(quiz_rules(known, quiz)));
        }
    }
    found
}

/// Quizzes that are named among those that count, and were not. Where all count, a new one is a change of the lesson.
fn counting(before: &Course, now: &Course) -> Vec<Stricter> {
    let (old, new) = (&before.completion.named, &now.completion.named);
    let all = old.is_empty() && before.completion.quizzes;
    let added = new.iter().filter(|quiz| !all && !old.contains(quiz));
    added.map(|quiz| Stricter::Counts { quiz: quiz.0.clone() }).collect()
}

fn lock(before: &Course, now: &Course, module: &Module) -> Option<Stricter> {
    let known = before.modules.iter().find(|old| old.id == module.id)?;
    let closed = asks_for_more(known.unlock.as_ref(), module.unlock.as_ref());
    let title = module.title.get(now.source, now.source).to_owned();
    (closed && !module.draft).then(|| Stricter::Unlock { module: module.id.clone(), title })
}

fn lesson_rules(course: &Course, before: Option<&Lesson>, now: &Lesson) -> Vec<Stricter> {
    let (lesson, title) = (now.id.clone(), title(course, now));
    let required = now.required && before.is_none_or(|before| !before.required);
    let harder = before.is_some_and(|before| effort(before.complete) < effort(now.complete));
    let required =
        required.then(|| Stricter::Required { lesson: lesson.clone(), title: title.clone() });
    required.into_iter().chain(harder.then_some(Stricter::Lesson { lesson, title })).collect()
}

/// What a lesson takes, and for how long it must be open.
fn effort(rule: LessonRule) -> (u8, u32) {
    match rule {
        LessonRule::Viewed => (0, 0),
        LessonRule::Marked => (1, 0),
        LessonRule::Dwell(seconds) => (1, seconds),
        LessonRule::Quiz => (2, 0),
    }
}

fn quiz_rules(before: &Quiz, now: &Quiz) -> Vec<Stricter> {
    let (old, new, quiz) = (&before.rules, &now.rules, now.id.0.clone());
    let pass = new.pass.filter(|to| old.pass.is_none_or(|from| from < *to));
    let fewer =
        |old: Option<u32>, new: Option<u32>| new.filter(|to| old.is_none_or(|from| from > *to));
    [
        pass.map(|to| Stricter::Pass { quiz: quiz.clone(), from: old.pass, to }),
        fewer(old.attempts, new.attempts).map(|to| Stricter::Attempts { quiz: quiz.clone(), to }),
        fewer(old.time, new.time).map(|to| Stricter::Time { quiz, to }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::condition::Condition;
    use crate::course::identity::samples;
    use crate::quiz::response::QuizId;

    /// What is stricter after a change of a small course, and after it is taken back.
    fn check(change: impl Fn(&mut Course), expected: &[Stricter]) {
        let mut before = samples::course("### Why? {#why}\n\n- [x] One {#one}\n- [ ] Two {#two}\n");
        before.completion.named = vec![QuizId("other".into())];
        let mut now = before.clone();
        change(&mut now);
        assert_eq!(stricter(&before, &now), expected);
        assert_eq!(stricter(&now, &before), []);
    }

    #[test]
    fn what_asks_for_more_is_stricter() {
        let half = Fraction::percent(50);
        check(|_| {}, &[]);
        check(
            |course| course.completion.attendance = Some(half),
            &[Stricter::Attendance { from: None, to: half }],
        );
        check(
            |course| course.completion.named.push(QuizId("practice".into())),
            &[Stricter::Counts { quiz: "practice".into() }],
        );
        check(
            |course| course.prerequisites = Some(Condition::Course("first".into())),
            &[Stricter::Prerequisites],
        );
        check(
            |course| course.modules[0].unlock = Some(Condition::Course("first".into())),
            &[Stricter::Unlock { module: "begin".into(), title: "Begin".into() }],
        );
    }
}
