//! The translations of a lesson beside its source: which are missing, and which blocks of the others are behind.

use std::ops::Range;
use std::sync::Arc;

use super::front::Origin;
use super::lesson::LessonFile;
use super::model::{BlockChange, BlockState, TextState, Translation};
use super::translation::{Pair, TextBlock, compare, hashed, said};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::fold::is_letter;
use crate::locale::Locale;

/// The least length of an abbreviated hash of a whole text.
const SHORT_HASH: usize = 12;

/// Characters of a block that are shown to find it by.
const EXCERPT: usize = 120;

/// A lesson in one language.
#[derive(Debug)]
pub(super) struct Written<'c> {
    pub(super) locale: Locale,
    pub(super) source: &'c Source,
    pub(super) file: Arc<LessonFile>,
}

/// How a version of a lesson stands to its source. The source itself is no translation.
pub(super) fn state(
    original: &Written<'_>,
    other: &Written<'_>,
) -> (TextState, Option<Translation>) {
    if other.locale == original.locale {
        return (TextState::Source, None);
    }
    let pairs = pairs(original, other);
    let there = pair_place(original, other);
    let change = |pair: &Pair| BlockChange {
        state: pair.state,
        source: pair.source.map(|place| original.begins(place)).unwrap_or_default(),
        translation: there(pair).map(|place| other.begins(place)).unwrap_or_default(),
    };
    let is_done = |pair: &&Pair| pair.state == BlockState::Done;
    let translation = Translation {
        done: pairs.iter().filter(is_done).count(),
        behind: pairs.iter().filter(|pair| !is_done(pair)).map(change).collect(),
    };
    let state = if translation.behind.is_empty() { TextState::Done } else { TextState::Stale };
    (state, Some(translation))
}

/// The blocks of both, side by side. Of a translation that does not say what it was made from, all may be stale.
fn pairs(original: &Written<'_>, other: &Written<'_>) -> Vec<Pair> {
    let source = &original.file.blocks;
    let all = |state| {
        (0..source.len()).map(move |place| Pair {
            state,
            source: Some(place),
            translation: Some(place),
        })
    };
    match &other.file.front.translated_from {
        Origin::Blocks(recorded) => compare(original.hashed(), recorded),
        Origin::Whole(hash) if is_made_from(hash, &original.file.hash) => {
            all(BlockState::Done).collect()
        }
        Origin::Whole(_) | Origin::Unsaid => all(BlockState::Stale).collect(),
    }
}

/// Where the translation of a pair is to be found: nowhere if its blocks do not stand as their origins do.
fn pair_place(original: &Written<'_>, other: &Written<'_>) -> impl Fn(&Pair) -> Option<usize> {
    let of = match &other.file.front.translated_from {
        Origin::Blocks(recorded) => recorded.len(),
        Origin::Whole(_) | Origin::Unsaid => original.file.blocks.len(),
    };
    let is_parallel = other.file.blocks.len() == of;
    move |pair| pair.translation.filter(|_| is_parallel)
}

impl Written<'_> {
    /// The blocks with their hashes: those of a source whose translations record none are never asked for.
    fn hashed(&self) -> &[TextBlock] {
        let LessonFile { front, blocks, hashed: known, .. } = self.file.as_ref();
        known.get_or_init(|| hashed(self.source, blocks, &said(&front.title, &front.sources)))
    }

    /// The beginning of a block on one line; of the front matter it is the title.
    fn begins(&self, place: usize) -> String {
        match (place, self.file.blocks.get(place)) {
            (0, _) => self.file.front.title.clone(),
            (_, Some(block)) => excerpt(self.source.slice(block.clone())),
            (_, None) => String::new(),
        }
    }

    /// The first line of a block.
    fn line(&self, place: usize) -> Range<usize> {
        let Some(block) = self.file.blocks.get(place) else { return 0..0 };
        block.start..self.source.line_range(block.start).end.max(block.start)
    }
}

/// Is the recorded hash, perhaps abbreviated, that of the source?
pub(super) fn is_made_from(recorded: &str, source: &str) -> bool {
    recorded.len() >= SHORT_HASH && source.starts_with(recorded)
}

/// The beginning on one line. Of a long block nothing more is read than is shown.
fn excerpt(text: &str) -> String {
    let mut rest = text.chars();
    rest.nth(EXCERPT - 1);
    let begins = text.strip_suffix(rest.as_str()).unwrap_or_default();
    if is_one_line(begins) && !text.ends_with(char::is_whitespace) {
        return begins.to_owned() + if rest.as_str().is_empty() { "" } else { "…" };
    }
    let mut line = String::with_capacity(text.len().min(2 * EXCERPT));
    let (mut length, mut start) = (0, 0);
    for (at, sign) in text.char_indices() {
        if !is_letter(sign) && sign.is_whitespace() {
            line.push_str(text.get(start..at).unwrap_or_default());
            start = at + sign.len_utf8();
            continue;
        }
        if at == start && !line.is_empty() && length < EXCERPT {
            line.push(' ');
            length += 1;
        }
        if length == EXCERPT {
            return line + text.get(start..at).unwrap_or_default() + "…";
        }
        length += 1;
    }
    line + text.get(start..).unwrap_or_default()
}

