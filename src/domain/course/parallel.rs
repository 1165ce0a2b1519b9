//! The languages of a lesson put together: one key, one set of ids, texts in each language.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::compare::{Comparison, Version};
use super::keyed::{Names, Numbers, aligned, item_text, kind, names, scoring_hash, wording_hash};
use super::model::Unnamed;
use super::questions::parsed::{
    Candidates, ParsedAnswer, ParsedPart, ParsedPool, ParsedQuestion, ParsedQuiz,
};
use crate::diagnostic::{Diagnostics, Place};
use crate::locale::{Locale, Texts};
use crate::quiz::grade::{Marks, WHOLE};
use crate::quiz::item::{Item, ItemText, Quiz, QuizPart};
use crate::quiz::response::{ItemId, QuizId};
use crate::slug::made_from;

/// The ids of quizzes and questions in a course.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Where they stand.
    places: BTreeMap<String, Place>,
    numbers: Numbers,
    /// Those that nobody wrote.
    pub(super) unnamed: Unnamed,
}

/// The questions of the banks of a course, by the name of the bank.
pub(super) type Banks = BTreeMap<String, Vec<Item>>;

/// The quizzes of one source text while their languages are put together.
pub(super) struct Merger<'m, 'c> {
    pub(super) original: Version<'c>,
    pub(super) ids: &'m mut Ids,
    pub(super) banks: &'m Banks,
    /// Is the text a draft, which learners do not see?
    pub(super) draft: bool,
    pub(super) out: &'m mut Diagnostics,
}

/// A quiz in another language.
type Parallel<'c> = (Version<'c>, &'c ParsedQuiz);

impl<'m, 'c> Merger<'m, 'c> {
    /// The quizzes of a lesson from its source and those translations that have the same shape.
    pub(super) fn quizzes(&mut self, others: &[Version<'c>]) -> Vec<Quiz> {
        let fitting: Vec<Version<'c>> =
            others.iter().copied().filter(|other| self.has_all_quizzes(other)).collect();
        let mut quizzes = Vec::new();
        for (index, quiz) in self.original.quizzes.iter().enumerate() {
            let same: Vec<Parallel<'c>> = fitting
                .iter()
                .filter_map(|other| Some((*other, other.quizzes.get(index)?)))
                .collect();
            quizzes.push(self.quiz(quiz, &same));
        }
        quizzes
    }

    /// The questions of a bank, which is one quiz without rules.
    pub(super) fn bank(&mut self, others: &[Version<'c>]) -> Vec<Item> {
        let Some(bank) = self.original.quizzes.first() else { return Vec::new() };
        let others = others.iter().filter_map(|other| Some((*other, other.quizzes.first()?)));
        let fitting = self.fitting(bank, &others.collect::<Vec<_>>());
        self.questions(bank, &fitting).into_iter().flatten().collect()
    }

    fn has_all_quizzes(&mut self, other: &Version<'c>) -> bool {
        let original = self.original;
        let (here, there) = (other.quizzes.len(), original.quizzes.len());
        if here != there {
            let at = |version: &Version<'_>| {
                version.quizzes.first().map_or(0..0, |quiz| quiz.at.clone())
            };
            let counts = (there, here);
            self.beside(*other).counts("quizzes", counts, &at(&original), &at(other));
        }
        here == there
    }

    fn beside(&mut self, other: Version<'c>) -> Comparison<'_, 'c> {
        Comparison { original: self.original, other, out: self.out }
    }

    fn quiz(&mut self, quiz: &'c ParsedQuiz, others: &[Parallel<'c>]) -> Quiz {
        let id = QuizId(self.claim(quiz.id.as_deref(), &quiz.title, "quiz", &quiz.at));
        if quiz.id.is_none() {
            self.ids.unnamed.quizzes.insert(id.clone());
        }
        let locale = self.original.locale;
        let mut title = Texts(BTreeMap::from([(locale, quiz.title.clone())]));
        let mut intro = BTreeMap::from([(locale, quiz.intro.clone())]);
        for (other, parallel) in others {
            title.0.insert(other.locale, parallel.title.clone());
            intro.insert(other.locale, parallel.intro.clone());
            let mut compare = self.beside(*other);
            compare.ids(quiz.id.as_deref(), parallel.id.as_deref(), &quiz.at, &parallel.at);
        }
        let fitting = self.fitting(quiz, others);
        let items = self.questions(quiz, &fitting);
        let mut asked = Asked::default();
        for part in &quiz.parts {
            match part {
                ParsedPart::One(place) => asked.one(items.get(*place).and_then(Option::as_ref)),
                ParsedPart::Some(pool) => self.pool(quiz, pool, &items, &mut asked),
            }
        }
        for (question, item) in quiz.questions.iter().zip(&items) {
            item.iter().for_each(|item| self.check_marking(quiz, &question.at, item));
        }
        Quiz { id, title, intro, rules: quiz.rules.clone(), items: asked.items, parts: asked.parts }
    }

