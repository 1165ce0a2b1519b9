//! Markup that is safe to put into a page as it is.

use std::fmt;

use memchr::{memchr2_iter, memchr3_iter};
use serde::{Deserialize, Serialize};

/// Sanitised HTML. Made only by `markdown`, or by escaping plain text, so templates may print it unescaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// Wraps markup that has been through the sanitiser. Only `markdown` calls this.
    pub(crate) fn sanitised(markup: String) -> Html {
        Html(markup)
    }

    /// Plain text, escaped.
    pub fn text(text: &str) -> Html {
        let mut out = String::with_capacity(text.len());
        push_text(&mut out, text);
        Html(out)
    }

    /// Several pieces, one after the other.
    pub fn joined(pieces: &[Html]) -> Html {
        Html(pieces.iter().map(Html::as_str).collect::<Vec<_>>().join("\n"))
    }

    /// What is read of it where no markup can stand, such as in the entries of a list: without tags, and escaped.
    pub fn without_tags(&self) -> Html {
        let mut out = String::with_capacity(self.0.len());
        let mut inside = false;
        for c in self.0.chars() {
            match c {
                '<' => inside = true,
                '>' if inside => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        Html(out)
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Adds plain text to markup, escaped. Most of it holds no sign that means something there, and is copied in long
/// stretches.
pub(crate) fn push_text(out: &mut String, text: &str) {
    let mut start = 0;
    for at in memchr3_iter(b'&', b'<', b'>', text.as_bytes()) {
        push_unquoted(out, text.get(start..at).unwrap_or_default());
        out.push_str(match text.as_bytes().get(at) {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            _ => "&gt;",
        });
        start = at + 1;
    }
    push_unquoted(out, text.get(start..).unwrap_or_default());
}

/// The same for a text in which only quotes have to be escaped.
fn push_unquoted(out: &mut String, text: &str) {
    let mut start = 0;
    for at in memchr2_iter(b'"', b'\'', text.as_bytes()) {
        out.push_str(text.get(start..at).unwrap_or_default());
        out.push_str(if text.as_bytes().get(at) == Some(&b'"') { "&quot;" } else { "&#39;" });
        start = at + 1;
    }
    out.push_str(text.get(start..).unwrap_or_default());
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
