//! What may be seen when, and that a review shows no more.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::quiz::allowed::{Allowed, Moment, Preset, Summary, Thing, allowed};
use crate::quiz::attempt::Attempt;
use crate::quiz::behaviour::Overdue;
use crate::quiz::grade::{Fraction, Grade};
use crate::quiz::item::{FeedbackWhen, QuizRules};
use crate::quiz::paper::Paper;
use crate::quiz::paper::Seen;
use crate::quiz::play::{Outcome, Tried};
use crate::quiz::samples::{SECRET, any_item, any_response, choice, item, option, picks, quiz};
use crate::quiz::seed::Seed;
use crate::quiz::terms::Terms;

const MOMENTS: [Moment; 6] = [
    Moment::During,
    Moment::Tried,
    Moment::Checked,
    Moment::JustAfter,
    Moment::Later,
    Moment::AfterClose,
];
const FAILED: Summary = Summary { passed: false, attempts_left: Some(1) };

fn slot_of(item: &Item) -> Slot {
    Paper::draw(&quiz(vec![item.clone()], QuizRules::default()), &Seed([3; 32]), &Seen::new()).slots
        [0]
    .clone()
}

fn letters(preset: Preset, summary: &Summary) -> Vec<String> {
    let things = [
        (Thing::Score, 's'),
        (Thing::Verdicts, 'v'),
        (Thing::Feedback, 'f'),
        (Thing::RightAnswers, 'r'),
    ];
    let shown = |moment| {
        let allowed = allowed(preset, summary, moment);
        things
            .iter()
            .filter(|(thing, _)| allowed.shows(*thing))
            .map(|(_, letter)| *letter)
            .collect()
    };
    MOMENTS.map(shown).to_vec()
}

#[test]
fn the_windows() {
    let passed = Summary { passed: true, attempts_left: None };
    let used_up = Summary { passed: false, attempts_left: Some(0) };
    let endless = Summary { passed: false, attempts_left: None };
    for (preset, summary, shown) in [
        (Preset::Practice, FAILED, ["", "svfr", "svfr", "svfr", "svfr", "svfr"]),
        (Preset::Course, FAILED, ["", "vf", "vf", "svf", "svf", "svfr"]),
        (Preset::Course, endless, ["", "vf", "vf", "svf", "svf", "svfr"]),
        (Preset::Course, passed, ["", "vf", "vf", "svfr", "svfr", "svfr"]),
        (Preset::Course, used_up, ["", "vf", "vfr", "svfr", "svfr", "svfr"]),
        (Preset::Exam, passed, ["", "", "", "s", "s", "svfr"]),
        (Preset::ScoreOnly, passed, ["", "", "", "s", "s", "s"]),
    ] {
        assert_eq!(letters(preset, &summary), shown, "{preset:?} {summary:?}");
    }
}

#[test]
fn moments() {
    let at = |second: i64| DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap();
    let attempt = Attempt {
        number: 1,
        started: at(0),
        deadline: None,
        finished: Some(at(100)),
        overdue: Overdue::Submit,
    };
    let closing = Terms { close: Some(at(150)), ..Terms::default() };
    assert_eq!(
        Moment::of(&Attempt { finished: None, ..attempt }, &closing, at(500)),
        Moment::During
    );
    assert_eq!(Moment::of(&attempt, &Terms::default(), at(220)), Moment::JustAfter);
    assert_eq!(Moment::of(&attempt, &Terms::default(), at(221)), Moment::Later);
    assert_eq!(Moment::of(&attempt, &closing, at(149)), Moment::JustAfter);
    assert_eq!(Moment::of(&attempt, &closing, at(150)), Moment::AfterClose);
    let tried = Tried { response: picks(&["a"]), grade: Grade::UNANSWERED };
    let open = Outcome {
        grade: Grade::UNANSWERED,
        tries: vec![tried],
        locked: false,
        left: Some(1),
        hints: 1,
        sure: None,
    };
    let locked = Outcome { locked: true, ..open.clone() };
    let fresh = Outcome { tries: Vec::new(), ..open.clone() };
    assert_eq!(Moment::During.of_slot(&locked), Moment::Checked);
    assert_eq!(Moment::During.of_slot(&open), Moment::Tried);
    assert_eq!(Moment::During.of_slot(&fresh), Moment::During);
    assert_eq!(Moment::Later.of_slot(&locked), Moment::Later);
}

#[test]
fn presets_follow_the_rules_of_the_quiz() {
    let graded = |feedback| QuizRules {
        pass: Some(Fraction::percent(70)),
        feedback,
        ..QuizRules::default()
    };
    assert_eq!(Preset::of(&QuizRules::default()), Preset::Practice);
    assert_eq!(Preset::of(&graded(FeedbackWhen::End)), Preset::Course);
    assert_eq!(Preset::of(&graded(FeedbackWhen::Never)), Preset::ScoreOnly);
    assert_eq!(Preset::of(&graded(FeedbackWhen::Close)), Preset::Exam);
}

#[test]
fn a_failed_attempt_shows_feedback_on_what_was_chosen_only() {
    let item = item(
        "q",
        Kind::Choice(choice(vec![option("a", true), option("b", false), option("c", false)])),
    );
    let slot = slot_of(&item);
    let review = |response: &Response, summary: &Summary| {
        let allowed = allowed(Preset::Course, summary, Moment::JustAfter);
        reviewed(&item, &slot, response, &allowed, Locale::En)
    };
    let wrong = review(&picks(&["b"]), &FAILED);
    let told: Vec<&str> = wrong
        .options
        .iter()
        .filter_map(|option| option.feedback.as_ref())
        .map(Html::as_str)
        .collect();
    assert_eq!(told, ["canary b"]);
    assert!(wrong.options.iter().all(|option| option.right.is_none()));
    assert_eq!(wrong.note.as_ref().map(Html::as_str), Some("canary wrong"));
    assert_eq!((wrong.explanation, wrong.right_answer), (None, None));

    let right = review(&picks(&["a"]), &FAILED);
    assert_eq!(right.explanation.as_ref().map(Html::as_str), Some("canary explanation"));

    let last = review(&picks(&["b"]), &Summary { passed: false, attempts_left: Some(0) });
    assert!(last.options.iter().all(|option| option.right.is_some() && option.feedback.is_some()));
    assert_eq!(last.marks, Some((Marks::ZERO, Marks::whole(1))));
}

proptest! {
    #[test]
    fn without_leave_nothing_is_told(item in any_item(), response in any_response()) {
        let review = reviewed(&item, &slot_of(&item), &response, &Allowed::nothing(), Locale::Az);
        let quiet = Reviewed { typed: None, ..review };
        let text = format!("{quiet:?}");
        prop_assert!(!text.contains(SECRET));
        prop_assert_eq!((quiet.verdict, quiet.marks), (None, None));
        prop_assert!(quiet.options.iter().all(|option| option.right.is_none()));
    }

    #[test]
    fn more_leave_never_tells_less(item in any_item(), response in any_response()) {
        let told = |things: &[Thing]| {
            let review = reviewed(&item, &slot_of(&item), &response, &Allowed::of(things), Locale::Ru);
            format!("{review:?}").matches(SECRET).count()
        };
        let steps = [Thing::Score, Thing::Verdicts, Thing::Feedback, Thing::RightAnswers];
        let counts: Vec<usize> = (0..=4).map(|n| told(&steps[..n])).collect();
        prop_assert!(counts.is_sorted(), "{:?}", counts);
    }
}
