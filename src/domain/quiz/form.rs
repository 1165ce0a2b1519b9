//! A question as a form: all that a page may draw of it before review, and so without key, feedback or weights.

use super::item::{Choice, ChoiceOption, Item, ItemText, Kind, UnitRule};
use super::paper::Slot;
use super::token::Tokens;
use crate::html::Html;
use crate::locale::Locale;

/// One question, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Heading, inline markup.
    pub title: Html,
    /// The rest of the question, may be empty.
    pub stem: Html,
    /// What is answered with.
    pub control: Control,
    /// Hints in the order in which they are offered.
    pub hints: Vec<Html>,
}

/// The controls a page can draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Radio buttons.
    PickOne(Vec<Drawn>),
    /// Tick boxes.
    PickMany(Vec<Drawn>),
    /// A line of text.
    Line,
    /// A number field.
    Decimal {
        /// Names of the units that are understood; empty when none is asked for.
        units: Vec<String>,
        /// Must one be given?
        unit: UnitRule,
    },
}

/// An option to pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What is posted when it is picked.
    pub token: String,
    /// What is read.
    pub text: Html,
}

impl Form {
    /// The question of a slot in a language; where the item has no such text, in English, else in any.
    pub fn draw(item: &Item, slot: &Slot, tokens: &Tokens, locale: Locale) -> Form {
        let text = item.text(locale);
        let part = |part: fn(&ItemText) -> Html| text.map(part).unwrap_or_default();
        Form {
            title: part(|text| text.title.clone()),
            stem: part(|text| text.stem.clone()),
            control: control(item, slot, tokens, text),
            hints: text.map(|text| text.hints.clone()).unwrap_or_default(),
        }
    }
}

fn control(item: &Item, slot: &Slot, tokens: &Tokens, text: Option<&ItemText>) -> Control {
    match &item.kind {
        Kind::Choice(choice) if choice.many => Control::PickMany(drawn(choice, slot, tokens, text)),
        Kind::Choice(choice) => Control::PickOne(drawn(choice, slot, tokens, text)),
        Kind::Number(number) => Control::Decimal {
            units: number.units.iter().map(|(name, _)| name.clone()).collect(),
            unit: number.unit,
        },
        Kind::Text(_) => Control::Line,
    }
}

/// Options in the order of the slot. One that the item no longer has is left out.
fn drawn(choice: &Choice, slot: &Slot, tokens: &Tokens, text: Option<&ItemText>) -> Vec<Drawn> {
    let known = |id: &_| choice.options.iter().any(|option: &ChoiceOption| option.id == *id);
    let words =
        |id: &_| text.and_then(|text| text.options.get(id)).map(|option| option.text.clone());
    slot.options
        .iter()
        .filter(|id| known(id))
        .filter_map(|id| {
            Some(Drawn { token: tokens.token(id)?.to_owned(), text: words(id).unwrap_or_default() })
        })
        .collect()
}
