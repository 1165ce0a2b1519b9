//! A page as people read it.

use scraper::{ElementRef, Html, Selector};

use super::app::Answer;
use super::browser::Browser;
use super::form::Form;

/// An answer that was read as HTML.
pub struct Page {
    pub status: u16,
    /// Where the browser is after redirects.
    pub path: String,
    answer: Answer,
    browser: Browser,
    document: Html,
}

impl Page {
    pub fn new(browser: Browser, path: String, answer: Answer) -> Page {
        let document = Html::parse_document(&String::from_utf8_lossy(&answer.body));
        Page { status: answer.status, path, answer, browser, document }
    }

    /// The source of the page.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.answer.body).into_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> String {
        let value = self.answer.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    }

    /// What stands in the main part, with single spaces.
    pub fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// The main heading.
    pub fn heading(&self) -> String {
        self.texts("h1").join(" ")
    }

    /// The texts of all elements that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.document.select(&parsed(selector)).map(text_of).collect()
    }

    /// The attribute of the first element that a selector finds, or nothing.
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        self.attributes(selector, name).into_iter().next().unwrap_or_default()
    }

    /// The attribute of all elements that a selector finds and that have it.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = parsed(selector);
        let found = self.document.select(&selector);
        found.filter_map(|element| element.attr(name)).map(ToOwned::to_owned).collect()
    }

    /// Is there such an element?
    pub fn has(&self, selector: &str) -> bool {
        self.document.select(&parsed(selector)).next().is_some()
    }

    /// Fails unless the main part says this.
    pub fn says(&self, text: &str) -> &Page {
        assert!(
            self.text().contains(text),
            "{} ({}) does not say “{text}” but: {}",
            self.path,
            self.status,
            self.text()
        );
        self
    }

    /// Fails if the main part says this.
    pub fn does_not_say(&self, text: &str) -> &Page {
        assert!(!self.text().contains(text), "{} says “{text}”", self.path);
        self
    }

    /// Fails unless the answer has this status.
    pub fn is(&self, status: u16) -> &Page {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }

    /// Follows the link with this text.
    pub async fn follow(&self, text: &str) -> Page {
        let link =
            self.document.select(&parsed("a[href]")).find(|link| text_of(*link).contains(text));
        let link =
            link.unwrap_or_else(|| panic!("{}: no link “{text}” in: {}", self.path, self.text()));
        self.browser.get(link.attr("href").unwrap_or_default()).await
    }

    /// The form whose address ends like this.
    pub fn form(&self, action: &str) -> Form<'_> {
        let forms: Vec<ElementRef<'_>> = self.document.select(&parsed("form")).collect();
        let found =
            forms.iter().find(|form| form.attr("action").is_some_and(|to| to.ends_with(action)));
        let form = found.unwrap_or_else(|| {
            let known: Vec<&str> = forms.iter().filter_map(|form| form.attr("action")).collect();
            panic!("{} ({}): no form {action} among {known:?}", self.path, self.status)
        });
        Form::new(self.browser.clone(), self.path.clone(), *form)
    }
}

/// The text of an element with single spaces.
pub fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|why| panic!("{selector}: {why}"))
}
