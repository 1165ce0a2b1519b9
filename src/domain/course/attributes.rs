//! `{#id .class flag key=value 50%}` at the end of a heading or of an option's first line, read from the source line.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::diagnostic::{Diagnostics, Source, nearest};
use crate::edit::Edit;
use crate::quiz::grade::{Fraction, WHOLE};
use crate::slug::{ascii_slug, is_id};

/// The words of one pair of braces, taken one by one; what is left over is unknown.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    words: Vec<(String, Range<usize>)>,
    asked: Vec<&'static str>,
}

/// The end of a line split into what is read and its attributes.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Without attributes and the space before them.
    pub(super) text: Range<usize>,
    /// With the braces; empty if there are none.
    pub(super) braces: Range<usize>,
    /// What they hold.
    pub(super) attributes: Attributes,
}

/// Reads the braces at the end of a line, if all words in them look like attributes.
pub(super) fn read_line(source: &Source, line: Range<usize>) -> Line {
    let text = source.slice(line.clone()).trim_end();
    let end = line.start + text.len();
    let plain = Line { text: line.start..end, braces: end..end, attributes: Attributes::default() };
    let Some(start) = text.strip_suffix('}').and_then(|text| text.rfind('{')) else { return plain };
    let before = text.get(..start).unwrap_or_default();
    if !before.is_empty() && !before.ends_with(char::is_whitespace) {
        return plain;
    }
    let words = words(source, line.start + start + 1..end - 1);
    if words.is_empty() || !words.iter().all(|(word, _)| looks_like_attribute(word)) {
        return plain;
    }
    let text = line.start..line.start + before.trim_end().len();
    Line {
        text,
        braces: line.start + start..end,
        attributes: Attributes { words, asked: Vec::new() },
    }
}

/// The change that adds a word to the attributes of a line: an id before the others, anything else behind them.
pub(super) fn add_word(source: &Source, line: Range<usize>, word: &str) -> Edit {
    let read = read_line(source, line);
    if read.braces.is_empty() {
        Edit::insert(read.text.end, format!(" {{{word}}}"))
    } else if word.starts_with('#') {
        Edit::insert(read.braces.start + 1, format!("{word} "))
    } else {
        Edit::insert(read.braces.end - 1, format!(" {word}"))
    }
}

/// Does the line carry an id, well formed or not?
pub(super) fn has_id(source: &Source, line: Range<usize>) -> bool {
    read_line(source, line).attributes.words.iter().any(|(word, _)| word.starts_with('#'))
}

fn words(source: &Source, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let text = source.slice(range.clone());
    let mut words = Vec::new();
    let mut at = range.start;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim();
        if !word.is_empty() {
            words.push((word.to_owned(), at..at + word.len()));
        }
        at += part.len();
    }
    words
}

fn looks_like_attribute(word: &str) -> bool {
    let name = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if let Some(rest) = word.strip_prefix(['#', '.']) {
        return !rest.is_empty();
    }
    match word.split_once('=') {
        Some((key, value)) => name(key) && !value.is_empty(),
        None => {
            percent(word).is_some()
                || (name(word) && word.starts_with(|c: char| c.is_ascii_lowercase()))
        }
    }
}

impl Attributes {
    /// The `#id`, if it is written and well formed.
    pub(super) fn id(&mut self, source: &Source, out: &mut Diagnostics) -> Option<String> {
        let (word, at) = self.remove(|word| word.starts_with('#'))?;
        let id = word.trim_start_matches('#').to_owned();
        if is_id(&id) {
            return Some(id);
        }
        let message = format!("id `{id}` may hold only a–z, 0–9 and `-`, at most 64 of them");
        let name = ascii_slug(&id);
        let remark = source.error("Q004", at.clone(), message);
        out.push(match is_id(&name) {
            true => {
                remark.help(format!("write `#{name}`")).fix(Edit::replace(at, format!("#{name}")))
            }
            false => remark,
        });
        None
    }

    /// Is `.name` among the classes? Takes it.
    pub(super) fn class(&mut self, name: &'static str) -> Option<Range<usize>> {
        self.remove(|word| word.strip_prefix('.') == Some(name)).map(|(_, at)| at)
    }

