//! Changes to a text: bytes of it, and what shall stand there instead.

use std::ops::Range;

/// One change. Ranges are bytes of the text as it was before any change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What is taken away; empty where something is only put in.
    pub range: Range<usize>,
    /// What is put in.
    pub text: String,
}

impl Edit {
    /// Puts a text in the place of a range.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit { range, text: text.into() }
    }

    /// Puts a text before a byte.
    pub fn insert(at: usize, text: impl Into<String>) -> Edit {
        Edit::replace(at..at, text)
    }

    /// Takes a range away.
    pub fn remove(range: Range<usize>) -> Edit {
        Edit::replace(range, "")
    }
}

/// The text with the edits made, in the order of their ranges. An edit that overlaps one before it, or that does not
/// fit the text, is left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let fits = edit.range.start >= done && text.get(edit.range.clone()).is_some();
        let Some(kept) = text.get(done..edit.range.start).filter(|_| fits) else { continue };
        result.push_str(kept);
        result.push_str(&edit.text);
        done = edit.range.end;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edits_are_made_by_place() {
        for (edits, expected) in [
            (vec![], "abcdef"),
            (vec![Edit::insert(6, "!"), Edit::replace(1..3, "X"), Edit::insert(0, ">")], ">aXdef!"),
            (vec![Edit::remove(0..2), Edit::remove(1..3)], "cdef"),
            (vec![Edit::remove(4..99)], "abcdef"),
            (vec![Edit::insert(2, "1"), Edit::insert(2, "2")], "ab12cdef"),
        ] {
            assert_eq!(apply("abcdef", &edits), expected);
        }
    }

    proptest! {
        #[test]
        fn any_edits_fit_any_text(text in ".{0,20}", edits in prop::collection::vec((0..30usize, 0..5usize, ".?"), 0..6)) {
            let edits: Vec<Edit> =
                edits.into_iter().map(|(at, length, put)| Edit::replace(at..at + length, put)).collect();
            let _ = apply(&text, &edits);
        }
    }
}
