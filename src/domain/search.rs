//! Search in memory over small documents, forgiving slips of the finger, missing marks and the other alphabet.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold;

/// Scores of one matching word, from best to worst.
const SAME: u32 = 100;
const BEGINS: u32 = 80;
const ONE_EDIT: u32 = 60;
const TWO_EDITS: u32 = 45;
const ALIKE: u32 = 30;

/// From this length on, a word may have one edit or two.
const LENGTH_FOR_ONE: usize = 4;
const LENGTH_FOR_TWO: usize = 8;

/// Shorter words are not compared by their trigrams.
const LENGTH_FOR_ALIKE: usize = 5;

/// Part of the trigrams that two words must share to be alike, in percent.
const ALIKE_FROM: usize = 50;

/// Words of a query past these are not looked at.
const LONGEST_QUERY: usize = 12;

/// A stretch of a document and how much a word in it is worth.
#[derive(Clone, Debug)]
pub struct Field {
    /// What is searched.
    pub text: String,
    /// A title may weigh more than a summary.
    pub weight: u32,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<Id> {
    /// Which.
    pub id: Id,
    /// Higher is better; only the order means something.
    pub score: u32,
}

/// Documents by the words in them.
#[derive(Clone, Debug)]
pub struct Index<Id> {
    ids: Vec<Id>,
    words: BTreeMap<String, Word>,
}

/// One word of the index.
#[derive(Clone, Debug)]
struct Word {
    trigrams: BTreeSet<[char; 3]>,
    /// Weight by place of the document.
    documents: BTreeMap<usize, u32>,
}

impl<Id: Clone> Index<Id> {
    /// Reads the documents. Of equal hits the earlier document comes first.
    pub fn build(documents: impl IntoIterator<Item = (Id, Vec<Field>)>) -> Index<Id> {
        let mut index = Index { ids: Vec::new(), words: BTreeMap::new() };
        for (id, fields) in documents {
            let place = index.ids.len();
            index.ids.push(id);
            fields.iter().for_each(|field| index.add(place, field));
        }
        index
    }

    /// The best documents in which every word of the query is found, best first. An empty query finds nothing.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit<Id>> {
        let words = fold::search_words(query);
        let mut found = words.iter().take(LONGEST_QUERY).map(|word| self.matches(word));
        let first = found.next().unwrap_or_default();
        let scores = found.fold(first, both);
        let mut ranked: Vec<(usize, u32)> = scores.into_iter().collect();
        ranked.sort_by_key(|(place, score)| (std::cmp::Reverse(*score), *place));
        ranked.into_iter().take(limit).filter_map(|(place, score)| self.hit(place, score)).collect()
    }

    fn hit(&self, place: usize, score: u32) -> Option<Hit<Id>> {
        Some(Hit { id: self.ids.get(place)?.clone(), score })
    }

    fn add(&mut self, place: usize, field: &Field) {
        for text in fold::search_words(&field.text) {
            let fresh =
                |text: &String| Word { trigrams: trigrams(text), documents: BTreeMap::new() };
            let word = self.words.entry(text).or_insert_with_key(fresh);
            let weight = word.documents.entry(place).or_default();
            *weight = (*weight).max(field.weight);
        }
    }

    /// The best score of one word of the query in each document that has a word like it.
    fn matches(&self, word: &str) -> BTreeMap<usize, u32> {
        let trigrams = trigrams(word);
        let mut best: BTreeMap<usize, u32> = BTreeMap::new();
        for (text, known) in &self.words {
            let Some(likeness) = likeness(word, &trigrams, text, &known.trigrams) else { continue };
            for (place, weight) in &known.documents {
                let score = best.entry(*place).or_default();
                *score = (*score).max(likeness.saturating_mul(*weight));
            }
        }
        best
    }
}

fn both(one: BTreeMap<usize, u32>, other: BTreeMap<usize, u32>) -> BTreeMap<usize, u32> {
    one.into_iter()
        .filter_map(|(place, score)| Some((place, score.saturating_add(*other.get(&place)?))))
        .collect()
}

