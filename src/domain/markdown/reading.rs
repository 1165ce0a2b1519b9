//! How long a text takes to read.

use pulldown_cmark::{Event, Tag};

use super::tree::Spot;
use crate::fold::is_letter;
use crate::locale::Locale;

/// Words a minute that grown-ups read silently with understanding. English: 220, a little under the 238 that Brysbaert
/// (2019) found in 190 studies, for texts that are studied. Russian: 180 (Trauzettel-Klosinski and others, 2012: 184).
/// Azerbaijani was not measured: 160 after Turkish (166 in the same study), whose words are as long.
fn words_a_minute(locale: Locale) -> u32 {
    match locale {
        Locale::Az => 160,
        Locale::En => 220,
        Locale::Ru => 180,
    }
}

/// Seconds for what is not read word by word.
const FIGURE: u32 = 12;
const FORMULA: u32 = 4;
const FORMULA_ALONE: u32 = 12;
/// Seconds for a question: read, think, answer, read the feedback.
const QUESTION: u32 = 60;

/// How long a text takes with its figures, formulas and questions, in seconds.
pub fn reading_seconds(spots: &[Spot<'_>], questions: u32, locale: Locale) -> u32 {
    let mut words: u32 = 0;
    let mut seconds = questions.saturating_mul(QUESTION);
    for spot in spots {
        match &spot.event {
            Event::Text(text) | Event::Code(text) => {
                words = words.saturating_add(count(text));
            }
            Event::InlineMath(_) => seconds = seconds.saturating_add(FORMULA),
            Event::DisplayMath(_) => seconds = seconds.saturating_add(FORMULA_ALONE),
            Event::Start(Tag::Image { .. }) => seconds = seconds.saturating_add(FIGURE),
            Event::Start(_)
            | Event::End(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    seconds.saturating_add(words.saturating_mul(60) / words_a_minute(locale))
}

/// The same in whole minutes, at least one.
pub fn minutes(seconds: u32) -> u32 {
    seconds.div_ceil(60).max(1)
}

/// Words: what stands between spaces and holds a letter or a digit.
fn count(text: &str) -> u32 {
    let mut words: u32 = 0;
    let mut counted = None;
    for sign in text.chars() {
        // Letters first: they are most of a text.
        if is_letter(sign) || sign.is_numeric() {
            words = words.saturating_add(u32::from(counted.is_none()));
            counted = Some(());
        } else if sign.is_whitespace() {
            counted = None;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::tree::Document;

    #[test]
    fn times() {
        let words = "word ".repeat(440);
        for (text, questions, locale, seconds) in [
            ("", 0, Locale::En, 0),
            (words.as_str(), 0, Locale::En, 120),
            (words.as_str(), 0, Locale::Az, 165),
            (words.as_str(), 3, Locale::Ru, 326),
            ("![a](b)", 0, Locale::En, 12),
            ("$x$", 0, Locale::En, 4),
            ("$$x$$", 0, Locale::En, 12),
            ("a\u{a0}b — 5 ½! *(c)*d", 0, Locale::En, 60 * 6 / 220),
        ] {
            let document = Document::parse(text, 0);
            assert_eq!(reading_seconds(&document.spots, questions, locale), seconds, "{text}");
        }
        assert_eq!((minutes(0), minutes(60), minutes(61)), (1, 1, 2));
    }
}
