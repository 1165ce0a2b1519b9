//! A question with its answer as far as it may be seen. `reviewed` is the only way by which feedback leaves an item.

use super::allowed::{Allowed, Thing};
use super::behaviour::Certainty;
use super::grade::{Marks, Verdict};
use super::item::{Choice, Item, ItemText, Kind};
use super::paper::Slot;
use super::parts::{ReviewedPart, filled, parts};
use super::play::Outcome;
use super::response::{HandedFile, OptionId, Response};
use super::score::{SlotScore, slot_score};
use crate::html::Html;
use crate::locale::Locale;

/// A question with its answer, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Heading, inline markup.
    pub title: Html,
    /// The rest of the question.
    pub stem: Html,
    /// Options in the order of the attempt; empty for questions without options.
    pub options: Vec<ReviewedOption>,
    /// Rows, steps or gaps of a question made of parts.
    pub parts: Vec<ReviewedPart>,
    /// What was typed, as it was typed.
    pub typed: Option<String>,
    /// Files that were handed over.
    pub files: Vec<HandedFile>,
    /// The judgement.
    pub verdict: Option<Verdict>,
    /// Marks earned and marks that could be earned.
    pub marks: Option<(Marks, Marks)>,
    /// Feedback on the typed answer.
    pub feedback: Option<Html>,
    /// Said because the answer is right, partly right or wrong.
    pub note: Option<Html>,
    /// The right answer to a number or text question.
    pub right_answer: Option<Html>,
    /// Why.
    pub explanation: Option<Html>,
    /// What a person found.
    pub found: Option<Found>,
    /// How it was played, where it was not simply answered.
    pub played: Option<Played>,
}

/// How a question was played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// How each try was judged, first to last.
    pub tries: Vec<Verdict>,
    /// How many more tries there are; `None` is no limit.
    pub left: Option<u32>,
    /// The hints that were given.
    pub hints: Vec<Html>,
    /// How sure the learner was, where that was asked.
    pub sure: Option<Certainty>,
}

/// An option with what may be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedOption {
    /// What is read.
    pub text: Html,
    /// Was it ticked?
    pub chosen: bool,
    /// Is it right? `None` while that may not be seen.
    pub right: Option<bool>,
    /// Feedback on it.
    pub feedback: Option<Html>,
}

/// What a person found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The rows of the rubric that were judged.
    pub rows: Vec<FoundRow>,
    /// What was said.
    pub comment: Option<Html>,
}

/// One row of a rubric with the level that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// What was looked at.
    pub name: Html,
    /// What the level means.
    pub level: Html,
    /// Points of the level, and of the best one.
    pub points: (Marks, Marks),
}

/// Draws the review of one slot. A full answer shows its explanation at once: there is nothing left to give away.
pub fn reviewed(
    item: &Item,
    slot: &Slot,
    response: &Response,
    allowed: &Allowed,
    locale: Locale,
) -> Reviewed {
    let empty = ItemText::default();
    let text = item.text(locale).unwrap_or(&empty);
    let score = slot_score(item, slot, response);
    let verdict = score.grade.verdict;
    let may = |thing: Thing, html: Option<&Html>| html.filter(|_| allowed.shows(thing)).cloned();
    let known = allowed.shows(Thing::RightAnswers)
        || (allowed.shows(Thing::Feedback) && verdict == Verdict::Right);
    Reviewed {
        title: text.title.clone(),
        stem: filled(item, locale).unwrap_or_else(|| text.stem.clone()),
        parts: parts(item, response, allowed, locale),
        options: options(item, slot, response, allowed, text),
        typed: typed(response),
        files: files(response).to_vec(),
        verdict: allowed.shows(Thing::Verdicts).then_some(verdict),
        marks: allowed.shows(Thing::Verdicts).then_some((score.marks, score.of)),
        feedback: may(Thing::Feedback, answer_feedback(item, response, text, locale)),
        note: may(Thing::Feedback, note(&score, text)),
        right_answer: may(Thing::RightAnswers, text.model.as_ref()),
        explanation: text.explanation.as_ref().filter(|_| known).cloned(),
        found: None,
        played: None,
    }
}

/// Draws the review of one slot as it was played: its last judged answer, what came of all tries, and the hints.
pub fn replayed(
    asked: (&Item, &Slot),
    outcome: &Outcome,
    score: &SlotScore,
    allowed: &Allowed,
    locale: Locale,
) -> Reviewed {
    let (item, slot) = asked;
    let response = outcome.tries.last().map_or(&Response::Blank, |tried| &tried.response);
    let seen = reviewed(item, slot, response, allowed, locale);
    if !allowed.shows(Thing::Verdicts) {
        return seen;
    }
    let hints = item.text(locale).map(|text| text.hints.as_slice()).unwrap_or_default();
    let played = Played {
        tries: outcome.tries.iter().map(|tried| tried.grade.verdict).collect(),
        left: outcome.left,
        hints: hints.iter().take(outcome.hints).cloned().collect(),
        sure: outcome.sure,
    };
    Reviewed {
        verdict: Some(score.grade.verdict),
        marks: Some((score.marks, score.of)),
        played: Some(played),
        ..seen
    }
}

