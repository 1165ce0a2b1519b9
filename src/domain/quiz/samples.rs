//! Questions for tests: small builders, and strategies that make any question and any answer.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::grade::{Fraction, Marks};
use super::item::{
    Choice, ChoiceOption, FeedbackWhen, GradeBy, Item, ItemText, Kind, Number, NumberAnswer,
    OptionText, Quiz, QuizRules, Scoring, ShortText, TextAnswer, TextPattern, UnitRule,
};
use super::response::{ItemId, OptionId, Quantity, QuizId, Response};
use crate::html::Html;
use crate::locale::{Locale, Texts};

/// Every text that may not be seen before review holds this word.
pub(crate) const SECRET: &str = "canary";

/// Rules of practice with questions in a new order each time.
pub(crate) const SHUFFLED: QuizRules = QuizRules {
    pass: None,
    attempts: None,
    time: None,
    shuffle: true,
    grade: GradeBy::Best,
    feedback: FeedbackWhen::End,
    open: None,
    close: None,
    draft: false,
};

pub(crate) fn option(id: &str, right: bool) -> ChoiceOption {
    ChoiceOption { id: OptionId(id.into()), right, weight: None, pinned: false, only: false }
}

pub(crate) fn choice(options: Vec<ChoiceOption>) -> Choice {
    let many = options.iter().filter(|option| option.right).count() > 1;
    Choice { options, many, true_false: false, keep_order: false, scoring: Scoring::Net }
}

pub(crate) fn picks(ids: &[&str]) -> Response {
    Response::Picks(ids.iter().map(|id| OptionId((*id).into())).collect())
}

pub(crate) fn interval(low: &str, high: &str, unit: Option<&str>, percent: i32) -> NumberAnswer {
    NumberAnswer {
        range: Some((low.parse().unwrap(), high.parse().unwrap())),
        unit: unit.map(str::to_owned),
        fraction: Fraction::percent(percent),
    }
}

pub(crate) fn text_answer(index: u32, pattern: TextPattern, percent: i32) -> TextAnswer {
    TextAnswer { locale: Locale::En, index, pattern, fraction: Fraction::percent(percent) }
}

pub(crate) fn short_text(answers: Vec<TextAnswer>) -> ShortText {
    ShortText { answers, exact_case: false, exact_accents: false, typos: 0 }
}

pub(crate) fn item(id: &str, kind: Kind) -> Item {
    let texts = Locale::ALL.into_iter().map(|locale| (locale, words(&kind))).collect();
    Item {
        id: ItemId(id.into()),
        scoring_hash: format!("hash of {id}"),
        wording_hash: String::new(),
        points: Marks::whole(1),
        hint_cost: Fraction::ZERO,
        was: None,
        outcomes: Vec::new(),
        tags: Vec::new(),
        kind,
        texts,
    }
}

pub(crate) fn quiz(items: Vec<Item>, rules: QuizRules) -> Quiz {
    Quiz {
        id: QuizId("quiz".into()),
        title: Texts::default(),
        intro: BTreeMap::new(),
        rules,
        items,
    }
}

fn words(kind: &Kind) -> ItemText {
    let secret = |what: &str| Some(Html::text(&format!("{SECRET} {what}")));
    let ids: Vec<OptionId> = match kind {
        Kind::Choice(choice) => choice.options.iter().map(|option| option.id.clone()).collect(),
        Kind::Number(_) | Kind::Text(_) => Vec::new(),
    };
    let option = |id: &OptionId| OptionText {
        text: Html::text(&format!("text of {id}")),
        feedback: secret(id.as_str()),
    };
    ItemText {
        title: Html::text("title"),
        stem: Html::text("stem"),
        options: ids.iter().map(|id| (id.clone(), option(id))).collect(),
        answers: (0..4)
            .filter_map(|index| Some((index, secret(&format!("answer {index}"))?)))
            .collect(),
        model: secret("model"),
        explanation: secret("explanation"),
        if_right: secret("right"),
        if_partly: secret("partly"),
        if_wrong: secret("wrong"),
        hints: vec![Html::text("hint")],
    }
}

fn any_option() -> impl Strategy<Value = ChoiceOption> {
    let weight = proptest::option::weighted(
        0.2,
        (-4_i32..=4).prop_map(|quarters| Fraction::percent(quarters * 25)),
    );
    let flags = (any::<bool>(), proptest::bool::weighted(0.2), proptest::bool::weighted(0.1));
    (flags, weight).prop_map(|((right, pinned, only), weight)| ChoiceOption {
        id: OptionId(String::new()),
        right,
        weight,
        pinned,
        only,
    })
}