/// Is a text, as most are, certainly written on one line with single spaces? White space outside ASCII begins with one of
/// these four bytes.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let may_be_space = |byte: u8| (byte < b' ') | matches!(byte, 0xc2 | 0xe1..=0xe3);
    let is_double = |(one, next): (&u8, &u8)| (*one == b' ') & (*next == b' ');
    !text.starts_with(' ')
        && !bytes.iter().fold(false, |found, byte| found | may_be_space(*byte))
        && !bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, two| found | is_double(two))
}

/// Reports missing translations, and what is behind in the others.
pub(super) fn check_languages(
    original: &Written<'_>,
    translations: &[Written<'_>],
    languages: &[Locale],
    out: &mut Diagnostics,
) {
    let there = |locale: &Locale| {
        *locale == original.locale || translations.iter().any(|other| other.locale == *locale)
    };
    for locale in languages.iter().filter(|locale| !there(locale)) {
        let message = format!("the translation into `{}` is missing", locale.code());
        out.push(Diagnostic::of_file("C030", Level::Warning, &original.source.file, message));
    }
    for other in translations {
        check_translation(original, other, out);
    }
}

fn check_translation(original: &Written<'_>, other: &Written<'_>, out: &mut Diagnostics) {
    let file = &other.source.file;
    match &other.file.front.translated_from {
        Origin::Unsaid => {
            let message = "this translation does not say which source text it was made from";
            let remark = Diagnostic::of_file("C032", Level::Warning, file, message);
            out.push(remark.help(whole_help(other)));
        }
        Origin::Whole(hash) if !is_made_from(hash, &original.file.hash) => {
            let message = "the source text has changed since this translation was made";
            let remark = Diagnostic::of_file("C031", Level::Warning, file, message);
            out.push(remark.help(whole_help(other)));
        }
        Origin::Whole(_) => {}
        Origin::Blocks(recorded) => {
            let (here, said) = (other.file.blocks.len(), recorded.len());
            if here != said {
                let message =
                    format!("this translation has {here} blocks, but records the origin of {said}");
                let remark = Diagnostic::of_file("C034", Level::Warning, file, message);
                out.push(remark.help("each block of a translation stands for one of the source"));
            }
            for pair in compare(original.hashed(), recorded) {
                check_block(original, other, (&pair, recorded), out);
            }
        }
    }
}

fn whole_help(other: &Written<'_>) -> String {
    let file = &other.source.file;
    format!("when it says what the source says, run `bilik fmt --translated` with `{file}`")
}

fn check_block(
    original: &Written<'_>,
    other: &Written<'_>,
    (pair, recorded): (&Pair, &[String]),
    out: &mut Diagnostics,
) {
    let hash = |block: &TextBlock| block.hash.clone();
    let new = pair.source.and_then(|place| original.hashed().get(place)).map(hash);
    let new = new.unwrap_or_default();
    let old = pair.translation.and_then(|place| recorded.get(place)).cloned().unwrap_or_default();
    let (message, help) = match pair.state {
        BlockState::Done => return,
        BlockState::Stale => (
            "the source of this block has changed since it was translated",
            format!(
                "when it says what the source says, put `{new}` for `{old}` in `translated_from`"
            ),
        ),
        BlockState::Missing => (
            "a block of the source is not translated",
            format!("translate it and add `{new}` to `translated_from` at its place"),
        ),
        BlockState::Obsolete => (
            "the source has this block no more",
            format!("take it out, and `{old}` out of `translated_from`"),
        ),
    };
    let place = pair_place(original, other)(pair).map_or(0..0, |place| other.line(place));
    let remark = other.source.warning("C031", place, message).help(help);
    out.push(match pair.source {
        Some(place) => remark.related(original.source.place(original.line(place))),
        None => remark,
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_excerpt_is_the_beginning_on_one_line(text in "([a-zə]{0,50}[ \n\u{a0}]{0,3}){0,12}") {
            let line: Vec<char> =
                text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
            let mut begins: String = line.iter().take(EXCERPT).collect();
            begins.extend((line.len() > EXCERPT).then_some('…'));
            prop_assert_eq!(excerpt(&text), begins);
        }
    }
}
