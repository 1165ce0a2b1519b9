//! Programs and data: comments, texts, numbers and words.

use super::language::{Habit, Rules, lists};
use super::out::{Kind, Out, cut, line_length, quoted_length, while_length};

/// A place in the text.
struct Reader<'r, 't> {
    rules: &'r Rules,
    rest: &'t str,
    /// The character before.
    before: char,
    /// Nothing but spaces and list marks stood in this line so far.
    fresh: Option<()>,
}

pub(super) fn write(rules: &Rules, text: &str, out: &mut Out) {
    let mut reader = Reader { rules, rest: text, before: '\n', fresh: Some(()) };
    while !reader.rest.is_empty() {
        let found = reader.line_start().or_else(|| reader.comment()).or_else(|| reader.quoted());
        match found.or_else(|| reader.special()).or_else(|| reader.word_or_number()) {
            Some((kind, length)) if length > 0 => out.put(kind, reader.take(length)),
            Some(_) | None => {
                let length = reader.plain_length();
                out.plain(reader.take(length));
            }
        }
    }
}

impl<'t> Reader<'_, 't> {
    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = cut(self.rest, length);
        self.before = taken.chars().next_back().unwrap_or(self.before);
        let stays = self.fresh.is_some() && matches!(taken, " " | "-");
        self.fresh = (stays || self.before == '\n').then_some(());
        self.rest = rest;
        taken
    }

    /// Up to where something else may begin: at least one character.
    fn plain_length(&self) -> usize {
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        if is_word(self.rest.chars().next().unwrap_or(' ')) {
            return first.max(while_length(self.rest, is_word));
        }
        first
    }

    fn comment(&self) -> Option<(Kind, usize)> {
        let begins = |sign: &&&str| {
            self.rest.starts_with(**sign) && (**sign != "#" || self.before.is_whitespace())
        };
        if self.rules.comment.iter().any(|sign| begins(&sign)) {
            return Some((Kind::Comment, line_length(self.rest)));
        }
        let (open, close) = self.rules.block_comment?;
        let body = self.rest.strip_prefix(open)?;
        let length = body.find(close).map_or(body.len(), |at| at + close.len());
        Some((Kind::Comment, open.len() + length))
    }

    fn quoted(&self) -> Option<(Kind, usize)> {
        let quote = self.rules.quotes.iter().find(|quote| self.rest.starts_with(**quote))?;
        let many_lines = quote.len() > 1 || *quote == "`" || self.rules.habit == Habit::Rust;
        let within = if many_lines { self.rest } else { cut(self.rest, line_length(self.rest)).0 };
        let length = quoted_length(within, quote).unwrap_or(within.len());
        let after = self.rest.get(length..).unwrap_or_default();
        let is_key = after.trim_start_matches(' ').starts_with(':');
        Some((if is_key { Kind::Key } else { Kind::Text }, length))
    }

    /// What only one language has.
    fn special(&self) -> Option<(Kind, usize)> {
        match self.rules.habit {
            Habit::Rust if self.rest.starts_with("#[") || self.rest.starts_with("#![") => {
                let line = line_length(self.rest);
                let length = cut(self.rest, line).0.rfind(']').map_or(line, |at| at + 1);
                Some((Kind::Key, length))
            }
            Habit::Rust => {
                let body = self.rest.strip_prefix('\'')?;
                let letter = quoted_length(cut(self.rest, line_length(self.rest)).0, "'");
                let short = letter.filter(|length| *length <= 4 || body.starts_with('\\'));
                Some(short.map_or((Kind::Name, 1 + while_length(body, is_word)), |length| {
                    (Kind::Text, length)
                }))
            }
            Habit::Decorated => {
                let body = self.rest.strip_prefix('@')?;
                let length = while_length(body, |c| is_word(c) || c == '.');
                (length > 0).then_some((Kind::Key, length + 1))
            }
            Habit::Shell => {
                let body = self.rest.strip_prefix('$')?;
                let length = match body.strip_prefix('{') {
                    Some(name) => name.find('}').map_or(body.len(), |at| at + 2),
                    None => while_length(body, is_word)
                        .max(body.chars().next().map_or(0, char::len_utf8)),
                };
                Some((Kind::Name, length + 1))
            }
            Habit::Plain | Habit::AnyCase | Habit::Yaml | Habit::Toml => None,
        }
    }

    /// A key at the start of a line.
    fn line_start(&self) -> Option<(Kind, usize)> {
        self.fresh?;
        if !matches!(self.rules.habit, Habit::Yaml | Habit::Toml) {
            return None;
        }
        let (line, _) = cut(self.rest, line_length(self.rest));
        let key = |c: char| is_word(c) || matches!(c, '-' | '.' | '/' | ' ');
        match self.rules.habit {
            Habit::Yaml => {
                let length = while_length(line, key);
                let after = line.get(length..).unwrap_or_default();
                let ends = after == ":" || after.starts_with(": ");
                (ends && !line.starts_with(' ')).then_some((Kind::Key, length))
            }
            Habit::Toml if self.before == '\n' && line.starts_with('[') => {
                Some((Kind::Name, line.find(']').map_or(line.len(), |at| at + 1)))
            }
            Habit::Toml if self.before == '\n' => {
                let length = while_length(line, key);
                let after = line.get(length..).unwrap_or_default();
                after.starts_with('=').then_some((Kind::Key, length))
            }
            Habit::Toml
            | Habit::Plain
            | Habit::Rust
            | Habit::Decorated
            | Habit::Shell
            | Habit::AnyCase => None,
        }
    }

    fn word_or_number(&self) -> Option<(Kind, usize)> {
        let first = self.rest.chars().next()?;
        if is_word(self.before) {
            return None;
        }
        if first.is_ascii_digit() {
            let number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
            let (digits, _) = cut(self.rest, while_length(self.rest, number));
            return Some((Kind::Number, digits.trim_end_matches('.').len()));
        }
        let sign = usize::from(first == '#');
        let length = sign + while_length(self.rest.get(sign..)?, is_word);
        let (word, after) = cut(self.rest, length);
        self.word(word, after).map(|kind| (kind, length))
    }

    fn word(&self, word: &str, after: &str) -> Option<Kind> {
        let rules = self.rules;
        if lists(rules.constants, word, rules.habit) {
            return Some(Kind::Number);
        }
        if lists(rules.keywords, word, rules.habit) {
            return Some(Kind::Keyword);
        }
        let is_name = word.starts_with(char::is_alphabetic);
        let has_names = !matches!(rules.habit, Habit::Yaml | Habit::Toml | Habit::Shell);
        match after.chars().next() {
            Some('(' | '!') if is_name && has_names => Some(Kind::Function),
            _ if word.starts_with(char::is_uppercase)
                && has_names
                && rules.habit != Habit::AnyCase =>
            {
                Some(Kind::Name)
            }
            _ => None,
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
