//! What a form sent: names and values.

use std::collections::BTreeMap;

use uuid::Uuid;

/// The fields of a form, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    fields: BTreeMap<String, Vec<String>>,
    /// The token that it came with, once that was checked.
    token: String,
}

impl Posted {
    /// Fields of a body in the form `name=value&…`.
    pub fn parse(body: &[u8]) -> Posted {
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        Posted { fields, token: String::new() }
    }

    /// The first value of a field as it was typed, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// The first value of a field without spaces around it.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// Was a field sent at all?
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// All names with their values, for a form that is offered again.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().flat_map(|(name, values)| {
            values.iter().map(move |value| (name.as_str(), value.as_str()))
        })
    }

    /// The key that makes sending this form twice the same as sending it once.
    pub fn op(&self) -> Option<Uuid> {
        Uuid::parse_str(self.text("op")).ok()
    }

    /// The form with its token set apart from what was typed: it is checked, and no page draws it as a field.
    pub fn without_token(mut self) -> Posted {
        self.token = self.text("csrf").to_owned();
        self.fields.remove("csrf");
        self
    }

    /// All names with their values and the token, to be sent again just as it was.
    pub fn pairs_with_token(&self) -> impl Iterator<Item = (&str, &str)> {
        let token = Some(("csrf", self.token.as_str())).filter(|(_, token)| !token.is_empty());
        self.pairs().chain(token)
    }

    /// Adds a value, for callers that build a form themselves.
    pub fn with(mut self, name: &str, value: &str) -> Posted {
        self.fields.entry(name.to_owned()).or_default().push(value.to_owned());
        self
    }
}
