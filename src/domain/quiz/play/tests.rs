//! The behaviours over the tables of the manual.

use super::*;
use crate::html::Html;
use crate::locale::Locale;
use crate::quiz::grade::WHOLE;
use crate::quiz::item::ItemText;
use crate::quiz::kinds::PartScoring;
use crate::quiz::number::quantity;
use crate::quiz::samples::{cloze, gaps, item, matching, pairs, percents};

#[test]
fn a_quiz_says_how_it_is_played() {
    let graded = QuizRules { pass: Some(Fraction::percent(70)), ..QuizRules::default() };
    let now = QuizRules { feedback: FeedbackWhen::Now, ..graded.clone() };
    let tries = QuizRules { behaviour: Some(Behaviour::Tries), ..graded.clone() };
    assert_eq!(Behaviour::of(&QuizRules::default()), Behaviour::Practice);
    assert_eq!(Behaviour::of(&graded), Behaviour::Deferred);
    assert_eq!(Behaviour::of(&now), Behaviour::Immediate);
    assert_eq!(Play::of(&tries).penalty, Fraction(3_333_333));
    assert_eq!(Play::of(&QuizRules { tries: Some(2), ..tries }).tries, Some(2));
}

fn typed(percent: i32) -> Response {
    let typed = percent.to_string();
    Response::Number { value: quantity(&typed), typed }
}

fn play(behaviour: Behaviour, penalty: Fraction) -> Play {
    Play {
        behaviour,
        penalty,
        tries: Some(3),
        values: [100, 70, 50, 20].map(Fraction::percent).to_vec(),
    }
}

fn given(tries: &[Response]) -> Given<'_> {
    Given { response: &Response::Blank, tries, sure: None, over: Over::No }
}

/// The share of the marks in tenths of a thousandth, as the manual prints it.
fn shown(fraction: Fraction) -> i64 {
    (fraction.0 + 500) / 1000
}

#[test]
fn tries_cost_what_they_cost() {
    let third = Play::third();
    let tenth = Fraction::percent(10);
    for (behaviour, penalty, percents_given, share) in [
        (Behaviour::Tries, third, &[100][..], 10_000),
        (Behaviour::Tries, third, &[0, 100], 6_667),
        (Behaviour::Tries, third, &[0, 10, 100], 3_333),
        (Behaviour::Tries, third, &[0, 10, 50], 0),
        (Behaviour::Tries, third, &[50], 5_000),
        (Behaviour::Tries, third, &[100, 0], 10_000),
        (Behaviour::Tries, third, &[0, 0, 100], 6_667),
        (Behaviour::Tries, third, &[0, 10, 20, 100], 0),
        (Behaviour::Adaptive, tenth, &[0, 10, 100], 8_000),
        (Behaviour::Adaptive, third, &[50, 100], 6_667),
        (Behaviour::Adaptive, third, &[50, 40], 5_000),
        (Behaviour::Adaptive, Fraction::ZERO, &[0, 10, 20, 30, 100], 10_000),
        (Behaviour::Immediate, third, &[40, 100], 4_000),
        (Behaviour::Practice, third, &[100, 40], 4_000),
        (Behaviour::PointsList, third, &[50], 5_000),
        (Behaviour::PointsList, third, &[50, 20], 5_000),
        (Behaviour::PointsList, third, &[50, 20, 80], 6_500),
        (Behaviour::PointsList, third, &[50, 20, 80, 70], 6_500),
        (Behaviour::PointsList, third, &[100, 0], 10_000),
        (Behaviour::Deferred, third, &[100], 0),
    ] {
        let tries: Vec<Response> = percents_given.iter().map(|n| typed(*n)).collect();
        let outcome = play(behaviour, penalty).outcome(&percents(), &given(&tries));
        assert_eq!(shown(outcome.grade.fraction), share, "{behaviour:?} {percents_given:?}");
    }
}

#[test]
fn tries_end_when_right_or_used_up() {
    let play = play(Behaviour::Tries, Play::third());
    for (tries, locked, left, hints) in [
        (&[][..], false, 3, 0),
        (&[0], false, 2, 1),
        (&[0, 0], false, 2, 1),
        (&[0, 50], false, 1, 2),
        (&[0, 100], true, 1, 1),
        (&[0, 1, 2], true, 0, 3),
        (&[0, 1, 2, 100], true, 0, 3),
    ] {
        let tries: Vec<Response> = tries.iter().map(|n| typed(*n)).collect();
        let outcome = play.outcome(&percents(), &given(&tries));
        assert_eq!(
            (outcome.locked, outcome.left, outcome.hints),
            (locked, Some(left), hints),
            "{tries:?}"
        );
    }
}

