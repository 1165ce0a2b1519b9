//! The key of a question.

use std::borrow::Cow;

use super::names::Names;
use super::words::{number, short_text};
use crate::course::questions::parsed::{
    ParsedAnswer, ParsedChoice, ParsedCloze, ParsedCriterion, ParsedGap, ParsedGapKey, ParsedMatch,
    ParsedNumber, ParsedOption, ParsedPick, ParsedQuestion, ParsedText,
};
use crate::locale::Locale;
use crate::quiz::item::{Choice, ChoiceOption, Cloze, Gap, GapKey, GapOption, Hotspot, Kind};
use crate::quiz::kinds::{Criterion, Essay, Match, MatchRow, Order, Survey, Upload};
use crate::quiz::response::OptionId;

/// A question in one language.
pub(crate) type Version<'q> = (Locale, Cow<'q, ParsedQuestion>);

/// The key as the source has it; words and units of the other languages count as well.
pub(crate) fn kind(answer: &ParsedAnswer, names: &Names, versions: &[Version<'_>]) -> Option<Kind> {
    Some(match answer {
        ParsedAnswer::Choice(parsed) => Kind::Choice(choice(parsed, &names.parts)),
        ParsedAnswer::Number(_) => Kind::Number(number(&numbers(versions))?),
        ParsedAnswer::Text(_) => Kind::Text(short_text(&texts(versions))?),
        ParsedAnswer::Match(parsed) => Kind::Match(pairs(parsed, names)?),
        ParsedAnswer::Order(parsed) => {
            Kind::Order(Order { steps: names.parts.clone(), scoring: parsed.scoring })
        }
        ParsedAnswer::Cloze(parsed) => Kind::Cloze(cloze(parsed, names, versions)?),
        ParsedAnswer::Hotspot(parsed) => Kind::Hotspot(Hotspot {
            choice: choice(&parsed.choice, &names.parts),
            shapes: names.parts.iter().cloned().zip(parsed.shapes.iter().copied()).collect(),
        }),
        ParsedAnswer::Essay(parsed) => {
            Kind::Essay(Essay { words: parsed.words, rubric: rubric(&parsed.rubric, &names.parts) })
        }
        ParsedAnswer::Upload(parsed) => Kind::Upload(Upload {
            accept: parsed.accept.clone(),
            max: parsed.max,
            size: parsed.size,
            rubric: rubric(&parsed.rubric, &names.parts),
        }),
        ParsedAnswer::Survey(parsed) => Kind::Survey(Survey {
            options: names.parts.clone(),
            many: parsed.many,
            scale: parsed.scale,
        }),
    })
}

fn choice(parsed: &ParsedChoice, ids: &[OptionId]) -> Choice {
    let option = |(id, option): (&OptionId, &ParsedOption)| ChoiceOption {
        id: id.clone(),
        right: option.right,
        weight: option.weight,
        pinned: option.pinned,
        only: option.only,
    };
    Choice {
        options: ids.iter().zip(&parsed.options).map(option).collect(),
        many: parsed.many,
        true_false: parsed.true_false,
        keep_order: parsed.keep_order,
        scoring: parsed.scoring,
    }
}

fn numbers<'v>(versions: &'v [Version<'_>]) -> Vec<&'v ParsedNumber> {
    let mut numbers = Vec::new();
    for (_, question) in versions {
        if let Some(ParsedAnswer::Number(number)) = &question.answer {
            numbers.push(number);
        }
    }
    numbers
}

fn texts<'v>(versions: &'v [Version<'_>]) -> Vec<(Locale, &'v ParsedText)> {
    let mut texts = Vec::new();
    for (locale, question) in versions {
        if let Some(ParsedAnswer::Text(text)) = &question.answer {
            texts.push((*locale, text));
        }
    }
    texts
}

fn pairs(parsed: &ParsedMatch, names: &Names) -> Option<Match> {
    let mut rows = Vec::new();
    for (id, row) in names.parts.iter().zip(&parsed.rows) {
        rows.push(MatchRow { id: id.clone(), right: names.choices.get(row.right)?.clone() });
    }
    Some(Match { rows, choices: names.choices.clone(), scoring: parsed.scoring })
}

fn cloze(parsed: &ParsedCloze, names: &Names, versions: &[Version<'_>]) -> Option<Cloze> {
    let mut gaps = Vec::new();
    for (place, (id, gap)) in names.gaps.iter().zip(&parsed.gaps).enumerate() {
        let key = match &gap.key {
            ParsedGapKey::Pick(picks) => {
                let entries = names.entries.get(place)?.iter().zip(picks);
                GapKey::Pick(entries.map(|(id, pick)| gap_option(id, pick)).collect())
            }
            ParsedGapKey::Number(_) => {
                let numbers: Vec<&ParsedNumber> = at(versions, place)
                    .filter_map(|(_, gap)| {
                        if let ParsedGapKey::Number(number) = &gap.key {
                            Some(number)
                        } else {
                            None
                        }
                    })
                    .collect();
                GapKey::Number(number(&numbers)?)
            }
            ParsedGapKey::Text(_) => {
                let texts: Vec<(Locale, &ParsedText)> = at(versions, place)
                    .filter_map(|(locale, gap)| {
                        if let ParsedGapKey::Text(text) = &gap.key {
                            Some((locale, text))
                        } else {
                            None
                        }
                    })
                    .collect();
                GapKey::Text(short_text(&texts)?)
            }
        };
        gaps.push(Gap { id: id.clone(), key });
    }
    Some(Cloze { gaps, scoring: parsed.scoring })
}

fn gap_option(id: &OptionId, pick: &ParsedPick) -> GapOption {
    GapOption { id: id.clone(), right: pick.right }
}

/// One gap in all languages.
fn at<'v>(
    versions: &'v [Version<'_>],
    place: usize,
) -> impl Iterator<Item = (Locale, &'v ParsedGap)> {
    versions.iter().filter_map(move |(locale, question)| {
        let Some(ParsedAnswer::Cloze(cloze)) = &question.answer else { return None };
        Some((*locale, cloze.gaps.get(place)?))
    })
}

fn rubric(rows: &[ParsedCriterion], ids: &[OptionId]) -> Vec<Criterion> {
    let row = |(id, row): (&OptionId, &ParsedCriterion)| Criterion {
        id: id.clone(),
        weight: row.weight,
        levels: row.levels.clone(),
    };
    ids.iter().zip(rows).map(row).collect()
}
