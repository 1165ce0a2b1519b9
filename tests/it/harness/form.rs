//! A form that is filled in by its labels and sent by its button.

use scraper::{ElementRef, Node};

use super::browser::Browser;
use super::page::{Page, parsed, text_of};

/// A form of a page with what stands in it now.
pub struct Form<'a> {
    browser: Browser,
    path: String,
    form: ElementRef<'a>,
    action: String,
    fields: Vec<(String, String)>,
}

impl<'a> Form<'a> {
    pub fn new(browser: Browser, path: String, form: ElementRef<'a>) -> Form<'a> {
        let fields =
            form.select(&parsed("input, select, textarea")).filter_map(value_now).collect();
        let action = form.attr("action").unwrap_or_default().to_owned();
        Form { browser, path, form, action, fields }
    }

    /// Types into the field with this label, or chooses from its list by text or value.
    pub fn fill(self, label: &str, value: &str) -> Form<'a> {
        let control = self.labelled(label);
        let value = match control.value().name() {
            "select" => option(control, value),
            _ => value.to_owned(),
        };
        self.set(control.attr("name").unwrap_or_default(), &value)
    }

    /// Ticks the box, or chooses the option, with this label. Of the options with one name only one stays chosen.
    pub fn choose(mut self, label: &str) -> Form<'a> {
        let control = self.labelled(label);
        let (name, value) =
            (control.attr("name").unwrap_or_default(), control.attr("value").unwrap_or("on"));
        if control.attr("type") == Some("radio") {
            self.fields.retain(|(known, _)| known != name);
        }
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes the tick from the box with this label.
    pub fn untick(mut self, label: &str) -> Form<'a> {
        let control = self.labelled(label);
        let (name, value) =
            (control.attr("name").unwrap_or_default(), control.attr("value").unwrap_or("on"));
        self.fields.retain(|(known, kept)| known != name || kept != value);
        self
    }

    /// Sets a field by its name, for what has no label.
    pub fn set(mut self, name: &str, value: &str) -> Form<'a> {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What would be sent.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Sends the form with its first button.
    pub async fn submit(self) -> Page {
        let button = self.form.select(&parsed("button:not([type=button])")).next();
        self.send(button).await
    }

    /// Sends the form with the button that has this text.
    pub async fn press(self, text: &str) -> Page {
        let button =
            self.form.select(&parsed("button")).find(|button| text_of(*button).contains(text));
        assert!(button.is_some(), "{}: no button “{text}” in {}", self.path, self.action);
        self.send(button).await
    }

    async fn send(mut self, button: Option<ElementRef<'a>>) -> Page {
        let attribute =
            |name: &str| button.and_then(|button| button.attr(name)).map(ToOwned::to_owned);
        if let Some(name) = attribute("name") {
            self.fields.push((name, attribute("value").unwrap_or_default()));
        }
        let action = attribute("formaction").unwrap_or(self.action);
        if self.form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post")) {
            return self.browser.post_bare(&action, &self.fields).await;
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish();
        self.browser.get(&format!("{action}?{query}")).await
    }

    /// The control that a label names, by what the label says without hints.
    fn labelled(&self, text: &str) -> ElementRef<'a> {
        let labels: Vec<ElementRef<'a>> = self.form.select(&parsed("label")).collect();
        let found = labels
            .iter()
            .find(|label| own_text(**label) == text)
            .or_else(|| labels.iter().find(|label| text_of(**label).contains(text)));
        let label = found.unwrap_or_else(|| {
            let known: Vec<String> = labels.iter().map(|label| text_of(*label)).collect();
            panic!("{}: no label “{text}” in {} among {known:?}", self.path, self.action)
        });
        let control = match label.attr("for") {
            Some(id) => {
                self.form.select(&parsed("[id]")).find(|control| control.attr("id") == Some(id))
            }
            None => label.select(&parsed("input, select, textarea")).next(),
        };
        control.unwrap_or_else(|| panic!("{}: the label “{text}” belongs to no field", self.path))
    }
}

fn own_text(label: ElementRef<'_>) -> String {
    let own = label.children().filter_map(|child| match child.value() {
        Node::Text(text) => Some(text.to_string()),
        _ => None,
    });
    own.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a control sends if nobody touches it.
fn value_now(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let value = match (control.value().name(), control.attr("type")) {
        ("select", _) => {
            let chosen = control.select(&parsed("option[selected]")).next();
            let shown = chosen.or_else(|| control.select(&parsed("option")).next())?;
            shown.attr("value").map_or_else(|| text_of(shown), ToOwned::to_owned)
        }
        ("textarea", _) => control.text().collect(),
        (_, Some("checkbox" | "radio")) => {
            control.attr("checked")?;
            control.attr("value").unwrap_or("on").to_owned()
        }
        _ => control.attr("value").unwrap_or_default().to_owned(),
    };
    Some((name, value))
}

fn option(list: ElementRef<'_>, wanted: &str) -> String {
    let options: Vec<ElementRef<'_>> = list.select(&parsed("option")).collect();
    let found = options
        .iter()
        .find(|option| text_of(**option) == wanted || option.attr("value") == Some(wanted));
    let option = found.unwrap_or_else(|| panic!("no option “{wanted}”"));
    option.attr("value").map_or_else(|| text_of(*option), ToOwned::to_owned)
}