#[test]
fn hints_say_how_many_tries_there_are_and_what_they_cost() {
    let mut question = percents();
    let hints = vec![Html::text("one"), Html::text("two")];
    question.texts = [(Locale::En, ItemText { hints, ..ItemText::default() })].into();
    let play = Play { tries: None, ..play(Behaviour::Tries, Play::third()) };
    assert_eq!(play.most(&question), Some(3));
    question.hint_cost = Fraction::percent(10);
    let outcome = play.outcome(&question, &given(&[typed(0), typed(100)]));
    assert_eq!(outcome.grade, Grade { fraction: Fraction::percent(90), verdict: Verdict::Right });
}

#[test]
fn an_answer_that_was_never_checked_is_the_last_try() {
    let (tries, last) = ([typed(0)], typed(100));
    let play = play(Behaviour::Tries, Play::third());
    let open = Given { response: &last, ..given(&tries) };
    assert_eq!(play.outcome(&percents(), &open).grade.fraction, Fraction::ZERO);
    let over = Given { over: Over::Yes, ..open };
    assert_eq!(shown(play.outcome(&percents(), &over).grade.fraction), 6_667);
    let same = Given { response: &tries[0], ..over };
    assert_eq!(play.outcome(&percents(), &same).tries.len(), 1);
}

#[test]
fn parts_that_were_right_early_are_paid_for() {
    let two = item("q", Kind::Match(matching(2, 0, PartScoring::Each)));
    let strict = item("q", Kind::Match(matching(2, 0, PartScoring::All)));
    let right = pairs(&[("row-0", "to-0"), ("row-1", "to-1")]);
    let half = pairs(&[("row-0", "to-0"), ("row-1", "to-0")]);
    let other = pairs(&[("row-0", "to-1"), ("row-1", "to-1")]);
    let play = play(Behaviour::Tries, Play::third());
    for (tries, share, all) in [
        (vec![right.clone()], 10_000, 10_000),
        (vec![half.clone(), right.clone()], 8_333, 6_667),
        (vec![half.clone()], 5_000, 0),
        (vec![half.clone(), other.clone()], 3_333, 0),
        (vec![half, other, right], 5_000, 3_333),
    ] {
        assert_eq!(shown(play.outcome(&two, &given(&tries)).grade.fraction), share, "{tries:?}");
        assert_eq!(shown(play.outcome(&strict, &given(&tries)).grade.fraction), all, "{tries:?}");
    }
    let text = item("q", Kind::Cloze(cloze(PartScoring::Each)));
    let tries = [
        gaps(&[("verb", "verb-1"), ("cop", "x")]),
        gaps(&[("verb", "verb-1"), ("cop", "COP"), ("kwh", "3 kWh")]),
    ];
    assert_eq!(shown(play.outcome(&text, &given(&tries)).grade.fraction), 7_778);
}

#[test]
fn certainty_pays_for_being_honest() {
    use Certainty::{High, Low, Mid};
    let play = play(Behaviour::Certainty, Play::third());
    for (percent, sure, thirds) in [
        (100, Some(Low), 10_000),
        (100, Some(Mid), 20_000),
        (100, Some(High), 30_000),
        (100, None, 10_000),
        (50, Some(High), 15_000),
        (0, Some(Low), 0),
        (0, Some(Mid), -20_000),
        (0, Some(High), -60_000),
        (0, None, 0),
    ] {
        let response = typed(percent);
        let given = Given { response: &response, sure, ..given(&[]) };
        let share = play.outcome(&percents(), &given).grade.fraction.0 * 3;
        assert!((share - thirds * WHOLE / 10_000).abs() <= 2, "{percent} {sure:?}: {share}");
    }
    let blank = Given { sure: Some(High), ..given(&[]) };
    assert_eq!(play.outcome(&percents(), &blank).grade, Grade::UNANSWERED);
}

/// With a chance p of being right, the honest answer earns most.
#[test]
fn honesty_pays_best() {
    let expected = |percent: i64, sure: Certainty| {
        let (gain, loss) = sure.stakes();
        percent * gain - (100 - percent) * loss
    };
    for (percent, honest) in [
        (50, Certainty::Low),
        (66, Certainty::Low),
        (67, Certainty::Mid),
        (79, Certainty::Mid),
        (81, Certainty::High),
        (99, Certainty::High),
    ] {
        let best = Certainty::ALL.into_iter().max_by_key(|sure| expected(percent, *sure));
        assert_eq!(best, Some(honest), "{percent}");
    }
}
