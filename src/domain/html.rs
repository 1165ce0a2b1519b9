//! Markup that is safe to put into a page as it is.

use std::fmt;

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
        for c in text.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                _ => out.push(c),
            }
        }
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

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
