//! What a lesson page shows of a graded quiz: how it works, how far the learner is, and the button to start.

use askama::Template;
use chrono::{DateTime, Utc};

use super::parts::{attempt_path, title};
use crate::catalogue::Published;
use crate::domain::format;
use crate::domain::grading::quiz::Earned;
use crate::domain::html::Html;
use crate::domain::quiz::attempt::{Attempt, Opening, Refusal as Rule, attempts_left, may_start};
use crate::domain::quiz::behaviour::Behaviour;
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::item::{GradeBy, Quiz};
use crate::domain::quiz::terms::Terms;
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
    /// What one should know before the start, or when to come back.
    warning: String,
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
    let terms = standing.terms(quiz);
    let past: Vec<Attempt> = standing.at(&quiz.id).map(attempt).collect::<Result<_, _>>()?;
    let last = standing.at(&quiz.id).filter(|row| row.finished_at.is_some()).last();
    let opening = may_start(&past, &terms, now);
    let (button, refusal) = match opening {
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
        facts: facts(shell, quiz, &terms, attempts_left(&past, &terms)),
        warning: warning(shell, opening, &terms, now),
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
fn facts(shell: &Shell, quiz: &Quiz, terms: &Terms, left: Option<u32>) -> Vec<String> {
    let lang = shell.lang;
    let n_questions = i64::try_from(quiz.n_asked()).unwrap_or(i64::MAX);
    let mut facts = vec![shell.tn("quiz-n-questions", &n_questions).into_owned()];
    if let Some(pass) = quiz.rules.pass {
        let pass = format::percent(lang, pass.shown_percent(None));
        facts.push(shell.ta("quiz-pass-mark", "pass", &pass).into_owned());
    }
    facts.push(match terms.time {
        Some(seconds) => shell.tn("quiz-n-minutes", &i64::from(seconds.div_ceil(60))).into_owned(),
        None => shell.t("quiz-no-time-limit").into_owned(),
    });
    facts.push(match left {
        Some(left) => shell.tn("quiz-attempts-left", &i64::from(left)).into_owned(),
        None => shell.t("quiz-attempts-unlimited").into_owned(),
    });
    if terms.attempts != Some(1) {
        facts.push(shell.t(counts(quiz.rules.grade)).into_owned());
    }
    facts.extend(played(Behaviour::of(&quiz.rules)).map(|words| shell.t(words).into_owned()));
    facts
}

/// How answers are judged, in words, where it is not simply at the end.
fn played(behaviour: Behaviour) -> Option<&'static str> {
    match behaviour {
        Behaviour::Practice | Behaviour::Deferred => None,
        Behaviour::Immediate => Some("quiz-plays-immediate"),
        Behaviour::Tries => Some("quiz-plays-tries"),
        Behaviour::Adaptive => Some("quiz-plays-adaptive"),
        Behaviour::PointsList => Some("quiz-plays-points-list"),
        Behaviour::Certainty => Some("quiz-plays-certainty"),
    }
}

/// How long one must wait, or how much time is left before the quiz closes.
fn warning(
    shell: &Shell,
    opening: Result<Opening, Rule>,
    terms: &Terms,
    now: DateTime<Utc>,
) -> String {
    let minutes = |seconds: i64| (seconds + 59) / 60;
    match (opening, terms.cut_short(now)) {
        (Err(Rule::TooSoon { from }), _) => {
            shell.tn("quiz-wait-minutes", &minutes((from - now).num_seconds())).into_owned()
        }
        (Ok(Opening::New(_)), Some(left)) => shell.tn("quiz-cut-short", &(left / 60)).into_owned(),
        (Ok(_) | Err(_), _) => String::new(),
    }
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
