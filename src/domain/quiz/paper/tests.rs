//! The order of questions and options.

use std::collections::BTreeSet;

use super::*;
use crate::quiz::item::QuizRules;
use crate::quiz::samples::{SHUFFLED, choice, item, option, quiz};

fn only(item: Item, seed: &Seed) -> Slot {
    Paper::draw(&quiz(vec![item], SHUFFLED), seed).slots[0].clone()
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
        Paper::draw(&quiz(items.clone(), rules), &Seed([seed; 32]))
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
    );
    let stored = serde_json::to_string(&paper).unwrap();
    assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper);
}
