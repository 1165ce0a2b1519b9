//! Questions for tests: small builders, and strategies that make any question and any answer.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::behaviour::Overdue;
use super::grade::{Fraction, Marks};
use super::item::{
    Choice, ChoiceOption, Cloze, FeedbackWhen, Gap, GapKey, GapOption, GapText, GradeBy, Hotspot,
    Item, ItemText, Kind, MarkingRules, Number, NumberAnswer, OptionText, Piece, Quiz, QuizRules,
    Scoring, ShortText, TextAnswer, TextPattern, UnitRule,
};
use super::kinds::{Essay, Match, MatchRow, Order, OrderScoring, PartScoring, Survey, Upload};
use super::response::{GapId, ItemId, OptionId, Quantity, QuizId, Response};
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
    behaviour: None,
    penalty: None,
    tries: None,
    values: Vec::new(),
    wait: None,
    overdue: Overdue::Submit,
    marking: MarkingRules { anonymous: false, markers: 1, agree: Fraction(1_000_000) },
};

pub(crate) fn option(id: &str, right: bool) -> ChoiceOption {
    ChoiceOption { id: OptionId(id.into()), right, weight: None, pinned: false, only: false }
}

pub(crate) fn choice(options: Vec<ChoiceOption>) -> Choice {
    let many = options.iter().filter(|option| option.right).count() > 1;
    Choice { options, many, true_false: false, keep_order: false, scoring: Scoring::Net }
}

/// A question of which the answer 80 earns 80 %, and so on.
pub(crate) fn percents() -> Item {
    let answers = (0..=100).map(|n| interval(&n.to_string(), &n.to_string(), None, n)).collect();
    item("q", Kind::Number(Number { answers, units: Vec::new(), unit: UnitRule::None }))
}

/// Rows `row-0`, `row-1`, … with the choices `to-0`, `to-1`, … and so many distractors.
pub(crate) fn matching(rows: usize, distractors: usize, scoring: PartScoring) -> Match {
    let id = |what: &str, number: usize| OptionId(format!("{what}-{number}"));
    Match {
        rows: (0..rows).map(|n| MatchRow { id: id("row", n), right: id("to", n) }).collect(),
        choices: (0..rows + distractors).map(|n| id("to", n)).collect(),
        scoring,
    }
}

/// Steps named by one letter each.
pub(crate) fn ordering(steps: &str, scoring: OrderScoring) -> Order {
    Order { steps: steps.chars().map(|c| OptionId(c.into())).collect(), scoring }
}

/// A list with one right entry, a word and a number.
pub(crate) fn cloze(scoring: PartScoring) -> Cloze {
    let entry = |id: &str, right| GapOption { id: OptionId(id.into()), right };
    let word = short_text(vec![text_answer(0, TextPattern::Equal("COP".into()), 100)]);
    let number = Number {
        answers: vec![interval("3", "3", Some("kWh"), 100)],
        units: vec![("kWh".into(), Decimal::ONE)],
        unit: UnitRule::Optional,
    };
    let gap = |id: &str, key| Gap { id: GapId(id.into()), key };
    let verb = GapKey::Pick(vec![entry("verb-1", true), entry("verb-2", false)]);
    let gaps =
        vec![gap("verb", verb), gap("cop", GapKey::Text(word)), gap("kwh", GapKey::Number(number))];
    Cloze { gaps, scoring }
}

pub(crate) fn pairs(given: &[(&str, &str)]) -> Response {
    let id = |text: &str| OptionId(text.into());
    Response::Pairs(given.iter().map(|(row, choice)| (id(row), id(choice))).collect())
}

pub(crate) fn order(given: &str) -> Response {
    Response::Order(given.chars().map(|c| OptionId(c.into())).collect())
}

pub(crate) fn gaps(given: &[(&str, &str)]) -> Response {
    let gap = |(id, text): &(&str, &str)| (GapId((*id).into()), (*text).to_owned());
    Response::Gaps(given.iter().map(gap).collect())
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
        parts: Vec::new(),
    }
}

