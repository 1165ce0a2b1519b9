//! How hard a text is to read, beside the level of the course: a remark, never more, for no formula knows a reader.
//!
//! The measure is that of Björnsson's LIX: words in a sentence, plus the share of long words in percent. What is a long
//! word depends on the language: more than 6 letters in English, 7 in Russian, and 8 in Azerbaijani, which adds
//! its endings to the word. Then one scale serves all three: below 40 newspapers, 50 reports, above 60 laws.

use std::collections::VecDeque;

use super::model::Level;
use crate::diagnostic::{Diagnostic, Diagnostics, Level as Grave};
use crate::locale::Locale;

/// Fewer words say nothing about a text.
const ENOUGH: usize = 100;

/// How hard a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    words: usize,
    sentences: usize,
    long: usize,
}

impl Reading {
    /// Words in a sentence plus long words in a hundred.
    fn index(self) -> usize {
        self.words / self.sentences.max(1) + self.long * 100 / self.words.max(1)
    }
}

/// The hardest text that people of a level should be given.
fn limit(level: Level) -> usize {
    match level {
        Level::Beginner => 60,
        Level::Intermediate => 65,
        Level::Advanced => 72,
    }
}

/// Says so if a text is far harder than its course declares.
pub(super) fn check_reading(file: &str, reading: Reading, level: Level, out: &mut Diagnostics) {
    let (index, limit) = (reading.index(), limit(level));
    if reading.words < ENOUGH || index <= limit {
        return;
    }
    let message = format!(
        "hard to read for this level: {} words in a sentence, {} long words in a hundred",
        reading.words / reading.sentences.max(1),
        reading.long * 100 / reading.words.max(1),
    );
    let help = format!(
        "together {index}, at most {limit} for `level: {}`; split long sentences",
        name(level)
    );
    out.push(Diagnostic::of_file("C089", Grave::Info, file, message).help(help));
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Beginner => "beginner",
        Level::Intermediate => "intermediate",
        Level::Advanced => "advanced",
    }
}

/// Measures the paragraphs of rendered prose. Headings, lists without sentences, tables and code are no sentences.
pub(super) fn read_prose<'p>(prose: impl Iterator<Item = &'p str>, locale: Locale) -> Reading {
    let mut reading = Reading { words: 0, sentences: 0, long: 0 };
    for html in prose {
        let mut paragraphs: VecDeque<&str> = html.split("<p>").collect();
        paragraphs.pop_front();
        for paragraph in paragraphs {
            let text = plain(paragraph.split("</p>").next().unwrap_or_default());
            measure(&text, locale, &mut reading);
        }
    }
    reading
}

/// The text without its elements.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text
}

fn measure(paragraph: &str, locale: Locale, reading: &mut Reading) {
    let long = match locale {
        Locale::En => 6,
        Locale::Ru => 7,
        Locale::Az => 8,
    };
    let mut open = 0;
    for word in paragraph.split_whitespace() {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters > 0 {
            open += 1;
            reading.words += 1;
            reading.long += usize::from(letters > long);
        }
        if open > 0 && ends_sentence(word) {
            reading.sentences += 1;
            open = 0;
        }
    }
    reading.sentences += usize::from(open > 0);
}

fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '»', '”', '’', ')']).ends_with(['.', '!', '?', '…', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_long_words_are_counted() {
        let prose = "<h2>Not a sentence</h2><p>One two <b>three</b>. «Организация» (пять)!</p><p>And</p><table>x</table>";
        for (locale, long) in [(Locale::En, 1), (Locale::Ru, 1), (Locale::Az, 1)] {
            let reading = read_prose([prose].into_iter(), locale);
            assert_eq!(reading, Reading { words: 6, sentences: 3, long });
        }
    }

    #[test]
    fn only_hard_texts_are_named() {
        let easy = "We buy a tool. It is new. We use it at work. ".repeat(20);
        let hard = "Notwithstanding the aforementioned considerations regarding organisational \
                    transformation, stakeholders collectively acknowledged methodological \
                    limitations concerning institutional implementation of innovation programmes, \
                    particularly throughout preliminary experimentation. "
            .repeat(10);
        for (text, remarks) in [(easy, 0), (hard, 1)] {
            let mut out = Diagnostics::default();
            let reading = read_prose([format!("<p>{text}</p>").as_str()].into_iter(), Locale::En);
            check_reading("a.md", reading, Level::Beginner, &mut out);
            assert_eq!(out.iter().count(), remarks, "{reading:?}");
        }
    }
}
