//! What the pages of attempts have in common.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::catalogue::Library;
use crate::domain::format;
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::quiz::allowed::Allowed;
use crate::domain::quiz::grade::{Marks, Verdict};
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::parts::ReviewedPart;
use crate::domain::quiz::read;
use crate::domain::quiz::response::Response;
use crate::domain::quiz::review::{Reviewed, reviewed};
use crate::outcome::Failed;
use crate::quizzes::refusal::QuizRefusal;
use crate::quizzes::saving::Clash;
use crate::quizzes::sheet::{Question, Sheet};
use crate::web::{Fault, Page, Shell};
use crate::words;

/// A time of day where the person is.
pub fn clock_time(at: DateTime<Utc>, zone: Tz) -> String {
    format::time(at.with_timezone(&zone).time())
}

/// Seconds as a clock shows them: `12:00`, `1:05:00`.
pub fn clock_face(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes:02}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The address of an attempt.
pub fn attempt_path(lang: Locale, attempt: Uuid) -> String {
    format!("/{}/attempts/{attempt}", lang.code())
}

/// The address of the lesson that a sheet belongs to; the list of courses if the course is gone.
pub fn lesson_path(lang: Locale, library: &Library, sheet: &Sheet) -> String {
    match library.cards().by_id(sheet.course) {
        Some(card) => format!("/{}/courses/{}/{}", lang.code(), card.slug, sheet.lesson),
        None => format!("/{}/courses", lang.code()),
    }
}

/// A refusal as a page with a way on.
pub fn fault(failed: Failed<QuizRefusal>, onward: String) -> Fault {
    match failed {
        Failed::Refused(QuizRefusal::NotEnrolled) => Fault::Refused {
            status: StatusCode::FORBIDDEN,
            words: "quiz-not-enrolled",
            onward: Some(onward),
        },
        Failed::Refused(refusal) => Fault::refused(&refusal, Some(onward)),
        Failed::Broken(error) => Fault::from(error),
    }
}

/// The title of a quiz in a language.
pub fn title(quiz: &Quiz, lang: Locale) -> String {
    quiz.title.get(lang, Locale::En).to_owned()
}

/// Marks as people write them, with at most two decimals.
pub fn marks_text(lang: Locale, marks: Marks) -> String {
    marks.written(lang)
}

/// The sentence for how sure an answer is.
pub fn sure_words(word: &str) -> &'static str {
    match word {
        "high" => "quiz-sure-high",
        "mid" => "quiz-sure-mid",
        _ => "quiz-sure-low",
    }
}

/// How a question was played, in plain words: the tries, the hints, and how sure the learner was.
pub fn played_words(shell: &Shell, seen: &Reviewed) -> Vec<String> {
    let lang = shell.lang;
    let Some((played, (marks, of))) = seen.played.as_ref().zip(seen.marks) else {
        return Vec::new();
    };
    let count = |n: usize| format::integer(lang, i64::try_from(n).unwrap_or(i64::MAX));
    let (n, marks, of) = (count(played.tries.len()), marks_text(lang, marks), marks_text(lang, of));
    let args = [("n", n.as_str()), ("marks", &marks), ("of", &of)];
    let how = match (seen.verdict, played.tries.len()) {
        (_, 0) => None,
        (Some(Verdict::Right), 2..) => Some("quiz-right-at"),
        (_, 2..) => Some("quiz-after-tries"),
        (_, _) => Some("quiz-marks-of"),
    };
    let hints = (!played.hints.is_empty()).then(|| {
        words::ta(lang, "quiz-hints-used", &[("n", &count(played.hints.len()))]).into_owned()
    });
    let sure = played.sure.map(|sure| {
        let sure = shell.t(sure_words(sure.word())).into_owned();
        words::ta(lang, "quiz-was-sure", &[("sure", &sure)]).into_owned()
    });
    let how = how.map(|how| words::ta(lang, how, &args).into_owned());
    how.into_iter().chain(hints).chain(sure).collect()
}

/// Two answers to one question, side by side.
struct Pair {
    place: u16,
    number: String,
    title: Html,
    mine: Vec<Html>,
    mine_values: Vec<String>,
    other: Vec<Html>,
    other_at: String,
    rev: i32,
}

#[derive(Template)]
#[template(path = "quizzes/pages/compare.html")]
struct Compare {
    shell: Shell,
    path: String,
    pairs: Vec<Pair>,
}

/// The page that shows answers of which another page was first, each beside the one that is kept.
pub fn compare(
    shell: Shell,
    sheet: &Sheet,
    quiz: &Quiz,
    clashes: &[Clash],
    zone: Tz,
) -> Result<HttpResponse, Fault> {
    let (lang, path) = (shell.lang, attempt_path(shell.lang, sheet.attempt));
    let pairs = clashes.iter().filter_map(|clash| {
        let question = sheet.question(quiz, clash.place)?;
        Some(Pair {
            place: clash.place,
            number: format::integer(lang, i64::from(clash.place) + 1),
            title: question.item.text(lang).map(|text| text.title.clone()).unwrap_or_default(),
            mine: spelled(&question, &clash.mine, lang),
            mine_values: read::posted(question.item, &clash.mine, &question.tokens),
            other: spelled(&question, &clash.other.response, lang),
            other_at: clock_time(clash.other.saved_at, zone),
            rev: clash.other.rev,
        })
    });
    let page = Page::of(&Compare { pairs: pairs.collect(), path, shell })?;
    Ok(page.status(StatusCode::CONFLICT).answer())
}

/// An answer in plain words: what was typed, what was ticked, or each part with what was given.
fn spelled(question: &Question<'_>, response: &Response, lang: Locale) -> Vec<Html> {
    let (item, slot) = (question.item, question.slot);
    let seen = reviewed(item, slot, response, &Allowed::nothing(), lang);
    let ticked = seen.options.into_iter().filter(|option| option.chosen).map(|option| option.text);
    let given = |part: ReviewedPart| Some(Html::joined(&[part.prompt, part.given?]));
    let parts = seen.parts.into_iter().filter_map(given);
    seen.typed.iter().map(|typed| Html::text(typed)).chain(ticked).chain(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_as_a_clock_shows_them() {
        assert_eq!(clock_face(0), "00:00");
        assert_eq!(clock_face(725), "12:05");
        assert_eq!(clock_face(3_905), "1:05:05");
    }
}
