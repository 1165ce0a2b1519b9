//! Raw HTML of authors: what of it will not be shown, said before the sanitiser takes it out.

use std::ops::Range;

use super::clean::{ELEMENTS, RARE_ELEMENTS, is_allowed};
use super::page::Page;

/// Raw elements inside each other: more are refused, because a browser's rules for unclosed ones cost more than they tell.
const MAX_OPEN: usize = 60;

/// A tag as it is written.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    closes: Option<()>,
    attributes: Vec<(String, String)>,
}

/// Elements without content.
const EMPTY: [&str; 6] = ["br", "col", "hr", "img", "wbr", "input"];

impl Page<'_> {
    /// Remarks about a piece of raw HTML; `None` if it may not be used at all.
    pub(super) fn check_raw(
        &mut self,
        markup: &str,
        range: &Range<usize>,
        open: &mut usize,
    ) -> Option<()> {
        for tag in tags(markup) {
            match tag.closes {
                Some(()) => *open = open.saturating_sub(1),
                None if EMPTY.contains(&tag.name.as_str()) => self.check_tag(&tag, range),
                None => {
                    *open += 1;
                    self.check_tag(&tag, range);
                }
            }
        }
        if *open > MAX_OPEN {
            let message = format!("raw HTML is nested more than {MAX_OPEN} deep");
            self.complain("M008", range, message, "close the elements that you open");
            return None;
        }
        Some(())
    }

    fn check_tag(&mut self, tag: &Tag, range: &Range<usize>) {
        let name = tag.name.as_str();
        let known = ELEMENTS.contains(&name) || RARE_ELEMENTS.contains(&name);
        if name == "img" {
            let help = "write ![what it shows](../media/picture.svg)";
            self.complain("C022", range, "a picture is written as raw HTML", help);
        } else if !known {
            let message = format!("raw HTML: `<{name}>` is not shown");
            let help = instead(name).unwrap_or("say it in Markdown");
            self.warn("C023", range, message, help);
        }
        let removed: Vec<String> = tag
            .attributes
            .iter()
            .filter(|(attribute, value)| {
                known && name != "img" && !is_allowed(name, attribute, value)
            })
            .map(|(attribute, _)| format!("`{attribute}`"))
            .collect();
        if !removed.is_empty() {
            let message = format!("raw HTML: {} of `<{name}>` is left out", removed.join(", "));
            let help = "looks come from the style of the site; ids from headings";
            self.warn("M007", range, message, help);
        }
    }
}

/// What to write in place of an element that is not shown.
fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        "svg" => "put the drawing into `media/` and write ![what it shows](../media/drawing.svg)",
        "math" => "write the formula between dollar signs: `$E = mc^2$`",
        "video" | "iframe" | "embed" | "object" => {
            "write a link to the video on a line of its own: [Title](../media/film.mp4)"
        }
        "style" | "font" | "center" => "looks come from the style of the site",
        "h1" => "the title comes from the front matter; begin the text with `## …`",
        "script" => "nothing that an author writes is executed",
        "input" | "form" | "button" | "select" | "textarea" => {
            "write a quiz: a heading with `{.quiz}`"
        }
        _ => return None,
    })
}

/// The tags of a piece of markup; comments are passed over.
fn tags(markup: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (closes, body) = match after.strip_prefix('/') {
            Some(body) => (Some(()), body),
            None => (None, after),
        };
        let length = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let (name, after) =
            body.split_at_checked(length.unwrap_or(body.len())).unwrap_or((body, ""));
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (attributes, after) = attributes(after);
            tags.push(Tag { name: name.to_ascii_lowercase(), closes, attributes });
            rest = after;
        } else {
            rest = after;
        }
    }
    tags
}

/// The attributes up to the end of the tag, and what follows.
fn attributes(tag: &str) -> (Vec<(String, String)>, &str) {
    let mut attributes = Vec::new();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<');
        let length = rest.find(ends).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if name.is_empty() && !after.starts_with('=') {
            return (attributes, after);
        }
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        attributes.push((name.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => text.get(1..).and_then(|text| text.split_once(quote)).unwrap_or((text, "")),
        None => {
            let length = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
            text.split_at_checked(length).unwrap_or((text, ""))
        }
    }
}
