//! What is read of a question in one language, under the ids that its source gave.

use super::names::Names;
use crate::course::questions::parsed::{
    ParsedAnswer, ParsedCloze, ParsedCriterion, ParsedEntry, ParsedGapKey, ParsedMatch,
    ParsedQuestion,
};
use crate::quiz::item::{CriterionText, GapText, ItemText, OptionText, Piece};
use crate::quiz::response::OptionId;

/// The texts of a version whose parts stand in the order of the source.
pub(crate) fn item_text(question: &ParsedQuestion, names: &Names) -> ItemText {
    let mut text = question.text.clone();
    match &question.answer {
        Some(ParsedAnswer::Choice(choice)) => {
            put(&names.parts, choice.options.iter().map(|option| &option.text), &mut text);
        }
        Some(ParsedAnswer::Hotspot(hotspot)) => {
            put(&names.parts, hotspot.choice.options.iter().map(|option| &option.text), &mut text);
        }
        Some(ParsedAnswer::Match(question)) => put_pairs(question, names, &mut text),
        Some(ParsedAnswer::Order(order)) => put(&names.parts, words(&order.steps), &mut text),
        Some(ParsedAnswer::Survey(survey)) => put(&names.parts, words(&survey.options), &mut text),
        Some(ParsedAnswer::Cloze(cloze)) => put_gaps(cloze, names, &mut text),
        Some(ParsedAnswer::Essay(essay)) => text.rubric = rubric(&essay.rubric),
        Some(ParsedAnswer::Upload(upload)) => text.rubric = rubric(&upload.rubric),
        Some(ParsedAnswer::Number(_) | ParsedAnswer::Text(_)) | None => {}
    }
    text
}

fn words(entries: &[ParsedEntry]) -> impl Iterator<Item = &OptionText> {
    entries.iter().map(|entry| &entry.text)
}

fn put<'t>(ids: &[OptionId], texts: impl Iterator<Item = &'t OptionText>, text: &mut ItemText) {
    text.options.extend(ids.iter().cloned().zip(texts.cloned()));
}

fn put_pairs(question: &ParsedMatch, names: &Names, text: &mut ItemText) {
    put(&names.parts, question.rows.iter().map(|row| &row.left.text), text);
    put(&names.choices, words(&question.choices), text);
}

fn put_gaps(cloze: &ParsedCloze, names: &Names, text: &mut ItemText) {
    let mut holes = cloze.holes.iter().filter_map(|place| names.gaps.get(*place));
    for html in &cloze.pieces {
        if !html.as_str().is_empty() {
            text.pieces.push(Piece::Html(html.clone()));
        }
        text.pieces.extend(holes.next().cloned().map(Piece::Gap));
    }
    for (place, (id, gap)) in names.gaps.iter().zip(&cloze.gaps).enumerate() {
        if let (ParsedGapKey::Pick(picks), Some(ids)) = (&gap.key, names.entries.get(place)) {
            put(ids, picks.iter().map(|pick| &pick.entry.text), text);
        }
        let said = GapText { answers: gap.feedback.clone(), model: gap.model.clone() };
        if said != GapText::default() {
            text.gaps.insert(id.clone(), said);
        }
    }
}

fn rubric(rows: &[ParsedCriterion]) -> Vec<CriterionText> {
    let row = |row: &ParsedCriterion| CriterionText {
        name: row.name.text.text.clone(),
        levels: row.meanings.clone(),
    };
    rows.iter().map(row).collect()
}
