//! How alike two texts are.

use std::cmp::Ordering;

use crate::fold;
use crate::html::Html;

/// From this percentage on, two texts may be one that was edited: a person is asked.
pub const PERHAPS: u32 = 60;

/// From this percentage on, an option that kept its place is the same option.
pub const SAME: u32 = 80;

/// Below this percentage, a question under an old id is another question.
pub const OTHER: u32 = 30;

/// A text made comparable: its pairs of neighbouring letters, sorted. Case, marks and markup do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    pairs: Vec<(char, char)>,
    folded: String,
}

impl Print {
    /// The print of a text.
    pub fn of(text: &str) -> Print {
        let folded = fold::search(text);
        let mut pairs: Vec<(char, char)> = folded.chars().zip(folded.chars().skip(1)).collect();
        pairs.sort_unstable();
        Print { pairs, folded }
    }

    /// How alike two texts are, in percent, rounded down: the pairs of letters they share by all their pairs
    /// (Sørensen and Dice). Equal texts are 100 % alike, texts without a common pair 0 %. The cost is that of
    /// sorting both texts.
    pub fn likeness(&self, other: &Print) -> u32 {
        if self.folded == other.folded {
            return 100;
        }
        let all = self.pairs.len() + other.pairs.len();
        let percent = (shared(&self.pairs, &other.pairs) * 200).checked_div(all).unwrap_or(0);
        u32::try_from(percent).unwrap_or(0).min(99)
    }
}

/// How many members two sorted lists have in common, each counted as often as it stands in both.
fn shared(one: &[(char, char)], other: &[(char, char)]) -> usize {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut count = 0;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                count += 1;
                left.next();
                right.next()
            }
        };
    }
    count
}

/// Markup as it is read: without tags.
pub fn plain(html: &Html) -> String {
    let mut out = String::with_capacity(html.as_str().len());
    let mut inside = false;
    for c in html.as_str().chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(one: &str, other: &str) -> u32 {
        Print::of(one).likeness(&Print::of(other))
    }

    #[test]
    fn edits_stay_alike_and_other_questions_do_not() {
        for (one, other, least, most) in [
            ("Raw material", "raw  MATERIAL", 100, 100),
            ("Müəssisə nədir?", "Muessise nedir?", 100, 100),
            ("", "", 100, 100),
            ("a", "b", 0, 0),
            ("Raw material", "Raw materials", 90, 99),
            ("What is the first cost to fall?", "Which cost falls first?", 30, 79),
            ("A pilot proves demand.", "How many kWh does a heater use?", 0, 29),
        ] {
            let found = likeness(one, other);
            assert!((least..=most).contains(&found), "{one} / {other}: {found}");
        }
    }

    #[test]
    fn markup_is_not_read() {
        assert_eq!(plain(&Html::sanitised("<p>one <em>two</em></p>".into())).trim(), "one  two");
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_whole_only_for_equals(one in ".{0,30}", other in ".{0,30}") {
            prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
            prop_assert_eq!(likeness(&one, &one), 100);
            prop_assert_eq!(likeness(&one, &other) == 100, fold::search(&one) == fold::search(&other));
        }

        #[test]
        fn a_long_text_survives_one_slip(text in "[a-z ]{40,80}", at in 0_usize..40) {
            let slipped: String =
                text.chars().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| c).collect();
            prop_assert!(likeness(&text, &slipped) >= SAME);
        }
    }
}
