//! The languages of a lesson put together: one key, one set of ids, texts in each language.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use super::media::sha256;
use super::questions::parsed::{
    ParsedAmount, ParsedAnswer, ParsedChoice, ParsedNumber, ParsedOption, ParsedQuestion,
    ParsedQuiz,
};
use crate::diagnostic::{Diagnostics, Place, Source};
use crate::locale::{Locale, Texts};
use crate::quiz::grade::{Fraction, Marks, WHOLE};
use crate::quiz::item::{
    Choice, ChoiceOption, Item, ItemText, Kind, Number, NumberAnswer, Quiz, Scoring, ShortText,
    TextAnswer, TextPattern,
};
use crate::quiz::response::{ItemId, OptionId, QuizId};
use crate::slug::made_from;

/// The ids of quizzes and questions in a course, and where they stand.
pub(super) type Ids = BTreeMap<String, Place>;

/// The quizzes of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version<'c> {
    pub(super) locale: Locale,
    pub(super) source: &'c Source,
    pub(super) quizzes: &'c [ParsedQuiz],
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
            let message = format!(
                "the source has {there} quizzes here, this translation has {here} (source: {place})"
            );
            out.push(other.source.error("Q070", at, message).related(place));
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
    Quiz { id: QuizId(id), title, intro, rules: quiz.rules.clone(), items }
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
    let mut fitting = vec![(original.locale, question)];
    for (other, parallel) in others {
        let mut compare = Comparison { original, other: *other, out };
        if compare.questions(question, parallel) {
            fitting.push((other.locale, parallel));
        }
    }
    let option_ids = option_ids(question);
    let points = question.points.unwrap_or(Marks(WHOLE));
    let kind = kind(question, &fitting, &option_ids)?;
    let texts: BTreeMap<Locale, ItemText> = fitting
        .iter()
        .map(|(locale, question)| (*locale, item_text(question, &option_ids)))
        .collect();
    Some(Item {
        id: ItemId(id),
        was: question.was.clone().map(ItemId),
        scoring_hash: scoring_hash(&kind, points, question.hint_cost),
        wording_hash: hash_of(&(&texts, &question.tags, &question.outcomes)),
        points,
        hint_cost: question.hint_cost,
        outcomes: question.outcomes.clone(),
        tags: question.tags.clone(),
        kind,
        texts,
    })
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
    if let Some(first) = written.and_then(|id| ids.get(id)) {
        let id = written.unwrap_or_default();
        let message = format!("id `{id}` is already used at {first}");
        out.push(source.error("Q002", at.clone(), message).related(first.clone()));
    }
    let base = written.map_or_else(|| made_from(words, what), str::to_owned);
    let id = free(&base, |id| ids.contains_key(id));
    ids.insert(id.clone(), place);
    id
}

/// The name itself, or with the first number that makes it free.
fn free(base: &str, taken: impl Fn(&str) -> bool) -> String {
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
    versions: &[(Locale, &ParsedQuestion)],
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
    versions: &[(Locale, &ParsedQuestion)],
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

/// The accepted and rejected texts of all languages; "anything else" comes last, or it would hide the others.
fn all_answers(versions: &[(Locale, &ParsedQuestion)]) -> Vec<TextAnswer> {
    let mut answers: Vec<TextAnswer> =
        versions.iter().flat_map(|(locale, question)| text_answers(*locale, question)).collect();
    answers.sort_by_key(|answer| answer.pattern == TextPattern::Anything);
    answers
}

fn text_answers(locale: Locale, question: &ParsedQuestion) -> Vec<TextAnswer> {
    let Some(ParsedAnswer::Text(text)) = &question.answer else { return Vec::new() };
    let answer = |(index, (pattern, fraction)): (u32, &(TextPattern, Fraction))| TextAnswer {
        locale,
        index,
        pattern: pattern.clone(),
        fraction: *fraction,
    };
    (0..).zip(&text.answers).map(answer).collect()
}

/// What decides marks: not the order of options, not their places in a shuffle.
#[derive(Serialize)]
struct ScoredChoice<'k> {
    many: bool,
    scoring: Scoring,
    options: BTreeMap<&'k OptionId, (bool, Option<Fraction>, bool)>,
}

fn scoring_hash(kind: &Kind, points: Marks, hint_cost: Fraction) -> String {
    match kind {
        Kind::Choice(choice) => {
            let key = |option: &'_ ChoiceOption| (option.right, option.weight, option.only);
            let options = choice.options.iter().map(|option| (&option.id, key(option))).collect();
            let scored = ScoredChoice { many: choice.many, scoring: choice.scoring, options };
            hash_of(&("choice", scored, points, hint_cost))
        }
        Kind::Number(number) => hash_of(&("number", number, points, hint_cost)),
        Kind::Text(text) => hash_of(&("text", text, points, hint_cost)),
    }
}

