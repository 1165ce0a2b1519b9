//! How hard a text is to read, beside the level of the course: a remark, never more, for no formula knows a reader.
//!
//! The measure is that of Björnsson's LIX: words in a sentence, plus the share of long words in percent. What is a long
//! word depends on the language: more than 6 letters in English, 7 in Russian, and 8 in Azerbaijani, which adds
//! its endings to the word. Then one scale serves all three: below 40 newspapers, 50 reports, above 60 laws.

use memchr::memmem;

use super::model::Level;
use crate::diagnostic::{Diagnostic, Diagnostics, Level as Grave};
use crate::fold::is_letter;
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
        for start in memmem::find_iter(html.as_bytes(), "<p>") {
            let rest = html.get(start + "<p>".len()..).unwrap_or_default();
            measure(before(before(rest, "</p>"), "<p>"), locale, &mut reading);
        }
    }
    reading
}

fn before<'t>(text: &'t str, end: &str) -> &'t str {
    memmem::find(text.as_bytes(), end.as_bytes()).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Counts in a paragraph of markup.
fn measure(paragraph: &str, locale: Locale, reading: &mut Reading) {
    let mut sentence = Sentence { limit: long_from(locale), ..Sentence::default() };
    for piece in paragraph.split('<') {
        let text = piece.find('>').and_then(|at| piece.get(at + 1..)).unwrap_or(piece);
        sentence.read(text, reading);
    }
    sentence.end_word(reading);
    reading.sentences += usize::from(sentence.words > 0);
}

/// Words of more letters are long.
fn long_from(locale: Locale) -> usize {
    match locale {
        Locale::En => 6,
        Locale::Ru => 7,
        Locale::Az => 8,
    }
}

/// The sentence that is being read, letter by letter: a paragraph is read once, and nothing of it is copied.
#[derive(Debug, Default)]
struct Sentence {
    /// Letters of a word that is not yet long.
    limit: usize,
    /// Its words so far.
    words: usize,
    /// Letters of the word that is being read.
    letters: usize,
    /// Has that word a sign that ends a sentence, with nothing behind it but what closes?
    ends: Option<()>,
}

impl Sentence {
    fn read(&mut self, text: &str, reading: &mut Reading) {
        for sign in text.chars() {
            if is_letter(sign) {
                self.letters += 1;
                self.ends = None;
            } else if sign.is_whitespace() {
                self.end_word(reading);
            } else {
                self.ends = match sign {
                    '.' | '!' | '?' | '…' | ':' | ';' => Some(()),
                    '"' | '»' | '”' | '’' | ')' => self.ends,
                    _ => None,
                };
            }
        }
    }

    fn end_word(&mut self, reading: &mut Reading) {
        if self.letters > 0 {
            self.words += 1;
            reading.words += 1;
            reading.long += usize::from(self.letters > self.limit);
        }
        if self.words > 0 && self.ends.is_some() {
            reading.sentences += 1;
            self.words = 0;
        }
        (self.letters, self.ends) = (0, None);
    }
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
