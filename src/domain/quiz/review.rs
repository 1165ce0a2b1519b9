//! What a learner may see of an attempt and when. `reviewed` is the only way by which feedback leaves an item.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::{Attempt, State, Terms};
use super::grade::{Marks, Verdict};
use super::item::{Choice, FeedbackWhen, Item, ItemText, Kind, QuizRules};
use super::paper::Slot;
use super::response::{OptionId, Response};
use super::score::{SlotScore, slot_score};
use crate::html::Html;
use crate::locale::Locale;

/// For so long after the finish it is "just after".
pub const JUST_AFTER: TimeDelta = TimeDelta::seconds(120);

/// The moments at which a learner may look at an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Before the finish, for a question that was not checked.
    During,
    /// Before the finish, for a question that was checked on its own.
    Checked,
    /// Within two minutes of the finish.
    JustAfter,
    /// Later, while the quiz is still open.
    Later,
    /// After the quiz has closed for good.
    AfterClose,
}

impl Moment {
    /// The moment of an attempt at a time. Closing counts before "just after".
    pub fn of(attempt: &Attempt, terms: &Terms, now: DateTime<Utc>) -> Moment {
        let Some(finished) = attempt.finished else { return Moment::During };
        let closed = terms.close.is_some_and(|close| now >= close);
        match closed {
            true => Moment::AfterClose,
            false if now.signed_duration_since(finished) <= JUST_AFTER => Moment::JustAfter,
            false => Moment::Later,
        }
    }
    /// The moment of one question of the attempt: before the finish, a checked question is looked at on its own.
    pub fn of_slot(self, state: &State, slot: u16) -> Moment {
        match self {
            Moment::During if state.checked.contains_key(&slot) => Moment::Checked,
            Moment::During
            | Moment::Checked
            | Moment::JustAfter
            | Moment::Later
            | Moment::AfterClose => self,
        }
    }
}

/// Ready-made review windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Everything, as soon as a question is checked.
    Practice,
    /// Marks and feedback after the finish; right answers after a pass or when no attempt is left.
    Course,
    /// The score after the finish; everything after the quiz has closed.
    Exam,
    /// The score after the finish and nothing else, ever.
    ScoreOnly,
}

impl Preset {
    /// The window of a quiz by its own rules.
    pub fn of(rules: &QuizRules) -> Preset {
        match (rules.pass, rules.feedback) {
            (None, _) => Preset::Practice,
            (Some(_), FeedbackWhen::Never) => Preset::ScoreOnly,
            (Some(_), FeedbackWhen::Now | FeedbackWhen::End) => Preset::Course,
        }
    }
}

/// What the windows ask about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Has the learner passed the quiz, with this or another attempt?
    pub passed: bool,
    /// How many more attempts there are; `None` is no limit.
    pub attempts_left: Option<u32>,
}

/// One thing that may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The sum of the marks and whether it is a pass.
    Score,
    /// Right, partly or wrong, and the marks, question by question.
    Verdicts,
    /// Feedback on what was chosen, and on the answer being right or wrong.
    Feedback,
    /// The right answers, the explanation, and feedback on what was not chosen.
    RightAnswers,
}

/// The things that may be seen now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(BTreeSet<Thing>);

impl Allowed {
    /// May it be seen?
    pub fn shows(&self, thing: Thing) -> bool {
        self.0.contains(&thing)
    }

    /// Nothing.
    pub fn nothing() -> Allowed {
        Allowed::default()
    }

    /// Everything.
    pub fn everything() -> Allowed {
        Allowed::of(&[Thing::Score, Thing::Verdicts, Thing::Feedback, Thing::RightAnswers])
    }

    fn of(things: &[Thing]) -> Allowed {
        Allowed(things.iter().copied().collect())
    }
}

/// What may be seen of an attempt at a moment.
pub fn allowed(preset: Preset, summary: &Summary, moment: Moment) -> Allowed {
    match (preset, moment) {
        (_, Moment::During) => Allowed::nothing(),
        (Preset::Practice, _) => Allowed::everything(),
        (Preset::Course | Preset::Exam | Preset::ScoreOnly, Moment::Checked) => Allowed::nothing(),
        (Preset::Course | Preset::Exam, Moment::AfterClose) => Allowed::everything(),
        (Preset::Course, Moment::JustAfter | Moment::Later) => course(summary),
        (Preset::Exam | Preset::ScoreOnly, _) => Allowed::of(&[Thing::Score]),
    }
}

/// While another attempt could use them, right answers stay hidden.
fn course(summary: &Summary) -> Allowed {
    match summary.passed || summary.attempts_left == Some(0) {
        true => Allowed::everything(),
        false => Allowed::of(&[Thing::Score, Thing::Verdicts, Thing::Feedback]),
    }
}

