//! `CommonMark` 0.31.2: all 652 examples of the specification.

use std::collections::BTreeSet;
use std::path::Path;

use super::page::{Dialect, Page};
use super::target::Targets;
use super::tree::{Document, plain_text};
use crate::diagnostic::Source;
use crate::locale::Locale;

/// An example of the specification: its number, the text, the markup it asks for.
struct Example {
    number: usize,
    text: String,
    markup: String,
}

fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/commonmark/spec-0.31.2.txt");
    let spec = std::fs::read_to_string(path).unwrap();
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let until = |lines: &mut std::str::Lines<'_>, end: &str| {
            let taken = lines.take_while(|line| *line != end);
            taken.map(|line| line.replace('→', "\t") + "\n").collect::<String>()
        };
        let text = until(&mut lines, ".");
        let markup = until(&mut lines, &fence);
        examples.push(Example { number: examples.len() + 1, text, markup });
    }
    examples
}

/// Our markup of a text, without anything that course-format.md adds, and before it is sanitised.
fn plain(text: &str) -> String {
    let source = Source::new("a.md", text.to_owned());
    let document = Document::plain(&source.text);
    let targets = Targets::default();
    let mut page = Page::new(&source, Locale::En, &targets, &document);
    page.dialect = Dialect::Plain;
    page.unsanitised(&document.spots)
}

/// The markup as a browser understands it: white space around blocks, the order of attributes and the way of escaping
/// mean nothing.
fn normal(markup: &str) -> String {
    const BLOCKS: &str = "p blockquote ul ol li pre h1 h2 h3 h4 h5 h6 hr div table br";
    let mut out = String::new();
    let mut rest = markup;
    let mut verbatim = false;
    while !rest.is_empty() {
        let length = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |at| at + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let name: String = piece
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if piece.starts_with('<') {
            verbatim = if name == "pre" { !piece.starts_with("</") } else { verbatim };
            let block = BLOCKS.split(' ').any(|known| known == name);
            if block && !verbatim {
                out.truncate(out.trim_end().len());
                rest = rest.trim_start();
            }
            out.push_str(&normal_tag(piece));
        } else if verbatim {
            out.push_str(&unescaped(piece));
        } else {
            let text = unescaped(piece);
            let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
            let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            out.push_str(&format!("{lead}{}{tail}", words.join(" ")));
        }
    }
    out.trim().to_owned()
}

fn normal_tag(tag: &str) -> String {
    let body = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    let mut parts: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut part = String::new();
    for letter in body.chars() {
        quoted ^= letter == '"';
        if letter == ' ' && !quoted {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(letter);
        }
    }
    parts.push(part);
    let name = parts.remove(0);
    let attributes: BTreeSet<String> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| unescaped(part)).collect();
    format!("<{name} {}>", attributes.into_iter().collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

#[test]
fn every_example_of_the_specification() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut failures = Vec::new();
    for example in &examples {
        let (given, asked) = (normal(&plain(&example.text)), normal(&example.markup));
        if given != asked {
            failures.push(format!(
                "{}: {:?}\n  asked {asked}\n  given {given}",
                example.number, example.text
            ));
        }
    }
    assert!(failures.is_empty(), "{} of 652\n{}", failures.len(), failures.join("\n"));
}

/// The words of markup, without its tags.
fn words(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As pages show it, a text says the same: with links that are refused, pictures that are missing, and without raw HTML.
#[test]
fn the_house_dialect_says_the_same() {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut compared = 0;
    let mut failures = Vec::new();
    for example in examples() {
        // What our additions read differently, or authors may not write.
        let ours = ["$", "~", "|", "[^", ": ", "![", "<", "`{", "{"];
        if ours.iter().any(|sign| example.text.contains(sign)) || example.text.starts_with("---") {
            continue;
        }
        let source = Source::new("1-m/1-a.en.md", example.text.clone());
        let document = Document::parse(&source.text, 0);
        let targets = Targets::default();
        let mut page = Page::new(&source, Locale::En, &targets, &document);
        let markup = page.render(&document.spots).to_string();
        let said = words(&markup).replace("Copy", "");
        compared += 1;
        if letters(&said) != letters(&words(&example.markup)) {
            failures.push(format!(
                "{}: {:?}\n  {}\n  {said}",
                example.number,
                example.text,
                words(&example.markup)
            ));
        }
        assert!(!plain_text(&document.spots).contains('\0'));
    }
    assert!(compared > 350, "{compared}");
    assert!(failures.is_empty(), "{} of {compared}\n{}", failures.len(), failures.join("\n"));
}