fn hash_of(value: &impl Serialize) -> String {
    sha256(&serde_json::to_vec(value).expect("maps have text keys, so this always serialises"))
}

/// A translation beside its source.
struct Comparison<'d, 'c> {
    original: Version<'c>,
    other: Version<'c>,
    out: &'d mut Diagnostics,
}

impl Comparison<'_, '_> {
    fn differ(&mut self, there: &Range<usize>, here: &Range<usize>, message: &str) {
        let place = self.original.source.place(there.clone());
        let message = format!("{message} (source: {place})");
        self.out.push(self.other.source.error("Q070", here.clone(), message).related(place));
    }

    fn ids(
        &mut self,
        there: Option<&str>,
        here: Option<&str>,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) {
        if let Some(id) = here.filter(|_| here != there) {
            let wanted = there.map_or_else(|| "none".to_owned(), |id| format!("`{id}`"));
            self.differ(at, other_at, &format!("the source has the id {wanted} here, not `{id}`"));
        }
    }

    /// Are the counts equal?
    fn counts(
        &mut self,
        what: &str,
        counts: (usize, usize),
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        let (there, here) = counts;
        if here != there {
            self.differ(
                at,
                other_at,
                &format!("the source has {there} {what} here, this translation has {here}"),
            );
        }
        here == there
    }

    /// Do both ask the same with the same key?
    fn questions(&mut self, there: &ParsedQuestion, here: &ParsedQuestion) -> bool {
        self.ids(there.id.as_deref(), here.id.as_deref(), &there.at, &here.at);
        if here.points.is_some() && here.points != there.points {
            self.differ(&there.at, &here.at, "the points differ from the source");
        }
        match (&there.answer, &here.answer) {
            (Some(ParsedAnswer::Choice(a)), Some(ParsedAnswer::Choice(b))) => {
                self.choices(a, b, &there.at, &here.at)
            }
            (Some(ParsedAnswer::Number(a)), Some(ParsedAnswer::Number(b))) => {
                self.numbers(a, b, &there.at, &here.at)
            }
            (Some(ParsedAnswer::Text(_)), Some(ParsedAnswer::Text(_))) => true,
            (Some(a), Some(b)) => {
                let message = format!(
                    "this is a {} question, in the source it is a {} question",
                    b.name(),
                    a.name()
                );
                self.differ(&there.at, &here.at, &message);
                false
            }
            (None, _) | (_, None) => false,
        }
    }

    fn choices(
        &mut self,
        there: &ParsedChoice,
        here: &ParsedChoice,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        if !self.counts("options", (there.options.len(), here.options.len()), at, other_at) {
            return false;
        }
        if here.scoring != Scoring::default() && here.scoring != there.scoring {
            self.differ(at, other_at, "the scoring differs from the source");
        }
        let mut same = true;
        for (a, b) in there.options.iter().zip(&here.options) {
            self.ids(a.id.as_deref(), b.id.as_deref(), &a.at, &b.at);
            if a.right != b.right {
                self.differ(&a.at, &b.at, "the tick differs from the source");
                same = false;
            }
            if a.weight != b.weight {
                self.differ(&a.at, &b.at, "the weight differs from the source");
                same = false;
            }
        }
        same
    }

    fn numbers(
        &mut self,
        there: &ParsedNumber,
        here: &ParsedNumber,
        at: &Range<usize>,
        other_at: &Range<usize>,
    ) -> bool {
        if !self.counts("answers", (there.answers.len(), here.answers.len()), at, other_at) {
            return false;
        }
        let mut same = true;
        for (a, b) in there.answers.iter().zip(&here.answers) {
            if base(a, there) != base(b, here) || a.fraction != b.fraction {
                self.differ(&a.at, &b.at, "the number differs from the source");
                same = false;
            }
        }
        same
    }
}

/// The range in the first unit, so that `kWh` and `кВт·ч` compare by what they are worth.
fn base(
    answer: &ParsedAmount,
    number: &ParsedNumber,
) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let (low, high) = answer.range?;
    let unit = answer.unit.as_ref();
    let factor = number
        .units
        .iter()
        .find(|(name, _)| Some(name) == unit)
        .map_or(Decimal::ONE, |(_, factor)| *factor);
    Some((low.checked_mul(factor), high.checked_mul(factor)))
}
