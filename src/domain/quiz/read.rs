//! Posted texts to answers and back. Reading never fails: what cannot be understood is kept as typed or left out.

//!
//! Rows of a match post their choice and gaps what stands in them, one value for each, in the order of the question.
//! Steps of an order post their own name and place, `token:place`, so that they may stand in any order on the page.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Choice, Cloze, Gap, GapKey, Item, Kind};
use super::kinds::{Match, MatchRow, Survey};
use super::number;
use super::response::{OptionId, Response};
use super::token::Tokens;

/// The answer in the values posted for one slot.
pub fn response(item: &Item, tokens: &Tokens, values: &[String]) -> Response {
    match &item.kind {
        Kind::Choice(choice) => picks(choice, tokens, values),
        Kind::Hotspot(hotspot) => picks(&hotspot.choice, tokens, values),
        Kind::Number(_) => number(&typed(values)),
        Kind::Text(_) => text(&typed(values)),
        Kind::Match(question) => pairs(question, tokens, values),
        Kind::Order(_) => order(tokens, values),
        Kind::Cloze(question) => gaps(question, tokens, values),
        Kind::Essay(_) => text(&written(values)),
        // Files are handed over one by one, not with the page.
        Kind::Upload(_) => Response::Blank,
        Kind::Survey(survey) if survey.options.is_empty() => text(&written(values)),
        Kind::Survey(survey) => said(survey, tokens, values),
    }
}

/// The values that would be posted for an answer, to draw it again.
pub fn posted(item: &Item, response: &Response, tokens: &Tokens) -> Vec<String> {
    match response {
        Response::Blank => Vec::new(),
        Response::Picks(picks) => {
            picks.iter().filter_map(|option| tokens.token(option)).map(str::to_owned).collect()
        }
        Response::Text(text) => vec![text.clone()],
        Response::Number { typed, .. } => vec![typed.clone()],
        Response::Order(order) => places(order, tokens),
        Response::Pairs(pairs) => {
            let Kind::Match(question) = &item.kind else { return Vec::new() };
            let choice = |row: &MatchRow| {
                let token = pairs.get(&row.id).and_then(|choice| tokens.token(choice));
                token.unwrap_or_default().to_owned()
            };
            question.rows.iter().map(choice).collect()
        }
        Response::Gaps(gaps) => {
            let Kind::Cloze(question) = &item.kind else { return Vec::new() };
            let value = |gap: &Gap| {
                let written = gaps.get(&gap.id).map_or("", String::as_str);
                shown_gap(&gap.key, written, tokens)
            };
            question.gaps.iter().map(value).collect()
        }
        Response::Files(_) => Vec::new(),
    }
}

/// What a gap shows: the token of the entry that was picked, or what was written.
fn shown_gap(key: &GapKey, written: &str, tokens: &Tokens) -> String {
    match key {
        GapKey::Pick(_) => {
            tokens.token(&OptionId(written.to_owned())).unwrap_or_default().to_owned()
        }
        GapKey::Number(_) | GapKey::Text(_) => written.to_owned(),
    }
}

/// Every step with its place, from 1.
fn places(order: &[OptionId], tokens: &Tokens) -> Vec<String> {
    let known = order.iter().filter_map(|step| tokens.token(step));
    known.zip(1..).map(|(token, place): (&str, usize)| format!("{token}:{place}")).collect()
}

/// The choice of each row that has one.
fn pairs(question: &Match, tokens: &Tokens, values: &[String]) -> Response {
    let pair = |(row, token): (&MatchRow, &String)| {
        let choice = tokens.option(token.trim())?;
        question.choices.contains(choice).then(|| (row.id.clone(), choice.clone()))
    };
    let pairs: BTreeMap<OptionId, OptionId> =
        question.rows.iter().zip(values).filter_map(pair).collect();
    if pairs.is_empty() { Response::Blank } else { Response::Pairs(pairs) }
}

/// The steps by the places given to them. Steps with the same place keep the order in which the attempt shows them;
/// steps without one come last, so that an order half given is not lost.
fn order(tokens: &Tokens, values: &[String]) -> Response {
    let place = |value: &String| {
        let (token, place) = value.trim().rsplit_once(':')?;
        let place = place.parse::<u32>().ok().filter(|place| *place > 0)?;
        Some((tokens.option(token)?, place))
    };
    let places: BTreeMap<&OptionId, u32> = values.iter().filter_map(place).collect();
    if places.is_empty() {
        return Response::Blank;
    }
    let mut steps: Vec<&OptionId> = tokens.shown().iter().collect();
    steps.sort_by_key(|step| places.get(step).copied().unwrap_or(u32::MAX));
    Response::Order(steps.into_iter().cloned().collect())
}

/// What stands in each gap that is not empty.
fn gaps(question: &Cloze, tokens: &Tokens, values: &[String]) -> Response {
    let mut gaps = BTreeMap::new();
    for (gap, value) in question.gaps.iter().zip(values) {
        let value = typed(std::slice::from_ref(value));
        let written = match &gap.key {
            GapKey::Pick(options) => tokens
                .option(&value)
                .filter(|id| options.iter().any(|option| option.id == **id))
                .map(|id| id.0.clone()),
            GapKey::Number(_) | GapKey::Text(_) => (!value.is_empty()).then_some(value),
        };
        if let Some(written) = written {
            gaps.insert(gap.id.clone(), written);
        }
    }
    if gaps.is_empty() { Response::Blank } else { Response::Gaps(gaps) }
}

/// Ticks of a question without a key.
fn said(survey: &Survey, tokens: &Tokens, values: &[String]) -> Response {
    let most = if survey.many { usize::MAX } else { 1 };
    let known = values.iter().filter_map(|token| tokens.option(token.trim()));
    let picks: BTreeSet<OptionId> = known.take(most).cloned().collect();
    if picks.is_empty() { Response::Blank } else { Response::Picks(picks) }
}

/// A longer text, with its lines.
fn written(values: &[String]) -> String {
    let joined = values.join("\n");
    let visible: String = joined.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    let visible = visible.replace("\r\n", "\n").replace('\r', "\n");
    if visible.trim().is_empty() { String::new() } else { visible.trim_end().to_owned() }
}

/// Tokens of this slot only. Of a question with one answer the first counts.
fn picks(choice: &Choice, tokens: &Tokens, values: &[String]) -> Response {
    let most = if choice.many { usize::MAX } else { 1 };
    let known = |id: &&OptionId| choice.options.iter().any(|option| option.id == **id);
    let picks: BTreeSet<OptionId> = values
        .iter()
        .filter_map(|token| tokens.option(token.trim()))
        .filter(known)
        .take(most)
        .cloned()
        .collect();
    if picks.is_empty() { Response::Blank } else { Response::Picks(picks) }
}

fn number(typed: &str) -> Response {
    match typed.is_empty() {
        true => Response::Blank,
        false => Response::Number { typed: typed.to_owned(), value: number::quantity(typed) },
    }
}

fn text(typed: &str) -> Response {
    if typed.is_empty() { Response::Blank } else { Response::Text(typed.to_owned()) }
}

/// A number and its unit may come from two fields. Control characters cannot be meant.
fn typed(values: &[String]) -> String {
    let joined = values
        .iter()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
        .collect::<Vec<&str>>()
        .join(" ");
    let visible: String = joined.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    visible.trim().to_owned()
}
