//! A translated question brought into the order of its source.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::words::keep_apart;
use crate::course::questions::parsed::{
    ParsedAnswer, ParsedCloze, ParsedGap, ParsedGapKey, ParsedQuestion,
};

/// The same question with its gaps in the order of the source, and with keys of its own for feedback on words where
/// the lists of words differ. `n` is the number of the language.
pub(crate) fn aligned<'q>(
    question: &'q ParsedQuestion,
    original: &ParsedQuestion,
    n: u32,
) -> Cow<'q, ParsedQuestion> {
    // The other kinds stand in the order of the file anyway.
    let Some(ParsedAnswer::Text(_) | ParsedAnswer::Cloze(_)) = question.answer else {
        return Cow::Borrowed(question);
    };
    let mut question = question.clone();
    match (&mut question.answer, &original.answer) {
        (Some(ParsedAnswer::Text(here)), Some(ParsedAnswer::Text(there))) => {
            keep_apart(here, there, &mut question.text.answers, n);
        }
        (Some(ParsedAnswer::Cloze(here)), Some(ParsedAnswer::Cloze(there))) => {
            align_gaps(here, there);
            for (here, there) in here.gaps.iter_mut().zip(&there.gaps) {
                if let (ParsedGapKey::Text(words), ParsedGapKey::Text(known)) =
                    (&mut here.key, &there.key)
                {
                    keep_apart(words, known, &mut here.feedback, n);
                }
            }
        }
        _ => {}
    }
    Cow::Owned(question)
}

/// Languages put their words into another order, so gaps are known by their labels.
fn align_gaps(here: &mut ParsedCloze, there: &ParsedCloze) {
    let Some(places) = there.places_in(here) else { return };
    let gaps: Vec<ParsedGap> =
        places.iter().filter_map(|place| here.gaps.get(*place).cloned()).collect();
    let sorted: BTreeMap<usize, usize> =
        places.iter().enumerate().map(|(there, here)| (*here, there)).collect();
    here.holes = here.holes.iter().filter_map(|hole| sorted.get(hole).copied()).collect();
    here.gaps = gaps;
}