    /// The translations that ask the same number of questions in the same parts.
    fn fitting(&mut self, quiz: &'c ParsedQuiz, others: &[Parallel<'c>]) -> Vec<Parallel<'c>> {
        others
            .iter()
            .copied()
            .filter(|(other, parallel)| self.beside(*other).parts(quiz, parallel))
            .collect()
    }

    /// The questions by their places; `None` where one could not be read.
    fn questions(&mut self, quiz: &'c ParsedQuiz, others: &[Parallel<'c>]) -> Vec<Option<Item>> {
        let mut items = Vec::new();
        for (index, question) in quiz.questions.iter().enumerate() {
            let same: Vec<_> = others
                .iter()
                .filter_map(|(other, quiz)| Some((*other, quiz.questions.get(index)?)))
                .collect();
            items.push(self.question(question, &same));
        }
        items
    }

    fn question(
        &mut self,
        question: &ParsedQuestion,
        others: &[(Version<'c>, &ParsedQuestion)],
    ) -> Option<Item> {
        let id =
            ItemId(self.claim(question.id.as_deref(), &question.title, "question", &question.at));
        let mut versions = vec![(self.original.locale, Cow::Borrowed(question))];
        for (n, (other, parallel)) in (1..).zip(others) {
            if self.beside(*other).questions(question, parallel) {
                versions.push((other.locale, aligned(parallel, question, n)));
            }
        }
        let answer = question.answer.as_ref()?;
        let names: Names = names(answer);
        let kind = kind(answer, &names, &versions)?;
        let points = worth(question, answer);
        let texts: BTreeMap<Locale, ItemText> = versions
            .iter()
            .map(|(locale, question)| (*locale, item_text(question, &names)))
            .collect();
        self.note_unnamed(question, &id, &names);
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
    fn note_unnamed(&mut self, question: &ParsedQuestion, id: &ItemId, names: &Names) {
        let unnamed = &mut self.ids.unnamed;
        if question.id.is_none() {
            unnamed.items.insert(id.clone());
        }
        unnamed.options.extend(names.unwritten.iter().map(|part| (id.clone(), part.clone())));
    }

    /// The written id, else one made from the words; an id that is taken is reported with the place that took it.
    fn claim(
        &mut self,
        written: Option<&str>,
        words: &str,
        what: &str,
        at: &Range<usize>,
    ) -> String {
        let source = self.original.source;
        if let Some(id) = written
            && let Some(first) = self.ids.places.get(id)
        {
            let message = format!("id `{id}` is already used");
            let remark = source.error("Q002", at.clone(), message);
            self.out.push(remark.related_as(first.clone(), "first used here"));
        }
        let base = written.map_or_else(|| made_from(words, what), str::to_owned);
        let Ids { places, numbers, .. } = &mut *self.ids;
        let id = numbers.free(&base, |id| places.contains_key(id));
        places.insert(id.clone(), source.place(at.clone()));
        id
    }

    /// Adds a pool or draw and its candidates.
    fn pool(
        &mut self,
        quiz: &ParsedQuiz,
        pool: &ParsedPool,
        items: &[Option<Item>],
        asked: &mut Asked,
    ) {
        let id = self.claim(pool.id.as_deref(), &pool.title, "pool", &pool.at);
        let candidates: Vec<&Item> = match &pool.from {
            Candidates::Here(places) => {
                items.get(places.clone()).unwrap_or_default().iter().flatten().collect()
            }
            Candidates::Bank { name, tags } => self.drawn(pool, name, tags),
            Candidates::Nowhere => Vec::new(),
        };
        if let Candidates::Bank { .. } = pool.from {
            candidates.iter().for_each(|item| self.check_marking(quiz, &pool.at, item));
        }
        asked.parts.push(QuizPart::Some {
            id,
            pick: pool.pick,
            from: candidates.iter().map(|item| item.id.clone()).collect(),
            points: pool.points,
        });
        candidates.into_iter().for_each(|item| asked.add(item));
    }

    /// Files wait for people, who are only asked to mark in graded quizzes.
    fn check_marking(&mut self, quiz: &ParsedQuiz, at: &Range<usize>, item: &Item) {
        let practice = quiz.rules.pass.is_none() && !self.draft && !quiz.rules.draft;
        if practice && item.takes_files() {
            let message = "nobody marks practice, so its files would be handed in for nobody";
            let remark = self.original.source.error("Q091", at.clone(), message);
            self.out.push(remark.help("write `pass=…` into the braces of the quiz"));
        }
    }

    /// The questions of a bank that have all the tags.
    fn drawn(&mut self, pool: &ParsedPool, name: &str, tags: &[String]) -> Vec<&'m Item> {
        let source = self.original.source;
        let Some(bank) = self.banks.get(name) else {
            let message = format!("the course has no bank `banks/{name}.….md`");
            self.out.push(source.error("Q042", pool.at.clone(), message));
            return Vec::new();
        };
        let fits = |item: &&Item| tags.iter().all(|tag| item.tags.contains(tag));
        let drawn: Vec<&Item> = bank.iter().filter(fits).collect();
        if usize::try_from(pool.pick).is_ok_and(|pick| pick > drawn.len()) {
            let with = if tags.is_empty() { "" } else { " with these tags" };
            let (pick, found) = (pool.pick, drawn.len());
            let message =
                format!("{pick} of {found} questions{with} cannot be picked from bank `{name}`");
            let remark = source.error("Q042", pool.at.clone(), message);
            self.out.push(remark.help("pick fewer, or add questions to the bank"));
        }
        drawn
    }
}

/// What a quiz asks, while it is put together.
#[derive(Default)]
struct Asked {
    items: Vec<Item>,
    known: BTreeSet<ItemId>,
    parts: Vec<QuizPart>,
}

impl Asked {
    fn one(&mut self, item: Option<&Item>) {
        let Some(item) = item else { return };
        self.parts.push(QuizPart::One(item.id.clone()));
        self.add(item);
    }

    /// Two draws may hold the same question of a bank; the quiz holds it once.
    fn add(&mut self, item: &Item) {
        if self.known.insert(item.id.clone()) {
            self.items.push(item.clone());
        }
    }
}

/// Nothing can be earned where nothing is right.
fn worth(question: &ParsedQuestion, answer: &ParsedAnswer) -> Marks {
    match answer {
        ParsedAnswer::Survey(_) => Marks::ZERO,
        ParsedAnswer::Choice(_)
        | ParsedAnswer::Number(_)
        | ParsedAnswer::Text(_)
        | ParsedAnswer::Match(_)
        | ParsedAnswer::Order(_)
        | ParsedAnswer::Cloze(_)
        | ParsedAnswer::Hotspot(_)
        | ParsedAnswer::Essay(_)
        | ParsedAnswer::Upload(_) => question.points.unwrap_or(Marks(WHOLE)),
    }
}
