//! Tables and properties of regrading.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::change::{Change, change};
use super::effect::{Crossing, Effect, Rule, Sum, Tally};
use super::policy::Policy;
use crate::course::identity::options::kept;
use crate::course::identity::samples::{course, question};
use crate::quiz::grade::{Fraction, Grade, Marks};
use crate::quiz::item::GradeBy;
use crate::quiz::score::SlotScore;

const HEAT: &str = "### Which loses more heat? {#heat}\n\n- [x] Roof {#roof}\n- [ ] Door {#door}\n";

fn slot(percent: i32, of: u32) -> SlotScore {
    let grade = Grade::earned(Fraction::percent(percent));
    SlotScore { grade, marks: Marks::whole(of).share(grade.fraction), of: Marks::whole(of) }
}

#[test]
fn what_changed_decides_what_can_be_done() {
    let mended = HEAT.replace("[x] Roof", "[ ] Roof").replace("[ ] Door", "[x] Door");
    let other_kind = "### Which loses more heat? {#heat}\n\n- = roof\n";
    for (now, expected, policies) in [
        (HEAT.to_owned(), Change::Text, "full-marks void none"),
        (HEAT.replace("more heat", "most heat"), Change::Text, "full-marks void none"),
        (mended, Change::Marks, "keep-best recompute full-marks void none"),
        (
            HEAT.replace("{#heat}", "{#heat points=2}"),
            Change::Marks,
            "keep-best recompute full-marks void none",
        ),
        (
            format!("{HEAT}- [ ] Cellar {{#cellar}}\n"),
            Change::Structure,
            "keep-best recompute full-marks void none",
        ),
        (other_kind.to_owned(), Change::Gone, "full-marks void none"),
    ] {
        let (old, new) = (course(HEAT), course(&now));
        let (before, now) = (question(&old, "heat"), question(&new, "heat"));
        let found = change(before, Some(now), &kept(before, now, &BTreeSet::new()));
        let codes: Vec<&str> = Policy::fitting(found).map(Policy::code).collect();
        assert_eq!((found, codes.join(" ").as_str()), (expected, policies), "{now:?}");
    }
    let old = course(HEAT);
    let before = question(&old, "heat");
    assert_eq!(change(before, None, &kept(before, before, &BTreeSet::new())), Change::Gone);
}

#[test]
fn names_go_both_ways() {
    for policy in Policy::ALL {
        assert_eq!(Policy::parse(policy.code()), Some(policy));
        assert_eq!(serde_json::to_string(&policy).unwrap(), format!("\"{}\"", policy.code()));
    }
    for change in [Change::Text, Change::Marks, Change::Structure, Change::Gone] {
        assert_eq!(Change::parse(change.code()), Some(change));
    }
    assert_eq!((Policy::parse("x"), Change::parse("x")), (None, None));
}

#[test]
fn each_policy_decides() {
    let right = Grade::earned(Fraction::ONE);
    let wrong = Grade::earned(Fraction::ZERO);
    for (policy, before, now, after) in [
        (Policy::Recompute, slot(0, 2), Some(right), slot(100, 2)),
        (Policy::Recompute, slot(100, 2), Some(wrong), slot(0, 2)),
        (Policy::Recompute, slot(100, 2), None, slot(100, 2)),
        (Policy::KeepBest, slot(0, 2), Some(right), slot(100, 2)),
        (Policy::KeepBest, slot(100, 2), Some(wrong), slot(100, 2)),
        (Policy::FullMarks, slot(50, 2), Some(wrong), slot(100, 2)),
        (Policy::FullMarks, slot(50, 2), None, slot(100, 2)),
        (Policy::None, slot(50, 2), Some(right), slot(50, 2)),
    ] {
        assert_eq!(policy.decide(before, now), after, "{policy:?} {now:?}");
    }
    let void = Policy::Void.decide(slot(50, 2), None);
    assert_eq!((void.marks, void.of), (Marks::ZERO, Marks::ZERO));
    assert_eq!(Policy::FullMarks.decide(void, None), void, "what counts for nothing stays so");
}

