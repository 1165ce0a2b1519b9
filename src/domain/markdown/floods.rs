//! Texts that are meant to take long: each must be read in one pass, whatever its length.

use super::page::Page;
use super::target::Targets;
use super::tree::{Document, MAX_DEPTH};
use crate::diagnostic::Source;
use crate::locale::Locale;

/// A text of about so many bytes for each way of making readers of Markdown slow.
pub(crate) fn floods(bytes: usize) -> Vec<(&'static str, String)> {
    let times = |part: &str| part.repeat(bytes / part.len());
    let both = |open: &str, inner: &str, close: &str| {
        let count = bytes / (open.len() + close.len());
        format!("{}{inner}{}", open.repeat(count), close.repeat(count))
    };
    vec![
        ("quotes", times("> ") + "a"),
        ("lists", times("- ") + "a"),
        ("numbers", times("1. ") + "a"),
        ("brackets", both("[", "a", "]")),
        ("open brackets", times("[")),
        ("closed brackets", times("]")),
        ("pictures", times("![[]()")),
        ("links", times("[a](<b")),
        ("references", times("[a][b]")),
        ("emphasis", both("*a **a ", "b", " b** b*")),
        ("open emphasis", times("*a_ ")),
        ("closed emphasis", times("a** ")),
        ("mismatched emphasis", times("*a _ ")),
        ("strikes", times("~a ")),
        ("code", times("`a``b```")),
        ("formulas", times("$a$$")),
        ("braces", format!("${}$", both("{", "a", "}"))),
        ("one formula", format!("${}$", times("x+"))),
        ("tags", times("<b>")),
        ("open tags", times("<a b=\"")),
        ("comments", times("<!--")),
        ("declarations", times("<?")),
        ("entities", times("&amp")),
        ("backslashes", times("\\\\")),
        ("footnotes", times("[^1]")),
        ("addresses", times("https://a.b/)")),
        ("mail boxes", times("a@a.")),
        ("brackets in an address", format!("https://a.b/{}", times(")"))),
        ("tables", times("|a") + "\n" + &times("|-") + "\n"),
        ("rows", format!("|a|\n|-|\n{}", times("|b|\n"))),
        ("headings", times("## a\n")),
        ("definitions", times("a\n: b\n\n")),
        ("attributes", format!("# a {{{}}}", times("#a "))),
        ("callouts", times("> [!NOTE]\n> a\n\n")),
        ("code without an end", format!("```rust\n{}", times("'\"`#["))),
        ("keys", format!("```yaml\n{}", times("a "))),
        ("one line", times("word ")),
    ]
}

fn render(text: String) -> (usize, usize) {
    let source = Source::new("1-m/1-a.en.md", text);
    let document = Document::parse(&source.text, 0);
    if document.depth > MAX_DEPTH {
        return (document.depth, 0);
    }
    let targets = Targets::default();
    let mut page = Page::new(&source, Locale::En, &targets, &document);
    let markup = page.render(&document.spots);
    let notes = page.render_footnotes().unwrap_or_default();
    page.check_fragments();
    (document.depth, markup.as_str().len() + notes.as_str().len())
}

#[test]
fn floods_are_taken() {
    for (name, flood) in floods(12_000) {
        let length = flood.len();
        let (depth, written) = render(flood);
        assert!(depth > MAX_DEPTH || written < length * 200, "{name}: {written} bytes");
    }
}

#[test]
fn nested_deep_is_refused_and_wide_is_not() {
    for (name, flood) in floods(4_000) {
        let is_deep = matches!(name, "quotes" | "lists" | "numbers" | "emphasis");
        assert_eq!(render(flood).0 > MAX_DEPTH, is_deep, "{name}");
    }
}
