//! What decides marks, as a hash: a new value is a new version of the question. What is only read, as another one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::digest::sha256;
use crate::quiz::grade::{Fraction, Marks};
use crate::quiz::item::{
    Choice, ChoiceOption, Cloze, Gap, GapKey, GapOption, Hotspot, Item, Kind, Number, Scoring,
    ShortText, TextPattern,
};
use crate::quiz::kinds::Criterion;
use crate::quiz::response::OptionId;

/// What decides marks: not the order of options, not their places in a shuffle.
#[derive(Serialize)]
struct ScoredChoice<'k> {
    many: bool,
    scoring: Scoring,
    options: BTreeMap<&'k OptionId, (bool, Option<Fraction>, bool)>,
}

/// The hash of a key and of what it is worth. How a number is written, where feedback belongs and in which order options
/// stand do not count.
pub(crate) fn scoring_hash(kind: &Kind, points: Marks, hint_cost: Fraction) -> String {
    match kind {
        Kind::Choice(choice) => hash_of(&("choice", scored(choice), points, hint_cost)),
        Kind::Number(number) => hash_of(&("number", scored_number(number), points, hint_cost)),
        Kind::Text(text) => hash_of(&("text", scored_text(text), points, hint_cost)),
        Kind::Match(question) => {
            let rows: BTreeMap<_, _> =
                question.rows.iter().map(|row| (&row.id, &row.right)).collect();
            let choices: BTreeSet<_> = question.choices.iter().collect();
            hash_of(&("match", rows, choices, question.scoring, points, hint_cost))
        }
        Kind::Order(order) => hash_of(&("order", order, points, hint_cost)),
        Kind::Cloze(cloze) => hash_of(&("cloze", gaps(cloze), cloze.scoring, points, hint_cost)),
        Kind::Hotspot(hotspot) => {
            let choice = scored(&hotspot.choice);
            hash_of(&("hotspot", choice, &hotspot.shapes, points, hint_cost))
        }
        Kind::Essay(essay) => hash_of(&("essay", rows(&essay.rubric), points, hint_cost)),
        Kind::Upload(upload) => hash_of(&("upload", rows(&upload.rubric), points, hint_cost)),
        Kind::Survey(survey) => {
            let options: BTreeSet<_> = survey.options.iter().collect();
            hash_of(&("survey", options, survey.many))
        }
    }
}

/// What is only read as one hash: texts, feedback and hints in every language, tags, outcomes, which options keep their
/// places and what is asked of those who write; not the order in which the file has them.
pub(crate) fn wording_hash(item: &Item) -> String {
    hash_of(&(&item.texts, &item.tags, &item.outcomes, standing(&item.kind)))
}

/// How the parts of a question stand on the page, and what an answer that a person marks must be like.
fn standing(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => {
            let pinned = choice.options.iter().map(|option| (&option.id, option.pinned));
            let pinned: BTreeMap<&OptionId, bool> = pinned.collect();
            Some(hash_of(&(choice.keep_order, choice.true_false, pinned)))
        }
        Kind::Essay(essay) => Some(hash_of(&essay.words)),
        Kind::Upload(upload) => Some(hash_of(&(&upload.accept, upload.max, upload.size))),
        Kind::Survey(survey) => Some(hash_of(&survey.scale)),
        Kind::Number(_) | Kind::Text(_) | Kind::Match(_) | Kind::Order(_) | Kind::Cloze(_) => None,
    }
}

/// The hash of anything that can be written as JSON.
fn hash_of(value: &impl Serialize) -> String {
    sha256(&serde_json::to_vec(value).expect("maps have text keys, so this always serialises"))
}

fn scored(choice: &Choice) -> ScoredChoice<'_> {
    let key = |option: &ChoiceOption| (option.right, option.weight, option.only);
    let options = choice.options.iter().map(|option| (&option.id, key(option))).collect();
    ScoredChoice { many: choice.many, scoring: choice.scoring, options }
}

/// 3.60 is 3.6.
fn scored_number(number: &Number) -> Number {
    let mut number = number.clone();
    for answer in &mut number.answers {
        answer.range = answer.range.map(|(low, high)| (low.normalize(), high.normalize()));
    }
    for (_, factor) in &mut number.units {
        *factor = factor.normalize();
    }
    number
}

/// Words with what they earn, and how exactly they are compared.
type ScoredText<'k> = (Vec<(&'k TextPattern, Fraction)>, (bool, bool, u8));

fn scored_text(text: &ShortText) -> ScoredText<'_> {
    let answers = text.answers.iter().map(|answer| (&answer.pattern, answer.fraction));
    (answers.collect(), (text.exact_case, text.exact_accents, text.typos))
}

/// Gaps by their labels, whatever their order in the text; entries by their ids.
fn gaps(cloze: &Cloze) -> BTreeMap<&str, String> {
    let key = |gap: &Gap| match &gap.key {
        GapKey::Pick(options) => {
            let entry = |option: &GapOption| (option.id.0.clone(), option.right);
            hash_of(&options.iter().map(entry).collect::<BTreeMap<String, bool>>())
        }
        GapKey::Number(number) => hash_of(&scored_number(number)),
        GapKey::Text(text) => hash_of(&scored_text(text)),
    };
    cloze.gaps.iter().map(|gap| (gap.id.as_str(), key(gap))).collect()
}

fn rows(rubric: &[Criterion]) -> BTreeMap<&OptionId, (u32, &[Marks])> {
    rubric.iter().map(|row| (&row.id, (row.weight, row.levels.as_slice()))).collect()
}
