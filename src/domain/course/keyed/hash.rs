//! What decides marks, as a hash: a new value is a new version of the question.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::digest::sha256;
use crate::quiz::grade::{Fraction, Marks};
use crate::quiz::item::{Choice, ChoiceOption, Cloze, Gap, GapKey, GapOption, Kind, Scoring};
use crate::quiz::kinds::Criterion;
use crate::quiz::response::OptionId;

/// What decides marks: not the order of options, not their places in a shuffle.
#[derive(Serialize)]
struct ScoredChoice<'k> {
    many: bool,
    scoring: Scoring,
    options: BTreeMap<&'k OptionId, (bool, Option<Fraction>, bool)>,
}

/// The hash of a key and of what it is worth.
pub(crate) fn scoring_hash(kind: &Kind, points: Marks, hint_cost: Fraction) -> String {
    match kind {
        Kind::Choice(choice) => hash_of(&("choice", scored(choice), points, hint_cost)),
        Kind::Number(number) => hash_of(&("number", number, points, hint_cost)),
        Kind::Text(text) => hash_of(&("text", text, points, hint_cost)),
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

/// The hash of anything that can be written as JSON.
pub(crate) fn hash_of(value: &impl Serialize) -> String {
    sha256(&serde_json::to_vec(value).expect("maps have text keys, so this always serialises"))
}

fn scored(choice: &Choice) -> ScoredChoice<'_> {
    let key = |option: &ChoiceOption| (option.right, option.weight, option.only);
    let options = choice.options.iter().map(|option| (&option.id, key(option))).collect();
    ScoredChoice { many: choice.many, scoring: choice.scoring, options }
}

/// Gaps by their labels, whatever their order in the text; entries by their ids.
fn gaps(cloze: &Cloze) -> BTreeMap<&str, String> {
    let key = |gap: &Gap| match &gap.key {
        GapKey::Pick(options) => {
            let entry = |option: &GapOption| (option.id.0.clone(), option.right);
            hash_of(&options.iter().map(entry).collect::<BTreeMap<String, bool>>())
        }
        GapKey::Number(number) => hash_of(number),
        GapKey::Text(text) => hash_of(text),
    };
    cloze.gaps.iter().map(|gap| (gap.id.as_str(), key(gap))).collect()
}

fn rows(rubric: &[Criterion]) -> BTreeMap<&OptionId, (u32, &[Marks])> {
    rubric.iter().map(|row| (&row.id, (row.weight, row.levels.as_slice()))).collect()
}
