//! The markup while it grows.

use crate::html::Html;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Comment,
    Text,
    Number,
    Keyword,
    /// A type, a variable of the shell, a part of a diff.
    Name,
    Function,
    /// A key, an attribute, a property.
    Key,
    Added,
    Removed,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Kind::Comment => "hl-c",
            Kind::Text => "hl-s",
            Kind::Number => "hl-n",
            Kind::Keyword => "hl-k",
            Kind::Name => "hl-t",
            Kind::Function => "hl-f",
            Kind::Key => "hl-a",
            Kind::Added => "hl-i",
            Kind::Removed => "hl-d",
        }
    }
}

/// Escaped markup.
#[derive(Debug, Default)]
pub(super) struct Out {
    markup: String,
}

impl Out {
    pub(super) fn plain(&mut self, text: &str) {
        self.markup.push_str(Html::text(text).as_str());
    }

    pub(super) fn put(&mut self, kind: Kind, text: &str) {
        if !text.is_empty() {
            let text = Html::text(text);
            self.markup.push_str(&format!("<span class=\"{}\">{text}</span>", kind.class()));
        }
    }

    pub(super) fn finish(self) -> String {
        self.markup
    }
}

/// The text cut after so many bytes.
pub(super) fn cut(text: &str, length: usize) -> (&str, &str) {
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// How many bytes of the text fit.
pub(super) fn while_length(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !fits(c)).unwrap_or(text.len())
}

/// The line without its end.
pub(super) fn line_length(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// How many bytes a quoted text has that begins with `quote` and ends with it, `\` escaping; `None` if it is not closed.
pub(super) fn quoted_length(text: &str, quote: &str) -> Option<usize> {
    let mut at = quote.len();
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(quote) {
            return Some(at + quote.len());
        }
        let mut letters = rest.chars();
        let first = letters.next()?;
        at += first.len_utf8();
        if first == '\\' {
            at += letters.next()?.len_utf8();
        }
    }
}
