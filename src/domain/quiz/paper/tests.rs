//! The order of questions and options.

use std::collections::BTreeSet;

use super::*;
use crate::quiz::item::QuizRules;
use crate::quiz::kinds::OrderScoring;
use crate::quiz::samples::{SHUFFLED, choice, item, option, ordering, quiz};

fn only(item: Item, seed: &Seed) -> Slot {
    Paper::draw(&quiz(vec![item], SHUFFLED), seed, &Seen::new()).slots[0].clone()
}

fn ids(slot: &Slot) -> String {
    slot.options.iter().map(OptionId::as_str).collect::<Vec<&str>>().join(" ")
}

#[test]
fn pins_hold_and_fixed_orders_stay() {
    let mut many = choice(["a", "b", "c", "d", "e"].map(|id| option(id, id < "c")).to_vec());
    many.options[4].pinned = true;
    many.options[1].pinned = true;
    let kept = Choice { keep_order: true, ..many.clone() };
    let true_false = Choice { true_false: true, ..many.clone() };
    let mut orders = BTreeSet::new();
    for number in 0..50_u8 {
        let seed = Seed([number; 32]);
        let order = |choice: &Choice| ids(&only(item("q", Kind::Choice(choice.clone())), &seed));
        assert_eq!(order(&kept), "a b c d e");
        assert_eq!(order(&true_false), "a b c d e");
        orders.insert(order(&many));
    }
    assert_eq!(orders.len(), 6, "{orders:?}");
    assert!(
        orders.iter().all(|order| order.split(' ').nth(1) == Some("b") && order.ends_with('e')),
        "{orders:?}"
    );
}

#[test]
fn questions_keep_the_order_of_the_file_unless_told() {
    let items: Vec<Item> = (0..9)
        .map(|n| item(&format!("q{n}"), Kind::Choice(choice(vec![option("a", true)]))))
        .collect();
    let order = |rules: QuizRules, seed: u8| -> Vec<ItemId> {
        Paper::draw(&quiz(items.clone(), rules), &Seed([seed; 32]), &Seen::new())
            .slots
            .into_iter()
            .map(|slot| slot.item)
            .collect()
    };
    let filed: Vec<ItemId> = items.iter().map(|item| item.id.clone()).collect();
    assert_eq!(order(QuizRules::default(), 1), filed);
    assert_ne!(order(SHUFFLED, 1), filed);
    assert_ne!(order(SHUFFLED, 1), order(SHUFFLED, 2));
}

#[test]
fn a_paper_survives_storage() {
    let paper = Paper::draw(
        &quiz(vec![item("q", Kind::Choice(choice(vec![option("a", true)])))], SHUFFLED),
        &Seed([1; 32]),
        &Seen::new(),
    );
    let stored = serde_json::to_string(&paper).unwrap();
    assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper);
}

/// A quiz of single questions and of pools, each with what it picks and what it picks from.
fn pooled(singles: &[&str], pools: &[(u32, &[&str])]) -> Quiz {
    let id = |id: &&str| ItemId((*id).into());
    let ids: BTreeSet<&str> =
        singles.iter().chain(pools.iter().flat_map(|(_, from)| *from)).copied().collect();
    let question = |id: &str| item(id, Kind::Choice(choice(vec![option("a", true)])));
    let singles = singles.iter().map(|single| QuizPart::One(id(single)));
    let pools = pools.iter().enumerate().map(|(number, (pick, from))| QuizPart::Some {
        id: format!("pool-{number}"),
        pick: *pick,
        from: from.iter().map(id).collect(),
        points: Some(Marks::whole(2)),
    });
    let parts = singles.chain(pools).collect();
    Quiz { parts, ..quiz(ids.into_iter().map(question).collect(), QuizRules::default()) }
}

fn asked(quiz: &Quiz, seed: u8, seen: &[(&str, u32)]) -> Vec<String> {
    let seen: Seen = seen.iter().map(|(id, times)| (ItemId((*id).into()), *times)).collect();
    let paper = Paper::draw(quiz, &Seed([seed; 32]), &seen);
    paper.slots.into_iter().map(|slot| slot.item.0).collect()
}

#[test]
fn a_pool_asks_what_was_met_least_often() {
    let quiz = pooled(&["one"], &[(2, &["a", "b", "c", "d"])]);
    for seed in 0..20 {
        let asked = asked(&quiz, seed, &[("a", 2), ("b", 1), ("c", 1)]);
        assert_eq!(asked.len(), 3);
        assert_eq!(asked[..2], ["one", "d"]);
        assert!(["b", "c"].contains(&asked[2].as_str()), "{asked:?}");
    }
    let first: BTreeSet<Vec<String>> = (0..40).map(|seed| asked(&quiz, seed, &[])).collect();
    assert!(first.len() > 6, "chance decides among equals: {first:?}");
}

#[test]
fn a_question_of_two_pools_is_left_to_the_one_that_has_no_other() {
    let quiz = pooled(&[], &[(2, &["a", "b", "c"]), (1, &["a"])]);
    for seed in 0..20 {
        let mut asked = asked(&quiz, seed, &[]);
        asked.sort();
        assert_eq!(asked, ["a", "b", "c"]);
    }
}

#[test]
fn marks_of_a_pool_count_for_its_questions() {
    let quiz = pooled(&["one"], &[(1, &["a", "b"])]);
    let paper = Paper::draw(&quiz, &Seed([1; 32]), &Seen::new());
    assert_eq!(paper.max(), Marks::whole(3));
}

#[test]
fn steps_are_not_shown_in_their_right_order() {
    for seed in 0..60 {
        let question = item("q", Kind::Order(ordering("abc", OrderScoring::Position)));
        let shown = only(question, &Seed([seed; 32])).options;
        let shown: Vec<&str> = shown.iter().map(OptionId::as_str).collect();
        assert_ne!(shown, ["a", "b", "c"]);
    }
}
