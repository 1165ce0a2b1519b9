//! Questions, answers, marks and attempts.

pub mod response;
pub mod grade;
pub mod kinds;
pub mod behaviour;
pub mod rules;
pub mod item;
#[cfg(test)]
mod samples;
pub mod seed;
pub mod paper;
pub mod token;
pub mod form;
pub mod choice;
pub mod number;
pub mod short_text;
pub mod matching;
pub mod ordering;
pub mod cloze;
pub mod judge;
pub mod mark;
pub mod read;
pub mod terms;
pub mod attempt;
pub mod event;
pub mod play;
pub mod score;
pub mod allowed;
pub mod parts;
pub mod review;
pub mod judged;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod histories;