fn typed(response: &Response) -> Option<String> {
    match response {
        Response::Text(text) => Some(text.clone()),
        Response::Number { typed, .. } => Some(typed.clone()),
        Response::Blank
        | Response::Picks(_)
        | Response::Order(_)
        | Response::Pairs(_)
        | Response::Gaps(_)
        | Response::Files(_) => None,
    }
}

/// The files of an answer.
pub fn files(response: &Response) -> &[HandedFile] {
    match response {
        Response::Files(files) => files,
        Response::Blank
        | Response::Text(_)
        | Response::Number { .. }
        | Response::Picks(_)
        | Response::Order(_)
        | Response::Pairs(_)
        | Response::Gaps(_) => &[],
    }
}

fn note<'a>(score: &SlotScore, text: &'a ItemText) -> Option<&'a Html> {
    match score.grade.verdict {
        Verdict::Right => text.if_right.as_ref(),
        Verdict::Partly => text.if_partly.as_ref(),
        Verdict::Wrong | Verdict::Unanswered => text.if_wrong.as_ref(),
        Verdict::Waiting | Verdict::Noted => None,
    }
}

/// Feedback in the reader's language, also when the matching answer stands in another language's file: the files are
/// parallel.
fn answer_feedback<'a>(
    item: &Item,
    response: &Response,
    text: &'a ItemText,
    reader: Locale,
) -> Option<&'a Html> {
    let index = match (&item.kind, response) {
        (Kind::Number(number), Response::Number { .. }) => {
            number.matching(response).map(|(index, _)| index)
        }
        (Kind::Text(short), Response::Text(typed)) => {
            short.matching_for(typed, reader).map(|answer| answer.index)
        }
        (
            Kind::Number(_)
            | Kind::Text(_)
            | Kind::Choice(_)
            | Kind::Match(_)
            | Kind::Order(_)
            | Kind::Cloze(_)
            | Kind::Hotspot(_)
            | Kind::Essay(_)
            | Kind::Upload(_)
            | Kind::Survey(_),
            _,
        ) => None,
    };
    index.and_then(|index| text.answers.get(&index))
}

fn options(
    item: &Item,
    slot: &Slot,
    response: &Response,
    allowed: &Allowed,
    text: &ItemText,
) -> Vec<ReviewedOption> {
    if let Kind::Survey(_) = item.kind {
        return ticked(slot, response, text);
    }
    let Some(choice) = item.choice() else { return Vec::new() };
    let drawn = |id: &OptionId| reviewed_option(choice, id, chosen(response, id), allowed, text);
    slot.options.iter().filter_map(drawn).collect()
}

fn chosen(response: &Response, id: &OptionId) -> Chosen {
    match response {
        Response::Picks(picks) if picks.contains(id) => Chosen::Yes,
        Response::Picks(_)
        | Response::Blank
        | Response::Text(_)
        | Response::Number { .. }
        | Response::Order(_)
        | Response::Pairs(_)
        | Response::Gaps(_)
        | Response::Files(_) => Chosen::No,
    }
}

/// Options of a question without a key.
fn ticked(slot: &Slot, response: &Response, text: &ItemText) -> Vec<ReviewedOption> {
    let drawn = |id: &OptionId| {
        let words = text.options.get(id)?;
        let chosen = chosen(response, id) == Chosen::Yes;
        Some(ReviewedOption { text: words.text.clone(), chosen, right: None, feedback: None })
    };
    slot.options.iter().filter_map(drawn).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

fn reviewed_option(
    choice: &Choice,
    id: &OptionId,
    chosen: Chosen,
    allowed: &Allowed,
    text: &ItemText,
) -> Option<ReviewedOption> {
    let option = choice.options.iter().find(|option| option.id == *id)?;
    let words = text.options.get(id);
    let all = allowed.shows(Thing::RightAnswers);
    let own = allowed.shows(Thing::Feedback) && chosen == Chosen::Yes;
    Some(ReviewedOption {
        text: words.map(|words| words.text.clone()).unwrap_or_default(),
        chosen: chosen == Chosen::Yes,
        right: all.then_some(option.right),
        feedback: words.and_then(|words| words.feedback.clone()).filter(|_| all || own),
    })
}

#[cfg(test)]
mod tests;
