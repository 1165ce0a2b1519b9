//! The review of questions made of parts: rows, steps, gaps.

use super::allowed::{Allowed, Thing};
use super::cloze::typed_number;
use super::grade::Fraction;
use super::item::{Cloze, Gap, GapKey, Item, ItemText, Kind, Piece};
use super::kinds::{Match, MatchRow, Order};
use super::response::{OptionId, Response};
use crate::html::Html;
use crate::locale::Locale;

/// One part with what may be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedPart {
    /// What was asked: the row, or the number of the place or gap.
    pub prompt: Html,
    /// What was given; `None` if nothing.
    pub given: Option<Html>,
    /// Is it right? `None` while that may not be seen.
    pub right: Option<bool>,
    /// The right answer, where another was given and it may be seen.
    pub answer: Option<Html>,
    /// Feedback on what was given.
    pub feedback: Option<Html>,
}

/// The parts of a question with their answers; none for questions that are not made of parts.
pub(super) fn parts(
    item: &Item,
    response: &Response,
    allowed: &Allowed,
    reader: Locale,
) -> Vec<ReviewedPart> {
    let empty = ItemText::default();
    let text = item.text(reader).unwrap_or(&empty);
    let seen = Seen { response, reader, text, all: allowed.shows(Thing::RightAnswers) };
    let mut parts = match &item.kind {
        Kind::Match(question) => seen.rows(question),
        Kind::Order(question) => seen.steps(question),
        Kind::Cloze(question) => seen.gaps(question),
        Kind::Choice(_)
        | Kind::Number(_)
        | Kind::Text(_)
        | Kind::Hotspot(_)
        | Kind::Essay(_)
        | Kind::Upload(_)
        | Kind::Survey(_) => Vec::new(),
    };
    for part in &mut parts {
        part.right = part.right.filter(|_| seen.all);
        part.answer = part.answer.take().filter(|_| part.right == Some(false));
        part.feedback = part.feedback.take().filter(|_| allowed.shows(Thing::Feedback));
    }
    parts
}

/// The text of a cloze with the numbers of its gaps, in place of the stem.
pub fn filled(item: &Item, locale: Locale) -> Option<Html> {
    let text = item.text(locale)?;
    if !matches!(item.kind, Kind::Cloze(_)) || text.pieces.is_empty() {
        return None;
    }
    let mut number = 0;
    let pieces: Vec<Html> = text
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Html(html) => html.clone(),
            Piece::Gap(_) => {
                number += 1;
                Html::text(&format!("[{number}]"))
            }
        })
        .collect();
    Some(Html::joined(&pieces))
}

struct Seen<'a> {
    response: &'a Response,
    reader: Locale,
    text: &'a ItemText,
    all: bool,
}

impl Seen<'_> {
    fn words(&self, id: &OptionId) -> Html {
        self.text.options.get(id).map(|option| option.text.clone()).unwrap_or_default()
    }

    fn said_of(&self, id: &OptionId) -> Option<Html> {
        self.text.options.get(id).and_then(|option| option.feedback.clone())
    }

    /// What is said of a row or step tells where it belongs, so it waits until that is no secret.
    fn explained(&self, id: &OptionId, right: bool) -> Option<Html> {
        self.said_of(id).filter(|_| right || self.all)
    }

    fn rows(&self, question: &Match) -> Vec<ReviewedPart> {
        let given = |row: &OptionId| {
            if let Response::Pairs(pairs) = self.response { pairs.get(row) } else { None }
        };
        let part = |row: &MatchRow| {
            let given = given(&row.id);
            ReviewedPart {
                prompt: self.words(&row.id),
                given: given.map(|choice| self.words(choice)),
                right: Some(given == Some(&row.right)),
                answer: Some(self.words(&row.right)),
                feedback: self.explained(&row.id, given == Some(&row.right)),
            }
        };
        question.rows.iter().map(part).collect()
    }

    fn steps(&self, question: &Order) -> Vec<ReviewedPart> {
        let given: &[OptionId] =
            if let Response::Order(given) = self.response { given } else { &[] };
        let part = |(place, step): (usize, &OptionId)| {
            let given = given.get(place);
            ReviewedPart {
                prompt: Html::text(&format!("{}.", place + 1)),
                given: given.map(|step| self.words(step)),
                right: Some(given == Some(step)),
                answer: Some(self.words(step)),
                feedback: self.explained(step, given == Some(step)),
            }
        };
        question.steps.iter().enumerate().map(part).collect()
    }

    fn gaps(&self, question: &Cloze) -> Vec<ReviewedPart> {
        let written = |gap: &Gap| {
            let Response::Gaps(gaps) = self.response else { return None };
            gaps.get(&gap.id).map(String::as_str)
        };
        let part = |(place, gap): (usize, &Gap)| {
            let written = written(gap);
            ReviewedPart {
                prompt: Html::text(&format!("[{}]", place + 1)),
                given: written.map(|written| self.written(gap, written)),
                right: Some(gap.grade(written.unwrap_or_default()).fraction == Fraction::ONE),
                answer: self.model(gap),
                feedback: written.and_then(|written| self.said_of_gap(gap, written)),
            }
        };
        question.gaps.iter().enumerate().map(part).collect()
    }

    fn written(&self, gap: &Gap, written: &str) -> Html {
        match &gap.key {
            GapKey::Pick(_) => self.words(&OptionId(written.to_owned())),
            GapKey::Number(_) | GapKey::Text(_) => Html::text(written),
        }
    }

    fn model(&self, gap: &Gap) -> Option<Html> {
        match &gap.key {
            GapKey::Pick(options) => {
                options.iter().find(|option| option.right).map(|option| self.words(&option.id))
            }
            GapKey::Number(_) | GapKey::Text(_) => {
                self.text.gaps.get(&gap.id).and_then(|text| text.model.clone())
            }
        }
    }

    fn said_of_gap(&self, gap: &Gap, written: &str) -> Option<Html> {
        let index = match &gap.key {
            GapKey::Pick(_) => return self.said_of(&OptionId(written.to_owned())),
            GapKey::Number(number) => {
                number.matching(&typed_number(written)).map(|(index, _)| index)
            }
            GapKey::Text(text) => {
                text.matching_for(written, self.reader).map(|answer| answer.index)
            }
        };
        index.and_then(|index| self.text.gaps.get(&gap.id)?.answers.get(&index).cloned())
    }
}
