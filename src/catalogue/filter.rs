//! What somebody looks for in the catalogue: words, theme, language, level and length, and the order of what is found.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::card::Card;
use super::library::Cards;
use crate::domain::locale::Locale;
use crate::web::Posted;

/// A group of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Theme,
    Language,
    Level,
    Length,
}

impl Group {
    pub const ALL: [Group; 4] = [Group::Theme, Group::Language, Group::Level, Group::Length];

    /// Its name in addresses and words.
    pub fn name(self) -> &'static str {
        match self {
            Group::Theme => "theme",
            Group::Language => "language",
            Group::Level => "level",
            Group::Length => "length",
        }
    }

    /// All its choices.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Group::Theme => {
                &["innovation", "ecosystem", "industry", "environment", "energy", "teaching"]
            }
            Group::Language => &["az", "en", "ru"],
            Group::Level => &["beginner", "intermediate", "advanced"],
            Group::Length => &["short", "medium", "long"],
        }
    }

    /// The choices that a course belongs to.
    fn of(self, card: &Card) -> Vec<&'static str> {
        match self {
            Group::Theme => vec![card.theme.code()],
            Group::Language => card.languages.iter().map(|locale| locale.code()).collect(),
            Group::Level => vec![card.level.code()],
            Group::Length => vec![length_code(card.minutes)],
        }
    }
}

fn length_code(minutes: u32) -> &'static str {
    match minutes {
        0..=60 => "short",
        61..=180 => "medium",
        _ => "long",
    }
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What fits the words best; without words, courses in the reader's language and for beginners first.
    #[default]
    Recommended,
    Updated,
    Shortest,
}

impl Order {
    pub const ALL: [Order; 3] = [Order::Recommended, Order::Updated, Order::Shortest];

    /// Its name in addresses and words.
    pub fn name(self) -> &'static str {
        match self {
            Order::Recommended => "recommended",
            Order::Updated => "updated",
            Order::Shortest => "shortest",
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub words: String,
    pub order: Order,
    chosen: BTreeMap<Group, Vec<&'static str>>,
}

impl Asked {
    /// Reads an address; what it does not know it leaves out.
    pub fn parse(sent: &Posted) -> Asked {
        let chosen = Group::ALL.into_iter().map(|group| {
            let wanted = sent.all(group.name());
            let known = group.codes().iter().copied();
            (group, known.filter(|code| wanted.iter().any(|one| one == code)).collect())
        });
        Asked {
            words: sent.trimmed("q").to_owned(),
            order: Order::ALL
                .into_iter()
                .find(|order| order.name() == sent.text("sort"))
                .unwrap_or_default(),
            chosen: chosen.filter(|(_, codes): &(_, Vec<_>)| !codes.is_empty()).collect(),
        }
    }

    /// Is any choice made?
    pub fn has_choices(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Is nothing at all asked?
    pub fn is_everything(&self) -> bool {
        self.words.is_empty() && !self.has_choices() && self.order == Order::default()
    }

    /// Is this choice made?
    pub fn is_chosen(&self, group: Group, code: &str) -> bool {
        self.chosen.get(&group).is_some_and(|codes| codes.contains(&code))
    }

    /// The query of an address that asks the same in another order.
    pub fn query_in(&self, order: Order) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        for (group, codes) in &self.chosen {
            for code in codes {
                query.append_pair(group.name(), code);
            }
        }
        if order != Order::default() {
            query.append_pair("sort", order.name());
        }
        query.finish()
    }

    /// The courses that fit the words, best first.
    pub fn found(&self, cards: &Cards) -> Vec<Arc<Card>> {
        if self.words.is_empty() {
            cards.shown().map(Arc::clone).collect()
        } else {
            cards.search(&self.words).into_iter().map(Arc::clone).collect()
        }
    }

    /// Those of the found courses that fit the choices, in order, for a reader of this language.
    pub fn chosen_of(&self, found: &[Arc<Card>], cards: &Cards, lang: Locale) -> Vec<Arc<Card>> {
        let fits = |card: &&Arc<Card>| Group::ALL.into_iter().all(|group| self.fits(card, group));
        let mut fitting: Vec<Arc<Card>> = found.iter().filter(fits).map(Arc::clone).collect();
        match self.order {
            Order::Recommended if !self.words.is_empty() => {}
            Order::Recommended => {
                fitting.sort_by_key(|card| (!card.languages.contains(&lang), card.level));
            }
            Order::Updated => fitting.sort_by_key(|card| cards.place_by_date(&card.slug)),
            Order::Shortest => fitting.sort_by_key(|card| card.minutes),
        }
        fitting
    }

    /// How many courses a choice would show, given the choices in the other groups.
    pub fn n_for(&self, found: &[Arc<Card>], group: Group, code: &str) -> usize {
        let others = |card: &Card| {
            Group::ALL.into_iter().all(|other| other == group || self.fits(card, other))
        };
        found.iter().filter(|card| others(card) && group.of(card).contains(&code)).count()
    }

    fn fits(&self, card: &Card, group: Group) -> bool {
        let has = group.of(card);
        self.chosen.get(&group).is_none_or(|codes| codes.iter().any(|code| has.contains(code)))
    }
}
