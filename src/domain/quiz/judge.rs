//! One question's judgement and key, whatever its kind.

use super::grade::{Fraction, Grade};
use super::item::{Item, Kind};
use super::response::Response;

impl Item {
    /// The judgement of an answer; the same answer always gets the same.
    pub fn grade(&self, response: &Response) -> Grade {
        match &self.kind {
            Kind::Choice(choice) => choice.grade(response),
            Kind::Number(number) => number.grade(response),
            Kind::Text(text) => text.grade(response),
            Kind::Match(question) => question.grade(response),
            Kind::Order(question) => question.grade(response),
            Kind::Cloze(question) => question.grade(response),
            Kind::Hotspot(hotspot) => hotspot.choice.grade(response),
            Kind::Essay(_) | Kind::Upload(_) => answered(response, Grade::WAITING),
            Kind::Survey(_) => answered(response, Grade::NOTED),
        }
    }

    /// An answer that earns everything; `None` where the key is a rule rather than an answer.
    pub fn key(&self) -> Option<Response> {
        match &self.kind {
            Kind::Choice(choice) => choice.key(),
            Kind::Number(number) => number.key(),
            Kind::Text(text) => text.key(),
            Kind::Match(question) => question.key(),
            Kind::Order(question) => question.key(),
            Kind::Cloze(question) => question.key(),
            Kind::Hotspot(hotspot) => hotspot.choice.key(),
            Kind::Essay(_) | Kind::Upload(_) | Kind::Survey(_) => None,
        }
    }

    /// The share that each part of an answer earns on its own; `None` of questions that are judged as a whole.
    pub fn part_shares(&self, response: &Response) -> Option<Vec<Fraction>> {
        match &self.kind {
            Kind::Match(question) => question.part_shares(response),
            Kind::Cloze(question) => question.part_shares(response),
            Kind::Choice(_)
            | Kind::Number(_)
            | Kind::Text(_)
            | Kind::Order(_)
            | Kind::Hotspot(_)
            | Kind::Essay(_)
            | Kind::Upload(_)
            | Kind::Survey(_) => None,
        }
    }

    /// Is it answered with files?
    pub fn takes_files(&self) -> bool {
        matches!(self.kind, Kind::Upload(_))
    }

    /// Must a person mark the answers?
    pub fn needs_marking(&self) -> bool {
        matches!(self.kind, Kind::Essay(_) | Kind::Upload(_))
    }
}

/// Of an answer that no rule can judge, only whether there is one is known.
fn answered(response: &Response, grade: Grade) -> Grade {
    match response {
        Response::Text(text) if text.trim().is_empty() => Grade::UNANSWERED,
        Response::Files(files) if files.is_empty() => Grade::UNANSWERED,
        Response::Blank => Grade::UNANSWERED,
        Response::Text(_)
        | Response::Picks(_)
        | Response::Number { .. }
        | Response::Order(_)
        | Response::Pairs(_)
        | Response::Gaps(_)
        | Response::Files(_) => grade,
    }
}
