//! One and two markers, near and far, changed, decided, handed back.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::quiz::grade::Fraction;
use crate::quiz::response::OptionId;

const OF: Marks = Marks(100_000_000);

fn person(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn mark(by: u128, marks: u32, comment: &str) -> Mark {
    Mark {
        by: Some(person(by)),
        at: None,
        levels: BTreeMap::new(),
        marks: Marks::whole(marks),
        comment: comment.into(),
        part: MarkPart::Judgement,
    }
}

fn decided(by: u128, marks: u32) -> Mark {
    Mark { part: MarkPart::Decision, ..mark(by, marks, "decided") }
}

fn rules(markers: u8) -> MarkingRules {
    MarkingRules { markers, agree: Fraction::percent(10), ..MarkingRules::default() }
}

fn standing(markers: u8, marks: &[Mark], released: Option<&Mark>) -> Standing {
    Judgements { marks, released, of: OF, rules: &rules(markers) }.standing()
}

#[test]
fn one_marker_is_enough_and_the_last_word_counts() {
    assert_eq!(standing(1, &[], None), Standing::Waiting(1));
    let marks = [mark(1, 4, "a"), mark(2, 6, "b")];
    assert_eq!(standing(1, &marks, None), Standing::Ready(mark(2, 6, "b")));
    assert_eq!(standing(1, &marks, Some(&mark(1, 4, "a"))), Standing::Ready(mark(2, 6, "b")));
    assert_eq!(standing(1, &marks, Some(&mark(9, 6, "b"))), Standing::Released(mark(2, 6, "b")));
    assert_eq!(standing(0, &marks, None), Standing::Ready(mark(2, 6, "b")));
}

#[test]
fn two_markers_agree_within_the_threshold_or_differ() {
    assert_eq!(standing(2, &[], None), Standing::Waiting(2));
    assert_eq!(standing(2, &[mark(1, 4, "a")], None), Standing::Waiting(1));
    assert_eq!(standing(2, &[mark(1, 4, "a"), mark(1, 5, "again")], None), Standing::Waiting(1));
    let near = standing(2, &[mark(1, 4, "a"), mark(2, 5, "b")], None);
    let half = Mark { by: None, marks: Marks(45_000_000), ..mark(1, 0, "a\n\nb") };
    assert_eq!(near, Standing::Ready(half));
    let far = [mark(1, 4, "a"), mark(2, 6, "b")];
    assert_eq!(standing(2, &far, None), Standing::Differing);
    let closer = [mark(1, 4, "a"), mark(2, 6, "b"), mark(1, 6, "c")];
    assert!(matches!(standing(2, &closer, None), Standing::Ready(_)));
    let settled = [mark(1, 4, "a"), mark(2, 6, "b"), decided(3, 5)];
    assert_eq!(standing(2, &settled, None), Standing::Ready(decided(3, 5)));
}

#[test]
fn rows_on_which_two_agree_are_kept() {
    let levels =
        |a: u16, b: u16| BTreeMap::from([(OptionId("a".into()), a), (OptionId("b".into()), b)]);
    let marks = [
        Mark { levels: levels(1, 2), ..mark(1, 5, "") },
        Mark { levels: levels(1, 1), ..mark(2, 5, "") },
    ];
    let Standing::Ready(mark) = standing(2, &marks, None) else { panic!("they are near") };
    assert_eq!(mark.levels, BTreeMap::from([(OptionId("a".into()), 1)]));
}

proptest! {
    #[test]
    fn the_order_of_two_judgements_does_not_matter(a in 0_u32..=10, b in 0_u32..=10) {
        let (first, second) = (mark(1, a, "x"), mark(2, b, "x"));
        prop_assert_eq!(
            standing(2, &[first.clone(), second.clone()], None),
            standing(2, &[second, first], None)
        );
    }

    #[test]
    fn what_was_handed_back_as_it_stands_is_released(
        marks in proptest::collection::vec((1_u128..4, 0_u32..=10, any::<bool>()), 1..6), markers in 1_u8..3,
    ) {
        let marks: Vec<Mark> = marks
            .into_iter()
            .map(|(by, points, decides)| if decides { decided(by, points) } else { mark(by, points, "") })
            .collect();
        if let Standing::Ready(given) = standing(markers, &marks, None) {
            prop_assert_eq!(standing(markers, &marks, Some(&given)), Standing::Released(given.clone()));
            prop_assert!(given.marks >= Marks::ZERO && given.marks <= OF);
        }
    }
}
