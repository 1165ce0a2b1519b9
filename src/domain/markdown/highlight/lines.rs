//! Texts that are read line by line: Markdown, and what changed between two texts.

use super::out::{Kind, Out, cut};

pub(super) fn write_changes(text: &str, out: &mut Out) {
    for line in text.split_inclusive('\n') {
        let kind = match line.chars().next() {
            Some('+' | '-') if line.starts_with("+++") || line.starts_with("---") => Kind::Comment,
            Some('+') => Kind::Added,
            Some('-') => Kind::Removed,
            Some('@') => Kind::Name,
            Some('d' | 'i') => Kind::Comment,
            Some(_) | None => {
                out.plain(line);
                continue;
            }
        };
        out.put(kind, line);
    }
}

pub(super) fn write_prose(text: &str, out: &mut Out) {
    let mut fenced = None;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start();
        if words.starts_with("```") || words.starts_with("~~~") {
            fenced = if fenced.is_some() { None } else { Some(()) };
            out.put(Kind::Key, line);
        } else if fenced.is_some() {
            out.put(Kind::Text, line);
        } else if words.starts_with('#') {
            out.put(Kind::Keyword, line);
        } else if words.starts_with('>') {
            out.put(Kind::Comment, line);
        } else {
            write_words(line, out);
        }
    }
}

/// Marks of lists, code spans and what stands between brackets.
fn write_words(line: &str, out: &mut Out) {
    let (indent, words) = cut(line, line.len() - line.trim_start().len());
    out.plain(indent);
    let is_item = ["- ", "* ", "+ "].iter().any(|mark| words.starts_with(mark));
    let (mark, mut rest) = cut(words, if is_item { 1 } else { 0 });
    out.put(Kind::Keyword, mark);
    while let Some(at) = rest.find(['`', '[', '{']) {
        let (before, after) = cut(rest, at);
        out.plain(before);
        let (close, kind) = match after.chars().next() {
            Some('`') => ('`', Kind::Text),
            Some('[') => (']', Kind::Name),
            Some(_) | None => ('}', Kind::Key),
        };
        let length = after.get(1..).and_then(|body| body.find(close)).map(|length| length + 2);
        let (taken, after) = cut(after, length.unwrap_or(1));
        match length {
            Some(_) => out.put(kind, taken),
            None => out.plain(taken),
        }
        rest = after;
    }
    out.plain(rest);
}
