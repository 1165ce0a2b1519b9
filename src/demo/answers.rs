//! How people answer: the abler, the more often right; the harder the question, the less often.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chance;
use crate::domain::course::model::Course;
use crate::domain::locale::Locale;
use crate::domain::progress::course::{graded, lessons};
use crate::domain::progress::lesson::published;
use crate::domain::quiz::item::{Choice, Hotspot, Item, Kind};
use crate::domain::quiz::number::quantity;
use crate::domain::quiz::response::{ItemId, OptionId, Response};

/// Which question of the first graded quiz of a course leads most people astray, so that trainers see one.
const CONFUSING: usize = 2;

/// How the questions of a course are to answer.
pub type Characters = BTreeMap<ItemId, Character>;

/// How a question is to answer.
#[derive(Clone, Debug)]
pub struct Character {
    /// Around 0; who is as able as this and has read the lesson is right more often than not.
    difficulty: f64,
    /// Options that are wrong, the most tempting first.
    lures: Vec<OptionId>,
    misleads: Misleads,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misleads {
    Somebody,
    Nearly,
}

/// The characters of all questions that learners see.
pub fn characters(seed: &str, course: &Course) -> Characters {
    let first = graded(course).next();
    let confusing = first.and_then(|(quiz, _)| quiz.items.get(CONFUSING)).map(|item| &item.id);
    let items = lessons(course).flat_map(published).flat_map(|quiz| &quiz.items);
    items
        .map(|item| {
            let misleads =
                if confusing == Some(&item.id) { Misleads::Nearly } else { Misleads::Somebody };
            (item.id.clone(), character(seed, &course.slug, item, misleads))
        })
        .collect()
}

fn character(seed: &str, course: &str, item: &Item, misleads: Misleads) -> Character {
    let mut chance = Chance::of(seed, &format!("question {course} {}", item.id));
    let mut lures: Vec<(u64, OptionId)> = match &item.kind {
        Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => {
            wrong_options(choice).map(|id| (chance.word(), id)).collect()
        }
        Kind::Survey(survey) => {
            survey.options.iter().map(|id| (chance.word(), id.clone())).collect()
        }
        Kind::Number(_)
        | Kind::Text(_)
        | Kind::Match(_)
        | Kind::Order(_)
        | Kind::Cloze(_)
        | Kind::Essay(_)
        | Kind::Upload(_) => Vec::new(),
    };
    lures.sort();
    Character {
        difficulty: chance.around() * 0.8,
        lures: lures.into_iter().map(|(_, option)| option).collect(),
        misleads,
    }
}

fn wrong_options(choice: &Choice) -> impl Iterator<Item = OptionId> {
    choice.options.iter().filter(|option| !option.right).map(|option| option.id.clone())
}

/// Somebody at a question.
#[derive(Clone, Copy, Debug)]
pub struct Sitter {
    pub ability: f64,
    pub language: Locale,
}

/// What they answer.
pub fn answer(item: &Item, character: &Character, sitter: Sitter, chance: &mut Chance) -> Response {
    if chance.happens(0.015) {
        return Response::Blank;
    }
    let key = item.key().unwrap_or_default();
    if chance.happens(character.how_often_right(sitter.ability)) {
        return key;
    }
    match &item.kind {
        Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => {
            Response::Picks(wrong_picks(choice, character, key, chance))
        }
        Kind::Number(_) => wrong_number(&key, sitter.language, chance),
        Kind::Text(_) => wrong_text(key, sitter.language, chance),
        Kind::Match(_) | Kind::Order(_) | Kind::Cloze(_) => wrong_parts(key, chance),
        Kind::Survey(survey) if !survey.options.is_empty() => {
            Response::Picks(lure(character, chance).into_iter().collect())
        }
        Kind::Essay(_) | Kind::Upload(_) | Kind::Survey(_) => {
            wrong_text(key, sitter.language, chance)
        }
    }
}

/// Two parts changed places, or one is missing.
fn wrong_parts(key: Response, chance: &mut Chance) -> Response {
    match key {
        Response::Order(mut steps) => {
            let last = steps.len().saturating_sub(1);
            let from = usize::try_from(chance.between(0, 100)).unwrap_or(0) % (last + 1);
            steps.rotate_left(from.max(1).min(last));
            Response::Order(steps)
        }
        Response::Pairs(mut pairs) => {
            let choices: Vec<OptionId> = pairs.values().skip(1).cloned().collect();
            for (choice, other) in pairs.values_mut().zip(choices) {
                *choice = other;
            }
            Response::Pairs(pairs)
        }
        Response::Gaps(mut gaps) => {
            gaps.pop_first();
            if gaps.is_empty() { Response::Blank } else { Response::Gaps(gaps) }
        }
        Response::Blank
        | Response::Picks(_)
        | Response::Text(_)
        | Response::Number { .. }
        | Response::Files(_) => key,
    }
}

impl Character {
    /// The usual curve of item response theory; a misleading question hardly depends on ability.
    fn how_often_right(&self, ability: f64) -> f64 {
        match self.misleads {
            Misleads::Nearly => 0.2 + ability.clamp(-1.0, 1.0) * 0.04,
            Misleads::Somebody => 1.0 / (1.0 + (self.difficulty - ability - 1.25).exp()),
        }
    }
}

/// One wrong option where one is asked for; where several are, the right ones with a slip or two.
fn wrong_picks(
    choice: &Choice,
    character: &Character,
    key: Response,
    chance: &mut Chance,
) -> BTreeSet<OptionId> {
    let Response::Picks(mut picks) = key else {
        return lure(character, chance).into_iter().collect();
    };
    if !choice.many {
        return lure(character, chance).into_iter().collect();
    }
    let n_slips = if chance.happens(0.7) { 1 } else { 2 };
    for _ in 0..n_slips {
        let missed = picks.iter().next().cloned().filter(|_| chance.happens(0.5));
        match missed.or_else(|| lure(character, chance)) {
            Some(option) if picks.contains(&option) => picks.remove(&option),
            Some(option) => picks.insert(option),
            None => false,
        };
    }
    picks
}

/// The most tempting option tempts most.
fn lure(character: &Character, chance: &mut Chance) -> Option<OptionId> {
    let tempting = if character.misleads == Misleads::Nearly { 0.8 } else { 0.55 };
    let found = character.lures.iter().find(|_| chance.happens(tempting));
    found.or(character.lures.first()).cloned()
}

/// A slip of the decimal mark, a doubled value, or one too many.
fn wrong_number(key: &Response, language: Locale, chance: &mut Chance) -> Response {
    let Response::Number { value: Some(right), .. } = key else { return Response::Blank };
    let (ten, two, one) = (10.into(), 2.into(), 1.into());
    let wrong = match chance.between(0, 3) {
        0 => right.value.checked_mul(ten),
        1 => right.value.checked_div(ten),
        2 => right.value.checked_mul(two),
        _ => right.value.checked_add(one),
    };
    let number = wrong.unwrap_or(right.value).normalize().to_string();
    let number = if language == Locale::En { number } else { number.replace('.', ",") };
    let typed =
        right.unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"));
    Response::Number { value: quantity(&typed), typed }
}

/// Half of a word that is known, or that one does not know.
fn wrong_text(key: Response, language: Locale, chance: &mut Chance) -> Response {
    let unknown = match language {
        Locale::Az => "bilmirəm",
        Locale::En => "not sure",
        Locale::Ru => "не знаю",
    };
    match key {
        Response::Text(right) if chance.happens(0.6) => {
            Response::Text(right.chars().take(right.chars().count().div_ceil(2)).collect())
        }
        _ => Response::Text(unknown.to_owned()),
    }
}
