//! One question's judgement and key, whatever its kind.

use super::grade::Grade;
use super::item::{Item, Kind};
use super::response::Response;

impl Item {
    /// The judgement of an answer; the same answer always gets the same.
    pub fn grade(&self, response: &Response) -> Grade {
        match &self.kind {
            Kind::Choice(choice) => choice.grade(response),
            Kind::Number(number) => number.grade(response),
            Kind::Text(text) => text.grade(response),
        }
    }

    /// An answer that earns everything; `None` where the key is a rule rather than an answer.
    pub fn key(&self) -> Option<Response> {
        match &self.kind {
            Kind::Choice(choice) => choice.key(),
            Kind::Number(number) => number.key(),
            Kind::Text(text) => text.key(),
        }
    }
}
