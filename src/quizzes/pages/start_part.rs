//! What a lesson page shows of a graded quiz: how it works, how far the learner is, and the button to start.

use askama::Template;
use chrono::{DateTime, Utc};

use super::parts::{attempt_path, title};
use crate::catalogue::Published;
use crate::domain::format;
use crate::domain::grading::quiz::Earned;
use crate::domain::html::Html;
use crate::domain::quiz::attempt::{Attempt, Opening, Personal, Terms, attempts_left, may_start};
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::item::{GradeBy, Quiz};
use crate::outcome::Refusal;
use crate::quizzes::practising::Standing;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::sitting::{attempt, earned};
use crate::web::{Fault, Shell};

#[derive(Template)]
#[template(path = "quizzes/pages/start_part.html")]
struct View<'a> {
    shell: &'a Shell,
    id: &'a str,
    title: String,
    intro: Option<&'a Html>,
    facts: Vec<String>,
    best: Option<(String, bool)>,
    is_passed: bool,
    review: Option<String>,
    action: String,
    button: &'static str,
    refusal: &'static str,
    is_stranger: bool,
}

/// Draws it. The standing is read once for a lesson with all its quizzes.
pub fn part(
    shell: &Shell,
    published: &Published,
    quiz: &Quiz,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Result<String, Fault> {
    let lang = shell.lang;
    let terms = Terms::of(&quiz.rules, &Personal::default());
    let past: Vec<Attempt> = standing.at(&quiz.id).map(attempt).collect::<Result<_, _>>()?;
    let last = standing.at(&quiz.id).filter(|row| row.finished_at.is_some()).last();
    let (button, refusal) = match may_start(&past, &terms, now) {
        Ok(Opening::Resume(_)) => ("quiz-resume", ""),
        Ok(Opening::New(1)) => ("quiz-start", ""),
        Ok(Opening::New(_)) => ("quiz-start-again", ""),
        Err(rule) => ("", QuizRefusal::from(rule).words()),
    };
    let best = best(shell, quiz, standing);
    let view = View {
        id: quiz.id.as_str(),
        title: title(quiz, lang),
        intro: quiz.intro.get(&lang),
        facts: facts(shell, quiz, attempts_left(&past, &terms)),
        is_passed: best.as_ref().is_some_and(|(_, passed)| *passed),
        best,
        review: last.map(|row| format!("{}/review", attempt_path(lang, row.id))),
        action: format!(
            "/{}/courses/{}/quizzes/{}/attempts",
            lang.code(),
            published.course.slug,
            quiz.id
        ),
        button,
        refusal,
        is_stranger: standing.enrolment.is_none(),
        shell,
    };
    Ok(view.render()?)
}

/// The rules in a few words each.
fn facts(shell: &Shell, quiz: &Quiz, left: Option<u32>) -> Vec<String> {
    let lang = shell.lang;
    let n_questions = i64::try_from(quiz.n_asked()).unwrap_or(i64::MAX);
    let mut facts = vec![shell.tn("quiz-n-questions", &n_questions).into_owned()];
    if let Some(pass) = quiz.rules.pass {
        let pass = format::percent(lang, pass.shown_percent(None));
        facts.push(shell.ta("quiz-pass-mark", "pass", &pass).into_owned());
    }
    facts.push(match quiz.rules.time {
        Some(seconds) => shell.tn("quiz-n-minutes", &i64::from(seconds.div_ceil(60))).into_owned(),
        None => shell.t("quiz-no-time-limit").into_owned(),
    });
    facts.push(match left {
        Some(left) => shell.tn("quiz-attempts-left", &i64::from(left)).into_owned(),
        None => shell.t("quiz-attempts-unlimited").into_owned(),
    });
    if quiz.rules.attempts != Some(1) {
        facts.push(shell.t(counts(quiz.rules.grade)).into_owned());
    }
    facts
}

/// Which attempt counts, in words.
fn counts(by: GradeBy) -> &'static str {
    match by {
        GradeBy::Best => "quiz-best-counts",
        GradeBy::Last => "quiz-last-counts",
        GradeBy::Average => "quiz-average-counts",
    }
}

/// The best result so far, and whether an attempt was a pass.
fn best(shell: &Shell, quiz: &Quiz, standing: &Standing) -> Option<(String, bool)> {
    let shares = standing.at(&quiz.id).filter_map(earned).map(|earned: Earned| earned.share());
    let best: Fraction = shares.max()?;
    let passed = standing.at(&quiz.id).any(|row| row.passed == Some(true));
    Some((format::percent(shell.lang, best.shown_percent(quiz.rules.pass)), passed))
}
