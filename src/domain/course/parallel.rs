//! The languages of a lesson put together: one key, one set of ids, texts in each language.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use super::compare::{Comparison, Version};
use super::model::Unnamed;
use super::questions::parsed::{
    ANYTHING, ParsedAmount, ParsedAnswer, ParsedNumber, ParsedOption, ParsedQuestion, ParsedQuiz,
    ParsedText, ParsedWord,
};
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::digest::sha256;
use crate::locale::{Locale, Texts};
use crate::quiz::grade::{Fraction, Marks, WHOLE};
use crate::quiz::item::{
    Choice, ChoiceOption, Item, ItemText, Kind, Number, NumberAnswer, Quiz, Scoring, ShortText,
    TextAnswer, TextPattern,
};
use crate::quiz::response::{ItemId, OptionId, QuizId};
use crate::slug::made_from;

/// The ids of quizzes and questions in a course.
#[derive(Default)]
pub(super) struct Ids {
    /// Where they stand.
    places: BTreeMap<String, Place>,
    /// Those that nobody wrote.
    pub(super) unnamed: Unnamed,
}

/// The quizzes of a lesson from its source and those translations that have the same shape.
pub(super) fn merge(
    original: Version<'_>,
    others: &[Version<'_>],
    ids: &mut Ids,
    out: &mut Diagnostics,
) -> Vec<Quiz> {
    let mut fitting = Vec::new();
    for other in others {
        let (here, there) = (other.quizzes.len(), original.quizzes.len());
        if here == there {
            fitting.push(*other);
        } else {
            let place = original
                .source
                .place(original.quizzes.first().map_or(0..0, |quiz| quiz.at.clone()));
            let at = other.quizzes.first().map_or(0..0, |quiz| quiz.at.clone());
            let message =
                format!("the source has {there} quizzes here, this translation has {here}");
            out.push(other.source.error("Q070", at, message).related_as(place, "the source"));
        }
    }
    let mut quizzes = Vec::new();
    for (index, quiz) in original.quizzes.iter().enumerate() {
        let same: Vec<_> =
            fitting.iter().filter_map(|other| Some((*other, other.quizzes.get(index)?))).collect();
        quizzes.push(merge_quiz(original, quiz, &same, ids, out));
    }
    quizzes
}

fn merge_quiz(
    original: Version<'_>,
    quiz: &ParsedQuiz,
    others: &[(Version<'_>, &ParsedQuiz)],
    ids: &mut Ids,
    out: &mut Diagnostics,
) -> Quiz {
    let id = claim(quiz.id.as_deref(), &quiz.title, "quiz", original.source, &quiz.at, ids, out);
    if quiz.id.is_none() {
        ids.unnamed.quizzes.insert(QuizId(id.clone()));
    }
    let mut title = Texts(BTreeMap::from([(original.locale, quiz.title.clone())]));
    let mut intro = BTreeMap::from([(original.locale, quiz.intro.clone())]);
    let mut fitting = Vec::new();
    for (other, parallel) in others {
        title.0.insert(other.locale, parallel.title.clone());
        intro.insert(other.locale, parallel.intro.clone());
        let mut compare = Comparison { original, other: *other, out };
        compare.ids(quiz.id.as_deref(), parallel.id.as_deref(), &quiz.at, &parallel.at);
        let counts = (quiz.questions.len(), parallel.questions.len());
        if compare.counts("questions", counts, &quiz.at, &parallel.at) {
            fitting.push((*other, *parallel));
        }
    }
    let mut items = Vec::new();
    for (index, question) in quiz.questions.iter().enumerate() {
        let same: Vec<_> = fitting
            .iter()
            .filter_map(|(other, quiz)| Some((*other, quiz.questions.get(index)?)))
            .collect();
        items.extend(merge_question(original, question, &same, ids, out));
    }
    Quiz { id: QuizId(id), title, intro, rules: quiz.rules.clone(), items, parts: Vec::new() }
}

fn merge_question(
    original: Version<'_>,
    question: &ParsedQuestion,
    others: &[(Version<'_>, &ParsedQuestion)],
    ids: &mut Ids,
    out: &mut Diagnostics,
) -> Option<Item> {
    let id = claim(
        question.id.as_deref(),
        &question.title,
        "question",
        original.source,
        &question.at,
        ids,
        out,
    );
    let mut fitting = vec![(original.locale, question.clone())];
    for (n, (other, parallel)) in (1..).zip(others) {
        let mut compare = Comparison { original, other: *other, out };
        if compare.questions(question, parallel) {
            fitting.push((other.locale, keyed_apart(parallel, question, n)));
        }
    }
    let option_ids = option_ids(question);
    let points = question.points.unwrap_or(Marks(WHOLE));
    let kind = kind(question, &fitting, &option_ids)?;
    let texts: BTreeMap<Locale, ItemText> = fitting
        .iter()
        .map(|(locale, question)| (*locale, item_text(question, &option_ids)))
        .collect();
    let id = ItemId(id);
    note_unnamed(question, &id, &option_ids, &mut ids.unnamed);
    let mut item = Item {
        id,
        was: question.was.clone().map(ItemId),
        scoring_hash: scoring_hash(&kind, points, question.hint_cost),
        wording_hash: String::new(),
        points,
        hint_cost: question.hint_cost,
        outcomes: question.outcomes.clone(),
        tags: question.tags.clone(),
        kind,
        texts,
    };
    item.wording_hash = wording_hash(&item);
    Some(item)
}

/// Which ids of a question nobody wrote.
fn note_unnamed(
    question: &ParsedQuestion,
    id: &ItemId,
    option_ids: &[OptionId],
    unnamed: &mut Unnamed,
) {
    if question.id.is_none() {
        unnamed.items.insert(id.clone());
    }
    if let Some(ParsedAnswer::Choice(choice)) = &question.answer {
        let options = choice.options.iter().zip(option_ids);
        let loose = options.filter(|(option, _)| option.id.is_none());
        unnamed.options.extend(loose.map(|(_, option)| (id.clone(), option.clone())));
    }
}

/// The written id, else one made from the words; an id that is taken is reported with the place that took it.
fn claim(
    written: Option<&str>,
    words: &str,
    what: &str,
    source: &Source,
    at: &Range<usize>,
    ids: &mut Ids,
    out: &mut Diagnostics,
) -> String {
    let place = source.place(at.clone());
    if let Some(first) = written.and_then(|id| ids.places.get(id)) {
        let id = written.unwrap_or_default();
        let message = format!("id `{id}` is already used");
        let remark = source.error("Q002", at.clone(), message);
        out.push(remark.related_as(first.clone(), "first used here"));
    }
    let base = written.map_or_else(|| made_from(words, what), str::to_owned);
    let id = free(&base, |id| ids.places.contains_key(id));
    ids.places.insert(id.clone(), place);
    id
}

/// The name itself, or with the first number that makes it free.
pub(super) fn free(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut id = base.to_owned();
    let mut n = 2;
    while taken(&id) {
        id = format!("{base}-{n}");
        n += 1;
    }
    id
}

/// Ids of the options of a choice, in order.
fn option_ids(question: &ParsedQuestion) -> Vec<OptionId> {
    let Some(ParsedAnswer::Choice(choice)) = &question.answer else { return Vec::new() };
    let mut ids: Vec<OptionId> = Vec::new();
    for option in &choice.options {
        let base = match &option.id {
            Some(id) => id.clone(),
            None if choice.true_false => super::questions::quiz::truth(&option.plain).to_owned(),
            None => made_from(&option.plain, "option"),
        };
        let id = free(&base, |id| ids.iter().any(|known| known.as_str() == id));
        ids.push(OptionId(id));
    }
    ids
}

fn item_text(question: &ParsedQuestion, ids: &[OptionId]) -> ItemText {
    let mut text = question.text.clone();
    if let Some(ParsedAnswer::Choice(choice)) = &question.answer {
        let options =
            ids.iter().cloned().zip(choice.options.iter().map(|option| option.text.clone()));
        text.options = options.collect();
    }
    text
}

fn kind(
    question: &ParsedQuestion,
    versions: &[(Locale, ParsedQuestion)],
    ids: &[OptionId],
) -> Option<Kind> {
    Some(match question.answer.as_ref()? {
        ParsedAnswer::Choice(choice) => Kind::Choice(Choice {
            options: ids
                .iter()
                .zip(&choice.options)
                .map(|(id, option)| choice_option(id, option))
                .collect(),
            many: choice.many,
            true_false: choice.true_false,
            keep_order: choice.keep_order,
            scoring: choice.scoring,
        }),
        ParsedAnswer::Number(number) => Kind::Number(Number {
            answers: number.answers.iter().map(number_answer).collect(),
            units: all_units(number, versions),
            unit: number.unit,
        }),
        ParsedAnswer::Text(text) => Kind::Text(ShortText {
            answers: all_answers(versions),
            exact_case: text.exact_case,
            exact_accents: text.exact_accents,
            typos: text.typos,
        }),
    })
}

fn choice_option(id: &OptionId, option: &ParsedOption) -> ChoiceOption {
    ChoiceOption {
        id: id.clone(),
        right: option.right,
        weight: option.weight,
        pinned: option.pinned,
        only: option.only,
    }
}

fn number_answer(answer: &ParsedAmount) -> NumberAnswer {
    NumberAnswer { range: answer.range, unit: answer.unit.clone(), fraction: answer.fraction }
}

/// The units of all languages: whoever reads `кВт·ч` may type it.
fn all_units(
    number: &ParsedNumber,
    versions: &[(Locale, ParsedQuestion)],
) -> Vec<(String, Decimal)> {
    let mut units = number.units.clone();
    for (_, question) in versions {
        let Some(ParsedAnswer::Number(other)) = &question.answer else { continue };
        for unit in &other.units {
            if !units.iter().any(|(name, _)| *name == unit.0) {
                units.push(unit.clone());
            }
        }
    }
    units
}

/// Feedback on words has the same keys in two languages if their lists are alike; else the keys are kept apart, so
/// that nobody reads the feedback on another answer.
fn keyed_apart(question: &ParsedQuestion, original: &ParsedQuestion, n: u32) -> ParsedQuestion {
    let mut question = question.clone();
    if let (Some(ParsedAnswer::Text(here)), Some(ParsedAnswer::Text(there))) =
        (&mut question.answer, &original.answer)
        && shares(here) != shares(there)
    {
        let apart = |index: u32| {
            if index == ANYTHING { ANYTHING } else { index.saturating_add(n * 10_000) }
        };
        here.answers.iter_mut().for_each(|answer| answer.index = apart(answer.index));
        let feedback = std::mem::take(&mut question.text.answers);
        question.text.answers =
            feedback.into_iter().map(|(index, html)| (apart(index), html)).collect();
    }
    question
}

/// The list of answers without its words.
fn shares(text: &ParsedText) -> Vec<(u32, Fraction)> {
    text.answers.iter().map(|answer| (answer.index, answer.fraction)).collect()
}

/// The accepted and rejected texts of all languages; "anything else" comes last, or it would hide the others.
fn all_answers(versions: &[(Locale, ParsedQuestion)]) -> Vec<TextAnswer> {
    let mut answers: Vec<TextAnswer> =
        versions.iter().flat_map(|(locale, question)| text_answers(*locale, question)).collect();
    answers.sort_by_key(|answer| answer.pattern == TextPattern::Anything);
    answers
}

fn text_answers(locale: Locale, question: &ParsedQuestion) -> Vec<TextAnswer> {
    let Some(ParsedAnswer::Text(text)) = &question.answer else { return Vec::new() };
    let answer = |answer: &ParsedWord| TextAnswer {
        locale,
        index: answer.index,
        pattern: answer.pattern.clone(),
        fraction: answer.fraction,
    };
    text.answers.iter().map(answer).collect()
}

/// What decides marks: not the order of options, not their places in a shuffle.
#[derive(Serialize)]
struct ScoredChoice<'k> {
    many: bool,
    scoring: Scoring,
    options: BTreeMap<&'k OptionId, (bool, Option<Fraction>, bool)>,
}

/// What decides marks as one hash, over the parsed question: how a number is written, where feedback belongs and in
/// which order options stand do not count.
pub(super) fn scoring_hash(kind: &Kind, points: Marks, hint_cost: Fraction) -> String {
    match kind {
        Kind::Choice(choice) => {
            let key = |option: &'_ ChoiceOption| (option.right, option.weight, option.only);
            let options = choice.options.iter().map(|option| (&option.id, key(option))).collect();
            let scored = ScoredChoice { many: choice.many, scoring: choice.scoring, options };
            hash_of(&("choice", scored, points, hint_cost))
        }
        Kind::Number(number) => hash_of(&("number", scored_number(number), points, hint_cost)),
        Kind::Text(text) => {
            let answers: Vec<(&TextPattern, Fraction)> =
                text.answers.iter().map(|answer| (&answer.pattern, answer.fraction)).collect();
            let how = (text.exact_case, text.exact_accents, text.typos);
            hash_of(&("text", answers, how, points, hint_cost))
        }
        Kind::Match(question) => {
            let rows: BTreeMap<_, _> =
                question.rows.iter().map(|row| (&row.id, &row.right)).collect();
            let choices: BTreeSet<_> = question.choices.iter().collect();
            hash_of(&("match", rows, choices, question.scoring, points, hint_cost))
        }
        Kind::Hotspot(hotspot) => {
            let choice = scoring_hash(&Kind::Choice(hotspot.choice.clone()), points, hint_cost);
            hash_of(&("hotspot", choice, &hotspot.shapes))
        }
        Kind::Order(_) | Kind::Cloze(_) | Kind::Essay(_) | Kind::Upload(_) | Kind::Survey(_) => {
            hash_of(&(kind, points, hint_cost))
        }
    }
}

/// 3.60 is 3.6.
fn scored_number(number: &Number) -> Number {
    let mut number = number.clone();
    for answer in &mut number.answers {
        answer.range = answer.range.map(|(low, high)| (low.normalize(), high.normalize()));
    }
    for (_, factor) in &mut number.units {
        *factor = factor.normalize();
    }
    number
}

/// What is only read as one hash: texts, feedback and hints in every language, tags, outcomes, and which options keep
/// their places; not the order in which the file has them.
pub(super) fn wording_hash(item: &Item) -> String {
    let choice = match &item.kind {
        Kind::Choice(choice) => Some(choice),
        Kind::Hotspot(hotspot) => Some(&hotspot.choice),
        Kind::Number(_) | Kind::Text(_) | Kind::Match(_) | Kind::Order(_) => None,
        Kind::Cloze(_) | Kind::Essay(_) | Kind::Upload(_) | Kind::Survey(_) => None,
    };
    let standing = choice.map(|choice| {
        let pinned = choice.options.iter().map(|option| (&option.id, option.pinned));
        (choice.keep_order, choice.true_false, pinned.collect::<BTreeMap<&OptionId, bool>>())
    });
    hash_of(&(&item.texts, &item.tags, &item.outcomes, standing))
}

fn hash_of(value: &impl Serialize) -> String {
    sha256(&serde_json::to_vec(value).expect("maps have text keys, so this always serialises"))
}
