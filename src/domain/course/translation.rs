//! How a translation stands to its source, block by block. A translation records the blocks it was made from; the
//! difference to the blocks of today says what is done, stale or missing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::front::{HASH, split};
use super::model::BlockState;
use super::yaml::{Fields, list, text as text_of};
use crate::diagnostic::{Diagnostics, Source};
use crate::digest::short_sha256;
use crate::markdown::tree::{bytes, siblings};
use crate::markdown::{Document, Spot};

/// Beyond this many comparisons blocks are matched by their hashes alone, whatever their order.
const MAX_COMPARISONS: usize = 1_000_000;

/// A block of a lesson: its hash and its bytes in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextBlock {
    /// `b` and the first characters of the SHA-256 of its text.
    pub hash: String,
    /// Where it stands.
    pub range: Range<usize>,
}

/// A block of the source beside its translation, by their places; one of them may be lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// How the translation stands.
    pub state: BlockState,
    /// Place among the blocks of the source.
    pub source: Option<usize>,
    /// Place among the blocks of the translation.
    pub translation: Option<usize>,
}

/// The blocks of a lesson file: what is said in its front matter is the first, then each paragraph, heading, list,
/// table and so on of the outermost level.
pub fn blocks(text: &str) -> Vec<TextBlock> {
    let source = Source::new("", text.to_owned());
    let (yaml, body) = split(&source).unwrap_or((0..0, 0));
    let (mut title, mut sources) = (String::new(), Vec::new());
    if let Some(mut fields) = Fields::read(&source, yaml.clone(), &mut Diagnostics::default()) {
        title = fields.take("title", text_of).unwrap_or_default();
        let found = fields.take("sources", list).unwrap_or_default();
        sources = found.into_iter().map(|(text, _)| text).collect();
    }
    let document = Document::parse(&source.text, body);
    hashed(&source, &places_of(&source, yaml, &document), &said(&title, &sources))
}

/// The hashes of the blocks, as a translation records them in `translated_from`.
pub fn stamp(text: &str) -> Vec<String> {
    blocks(text).into_iter().map(|block| block.hash).collect()
}

/// What is translated of a front matter.
pub(super) fn said(title: &str, sources: &[String]) -> String {
    let words: Vec<&str> =
        std::iter::once(title).chain(sources.iter().map(String::as_str)).collect();
    words.join("\n")
}

