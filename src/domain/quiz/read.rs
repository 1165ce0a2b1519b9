//! Posted texts to answers and back. Reading never fails: what cannot be understood is kept as typed or left out.

use std::collections::BTreeSet;

use super::item::{Choice, Item, Kind};
use super::number;
use super::response::{OptionId, Response};
use super::token::Tokens;

/// The answer in the values posted for one slot.
pub fn response(item: &Item, tokens: &Tokens, values: &[String]) -> Response {
    match &item.kind {
        Kind::Choice(choice) => picks(choice, tokens, values),
        Kind::Number(_) => number(&typed(values)),
        Kind::Text(_) => text(&typed(values)),
    }
}

/// The values that would be posted for an answer, to draw it again.
pub fn posted(response: &Response, tokens: &Tokens) -> Vec<String> {
    match response {
        Response::Blank => Vec::new(),
        Response::Picks(picks) => {
            picks.iter().filter_map(|option| tokens.token(option)).map(str::to_owned).collect()
        }
        Response::Text(text) => vec![text.clone()],
        Response::Number { typed, .. } => vec![typed.clone()],
    }
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
