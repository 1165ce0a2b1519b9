//! What must hold for every question, paper and answer; questions and answers are generated.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::event::Responses;
use super::form::{Control, Drawn, Form};
use super::grade::{Fraction, Grade, Marks, WHOLE};
use super::item::{Item, Kind, QuizRules};
use super::paper::{Paper, Seen, Slot};
use super::read;
use super::response::{ItemId, OptionId, Response};
use super::samples::{
    SECRET, SHUFFLED, any_item, any_items, any_number, any_parts, any_response, any_short_text,
    choice, item, option, quiz, sound_choice,
};
use super::score::{UnknownItem, score};
use super::seed::Seed;
use super::token::Tokens;
use crate::locale::Locale;

fn only(item: Item, seed: &Seed) -> (Slot, Tokens) {
    let paper = Paper::draw(&quiz(vec![item], SHUFFLED), seed, &Seen::new());
    let slot = paper.slots[0].clone();
    let tokens = Tokens::of(seed, 0, &slot);
    (slot, tokens)
}

#[test]
fn a_paper_without_its_questions_cannot_be_judged() {
    let paper = Paper::draw(
        &quiz(vec![item("q", Kind::Choice(choice(vec![option("a", true)])))], SHUFFLED),
        &Seed([1; 32]),
        &Seen::new(),
    );
    assert_eq!(score(&paper, &[], &Responses::new()), Err(UnknownItem(ItemId("q".into()))));
}

/// Everything that a form holds, as text.
fn everything(form: &Form) -> String {
    format!("{form:?}")
}

fn drawn(control: &Control) -> &[Drawn] {
    match control {
        Control::PickOne(options) | Control::PickMany(options) => options,
        Control::Arrange(options) | Control::Scale(options) => options,
        Control::Line
        | Control::Decimal { .. }
        | Control::Pairs { .. }
        | Control::Gaps(_)
        | Control::Spots { .. }
        | Control::Files { .. }
        | Control::Lines { .. } => &[],
    }
}

proptest! {
    #[test]
    fn the_same_seed_gives_the_same_paper_with_each_question_once(items in any_items(), seed: [u8; 32], shuffle: bool) {
        let quiz = quiz(items, QuizRules { shuffle, ..SHUFFLED });
        let paper = Paper::draw(&quiz, &Seed(seed), &Seen::new());
        prop_assert_eq!(&paper, &Paper::draw(&quiz, &Seed(seed), &Seen::new()));
        let asked: BTreeSet<&ItemId> = paper.slots.iter().map(|slot| &slot.item).collect();
        prop_assert_eq!(asked.len(), quiz.items.len());
        prop_assert_eq!(paper.slots.len(), quiz.items.len());
        for item in &quiz.items {
            let slot = paper.slots.iter().find(|slot| slot.item == item.id).unwrap();
            if let Kind::Choice(choice) = &item.kind {
                let filed: BTreeSet<&OptionId> = choice.options.iter().map(|option| &option.id).collect();
                prop_assert_eq!(slot.options.len(), filed.len());
                prop_assert_eq!(slot.options.iter().collect::<BTreeSet<_>>(), filed);
            }
        }
    }

    #[test]
    fn a_form_gives_nothing_away(item in any_item(), seed: [u8; 32]) {
        let seed = Seed(seed);
        let (slot, tokens) = only(item.clone(), &seed);
        for locale in Locale::ALL {
            let form = Form::draw(&item, &slot, &tokens, locale);
            let text = everything(&form);
            prop_assert!(!text.contains(SECRET), "{}", text);
            for (option, drawn) in slot.options.iter().zip(drawn(&form.control)) {
                prop_assert_ne!(&drawn.token, option.as_str());
                prop_assert_eq!(drawn.token.len(), 10);
                prop_assert_eq!(drawn.text.as_str(), format!("text of {option}"));
            }
        }
    }

    #[test]
    fn tokens_go_both_ways_and_differ_by_attempt_and_slot(item in any_item(), seed: [u8; 32], other: [u8; 32]) {
        let (slot, tokens) = only(item, &Seed(seed));
        let elsewhere = Tokens::of(&Seed(seed), 1, &slot);
        for option in &slot.options {
            let token = tokens.token(option).unwrap();
            prop_assert_eq!(tokens.option(token), Some(option));
            prop_assert_eq!(elsewhere.option(token), None);
            prop_assert!(seed == other || Tokens::of(&Seed(other), 0, &slot).option(token).is_none());
        }
    }

    #[test]
    fn what_was_posted_is_read_back(item in any_item(), posted in proptest::collection::vec(".{0,12}", 0..4), seed: [u8; 32]) {
        let (slot, tokens) = only(item.clone(), &Seed(seed));
        let ticked = slot.options.iter().take(2).filter_map(|option| tokens.token(option)).map(str::to_owned);
        let values: Vec<String> = posted.into_iter().chain(ticked).collect();
        let response = read::response(&item, &tokens, &values);
        prop_assert_eq!(read::response(&item, &tokens, &read::posted(&item, &response, &tokens)), response);
    }

    #[test]
    fn marks_stay_within_their_bounds(item in any_item(), response in any_response()) {
        let grade = item.grade(&response);
        prop_assert!((-WHOLE..=WHOLE).contains(&grade.fraction.0));
        prop_assert_eq!(item.grade(&Response::Blank), Grade::UNANSWERED);
        prop_assert_eq!(item.grade(&response), grade);
    }

    #[test]
    fn the_key_earns_everything(choice in sound_choice(), number in any_number(), text in any_short_text(), parts in any_parts()) {
        for kind in [Kind::Choice(choice), Kind::Number(number), Kind::Text(text), parts] {
            let item = item("q", kind);
            prop_assert_eq!(item.grade(&item.key().unwrap()).fraction, Fraction::ONE, "{:?}", item.kind);
        }
    }

    #[test]
    fn grading_ignores_the_order_of_display(item in any_item(), seeds: ([u8; 32], [u8; 32])) {
        let grades: Vec<Grade> = [seeds.0, seeds.1]
            .map(|seed| {
                let (slot, tokens) = only(item.clone(), &Seed(seed));
                let mut named: Vec<&OptionId> = slot.options.iter().collect();
                named.sort();
                let values: Vec<String> =
                    named.into_iter().take(2).filter_map(|option| tokens.token(option)).map(str::to_owned).collect();
                item.grade(&read::response(&item, &tokens, &values))
            })
            .to_vec();
        prop_assert_eq!(grades[0], grades[1]);
    }

    #[test]
    fn a_score_is_the_sum_of_its_slots(items in any_items(), answers in proptest::collection::btree_map(0_u16..8, any_response(), 0..8), seed: [u8; 32]) {
        let quiz = quiz(items, QuizRules { pass: Some(Fraction::percent(70)), ..SHUFFLED });
        let paper = Paper::draw(&quiz, &Seed(seed), &Seen::new());
        let score = score(&paper, &quiz.items, &answers).unwrap();
        let sum: i64 = score.slots.iter().map(|slot| slot.marks.0).sum();
        prop_assert_eq!(score.raw.0, sum.max(0));
        prop_assert!(score.raw <= score.max);
        prop_assert_eq!(score.max, Marks::whole(u32::try_from(quiz.items.len()).unwrap()));
        let passed = Some(score.raw.0 * 10 >= score.max.0 * 7);
        prop_assert_eq!(score.passed(&quiz.rules), passed.filter(|_| !score.waits()));
        prop_assert_eq!(score.passed(&QuizRules::default()), None);
    }
}