fn any_scoring() -> impl Strategy<Value = Scoring> {
    let all = [
        Scoring::All,
        Scoring::Net,
        Scoring::Each,
        Scoring::Cover,
        Scoring::Halves,
        Scoring::Weights,
    ];
    proptest::sample::select(all.to_vec())
}

/// Any choice question, sensible or not.
pub(crate) fn any_choice() -> impl Strategy<Value = Choice> {
    let options = proptest::collection::vec(any_option(), 2..7);
    (options, any::<(bool, bool, bool)>(), any_scoring()).prop_map(
        |(mut options, flags, scoring)| {
            for (number, option) in options.iter_mut().enumerate() {
                option.id = OptionId(format!("option-{number}"));
            }
            Choice { options, many: flags.0, true_false: flags.1, keep_order: flags.2, scoring }
        },
    )
}

/// A choice question that the compiler would let pass: some right, some wrong, no weights.
pub(crate) fn sound_choice() -> impl Strategy<Value = Choice> {
    any_choice().prop_map(|mut choice| {
        let one_right = !choice.many;
        for (number, option) in choice.options.iter_mut().enumerate() {
            (option.weight, option.only) = (None, false);
            option.right =
                if one_right { number == 0 } else { (option.right || number == 0) && number != 1 };
        }
        choice
    })
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (-1_000_000_i64..1_000_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

pub(crate) fn any_number() -> impl Strategy<Value = Number> {
    let answer = (decimal(), 0_i64..50).prop_map(|(low, width)| NumberAnswer {
        range: Some((low, low + Decimal::from(width))),
        unit: None,
        fraction: Fraction::ONE,
    });
    let rule =
        proptest::sample::select(vec![UnitRule::None, UnitRule::Optional, UnitRule::Required]);
    (proptest::collection::vec(answer, 1..4), rule).prop_map(|(answers, unit)| {
        let units = vec![("MJ".to_owned(), Decimal::ONE), ("kWh".to_owned(), Decimal::new(36, 1))];
        Number { answers, units: if unit == UnitRule::None { Vec::new() } else { units }, unit }
    })
}

pub(crate) fn any_short_text() -> impl Strategy<Value = ShortText> {
    let texts = proptest::collection::vec("[a-zəğöşüçıİIа-яё][a-zA-Z ƏĞ]{0,12}", 1..4);
    (texts, any::<(bool, bool)>(), 0_u8..2).prop_map(
        |(texts, (exact_case, exact_accents), typos)| {
            let answers = (0_u32..)
                .zip(texts)
                .map(|(index, text)| text_answer(index, TextPattern::Equal(text), 100))
                .collect();
            ShortText { answers, exact_case, exact_accents, typos }
        },
    )
}

/// Any question that a course could hold.
pub(crate) fn any_item() -> impl Strategy<Value = Item> {
    prop_oneof![
        any_choice().prop_map(Kind::Choice),
        sound_choice().prop_map(Kind::Choice),
        any_number().prop_map(Kind::Number),
        any_short_text().prop_map(Kind::Text),
    ]
    .prop_map(|kind| item("item", kind))
}

/// Several questions with ids of their own.
pub(crate) fn any_items() -> impl Strategy<Value = Vec<Item>> {
    proptest::collection::vec(any_item(), 1..8).prop_map(|mut items| {
        for (number, item) in items.iter_mut().enumerate() {
            item.id = ItemId(format!("item-{number}"));
        }
        items
    })
}

/// Any answer, also one that does not fit the question.
pub(crate) fn any_response() -> impl Strategy<Value = Response> {
    let ids = proptest::collection::btree_set(0_usize..8, 0..8);
    let value = proptest::option::of(decimal().prop_map(|value| Quantity { value, unit: None }));
    let number =
        (any::<String>(), value).prop_map(|(typed, value)| Response::Number { typed, value });
    prop_oneof![
        Just(Response::Blank),
        ids.prop_map(|ids| {
            Response::Picks(
                ids.into_iter()
                    .map(|id| OptionId(format!("option-{id}")))
                    .collect::<BTreeSet<OptionId>>(),
            )
        }),
        any::<String>().prop_map(Response::Text),
        number,
    ]
}