    /// All classes that are left.
    pub(super) fn classes(&mut self) -> Vec<(String, Range<usize>)> {
        let words = std::mem::take(&mut self.words);
        let (classes, rest) = words.into_iter().partition(|(word, _)| word.starts_with('.'));
        self.words = rest;
        let named = |(word, at): (String, _)| (word.trim_start_matches('.').to_owned(), at);
        Vec::into_iter(classes).map(named).collect()
    }

    /// Is the flag written? Takes it.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<()> {
        self.asked.push(name);
        self.remove(|word| word == name).map(|_taken| ())
    }

    /// A bare percentage.
    pub(super) fn percentage(&mut self) -> Option<(Fraction, Range<usize>)> {
        let (word, at) = self.remove(|word| percent(word).is_some())?;
        Some((percent(&word)?, at))
    }

    /// `x2` as 2.
    pub(super) fn times(&mut self) -> Option<u32> {
        let times = |word: &str| {
            let number: u32 = word.strip_prefix('x')?.parse().ok()?;
            (1..=100).contains(&number).then_some(number)
        };
        let (word, _) = self.remove(|word| times(word).is_some())?;
        times(&word)
    }

    /// Is `name=…` written?
    pub(super) fn has(&self, name: &str) -> bool {
        self.words.iter().any(|(word, _)| word.split_once('=').is_some_and(|(key, _)| key == name))
    }

    /// A value, read; a value that cannot be read is reported and counts as not written.
    pub(super) fn value<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        source: &Source,
        out: &mut Diagnostics,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let (value, at) = self.pair(name)?;
        let read = read(&value);
        if read.is_none() {
            out.push(source.error("Q005", at, format!("`{name}={value}`: expected {expected}")));
        }
        read
    }

    /// The text of `name=…` and where it stands.
    pub(super) fn pair(&mut self, name: &'static str) -> Option<(String, Range<usize>)> {
        self.asked.push(name);
        let (word, at) =
            self.remove(|word| word.split_once('=').is_some_and(|(key, _)| key == name))?;
        word.split_once('=').map(|(_, value)| (value.to_owned(), at))
    }

    /// Reports the words that nobody asked for.
    pub(super) fn finish(&mut self, source: &Source, out: &mut Diagnostics) {
        for (word, at) in std::mem::take(&mut self.words) {
            let name = word.split_once('=').map_or(word.as_str(), |(key, _)| key);
            let what = if word.starts_with('.') { "class" } else { "attribute" };
            let remark = source.error("Q005", at.clone(), format!("unknown {what} `{word}`"));
            out.push(match nearest(name, &self.asked) {
                Some(known) => remark
                    .help(format!("did you mean `{known}`?"))
                    .fix(Edit::replace(at.start..at.start + name.len(), known)),
                None => remark,
            });
        }
    }

    fn remove(&mut self, wanted: impl Fn(&str) -> bool) -> Option<(String, Range<usize>)> {
        let index = self.words.iter().position(|(word, _)| wanted(word))?;
        Some(self.words.remove(index))
    }
}

/// `70%`, `-25%`, `33.3%` as a share, from −100 % to 100 %.
pub(super) fn percent(text: &str) -> Option<Fraction> {
    let number = text.strip_suffix('%')?.replace(',', ".").replace('−', "-");
    let plain = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let value: Decimal = number.trim_start_matches('+').parse().ok().filter(|_| plain)?;
    let units = value.checked_mul(Decimal::from(WHOLE / 100))?.round().to_i64()?;
    (-WHOLE..=WHOLE).contains(&units).then_some(Fraction(units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_attributes_are_attributes() {
        for (line, text) in [
            ("- [x] Tooling {#tool pin 50%}", "- [x] Tooling"),
            ("the set {1, 2}", "the set {1, 2}"),
            ("\\frac{1}{2}", "\\frac{1}{2}"),
            ("a{#b}", "a{#b}"),
            ("{}", "{}"),
            ("}", "}"),
            ("x {#şəkil}  ", "x"),
        ] {
            let source = Source::new("a.md", line.to_owned());
            assert_eq!(source.slice(read_line(&source, 0..line.len()).text), text);
        }
    }

    #[test]
    fn percentages() {
        for (text, units) in [
            ("70%", Some(7_000_000)),
            ("-25%", Some(-2_500_000)),
            ("33,3%", Some(3_330_000)),
            ("101%", None),
            ("%", None),
        ] {
            assert_eq!(percent(text).map(|share| share.0), units, "{text}");
        }
    }
}