fn likeness(
    query: &str,
    query_trigrams: &BTreeSet<[char; 3]>,
    word: &str,
    trigrams: &BTreeSet<[char; 3]>,
) -> Option<u32> {
    let length = query.chars().count();
    if query == word {
        return Some(SAME);
    }
    if word.starts_with(query) {
        return Some(BEGINS);
    }
    let allowed = match length {
        LENGTH_FOR_TWO.. => 2,
        LENGTH_FOR_ONE.. => 1,
        _ => return None,
    };
    match edits_at_the_front(query, word, allowed) {
        Some(0 | 1) => Some(ONE_EDIT),
        Some(_) => Some(TWO_EDITS),
        None if length >= LENGTH_FOR_ALIKE && share(query_trigrams, trigrams) >= ALIKE_FROM => {
            Some(ALIKE)
        }
        None => None,
    }
}

/// Edits to the word, or to a front of it about as long as the query: endings follow words in all three languages.
fn edits_at_the_front(query: &str, word: &str, allowed: usize) -> Option<usize> {
    let length = query.chars().count();
    let front = |length: usize| word.chars().take(length).collect::<String>();
    let fronts =
        [front(length.saturating_sub(1)), front(length), front(length + 1), word.to_owned()];
    fronts.iter().filter_map(|front| fold::edits(query, front, allowed)).min()
}

/// Every three letters in a row, with two blanks before the word and one after.
fn trigrams(word: &str) -> BTreeSet<[char; 3]> {
    let padded: Vec<char> = [' ', ' '].into_iter().chain(word.chars()).chain([' ']).collect();
    padded.windows(3).filter_map(|window| <[char; 3]>::try_from(window).ok()).collect()
}

/// Twice the common ones in percent of all.
fn share(one: &BTreeSet<[char; 3]>, other: &BTreeSet<[char; 3]>) -> usize {
    let all = one.len() + other.len();
    (200 * one.intersection(other).count()).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index() -> Index<&'static str> {
        let field = |text: &str, weight| Field { text: text.to_owned(), weight };
        Index::build([
            (
                "innovation",
                vec![
                    field("İnnovasiyanın idarə edilməsi", 3),
                    field("Hər müəssisə üçün innovasiya", 1),
                ],
            ),
            ("energy", vec![field("Enerji səmərəliliyi", 3), field("Müəssisədə enerji auditi", 1)]),
            ("users", vec![field("İstifadəçi təlimatı", 3), field("Справочник пользователя", 1)]),
            (
                "ecosystem",
                vec![field("Инновационная экосистема", 3), field("Стартапы и инкубаторы", 1)],
            ),
            (
                "english",
                vec![
                    field("Industry 4.0 maturity", 3),
                    field("Digital twins and interoperability", 1),
                ],
            ),
        ])
    }

    #[test]
    fn finds_what_was_meant() {
        for (query, found) in [
            ("muessise", "innovation energy"),
            ("inovasiya", "innovation ecosystem"),
            ("иновация", "innovation ecosystem"),
            ("инновация", "innovation ecosystem"),
            ("ISTIFADECI", "users"),
            ("İSTİFADƏÇİ", "users"),
            ("ısdıfadeci", "users"),
            ("enerji muesise", "energy"),
            ("startap", "ecosystem"),
            ("digtal", "english"),
            ("4.0", "english"),
            ("экасистема", "ecosystem"),
            ("innovasiya enerji", ""),
            ("muesise", "innovation energy"),
            ("xyz", ""),
            ("  ", ""),
        ] {
            let ids: Vec<&str> = index().search(query, 10).into_iter().map(|hit| hit.id).collect();
            assert_eq!(ids.join(" "), found, "{query}");
        }
    }

    #[test]
    fn titles_come_first_and_the_limit_holds() {
        let hits = index().search("enerji", 10);
        assert_eq!(hits.first().map(|hit| hit.id), Some("energy"));
        assert_eq!(index().search("e", 2).len(), 2);
    }

    proptest! {
        #[test]
        fn every_word_of_a_document_finds_it(words in proptest::collection::vec("[a-zəığşçöüа-яё]{1,12}", 1..6)) {
            let text = words.join(" ");
            let index = Index::build([(1, vec![Field { text: text.clone(), weight: 1 }])]);
            let folded = fold::search_words(&text);
            for word in folded {
                prop_assert_eq!(index.search(&word, 1).len(), 1);
            }
        }

        #[test]
        fn no_query_panics(query: String) {
            index().search(&query, 3);
        }
    }
}
