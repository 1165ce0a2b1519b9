//! A text that is edited again and again, and what all that comes to as edits of the text at the beginning.

use std::ops::Range;

use crate::edit::{Edit, apply};

/// A text on its way to the canonical form.
#[derive(Debug)]
pub(super) struct Draft {
    original: String,
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    /// Bytes of the original.
    Kept(Range<usize>),
    Written(String),
}

impl Piece {
    fn length(&self) -> usize {
        match self {
            Piece::Kept(range) => range.len(),
            Piece::Written(text) => text.len(),
        }
    }

    /// Some bytes of it.
    fn part(&self, range: Range<usize>) -> Piece {
        match self {
            Piece::Kept(kept) => Piece::Kept(kept.start + range.start..kept.start + range.end),
            Piece::Written(text) => Piece::Written(text.get(range).unwrap_or_default().to_owned()),
        }
    }
}

impl Draft {
    pub(super) fn new(text: &str) -> Draft {
        Draft {
            original: text.to_owned(),
            text: text.to_owned(),
            pieces: vec![Piece::Kept(0..text.len())],
        }
    }

    /// As it is now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Makes edits of the text as it is now; they neither overlap nor touch the inside of a letter.
    pub(super) fn make(&mut self, edits: &[Edit]) {
        let mut sorted = edits.to_vec();
        sorted.sort_by_key(|edit| (edit.range.start, edit.range.end));
        self.text = apply(&self.text, &sorted);
        let mut old = std::mem::take(&mut self.pieces).into_iter();
        let mut open = old.next();
        let mut at = 0;
        for edit in sorted {
            if edit.range.start < at {
                continue;
            }
            pass(edit.range.start - at, &mut open, &mut old, Some(&mut self.pieces));
            pass(edit.range.len(), &mut open, &mut old, None);
            at = edit.range.end;
            if !edit.text.is_empty() {
                self.pieces.push(Piece::Written(edit.text));
            }
        }
        self.pieces.extend(open);
        self.pieces.extend(old);
    }

    /// All edits together, as edits of the original.
    pub(super) fn edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut written = String::new();
        let mut at = 0;
        let end = self.original.len();
        for piece in self.pieces.into_iter().chain([Piece::Kept(end..end)]) {
            match piece {
                Piece::Written(text) => written.push_str(&text),
                Piece::Kept(range) if range.is_empty() && range.start != end => {}
                Piece::Kept(range) => {
                    let edit = Edit::replace(at..range.start, std::mem::take(&mut written));
                    edits.extend(smallest(&self.original, edit));
                    at = range.end;
                }
            }
        }
        edits
    }
}

/// Goes over so many bytes of the pieces, and keeps them if there is where to.
fn pass(
    mut length: usize,
    open: &mut Option<Piece>,
    rest: &mut impl Iterator<Item = Piece>,
    mut kept: Option<&mut Vec<Piece>>,
) {
    while length > 0 {
        let Some(piece) = open.take() else { return };
        let taken = length.min(piece.length());
        if let Some(kept) = kept.as_deref_mut() {
            kept.push(piece.part(0..taken));
        }
        length -= taken;
        *open = if taken < piece.length() {
            Some(piece.part(taken..piece.length()))
        } else {
            rest.next()
        };
    }
}

/// The edit without what it leaves as it is at its two ends; `None` if it changes nothing.
fn smallest(text: &str, edit: Edit) -> Option<Edit> {
    let before = text.get(edit.range.clone()).unwrap_or_default();
    let start = common(before.chars(), edit.text.chars());
    let (old, new) =
        (before.get(start..).unwrap_or_default(), edit.text.get(start..).unwrap_or_default());
    let end = common(old.chars().rev(), new.chars().rev());
    let new = new.get(..new.len() - end).unwrap_or_default();
    let range = edit.range.start + start..edit.range.end - end;
    (!range.is_empty() || !new.is_empty()).then(|| Edit::replace(range, new))
}

/// How many bytes two texts have in common from their beginnings.
fn common(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> usize {
    left.zip(right).take_while(|(left, right)| left == right).map(|(left, _)| left.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edits_of_edits_are_edits_of_the_original(
            text in "[ab\u{259}\n]{0,30}",
            rounds in prop::collection::vec(prop::collection::vec((0..40usize, 0..6usize, "[ab\u{259}]{0,3}"), 0..5), 0..5),
        ) {
            let mut draft = Draft::new(&text);
            for round in rounds {
                let mut at = 0;
                let mut edits = Vec::new();
                for (gap, length, put) in round {
                    let range = at + gap..at + gap + length;
                    if draft.text().get(range.clone()).is_some() {
                        at = range.end;
                        edits.push(Edit::replace(range, put));
                    }
                }
                draft.make(&edits);
            }
            let last = draft.text().to_owned();
            prop_assert_eq!(apply(&text, &draft.edits()), last);
        }
    }
}
