//! Ids that are missing. What learners have achieved hangs on them.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::parsed::{
    ParsedAnswer, ParsedChoice, ParsedEntry, ParsedPart, ParsedQuestion, ParsedQuiz,
};
use crate::course::attributes::{add_word, has_id};
use crate::diagnostic::{Diagnostics, Level, Source};
use crate::slug::made_from;

/// A graded quiz must carry ids; in practice they may be made from the words.
pub(super) fn check_identity(quiz: &ParsedQuiz, source: &Source, out: &mut Diagnostics) {
    let level = if quiz.rules.pass.is_some() { Level::Error } else { Level::Warning };
    let mut missing = Missing::new(level, source, out);
    if quiz.id.is_none() {
        missing.say("quiz", &quiz.title, &quiz.at);
    }
    for part in &quiz.parts {
        if let ParsedPart::Some(pool) = part
            && pool.id.is_none()
        {
            missing.say("pool", &pool.title, &pool.at);
        }
    }
    quiz.questions.iter().for_each(|question| missing.of(question));
    if quiz.rules.pass.is_some() {
        check_labels(quiz, source, out);
    }
}

/// A bank may be drawn from by graded quizzes, so its questions must carry ids.
pub(super) fn check_bank_identity(bank: &ParsedQuiz, source: &Source, out: &mut Diagnostics) {
    let mut missing = Missing::new(Level::Error, source, out);
    bank.questions.iter().for_each(|question| missing.of(question));
    check_labels(bank, source, out);
}

struct Missing<'d, 's> {
    level: Level,
    source: &'s Source,
    /// What stands behind the `#` of the text: a text without ids asks for it at each of its questions.
    written: OnceCell<BTreeSet<&'s str>>,
    /// Ids that were proposed.
    given: BTreeSet<String>,
    out: &'d mut Diagnostics,
}

impl<'d, 's> Missing<'d, 's> {
    fn new(level: Level, source: &'s Source, out: &'d mut Diagnostics) -> Missing<'d, 's> {
        Missing { level, source, written: OnceCell::new(), given: BTreeSet::new(), out }
    }

    /// Does an id of the text begin like this one?
    fn is_near_written(&self, id: &str) -> bool {
        let written = self.written.get_or_init(|| hashes(&self.source.text).collect());
        written.range(id..).next().is_some_and(|next| next.starts_with(id))
    }

    fn say(&mut self, what: &str, words: &str, at: &Range<usize>) {
        let source = self.source;
        let line = source.line_range(at.start);
        // Rows of a match and of a rubric have their braces in the midst of the line.
        let last = !matches!(what, "row" | "criterion");
        if last && has_id(source, line.clone()) {
            return;
        }
        let name = made_from(words, "a-short-name");
        let help =
            format!("write `{{#{name}}}` behind it; what learners have achieved hangs on ids");
        let message = format!("this {what} has no id");
        let remark = source.diagnostic("Q001", self.level, at.clone(), message).help(help);
        let free = !self.is_near_written(&name) && self.given.insert(name.clone());
        let id = || add_word(source, line, &format!("#{name}"));
        self.out.push(if last && free { remark.fix(id()) } else { remark });
    }

    fn of(&mut self, question: &ParsedQuestion) {
        if question.id.is_none() {
            self.say("question", &question.title, &question.at);
        }
        for (what, words, at) in unnamed(question) {
            self.say(what, words, at);
        }
    }
}

/// What stands behind each `#`, as far as it could be an id.
fn hashes(text: &str) -> impl Iterator<Item = &str> {
    let is_other = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    text.split('#').skip(1).map(move |rest| {
        let end = rest.find(is_other).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    })
}

/// The parts of a question that have no id. True/false options need none: their words are known. Neither do choices
/// of a match, which are named after their rows, nor entries of a gap, which are named after their words.
fn unnamed(question: &ParsedQuestion) -> Vec<Unnamed<'_>> {
    match &question.answer {
        Some(ParsedAnswer::Choice(choice)) if choice.true_false => Vec::new(),
        Some(ParsedAnswer::Choice(choice)) => options(choice),
        Some(ParsedAnswer::Hotspot(hotspot)) => options(&hotspot.choice),
        Some(ParsedAnswer::Match(question)) => {
            nameless("row", question.rows.iter().map(|row| &row.left))
        }
        Some(ParsedAnswer::Order(order)) => nameless("step", &order.steps),
        Some(ParsedAnswer::Survey(survey)) => nameless("option", &survey.options),
        Some(ParsedAnswer::Essay(essay)) => {
            nameless("criterion", essay.rubric.iter().map(|row| &row.name))
        }
        Some(ParsedAnswer::Upload(upload)) => {
            nameless("criterion", upload.rubric.iter().map(|row| &row.name))
        }
        Some(ParsedAnswer::Number(_) | ParsedAnswer::Text(_) | ParsedAnswer::Cloze(_)) | None => {
            Vec::new()
        }
    }
}

type Unnamed<'q> = (&'static str, &'q str, &'q Range<usize>);

fn options(choice: &ParsedChoice) -> Vec<Unnamed<'_>> {
    let without = choice.options.iter().filter(|option| option.id.is_none());
    without.map(|option| ("option", option.plain.as_str(), &option.at)).collect()
}

fn nameless<'q>(
    what: &'static str,
    entries: impl IntoIterator<Item = &'q ParsedEntry>,
) -> Vec<Unnamed<'q>> {
    let without = entries.into_iter().filter(|entry| entry.id.is_none());
    without.map(|entry| (what, entry.plain.as_str(), &entry.at)).collect()
}

/// A gap without a label is known by its place only.
fn check_labels(quiz: &ParsedQuiz, source: &Source, out: &mut Diagnostics) {
    for question in &quiz.questions {
        let Some(ParsedAnswer::Cloze(cloze)) = &question.answer else { continue };
        for gap in cloze.gaps.iter().filter(|gap| gap.label.is_none()) {
            let remark = source.warning("Q041", gap.at.clone(), "this gap has no label");
            out.push(remark.help("write `[label: …]`, or its results are lost when gaps move"));
        }
    }
}
