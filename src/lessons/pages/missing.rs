//! What a course still waits for, in words and with the way there.

use crate::catalogue::Published;
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{Missing, Progress};
use crate::domain::quiz::grade::Fraction;
use crate::domain::quiz::response::QuizId;
use crate::words;

/// One thing that is missing; `href` is empty where no single page would do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub text: String,
    pub href: String,
}

/// All that is missing.
pub fn reasons(published: &Published, progress: &Progress, lang: Locale) -> Vec<Reason> {
    progress.missing.iter().map(|missing| reason(published, missing, lang)).collect()
}

fn reason(published: &Published, missing: &Missing, lang: Locale) -> Reason {
    let said = |text: String| Reason { text, href: String::new() };
    let percent = |fraction: &Fraction, pass: Fraction| {
        format::percent(lang, fraction.shown_percent(Some(pass)))
    };
    match missing {
        Missing::Lessons { left, of } => said(
            words::ta(
                lang,
                "missing-lessons",
                &[("left", &count(lang, *left)), ("of", &count(lang, *of))],
            )
            .into_owned(),
        ),
        Missing::Quiz { id, best, pass } => quiz(
            published,
            id,
            best.as_ref().map(|best| percent(best, *pass)),
            &percent(pass, *pass),
            lang,
        ),
        Missing::Mark { now, pass } => said(
            words::ta(
                lang,
                "missing-mark",
                &[("now", &percent(now, *pass)), ("pass", &percent(pass, *pass))],
            )
            .into_owned(),
        ),
        Missing::Attendance { now, asked } => said(
            words::ta(
                lang,
                "missing-attendance",
                &[("now", &percent(now, *asked)), ("asked", &percent(asked, *asked))],
            )
            .into_owned(),
        ),
        Missing::Content => said(words::t(lang, "missing-content").into_owned()),
    }
}

fn quiz(
    published: &Published,
    id: &QuizId,
    best: Option<String>,
    pass: &str,
    lang: Locale,
) -> Reason {
    let course = &published.course;
    let found = published.quiz(id);
    let title = found.map_or(id.as_str(), |(_, quiz)| quiz.title.get(lang, course.source));
    let href = found
        .map(|(lesson, _)| format!("/{}/courses/{}/{}", lang.code(), course.slug, lesson.id))
        .unwrap_or_default();
    let text = match &best {
        Some(best) => {
            words::ta(lang, "missing-quiz", &[("title", title), ("best", best), ("pass", pass)])
        }
        None => words::ta(lang, "missing-quiz-untried", &[("title", title), ("pass", pass)]),
    };
    Reason { text: text.into_owned(), href }
}

/// A count as the language writes it.
pub fn count(lang: Locale, n: usize) -> String {
    format::integer(lang, i64::try_from(n).unwrap_or(i64::MAX))
}
