//! HTML and XML.

use super::out::{Kind, Out, cut, while_length};

pub(super) fn write(text: &str, out: &mut Out) {
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(['<', '&']).unwrap_or(rest.len());
        let (before, after) = cut(rest, length);
        out.plain(before);
        rest = if after.starts_with("<!--") {
            let (comment, after) = cut(after, after.find("-->").map_or(after.len(), |at| at + 3));
            out.put(Kind::Comment, comment);
            after
        } else if after.starts_with('<') {
            write_tag(after, out)
        } else {
            write_entity(after, out)
        };
    }
}

fn write_entity<'t>(text: &'t str, out: &mut Out) -> &'t str {
    let name = text.get(1..).unwrap_or_default();
    let length = while_length(name, |c| c.is_ascii_alphanumeric() || c == '#');
    let closed = length > 0 && name.get(length..).is_some_and(|after| after.starts_with(';'));
    let (entity, after) = cut(text, if closed { length + 2 } else { 1.min(text.len()) });
    if closed {
        out.put(Kind::Number, entity)
    } else {
        out.plain(entity)
    }
    after
}

fn write_tag<'t>(text: &'t str, out: &mut Out) -> &'t str {
    let signs = while_length(text, |c| matches!(c, '<' | '/' | '!' | '?'));
    let (open, mut rest) = cut(text, signs);
    out.plain(open);
    let (name, after) = cut(rest, while_length(rest, is_name));
    if name.is_empty() {
        return rest;
    }
    out.put(Kind::Keyword, name);
    rest = after;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = match first {
            '>' => {
                out.plain(">");
                return rest.get(1..).unwrap_or_default();
            }
            '"' | '\'' => {
                let end = rest.get(1..).and_then(|text| text.find(first));
                (Some(Kind::Text), end.map_or(rest.len(), |at| at + 2))
            }
            first if is_name(first) => (Some(Kind::Key), while_length(rest, is_name)),
            first => (None, first.len_utf8()),
        };
        let (taken, after) = cut(rest, length);
        match kind {
            Some(kind) => out.put(kind, taken),
            None => out.plain(taken),
        }
        rest = after;
    }
    rest
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '@')
}
