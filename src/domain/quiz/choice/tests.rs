//! The six methods over the table of the manual, and the borders around it.

use super::*;
use crate::quiz::grade::Verdict;
use crate::quiz::samples::{choice, option, picks};

const METHODS: [Scoring; 6] =
    [Scoring::All, Scoring::Net, Scoring::Each, Scoring::Halves, Scoring::Cover, Scoring::Weights];

fn weighted(id: &str, right: bool, units: i64) -> ChoiceOption {
    ChoiceOption { weight: Some(Fraction(units)), ..option(id, right) }
}

/// A B C are right. The written weights of wrong ones matter to one method only, which gets options of its own.
fn example(scoring: Scoring) -> Choice {
    let plain = ["a", "b", "c", "d", "e"].map(|id| option(id, id < "d")).to_vec();
    let mut weights = plain.clone();
    for option in weights.iter_mut().filter(|option| !option.right) {
        option.weight = Some(Fraction::percent(-50));
    }
    let options = if scoring == Scoring::Weights { weights } else { plain };
    Choice { scoring, ..choice(options) }
}

fn chosen(letters: &str) -> Response {
    let ids: Vec<String> = letters.chars().map(String::from).collect();
    picks(&ids.iter().map(String::as_str).collect::<Vec<&str>>())
}

#[test]
fn the_six_methods() {
    for (letters, expected) in [
        ("abc", [10_000_000, 10_000_000, 10_000_000, 10_000_000, 10_000_000, 10_000_000]),
        ("ab", [0, 6_666_667, 8_000_000, 5_000_000, 6_666_667, 6_666_667]),
        ("abcd", [0, 6_666_667, 8_000_000, 5_000_000, 7_500_000, 5_000_000]),
        ("abd", [0, 3_333_333, 6_000_000, 2_500_000, 4_444_444, 1_666_667]),
        ("a", [0, 3_333_333, 6_000_000, 2_500_000, 3_333_333, 3_333_333]),
        ("d", [0, 0, 2_000_000, 0, 0, 0]),
        ("abcde", [0, 3_333_333, 6_000_000, 2_500_000, 6_000_000, 0]),
        ("", [0, 0, 0, 0, 0, 0]),
    ] {
        let units = METHODS.map(|method| example(method).grade(&chosen(letters)).fraction.0);
        assert_eq!(units, expected, "{letters}");
    }
}

#[test]
fn nothing_ticked_is_unanswered_under_every_method() {
    for method in METHODS {
        assert_eq!(example(method).grade(&Response::Blank), Grade::UNANSWERED);
        assert_eq!(example(method).grade(&chosen("")), Grade::UNANSWERED);
    }
}

#[test]
fn thirds_written_in_percent_are_the_whole() {
    let third = 3_333_333;
    let options = vec![
        weighted("a", true, third),
        weighted("b", true, third),
        weighted("c", true, third),
        option("d", false),
    ];
    let choice = Choice { scoring: Scoring::Weights, ..choice(options) };
    assert_eq!(
        choice.grade(&chosen("abc")),
        Grade { fraction: Fraction::ONE, verdict: Verdict::Right }
    );
}

#[test]
fn right_options_without_weight_share_what_is_left() {
    let options = vec![
        weighted("a", true, 5_000_000),
        option("b", true),
        option("c", true),
        option("d", false),
    ];
    let choice = Choice { scoring: Scoring::Weights, ..choice(options) };
    assert_eq!(choice.grade(&chosen("b")).fraction, Fraction::percent(25));
    assert_eq!(choice.grade(&chosen("abc")).fraction, Fraction::ONE);
}

#[test]
fn a_written_weight_replaces_the_cost_under_net() {
    let options = vec![
        option("a", true),
        option("b", true),
        weighted("c", false, -10_000_000),
        option("d", false),
    ];
    let choice = choice(options);
    assert_eq!(choice.grade(&chosen("abc")).fraction, Fraction::ZERO);
    assert_eq!(choice.grade(&chosen("abd")).fraction, Fraction::percent(50));
}

#[test]
fn single_choice_takes_the_share_of_its_option() {
    let single = choice(vec![
        option("a", true),
        weighted("b", false, 5_000_000),
        weighted("c", false, -2_500_000),
        option("d", false),
    ]);
    for (letters, units, verdict) in [
        ("a", 10_000_000, Verdict::Right),
        ("b", 5_000_000, Verdict::Partly),
        ("c", -2_500_000, Verdict::Wrong),
        ("d", 0, Verdict::Wrong),
        ("ab", 0, Verdict::Wrong),
        ("x", 0, Verdict::Wrong),
    ] {
        assert_eq!(
            single.grade(&chosen(letters)),
            Grade { fraction: Fraction(units), verdict },
            "{letters}"
        );
    }
}

#[test]
fn none_of_these_with_something_else_earns_nothing() {
    let none = ChoiceOption { only: true, ..option("n", false) };
    let options = vec![option("a", true), option("b", true), none];
    let choice = Choice { scoring: Scoring::Each, ..choice(options) };
    assert_eq!(choice.grade(&chosen("abn")).fraction, Fraction::ZERO);
    assert_eq!(choice.grade(&chosen("ab")).fraction, Fraction::ONE);
}

#[test]
fn other_shapes_of_answer_are_wrong() {
    let grade = example(Scoring::Net).grade(&Response::Text("a".into()));
    assert_eq!(grade, Grade { fraction: Fraction::ZERO, verdict: Verdict::Wrong });
}
