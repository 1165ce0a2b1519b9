//! Texts and units of all languages: whoever reads a question in one may answer in another.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::course::questions::parsed::{
    ANYTHING, ParsedAmount, ParsedNumber, ParsedText, ParsedWord,
};
use crate::html::Html;
use crate::locale::Locale;
use crate::quiz::grade::Fraction;
use crate::quiz::item::{Number, NumberAnswer, ShortText, TextAnswer, TextPattern};

/// Feedback on words has the same keys in two languages if their lists are alike; else the keys are kept apart, so
/// that nobody reads the feedback on another answer. `n` is the number of the language.
pub(super) fn keep_apart(
    here: &mut ParsedText,
    there: &ParsedText,
    feedback: &mut BTreeMap<u32, Html>,
    n: u32,
) {
    if shares(here) == shares(there) {
        return;
    }
    let apart = |index: u32| match index {
        ANYTHING => ANYTHING,
        index => index.saturating_add(n.saturating_mul(10_000)),
    };
    here.answers.iter_mut().for_each(|answer| answer.index = apart(answer.index));
    *feedback =
        std::mem::take(feedback).into_iter().map(|(index, html)| (apart(index), html)).collect();
}

/// The list of answers without its words.
fn shares(text: &ParsedText) -> Vec<(u32, Fraction)> {
    text.answers.iter().map(|answer| (answer.index, answer.fraction)).collect()
}

/// The accepted and rejected texts of all languages; "anything else" comes last, or it would hide the others. The
/// first language says how they are compared.
pub(super) fn short_text(versions: &[(Locale, &ParsedText)]) -> Option<ShortText> {
    let (_, first) = versions.first()?;
    let mut answers: Vec<TextAnswer> =
        versions.iter().flat_map(|(locale, text)| answers(*locale, text)).collect();
    answers.sort_by_key(|answer| answer.pattern == TextPattern::Anything);
    let ParsedText { exact_case, exact_accents, typos, .. } = **first;
    Some(ShortText { answers, exact_case, exact_accents, typos })
}

fn answers(locale: Locale, text: &ParsedText) -> impl Iterator<Item = TextAnswer> {
    text.answers.iter().map(move |answer: &ParsedWord| TextAnswer {
        locale,
        index: answer.index,
        pattern: answer.pattern.clone(),
        fraction: answer.fraction,
    })
}

/// The numbers of the first language with the units of all: whoever reads `кВт·ч` may type it.
pub(super) fn number(versions: &[&ParsedNumber]) -> Option<Number> {
    let first = versions.first()?;
    let mut units: Vec<(String, Decimal)> = Vec::new();
    for unit in versions.iter().flat_map(|number| &number.units) {
        if !units.iter().any(|(name, _)| *name == unit.0) {
            units.push(unit.clone());
        }
    }
    let answer = |answer: &ParsedAmount| NumberAnswer {
        range: answer.range,
        unit: answer.unit.clone(),
        fraction: answer.fraction,
    };
    Some(Number { answers: first.answers.iter().map(answer).collect(), units, unit: first.unit })
}
