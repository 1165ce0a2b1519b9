//! A question as a form: all that a page may draw of it before review, and so without key, feedback or weights.

use super::item::{
    Choice, ChoiceOption, Cloze, CriterionText, GapKey, Hotspot, Item, ItemText, Kind, Picture,
    Piece, UnitRule,
};
use super::kinds::{Match, Shape, Survey};
use super::paper::Slot;
use super::response::OptionId;
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
    /// How a person will mark the answer.
    pub rubric: Vec<CriterionText>,
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
    /// Each row with the same choices.
    Pairs {
        /// What is read of each row.
        rows: Vec<Html>,
        /// What each can be matched with.
        choices: Vec<Drawn>,
    },
    /// Steps to be brought into order, as they are shown at first.
    Arrange(Vec<Drawn>),
    /// A text with fields in it.
    Gaps(Vec<GapPiece>),
    /// Regions of a picture, also as radio buttons or tick boxes.
    Spots {
        /// The picture, if the language has one.
        picture: Option<Picture>,
        /// The regions.
        spots: Vec<Spot>,
        /// May several be picked?
        many: bool,
    },
    /// Radio buttons in one row, from one end of a scale to the other.
    Scale(Vec<Drawn>),
    /// Files.
    Files {
        /// Endings that are taken.
        accept: Vec<String>,
        /// Most files.
        max: u32,
        /// Most bytes of one.
        size: u64,
    },
    /// Several lines of text.
    Lines {
        /// Fewest and most words that are asked for.
        words: Option<(u32, u32)>,
    },
}

/// A piece of a text with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapPiece {
    /// Markup between gaps; well formed only together with the others.
    Html(Html),
    /// A gap and its place among the gaps of the question, from 0.
    Field(usize, GapField),
}

/// What a gap is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapField {
    /// A line to write into.
    Line,
    /// A number field.
    Decimal {
        /// Names of the units that are understood.
        units: Vec<String>,
    },
    /// A list.
    Pick(Vec<Drawn>),
}

/// A region of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its name and token.
    pub option: Drawn,
    /// Where it is.
    pub shape: Option<Shape>,
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
            rubric: text.map(|text| text.rubric.clone()).unwrap_or_default(),
        }
    }
}

fn control(item: &Item, slot: &Slot, tokens: &Tokens, text: Option<&ItemText>) -> Control {
    let options = Options { slot, tokens, text };
    match &item.kind {
        Kind::Choice(choice) if choice.many => Control::PickMany(options.of(choice)),
        Kind::Choice(choice) => Control::PickOne(options.of(choice)),
        Kind::Match(question) => options.pairs(question),
        Kind::Order(question) => Control::Arrange(options.known(|id| question.steps.contains(id))),
        Kind::Cloze(question) => Control::Gaps(options.gaps(question)),
        Kind::Hotspot(hotspot) => options.spots(hotspot),
        Kind::Essay(essay) => Control::Lines { words: essay.words },
        Kind::Upload(upload) => {
            Control::Files { accept: upload.accept.clone(), max: upload.max, size: upload.size }
        }
        Kind::Survey(survey) => options.survey(survey),
        Kind::Number(number) => Control::Decimal {
            units: number.units.iter().map(|(name, _)| name.clone()).collect(),
            unit: number.unit,
        },
        Kind::Text(_) => Control::Line,
    }
}

/// What is needed to draw the options of a slot.
#[derive(Clone, Copy)]
struct Options<'a> {
    slot: &'a Slot,
    tokens: &'a Tokens,
    text: Option<&'a ItemText>,
}

impl<'a> Options<'a> {
    /// Options in the order of the slot. One that the item no longer has is left out.
    fn known(self, known: impl Fn(&OptionId) -> bool) -> Vec<Drawn> {
        self.slot.options.iter().filter(|id| known(id)).filter_map(|id| self.drawn(id)).collect()
    }

    fn of(self, choice: &Choice) -> Vec<Drawn> {
        self.known(|id| choice.options.iter().any(|option: &ChoiceOption| option.id == *id))
    }

    fn drawn(self, id: &OptionId) -> Option<Drawn> {
        Some(Drawn { token: self.tokens.token(id)?.to_owned(), text: self.words(id) })
    }

    fn words(self, id: &OptionId) -> Html {
        let option = self.text.and_then(|text| text.options.get(id));
        option.map(|option| option.text.clone()).unwrap_or_default()
    }

    fn pairs(self, question: &Match) -> Control {
        Control::Pairs {
            rows: question.rows.iter().map(|row| self.words(&row.id)).collect(),
            choices: self.known(|id| question.choices.contains(id)),
        }
    }

    fn gaps(self, question: &Cloze) -> Vec<GapPiece> {
        let pieces = self.text.map(|text| text.pieces.as_slice()).unwrap_or_default();
        let field = |piece: &Piece| match piece {
            Piece::Html(html) => Some(GapPiece::Html(html.clone())),
            Piece::Gap(id) => {
                let place = question.gaps.iter().position(|gap| gap.id == *id)?;
                let gap = question.gaps.get(place)?;
                Some(GapPiece::Field(place, self.gap(&gap.key)))
            }
        };
        pieces.iter().filter_map(field).collect()
    }

    fn gap(self, key: &GapKey) -> GapField {
        match key {
            GapKey::Text(_) => GapField::Line,
            GapKey::Number(number) => GapField::Decimal {
                units: number.units.iter().map(|(name, _)| name.clone()).collect(),
            },
            GapKey::Pick(options) => {
                GapField::Pick(self.known(|id| options.iter().any(|option| option.id == *id)))
            }
        }
    }

    fn spots(self, hotspot: &Hotspot) -> Control {
        let spot = |id: &OptionId| {
            let shape = hotspot.shapes.get(id).copied();
            Some(Spot { option: self.drawn(id)?, shape })
        };
        let known = |id: &&OptionId| hotspot.choice.options.iter().any(|o| o.id == **id);
        Control::Spots {
            picture: self.text.and_then(|text| text.picture.clone()),
            spots: self.slot.options.iter().filter(known).filter_map(spot).collect(),
            many: hotspot.choice.many,
        }
    }

    fn survey(self, survey: &Survey) -> Control {
        let options = self.known(|id| survey.options.contains(id));
        match survey {
            Survey { options, .. } if options.is_empty() => Control::Lines { words: None },
            Survey { many: true, .. } => Control::PickMany(options),
            Survey { scale: true, .. } => Control::Scale(options),
            Survey { .. } => Control::PickOne(options),
        }
    }
}