fn words(kind: &Kind) -> ItemText {
    let secret = |what: &str| Some(Html::text(&format!("{SECRET} {what}")));
    let ids: Vec<OptionId> = match kind {
        Kind::Choice(choice) | Kind::Hotspot(Hotspot { choice, .. }) => {
            choice.options.iter().map(|option| option.id.clone()).collect()
        }
        Kind::Match(question) => {
            let rows = question.rows.iter().map(|row| row.id.clone());
            rows.chain(question.choices.iter().cloned()).collect()
        }
        Kind::Order(question) => question.steps.clone(),
        Kind::Cloze(question) => {
            question.gaps.iter().flat_map(|gap| gap.key.options().cloned()).collect()
        }
        Kind::Survey(survey) => survey.options.clone(),
        Kind::Number(_) | Kind::Text(_) | Kind::Essay(_) | Kind::Upload(_) => Vec::new(),
    };
    let asked: &[Gap] = if let Kind::Cloze(question) = kind { &question.gaps } else { &[] };
    let between = || Piece::Html(Html::text(" between "));
    let pieces = asked.iter().flat_map(|gap| [between(), Piece::Gap(gap.id.clone())]).collect();
    let said =
        GapText { answers: [(0, secret("gap").unwrap())].into(), model: secret("gap model") };
    let gaps = asked.iter().map(|gap| (gap.id.clone(), said.clone())).collect();
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
        pieces,
        gaps,
        picture: None,
        rubric: Vec::new(),
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

/// Any question made of parts.
pub(crate) fn any_parts() -> impl Strategy<Value = Kind> {
    let strict =
        any::<bool>().prop_map(|all| if all { PartScoring::All } else { PartScoring::Each });
    let methods =
        [OrderScoring::Position, OrderScoring::Adjacent, OrderScoring::Longest, OrderScoring::All];
    prop_oneof![
        (1_usize..6, 0_usize..3, strict.clone())
            .prop_map(|(rows, more, scoring)| Kind::Match(matching(rows, more, scoring))),
        (1_usize..8, proptest::sample::select(methods.to_vec())).prop_map(|(steps, scoring)| {
            Kind::Order(ordering(&"abcdefg".chars().take(steps).collect::<String>(), scoring))
        }),
        strict.prop_map(|scoring| Kind::Cloze(cloze(scoring))),
        sound_choice()
            .prop_map(|choice| Kind::Hotspot(Hotspot { choice, shapes: BTreeMap::new() })),
    ]
}

/// Any question without a key.
pub(crate) fn any_open() -> impl Strategy<Value = Kind> {
    let options = (0_usize..5, any::<(bool, bool)>()).prop_map(|(count, (many, scale))| {
        let options = (0..count).map(|n| OptionId(format!("option-{n}"))).collect();
        Kind::Survey(Survey { options, many, scale })
    });
    prop_oneof![Just(Kind::Essay(Essay::default())), Just(Kind::Upload(Upload::default())), options,]
}

/// Any question that a course could hold.
pub(crate) fn any_item() -> impl Strategy<Value = Item> {
    prop_oneof![
        any_choice().prop_map(Kind::Choice),
        sound_choice().prop_map(Kind::Choice),
        any_number().prop_map(Kind::Number),
        any_short_text().prop_map(Kind::Text),
        any_parts(),
        any_open(),
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
        "[a-h]{0,8}".prop_map(|given| order(&given)),
        proptest::collection::btree_map(0_usize..6, 0_usize..6, 0..6).prop_map(|pairs| {
            let id = |what: &str, number: usize| OptionId(format!("{what}-{number}"));
            Response::Pairs(pairs.into_iter().map(|(a, b)| (id("row", a), id("to", b))).collect())
        }),
        (any::<String>(), any::<String>())
            .prop_map(|(verb, cop)| gaps(&[("verb", &verb), ("cop", &cop)])),
    ]
}
