//! Numbers in answers: `.` as decimal mark, `±` for a tolerance.

use std::ops::Range;

use super::reading::Change;
use super::sections::{Question, quizzes};
use super::view::View;
use crate::course::questions::amount::{looks_like_amount, read_amount};
use crate::course::questions::item_line::Sign;
use crate::diagnostic::Source;
use crate::edit::Edit;

pub(super) fn amounts(view: &View<'_>) -> Vec<Change> {
    let quizzes = quizzes(view);
    let questions = || quizzes.iter().flat_map(|quiz| &quiz.questions);
    let asked = questions().filter(|question| asks_for_number(question, view.source));
    let values = asked.flat_map(|question| question.items.iter().map(|(_, value)| value));
    let gaps = questions().flat_map(|question| &question.parts.numbers);
    values.chain(gaps).filter_map(|value| change(view.source, value)).collect()
}

/// As the compiler decides it: the heading says so, or every accepted answer is a number.
fn asks_for_number(question: &Question, source: &Source) -> bool {
    let answers = || question.items.iter().filter(|(sign, _)| *sign == Sign::Accepted);
    let only =
        question.items.iter().all(|(sign, _)| matches!(sign, Sign::Accepted | Sign::Rejected));
    let numbers = answers().all(|(_, value)| looks_like_amount(source.slice(value.clone())));
    only && (question.wants_number || (answers().next().is_some() && numbers))
}

fn change(source: &Source, value: &Range<usize>) -> Option<Change> {
    let text = source.slice(value.clone());
    let canonical = canonical(text);
    let amount = read_amount(text).ok()?;
    let same = read_amount(&canonical).is_ok_and(|other| {
        (other.low, other.high, &other.unit) == (amount.low, amount.high, &amount.unit)
    });
    (same && canonical != text).then(|| vec![Edit::replace(value.clone(), canonical)])
}

fn canonical(text: &str) -> String {
    let signed = text.replace("+/-", "±").replace("+-", "±");
    let mut parts = signed.split('±').map(str::trim);
    let first = parts.next().unwrap_or_default().to_owned();
    let signed = parts.fold(first, |text, part| format!("{text} ± {part}"));
    let mut marked = String::new();
    let mut letters = signed.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let mark = letter == ','
            && before.is_ascii_digit()
            && letters.peek().is_some_and(char::is_ascii_digit);
        marked.push(if mark { '.' } else { letter });
        before = letter;
    }
    marked
}