/// A question with its answer, as far as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Heading, inline markup.
    pub title: Html,
    /// The rest of the question.
    pub stem: Html,
    /// Options in the order of the attempt; empty for questions without options.
    pub options: Vec<ReviewedOption>,
    /// What was typed, as it was typed.
    pub typed: Option<String>,
    /// The judgement.
    pub verdict: Option<Verdict>,
    /// Marks earned and marks that could be earned.
    pub marks: Option<(Marks, Marks)>,
    /// Feedback on the typed answer.
    pub feedback: Option<Html>,
    /// Said because the answer is right, partly right or wrong.
    pub note: Option<Html>,
    /// The right answer to a number or text question.
    pub right_answer: Option<Html>,
    /// Why.
    pub explanation: Option<Html>,
}

/// An option with what may be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewedOption {
    /// What is read.
    pub text: Html,
    /// Was it ticked?
    pub chosen: bool,
    /// Is it right? `None` while that may not be seen.
    pub right: Option<bool>,
    /// Feedback on it.
    pub feedback: Option<Html>,
}

/// Draws the review of one slot. A full answer shows its explanation at once: there is nothing left to give away.
pub fn reviewed(
    item: &Item,
    slot: &Slot,
    response: &Response,
    allowed: &Allowed,
    locale: Locale,
) -> Reviewed {
    let empty = ItemText::default();
    let text = item.text(locale).unwrap_or(&empty);
    let score = slot_score(item, slot, response);
    let verdict = score.grade.verdict;
    let may = |thing: Thing, html: Option<&Html>| html.filter(|_| allowed.shows(thing)).cloned();
    let known = allowed.shows(Thing::RightAnswers)
        || (allowed.shows(Thing::Feedback) && verdict == Verdict::Right);
    Reviewed {
        title: text.title.clone(),
        stem: text.stem.clone(),
        options: options(item, slot, response, allowed, text),
        typed: typed(response),
        verdict: allowed.shows(Thing::Verdicts).then_some(verdict),
        marks: allowed.shows(Thing::Verdicts).then_some((score.marks, score.of)),
        feedback: may(Thing::Feedback, answer_feedback(item, response, text, locale)),
        note: may(Thing::Feedback, note(&score, text)),
        right_answer: may(Thing::RightAnswers, text.model.as_ref()),
        explanation: text.explanation.as_ref().filter(|_| known).cloned(),
    }
}

fn typed(response: &Response) -> Option<String> {
    match response {
        Response::Text(text) => Some(text.clone()),
        Response::Number { typed, .. } => Some(typed.clone()),
        Response::Blank | Response::Picks(_) => None,
    }
}

fn note<'a>(score: &SlotScore, text: &'a ItemText) -> Option<&'a Html> {
    match score.grade.verdict {
        Verdict::Right => text.if_right.as_ref(),
        Verdict::Partly => text.if_partly.as_ref(),
        Verdict::Wrong | Verdict::Unanswered => text.if_wrong.as_ref(),
    }
}

/// Feedback in the reader's language, also when the matching answer stands in another language's file: the files are
/// parallel.
fn answer_feedback<'a>(
    item: &Item,
    response: &Response,
    text: &'a ItemText,
    reader: Locale,
) -> Option<&'a Html> {
    let index = match (&item.kind, response) {
        (Kind::Number(number), Response::Number { .. }) => {
            number.matching(response).map(|(index, _)| index)
        }
        (Kind::Text(short), Response::Text(typed)) => {
            short.matching_for(typed, reader).map(|answer| answer.index)
        }
        (Kind::Number(_) | Kind::Text(_) | Kind::Choice(_), _) => None,
    };
    index.and_then(|index| text.answers.get(&index))
}

fn options(
    item: &Item,
    slot: &Slot,
    response: &Response,
    allowed: &Allowed,
    text: &ItemText,
) -> Vec<ReviewedOption> {
    let choice = match &item.kind {
        Kind::Choice(choice) => choice,
        Kind::Number(_) | Kind::Text(_) => return Vec::new(),
    };
    let drawn = |id: &OptionId| reviewed_option(choice, id, chosen(response, id), allowed, text);
    slot.options.iter().filter_map(drawn).collect()
}

fn chosen(response: &Response, id: &OptionId) -> Chosen {
    match response {
        Response::Picks(picks) if picks.contains(id) => Chosen::Yes,
        Response::Picks(_) | Response::Blank | Response::Text(_) | Response::Number { .. } => {
            Chosen::No
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Yes,
    No,
}

fn reviewed_option(
    choice: &Choice,
    id: &OptionId,
    chosen: Chosen,
    allowed: &Allowed,
    text: &ItemText,
) -> Option<ReviewedOption> {
    let option = choice.options.iter().find(|option| option.id == *id)?;
    let words = text.options.get(id);
    let all = allowed.shows(Thing::RightAnswers);
    let own = allowed.shows(Thing::Feedback) && chosen == Chosen::Yes;
    Some(ReviewedOption {
        text: words.map(|words| words.text.clone()).unwrap_or_default(),
        chosen: chosen == Chosen::Yes,
        right: all.then_some(option.right),
        feedback: words.and_then(|words| words.feedback.clone()).filter(|_| all || own),
    })
}

#[cfg(test)]
mod tests;
