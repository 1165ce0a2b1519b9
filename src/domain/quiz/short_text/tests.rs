//! Short texts: what counts as the same answer.

use proptest::prelude::*;

use super::*;
use crate::quiz::grade::Verdict;
use crate::quiz::samples::{short_text, text_answer};

fn equal(texts: &[(&str, i32)]) -> ShortText {
    let answer = |(index, (text, percent)): (u32, &(&str, i32))| {
        text_answer(index, TextPattern::Equal((*text).into()), *percent)
    };
    short_text((0_u32..).zip(texts).map(answer).collect())
}

fn percent(text: &ShortText, typed: &str) -> i64 {
    text.grade(&Response::Text(typed.into())).fraction.0 / 100_000
}

#[test]
fn marks_case_and_spaces_do_not_matter() {
    for (key, typed) in [
        ("Müəssisə", "muessise"),
        ("İSTİFADƏÇİ", "istifadeci"),
        ("ISI", "ısı"),
        ("ağ gün", "  AG   GUN "),
        ("ёлка", "ЕЛКА"),
        ("research & development", "Research  &  Development"),
        ("don't", "don’t"),
    ] {
        assert_eq!(percent(&equal(&[(key, 100)]), typed), 100, "{typed}");
    }
    assert_eq!(percent(&equal(&[("йод", 100)]), "иод"), 0);
}

#[test]
fn exactness_can_be_asked_for() {
    let case = ShortText { exact_case: true, ..equal(&[("pH", 100)]) };
    assert_eq!((percent(&case, "pH"), percent(&case, "PH")), (100, 0));
    let accents = ShortText { exact_accents: true, ..equal(&[("ağac", 100)]) };
    assert_eq!((percent(&accents, "AĞAC"), percent(&accents, "agac")), (100, 0));
}

#[test]
fn first_match_wins_and_anything_else_comes_last() {
    let mut text = equal(&[("development", 100), ("design", 50)]);
    text.answers.insert(1, text_answer(7, TextPattern::Anything, 10));
    assert_eq!(percent(&text, "Design"), 50);
    assert_eq!(percent(&text, "deployment"), 10);
    assert_eq!(text.matching("deployment").map(|answer| answer.index), Some(7));
}

#[test]
fn one_slip_is_forgiven_where_told() {
    let mut text = equal(&[("innovation", 100), ("renovation", 0), ("car", 100)]);
    assert_eq!(percent(&text, "inovation"), 0);
    text.typos = 1;
    for (typed, expected) in
        [("inovation", 100), ("innovatoin", 100), ("inovatoin", 0), ("renovation", 0), ("cat", 0)]
    {
        assert_eq!(percent(&text, typed), expected, "{typed}");
    }
}

#[test]
fn expressions_match_whole_texts() {
    let pattern = TextPattern::Regex(r"r(esearch)?\s*(and|&)\s*d(evelopment)?".into());
    let text = short_text(vec![
        text_answer(0, pattern, 100),
        text_answer(1, TextPattern::Regex("qürğu(lar)?".into()), 50),
    ]);
    for (typed, expected) in [
        ("R&D", 100),
        ("research and  development", 100),
        ("my R&D", 0),
        ("R&D!", 0),
        ("Qurgular", 50),
        ("qürğu", 50),
    ] {
        assert_eq!(percent(&text, typed), expected, "{typed}");
    }
}

#[test]
fn broken_and_huge_expressions_match_nothing() {
    assert!(whole_text("(", Case::Folded).is_none());
    assert!(whole_text(r"(\w{1000}){1000}", Case::Folded).is_none());
    assert!(
        whole_text("a|b", Case::Exact)
            .is_some_and(|found| found.is_match("b") && !found.is_match("ab"))
    );
}

#[test]
fn blank_is_unanswered() {
    let text = equal(&[("x", 100)]);
    for typed in ["", "  ", "\u{200b}"] {
        assert_eq!(text.grade(&Response::Text(typed.into())).verdict, Verdict::Unanswered);
    }
}

proptest! {
    #[test]
    fn no_expression_and_no_text_panics(expression: String, typed: String) {
        let text = short_text(vec![text_answer(0, TextPattern::Regex(expression), 100)]);
        text.grade(&Response::Text(typed));
    }
}

#[test]
fn readers_get_the_feedback_of_their_own_file() {
    let in_language = |locale, index, pattern, percent| TextAnswer {
        locale,
        ..text_answer(index, pattern, percent)
    };
    let word = |text: &str| TextPattern::Equal(text.into());
    let text = ShortText {
        answers: vec![
            in_language(Locale::En, 0, word("diffusion"), 100),
            in_language(Locale::En, 1, TextPattern::Anything, 0),
            in_language(Locale::Az, 10, word("yayılma"), 100),
            in_language(Locale::Az, 11, word("diffusion"), 100),
            in_language(Locale::Az, 12, TextPattern::Anything, 0),
        ],
        ..equal(&[])
    };
    let seen = |typed, reader| text.matching_for(typed, reader).map(|answer| answer.index);
    assert_eq!((seen("diffusion", Locale::En), seen("diffusion", Locale::Az)), (Some(0), Some(11)));
    assert_eq!((seen("else", Locale::En), seen("else", Locale::Az)), (Some(1), Some(12)));
    assert_eq!(seen("yayılma", Locale::En), Some(10));
}
