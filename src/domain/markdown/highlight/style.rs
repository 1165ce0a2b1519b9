//! CSS.

use super::out::{Kind, Out, cut, line_length, quoted_length, while_length};

pub(super) fn write(text: &str, out: &mut Out) {
    let mut rest = text;
    let mut depth: usize = 0;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = piece(rest, first, depth);
        match first {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let (taken, after) = cut(rest, length.max(first.len_utf8()));
        match kind {
            Some(kind) => out.put(kind, taken),
            None => out.plain(taken),
        }
        rest = after;
    }
}

fn piece(rest: &str, first: char, depth: usize) -> (Option<Kind>, usize) {
    let body = rest.get(first.len_utf8()..).unwrap_or_default();
    match first {
        '/' if body.starts_with('*') => {
            (Some(Kind::Comment), rest.find("*/").map_or(rest.len(), |at| at + 2))
        }
        '"' | '\'' => {
            let line = cut(rest, line_length(rest)).0;
            let quote = if first == '"' { "\"" } else { "'" };
            (Some(Kind::Text), quoted_length(line, quote).unwrap_or(line.len()))
        }
        '@' => (Some(Kind::Keyword), 1 + while_length(body, is_name)),
        '.' | '#' if depth == 0 => (Some(Kind::Name), 1 + while_length(body, is_name)),
        '#' => (Some(Kind::Number), 1 + while_length(body, char::is_alphanumeric)),
        first if first.is_ascii_digit() => (
            Some(Kind::Number),
            while_length(rest, |c| c.is_alphanumeric() || matches!(c, '.' | '%')),
        ),
        first if is_name(first) => {
            let length = while_length(rest, is_name);
            let after = rest.get(length..).unwrap_or_default();
            let kind = match after.trim_start_matches(' ').chars().next() {
                Some('(') => Some(Kind::Function),
                Some(':') if depth > 0 => Some(Kind::Key),
                _ if depth == 0 => Some(Kind::Keyword),
                _ => None,
            };
            (kind, length)
        }
        first => (None, first.len_utf8()),
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}
