//! Code in colours: classes around comments, strings, numbers and names. One pass over the text, no grammar to load.

mod out;
mod language;
mod code;
mod markup;
mod style;
mod lines;

use language::{Shape, language};
use out::Out;

/// The names under which languages may be asked for.
pub(super) fn names() -> Vec<&'static str> {
    language::names()
}

/// Is the language known, or one that has no colours by intent?
pub(super) fn is_known(name: &str) -> bool {
    matches!(name, "text" | "txt" | "plain" | "output") || language(name).is_some()
}

/// Escaped markup of a text in the language of that name.
pub(super) fn highlight(name: &str, text: &str) -> String {
    let mut out = Out::default();
    match language(name) {
        Some(Shape::Code(rules)) => code::write(rules, text, &mut out),
        Some(Shape::Markup) => markup::write(text, &mut out),
        Some(Shape::Style) => style::write(text, &mut out),
        Some(Shape::Prose) => lines::write_prose(text, &mut out),
        Some(Shape::Changes) => lines::write_changes(text, &mut out),
        None => out.plain(text),
    }
    out.finish()
}

#[cfg(test)]
mod tests;
