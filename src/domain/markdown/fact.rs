//! Facts that go stale: `` `{gii-2025-az}` `` stands for the value in `facts.yml`, shown with its source and date.

use std::fmt::Write as _;
use std::ops::Range;

use super::escape::href;
use super::page::Page;
use crate::diagnostic::nearest;
use crate::format;
use crate::html::Html;
use crate::locale::{Locale, Texts};
use crate::slug::is_id;

/// The name of the fact that a code span stands for.
pub(super) fn fact_name(code: &str) -> Option<&str> {
    code.strip_prefix('{')?.strip_suffix('}').filter(|name| is_id(name))
}

impl Page<'_> {
    /// The value of a fact with its source and date; the name itself if nobody knows it.
    pub(super) fn write_fact(&mut self, name: &str, at: &Range<usize>, out: &mut String) {
        let Some(fact) = self.targets.facts.get(name) else {
            let known: Vec<&str> = self.targets.facts.keys().map(String::as_str).collect();
            let help = match nearest(name, &known) {
                Some(known) => format!("did you mean `{{{known}}}`?"),
                None => "define it in `courses/facts.yml`".to_owned(),
            };
            self.complain("M012", at, format!("unknown fact `{name}`"), help);
            let _ = write!(out, "<code>{{{}}}</code>", Html::text(name));
            return;
        };
        let said = |texts: &Texts| Html::text(texts.get(self.locale, Locale::En));
        let (value, source) = (said(&fact.value), said(&fact.source));
        let source = match fact.link.as_deref().filter(|link| link.starts_with("https://")) {
            Some(link) => format!("<a href=\"{}\" rel=\"noopener\">{source}</a>", href(link)),
            None => source.to_string(),
        };
        let day = Html::text(&format::date(self.locale, fact.as_of));
        let time = format!("<time datetime=\"{}\">{day}</time>", fact.as_of);
        let _ = write!(out, "{value} <small class=\"fact\">({source}, {time})</small>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (code, name) in [
            ("{gii-2025-az}", Some("gii-2025-az")),
            ("{}", None),
            ("{GII}", None),
            ("gii", None),
            ("{a b}", None),
        ] {
            assert_eq!(fact_name(code), name, "{code}");
        }
    }
}