/// Where the blocks of a file stand that is parsed already: its front matter first.
pub(super) fn places_of(
    source: &Source,
    yaml: Range<usize>,
    document: &Document<'_>,
) -> Vec<Range<usize>> {
    let place = |node: &[Spot<'_>]| source.trimmed(bytes(node));
    let nodes = siblings(&document.spots);
    std::iter::once(yaml).chain(nodes.into_iter().map(place)).collect()
}

/// The blocks in these places with their hashes; `said` is what the first of them says.
pub(super) fn hashed(source: &Source, places: &[Range<usize>], said: &str) -> Vec<TextBlock> {
    let texts =
        std::iter::once(said).chain(places.iter().skip(1).map(|place| source.slice(place.clone())));
    let block =
        |(place, text): (&Range<usize>, &str)| TextBlock { hash: hash(text), range: place.clone() };
    places.iter().zip(texts).map(block).collect()
}

/// Line ends and spaces before them do not count.
fn hash(text: &str) -> String {
    let text = match text.contains('\n') {
        true => Cow::Owned(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")),
        false => Cow::Borrowed(text.trim_end()),
    };
    "b".to_owned() + &short_sha256(text.as_bytes(), (HASH - 1) / 2)
}

/// Sets the source as it is now beside a translation made from the `recorded` blocks.
pub fn compare(source: &[TextBlock], recorded: &[String]) -> Vec<Pair> {
    let now: Vec<&str> = source.iter().map(|block| block.hash.as_str()).collect();
    let then: Vec<&str> = recorded.iter().map(String::as_str).collect();
    let mut pairs = Vec::new();
    let (mut here, mut there) = (0, 0);
    for (new, old) in kept(&now, &then).into_iter().chain([(now.len(), then.len())]) {
        pairs.extend(changed(here..new, there..old));
        if new < now.len() {
            let (source, translation) = (Some(new), Some(old));
            pairs.push(Pair { state: BlockState::Done, source, translation });
        }
        (here, there) = (new + 1, old + 1);
    }
    pairs
}

/// Between two blocks that stayed: what stands in the same place was changed; the rest came or went.
fn changed(new: Range<usize>, old: Range<usize>) -> impl Iterator<Item = Pair> {
    let length = new.len().max(old.len());
    (0..length).filter_map(move |index| {
        let source = new.clone().nth(index);
        let translation = old.clone().nth(index);
        let state = match (source, translation) {
            (Some(_), Some(_)) => BlockState::Stale,
            (Some(_), None) => BlockState::Missing,
            (None, Some(_)) => BlockState::Obsolete,
            (None, None) => return None,
        };
        Some(Pair { state, source, translation })
    })
}

/// The places of blocks that stayed, in both lists rising: a longest common subsequence.
fn kept(now: &[&str], then: &[&str]) -> Vec<(usize, usize)> {
    let head = now.iter().zip(then).take_while(|(a, b)| a == b).count();
    let (now_rest, then_rest) =
        (now.get(head..).unwrap_or_default(), then.get(head..).unwrap_or_default());
    let tail =
        now_rest.iter().rev().zip(then_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (now_middle, then_middle) = (
        now_rest.get(..now_rest.len() - tail).unwrap_or_default(),
        then_rest.get(..then_rest.len() - tail).unwrap_or_default(),
    );
    let middle = if now_middle.len().saturating_mul(then_middle.len()) <= MAX_COMPARISONS {
        longest(now_middle, then_middle)
    } else {
        onward(now_middle, then_middle)
    };
    let ends = (0..tail).rev().map(|back| (now.len() - 1 - back, then.len() - 1 - back));
    (0..head)
        .map(|place| (place, place))
        .chain(middle.into_iter().map(|(a, b)| (a + head, b + head)))
        .chain(ends)
        .collect()
}

/// The longest common subsequence, by the table of its lengths.
fn longest(now: &[&str], then: &[&str]) -> Vec<(usize, usize)> {
    let width = then.len() + 1;
    let mut lengths = vec![0_u32; (now.len() + 1) * width];
    let at = |lengths: &[u32], a: usize, b: usize| lengths.get(a * width + b).copied().unwrap_or(0);
    for (a, left) in now.iter().enumerate().rev() {
        for (b, right) in then.iter().enumerate().rev() {
            let length = if left == right {
                at(&lengths, a + 1, b + 1) + 1
            } else {
                at(&lengths, a + 1, b).max(at(&lengths, a, b + 1))
            };
            if let Some(cell) = lengths.get_mut(a * width + b) {
                *cell = length;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    while let (Some(left), Some(right)) = (now.get(a), then.get(b)) {
        if left == right {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if at(&lengths, a + 1, b) >= at(&lengths, a, b + 1) {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

/// A common subsequence that may not be the longest: each block takes the next place with its hash.
fn onward(now: &[&str], then: &[&str]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, hash) in then.iter().enumerate().rev() {
        places.entry(hash).or_default().push(place);
    }
    let mut from = 0;
    let mut found = Vec::new();
    for (place, hash) in now.iter().enumerate() {
        let Some(open) = places.get_mut(hash) else { continue };
        while open.last().is_some_and(|there| *there < from) {
            open.pop();
        }
        if let Some(there) = open.pop() {
            found.push((place, there));
            from = there + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(words: &str) -> Vec<TextBlock> {
        words.split_whitespace().map(|word| TextBlock { hash: word.into(), range: 0..0 }).collect()
    }

    fn list(words: &str) -> Vec<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn blocks_are_what_stands_side_by_side() {
        let text = "---\ntitle: A\nminutes: 5\n---\n\n# One\n\nText  \nof two lines\n\n- a\n\n  b\n- c\n\n| x |\n|---|\n";
        let found: Vec<&str> =
            blocks(text).iter().map(|block| text.get(block.range.clone()).unwrap()).collect();
        assert_eq!(
            found,
            [
                "title: A\nminutes: 5\n",
                "# One",
                "Text  \nof two lines",
                "- a\n\n  b\n- c",
                "| x |\n|---|"
            ]
        );
    }

    #[test]
    fn only_what_is_said_counts() {
        let hashes = |text: &str| stamp(text);
        let one = hashes("---\ntitle: A\nminutes: 5\n---\nText\nhere\n");
        assert_eq!(one, hashes("---\nminutes: 9\ntitle: A\n---\r\n\r\n\r\nText \r\nhere"));
        assert_ne!(one, hashes("---\ntitle: B\nminutes: 5\n---\nText\nhere\n"));
        assert_ne!(one, hashes("---\ntitle: A\nminutes: 5\n---\nText\nthere\n"));
        assert!(one.iter().all(|hash| hash.len() == HASH && hash.starts_with('b')));
    }

    #[test]
    fn what_changed_is_told_apart() {
        for (now, then, expected) in [
            ("a b c", "a b c", "d0-0 d1-1 d2-2"),
            ("a x c", "a b c", "d0-0 s1-1 d2-2"),
            ("a x b c", "a b c", "d0-0 m1 d2-1 d3-2"),
            ("a c", "a b c", "d0-0 o1 d1-2"),
            ("b a", "a b", "m0 d1-0 o1"),
            ("a x y c", "a b c", "d0-0 s1-1 m2 d3-2"),
            ("", "a", "o0"),
            ("a", "", "m0"),
            ("a a a", "a a", "d0-0 d1-1 m2"),
        ] {
            let told: Vec<String> = compare(&text(now), &list(then)).iter().map(tell).collect();
            assert_eq!(told.join(" "), expected, "{now} / {then}");
        }
    }

    fn tell(pair: &Pair) -> String {
        let place = |place: Option<usize>| place.map(|place| place.to_string()).unwrap_or_default();
        match pair.state {
            BlockState::Done => format!("d{}-{}", place(pair.source), place(pair.translation)),
            BlockState::Stale => format!("s{}-{}", place(pair.source), place(pair.translation)),
            BlockState::Missing => format!("m{}", place(pair.source)),
            BlockState::Obsolete => format!("o{}", place(pair.translation)),
        }
    }

    proptest! {
        #[test]
        fn every_block_is_told_once_and_in_order(now in "([a-d] ){0,12}", then in "([a-d] ){0,12}") {
            let (source, recorded) = (text(&now), list(&then));
            let pairs = compare(&source, &recorded);
            let here: Vec<usize> = pairs.iter().filter_map(|pair| pair.source).collect();
            let there: Vec<usize> = pairs.iter().filter_map(|pair| pair.translation).collect();
            prop_assert_eq!(here, (0..source.len()).collect::<Vec<_>>());
            prop_assert_eq!(there, (0..recorded.len()).collect::<Vec<_>>());
            for pair in pairs.iter().filter(|pair| pair.state == BlockState::Done) {
                let (new, old) = (pair.source.unwrap(), pair.translation.unwrap());
                prop_assert_eq!(&source[new].hash, &recorded[old]);
            }
        }

        #[test]
        fn the_quick_way_finds_a_common_part_too(now in "([a-d] ){0,12}", then in "([a-d] ){0,12}") {
            let (now, then) = (list(&now), list(&then));
            let now: Vec<&str> = now.iter().map(String::as_str).collect();
            let then: Vec<&str> = then.iter().map(String::as_str).collect();
            let found = onward(&now, &then);
            prop_assert!(found.iter().all(|(a, b)| now[*a] == then[*b]));
            prop_assert!(found.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert!(found.len() <= longest(&now, &then).len());
        }
    }
}
