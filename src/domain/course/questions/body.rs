//! What stands below the heading of a question, by its part: stem, answers, explanation, hints and notes.

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::classes::Class;
use super::gaps::has_gap;
use super::item_line::is_quote;
use super::reader::Reader;
use super::rubric::is_table;
use crate::html::Html;
use crate::markdown::Spot;
use crate::markdown::tree::inside;
use crate::quiz::item::ItemText;

/// The parts of a question's body.
#[derive(Debug, Default)]
pub(super) struct Body<'s, 'c> {
    pub(super) stem: Vec<Spot<'c>>,
    /// The list of answers, or the table of a rubric.
    pub(super) answers: Option<&'s [Spot<'c>]>,
    explanation: Vec<Spot<'c>>,
    notes: Vec<(BlockQuoteKind, &'s [Spot<'c>])>,
}

impl<'s, 'c> Body<'s, 'c> {
    /// Tells the nodes apart. Quotes behind the answers explain; where there are none to be found, those at the end.
    pub(super) fn read(nodes: &[&'s [Spot<'c>]], class: Option<Class>) -> Body<'s, 'c> {
        let mut body = Body::default();
        let answers = nodes.iter().rposition(|node| is_answers(node, class));
        let told = answers.or_else(|| nodes.iter().rposition(|node| !is_quote(node)));
        for (index, node) in nodes.iter().enumerate() {
            let after = told.is_none_or(|told| index > told);
            match node.first().map(|spot| &spot.event) {
                _ if answers == Some(index) => body.answers = Some(node),
                Some(Event::Start(Tag::BlockQuote(Some(kind))))
                    if *kind != BlockQuoteKind::Note =>
                {
                    body.notes.push((*kind, inside(node)));
                }
                _ if after && is_quote(node) => body.explanation.extend_from_slice(inside(node)),
                _ => body.stem.extend_from_slice(node),
            }
        }
        body
    }

    /// Draws the hints and notes.
    pub(super) fn read_notes(&self, text: &mut ItemText, reader: &mut Reader<'_, 'c>) {
        for (kind, spots) in &self.notes {
            let note = reader.page.render(spots);
            let place = match kind {
                BlockQuoteKind::Tip => {
                    text.hints.push(note);
                    continue;
                }
                BlockQuoteKind::Important => &mut text.if_right,
                BlockQuoteKind::Warning => &mut text.if_partly,
                BlockQuoteKind::Caution => &mut text.if_wrong,
                BlockQuoteKind::Note => continue,
            };
            *place = Some(joined(place.take(), note));
        }
        if !self.explanation.is_empty() {
            text.explanation = Some(reader.page.render(&self.explanation));
        }
    }
}

/// The last list is that of the answers; people mark by the last table. A list with gaps in it is a part of the text.
fn is_answers(node: &[Spot<'_>], class: Option<Class>) -> bool {
    let list = matches!(node.first().map(|spot| &spot.event), Some(Event::Start(Tag::List(_))));
    match class {
        Some(Class::Essay | Class::Upload) => is_table(node),
        Some(Class::Cloze) => list && !has_gap(node),
        _ => list,
    }
}

fn joined(before: Option<Html>, note: Html) -> Html {
    match before {
        Some(before) => Html::joined(&[before, note]),
        None => note,
    }
}