#[test]
fn people_cross_the_pass_mark_in_both_directions() {
    let rule = Rule { by: GradeBy::Best, pass: Fraction::percent(70) };
    let earned = |percents: &[i32]| -> Vec<_> {
        percents.iter().filter_map(|it| Sum::default().plus(&slot(*it, 10)).earned()).collect()
    };
    for (before, after, crossing) in [
        (&[60, 50][..], &[60, 70][..], Crossing::Up),
        (&[70, 50], &[60, 60], Crossing::Down),
        (&[70, 80], &[60, 80], Crossing::Stays),
        (&[10, 20], &[60, 60], Crossing::Stays),
    ] {
        assert_eq!(Effect::of(rule, &earned(before), &earned(after)).crossing, crossing);
    }
}

#[test]
fn a_waiting_answer_leaves_the_sum_open() {
    let waiting = SlotScore { grade: Grade::WAITING, marks: Marks::ZERO, of: Marks::whole(1) };
    let sum = Sum::default().plus(&slot(100, 1)).plus(&waiting);
    assert_eq!((sum.earned(), sum.reaches(Fraction::percent(50))), (None, None));
    let decided = sum.less(&waiting).plus(&Policy::FullMarks.decide(waiting, None));
    assert_eq!(decided.reaches(Fraction::ONE), Some(true));
    let without = sum.less(&waiting).plus(&Policy::Void.decide(waiting, None));
    assert_eq!(without.reaches(Fraction::ONE), Some(true));
}

#[test]
fn nothing_left_to_earn_is_no_pass() {
    let sum = Sum::default().plus(&Policy::Void.decide(slot(100, 1), None));
    assert_eq!(sum.reaches(Fraction::percent(50)), Some(false));
}

fn slots() -> impl Strategy<Value = Vec<SlotScore>> {
    proptest::collection::vec(
        (-60_i32..=100, 0_u32..5).prop_map(|(percent, of)| slot(percent, of)),
        1..8,
    )
}

fn sum(slots: &[SlotScore]) -> Sum {
    slots.iter().fold(Sum::default(), Sum::plus)
}

fn any_policy() -> impl Strategy<Value = Policy> {
    proptest::sample::select(Policy::ALL.to_vec())
}

proptest! {
    #[test]
    fn an_unchanged_key_changes_nothing(before in slots()) {
        for slot in &before {
            for policy in [Policy::Recompute, Policy::KeepBest, Policy::None] {
                prop_assert_eq!(policy.decide(*slot, Some(slot.grade)), *slot);
            }
        }
    }

    #[test]
    fn keep_best_and_full_marks_never_lower(before in slots(), now in -60_i32..=100, which in any::<proptest::sample::Index>()) {
        let chosen = before[which.index(before.len())];
        for policy in [Policy::KeepBest, Policy::FullMarks] {
            let after = policy.decide(chosen, Some(Grade::earned(Fraction::percent(now))));
            prop_assert!(after.marks >= chosen.marks && after.of == chosen.of);
            let (old, new) = (sum(&before), sum(&before).less(&chosen).plus(&after));
            prop_assert!(new.earned().unwrap().share() >= old.earned().unwrap().share());
        }
    }

    #[test]
    fn void_leaves_what_the_others_make(before in slots(), which in any::<proptest::sample::Index>()) {
        let at = which.index(before.len());
        let mut others = before.clone();
        let chosen = others.remove(at);
        let after = sum(&before).less(&chosen).plus(&Policy::Void.decide(chosen, None));
        prop_assert_eq!(after, sum(&others));
    }

    #[test]
    fn taking_back_restores_the_sum(before in slots(), policy in any_policy(), now in 0_i32..=100, which in any::<proptest::sample::Index>()) {
        let chosen = before[which.index(before.len())];
        let after = policy.decide(chosen, Some(Grade::earned(Fraction::percent(now))));
        let applied = sum(&before).less(&chosen).plus(&after);
        prop_assert_eq!(applied.less(&after).plus(&chosen), sum(&before));
    }

    #[test]
    fn deciding_twice_is_deciding_once(before in slots(), policy in any_policy(), now in 0_i32..=100) {
        let now = Some(Grade::earned(Fraction::percent(now)));
        for slot in before {
            let once = policy.decide(slot, now);
            prop_assert_eq!(policy.decide(once, now).marks, once.marks);
        }
    }

    #[test]
    fn every_answer_is_counted_once(before in slots(), policy in any_policy(), now in 0_i32..=100) {
        let mut tally = Tally::default();
        for slot in &before {
            tally.count(slot, &policy.decide(*slot, Some(Grade::earned(Fraction::percent(now)))));
        }
        prop_assert_eq!(tally.answers, before.len());
        prop_assert!(tally.changed() <= tally.answers);
    }
}
