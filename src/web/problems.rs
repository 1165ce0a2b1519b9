//! What is wrong with a form: which field, and the key of the sentence that says it.

use std::borrow::Cow;

use super::posted::Posted;
use crate::domain::locale::Locale;
use crate::words;

/// The problems of a form in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<(&'static str, &'static str)>);

impl Problems {
    /// Notes a problem.
    pub fn add(&mut self, field: &'static str, words: &'static str) {
        self.0.push((field, words));
    }

    /// Notes a problem unless a condition holds.
    pub fn require(&mut self, holds: bool, field: &'static str, words: &'static str) {
        if !holds {
            self.add(field, words);
        }
    }

    /// Is the form good?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and key of each problem, for the API.
    pub fn pairs(&self) -> &[(&'static str, &'static str)] {
        &self.0
    }
}

/// A form as it is drawn: what was typed, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct FormView {
    lang: Locale,
    pub typed: Posted,
    problems: Problems,
}

impl FormView {
    /// A form with values and no problems.
    pub fn fresh(lang: Locale, typed: Posted) -> FormView {
        FormView { lang, typed, problems: Problems::default() }
    }

    /// A form that is shown again.
    pub fn again(lang: Locale, typed: Posted, problems: Problems) -> FormView {
        FormView { lang, typed, problems }
    }

    /// What was typed into a field.
    pub fn value(&self, field: &str) -> &str {
        self.typed.text(field)
    }

    /// Was this option chosen?
    pub fn is(&self, field: &str, option: &str) -> bool {
        self.typed.all(field).iter().any(|value| value == option)
    }

    /// What is wrong with a field, or nothing.
    pub fn error(&self, field: &str) -> Cow<'static, str> {
        self.problems
            .0
            .iter()
            .find(|(name, _)| *name == field)
            .map_or(Cow::Borrowed(""), |(_, key)| words::t(self.lang, key))
    }

    /// Is the form shown again because something is wrong with it?
    pub fn is_again(&self) -> bool {
        !self.problems.is_empty()
    }

    /// All problems with their fields, for the summary above the form.
    pub fn errors(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        self.problems.0.iter().map(|(field, key)| (*field, words::t(self.lang, key))).collect()
    }
}
