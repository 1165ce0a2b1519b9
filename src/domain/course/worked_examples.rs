//! The worked examples of the format, in three languages: each compiles to what it is said to mean, and no text that
//! is put in their place makes the compiler stumble.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::compile::compile;
use super::compile::tests::{lesson, read_folder, remarks, translated};
use crate::course::model::Course;
use crate::html::Html;
use crate::locale::Locale;
use crate::quiz::grade::{Fraction, Marks};
use crate::quiz::item::{GapKey, Item, ItemText, Kind, Piece, Quiz, QuizPart};
use crate::quiz::kinds::{OrderScoring, PartScoring, Shape};
use crate::quiz::number::quantity;
use crate::quiz::response::{GapId, ItemId, OptionId, Response};

const FIXTURE: &str = "tests/fixtures/courses/kinds";

fn course() -> Course {
    let (course, diagnostics) = compile(&read_folder(FIXTURE));
    assert!(diagnostics.is_empty(), "{diagnostics}");
    course.unwrap()
}

fn quizzes(course: &Course) -> &[Quiz] {
    &course.modules[0].lessons[0].quizzes
}

fn item<'c>(course: &'c Course, id: &str) -> &'c Item {
    let mut items = quizzes(course).iter().flat_map(|quiz| &quiz.items);
    items.find(|item| item.id.as_str() == id).unwrap_or_else(|| panic!("no question `{id}`"))
}

fn en(item: &Item) -> &ItemText {
    &item.texts[&Locale::En]
}

fn picks(ids: &[&str]) -> Response {
    Response::Picks(ids.iter().map(|id| OptionId((*id).into())).collect())
}

fn text(typed: &str) -> Response {
    Response::Text(typed.into())
}

fn number(typed: &str) -> Response {
    Response::Number { typed: typed.into(), value: quantity(typed) }
}

fn pairs(given: &[(&str, &str)]) -> Response {
    let id = |text: &str| OptionId(text.into());
    Response::Pairs(given.iter().map(|(row, choice)| (id(row), id(choice))).collect())
}

fn order(steps: &[&str]) -> Response {
    Response::Order(steps.iter().map(|step| OptionId((*step).into())).collect())
}

fn gaps(given: &[(&str, &str)]) -> Response {
    Response::Gaps(given.iter().map(|(gap, text)| (GapId((*gap).into()), (*text).into())).collect())
}

#[test]
fn every_example_earns_what_the_format_says() {
    let course = course();
    for (id, response, units) in [
        ("tooling", picks(&["tool"]), 10_000_000),
        ("tooling", picks(&["raw"]), 0),
        ("oslo", picks(&["product", "process"]), 10_000_000),
        ("oslo", picks(&["product"]), 5_000_000),
        ("oslo", picks(&["product", "process", "patent"]), 5_000_000),
        ("oslo", picks(&["product", "process", "price"]), 5_000_000),
        ("pilot", picks(&["false"]), 10_000_000),
        ("pilot", picks(&["true"]), 0),
        ("heater", number("3,6 MJ"), 10_000_000),
        ("heater", number("1 kWh"), 10_000_000),
        ("heater", number("1 кВт·ч"), 10_000_000),
        ("heater", number("1 kVt·saat"), 10_000_000),
        ("heater", number("1 MJ"), 5_000_000),
        ("heater", number("3.6"), 0),
        ("rd", text("Research and Development"), 10_000_000),
        ("rd", text("r & d"), 10_000_000),
        ("rd", text("Tədqiqat və inkişaf"), 10_000_000),
        ("rd", text("research and design"), 5_000_000),
        (
            "trl",
            pairs(&[("trl3", "trl3-to"), ("trl6", "trl6-to"), ("trl9", "trl9-to")]),
            10_000_000,
        ),
        ("trl", pairs(&[("trl3", "trl3-to"), ("trl6", "other-1")]), 3_333_333),
        ("sprint", order(&["map", "sketch", "decide", "build", "test"]), 10_000_000),
        ("sprint", order(&["sketch", "decide", "build", "test", "map"]), 7_500_000),
        (
            "heatpump",
            gaps(&[("verb", "verb-transfers"), ("cop", "cop"), ("kwh", "3 kWh")]),
            10_000_000,
        ),
        ("heatpump", gaps(&[("verb", "verb-burns"), ("cop", "istilik əmsalı")]), 3_333_333),
        ("losses", picks(&["flue"]), 10_000_000),
        ("losses", picks(&["casing"]), 0),
        ("mould-payer", text("The workshop"), 10_000_000),
        ("power-unit", gaps(&[("unit", "watts")]), 10_000_000),
        ("hour", number("3600 s"), 10_000_000),
        ("hour", number("60 san"), 2_500_000),
        ("skipped", picks(&["skip-questions"]), 0),
    ] {
        let earned = item(&course, id).grade(&response).fraction;
        assert_eq!(earned, Fraction(units), "{id}: {response:?}");
    }
}

#[test]
fn the_key_of_every_example_earns_everything() {
    let course = course();
    for item in quizzes(&course).iter().flat_map(|quiz| &quiz.items) {
        let free = matches!(item.kind, Kind::Essay(_) | Kind::Upload(_) | Kind::Survey(_));
        match item.key() {
            Some(key) => assert_eq!(item.grade(&key).fraction, Fraction::ONE, "{}", item.id),
            None => assert!(free, "{} has no key", item.id),
        }
    }
}

#[test]
fn attributes_reach_the_key() {
    let course = course();
    let Kind::Match(trl) = &item(&course, "trl").kind else { panic!("trl is no match") };
    assert_eq!((trl.choices.len(), trl.scoring), (4, PartScoring::Each));
    let Kind::Order(sprint) = &item(&course, "sprint").kind else { panic!("no order") };
    assert_eq!(sprint.scoring, OrderScoring::Adjacent);
    let Kind::Cloze(pump) = &item(&course, "heatpump").kind else { panic!("no cloze") };
    let kinds: Vec<&str> = pump
        .gaps
        .iter()
        .map(|gap| match &gap.key {
            GapKey::Pick(_) => "list",
            GapKey::Number(_) => "number",
            GapKey::Text(_) => "text",
        })
        .collect();
    assert_eq!(kinds, ["list", "text", "number"]);
    let Kind::Hotspot(losses) = &item(&course, "losses").kind else { panic!("no hotspot") };
    let shapes: Vec<Shape> = losses.shapes.values().copied().collect();
    let rect = |left, top, right, bottom| Shape::Rect { left, top, right, bottom };
    let circle = Shape::Circle { x: 5000, y: 9000, radius: 800 };
    assert_eq!(shapes, [circle, rect(4000, 0, 7000, 2500), rect(8000, 4000, 10_000, 6000)]);
    let Kind::Essay(pitch) = &item(&course, "pitch").kind else { panic!("no essay") };
    let weights: Vec<u32> = pitch.rubric.iter().map(|row| row.weight).collect();
    assert_eq!((pitch.words, weights), (Some((150, 400)), vec![1, 1, 2, 1]));
    assert_eq!(pitch.rubric[0].levels, [0, 1, 2].map(Marks::whole));
    let Kind::Upload(plan) = &item(&course, "plan-file").kind else { panic!("no upload") };
    assert_eq!((plan.accept.join(" "), plan.max, plan.size), ("pdf docx".into(), 2, 10 << 20));
    let Kind::Survey(useful) = &item(&course, "useful-lesson").kind else { panic!("no survey") };
    assert_eq!((useful.options.len(), useful.many, useful.scale), (3, false, true));
    let Kind::Survey(change) = &item(&course, "change").kind else { panic!("no survey") };
    assert!(change.options.is_empty());
    for (id, points) in [("trl", 3), ("pitch", 10), ("tooling", 1), ("skipped", 0)] {
        assert_eq!(item(&course, id).points, Marks::whole(points), "{id}");
    }
}

#[test]
fn texts_stand_under_the_ids_of_the_source() {
    let course = course();
    let trl = item(&course, "trl");
    for (locale, row, distractor) in [
        (Locale::En, "System proven in operation", "Letter of intent from one customer"),
        (Locale::Ru, "Система испытана в эксплуатации", "Письмо о намерениях от одного клиента"),
    ] {
        let options = &trl.texts[&locale].options;
        let read = |id: &str| options[&OptionId(id.into())].text.as_str();
        assert_eq!((read("trl9"), read("trl9-to"), read("other-1")), ("TRL 9", row, distractor));
    }
    let watts = &en(item(&course, "power-unit")).options[&OptionId("watts".into())];
    let said = watts.feedback.as_ref().map(Html::as_str);
    assert_eq!((watts.text.as_str(), said), ("watts", Some("<p>Joules per second.</p>")));
    let losses = en(item(&course, "losses"));
    assert!(!losses.stem.as_str().contains("img"), "{}", losses.stem);
    let picture = losses.picture.as_ref().unwrap();
    assert_eq!((picture.width, picture.height), (600, 400));
    assert!(picture.src.starts_with("/media/") && picture.alt.starts_with("Energy flow"));
    let pitch = &item(&course, "pitch").texts[&Locale::Az];
    assert_eq!(pitch.rubric[2].name.as_str(), "Sübut");
    assert_eq!(pitch.rubric[2].levels[2].as_str(), "Ölçülüb");
    assert!(pitch.explanation.is_some());
}

#[test]
fn gaps_stand_where_each_language_needs_them() {
    let course = course();
    let pump = item(&course, "heatpump");
    for (locale, order) in [
        (Locale::En, ["verb", "cop", "kwh"]),
        (Locale::Az, ["cop", "kwh", "verb"]),
        (Locale::Ru, ["verb", "cop", "kwh"]),
    ] {
        let text = &pump.texts[&locale];
        let mut gaps = Vec::new();
        let mut read = String::new();
        for piece in &text.pieces {
            match piece {
                Piece::Gap(gap) => gaps.push(gap.as_str()),
                Piece::Html(html) => read.push_str(html.as_str()),
            }
        }
        assert_eq!(gaps, order);
        assert!(read.starts_with("<p>") && read.ends_with(".</p>"), "{read}");
        assert!(text.stem.as_str().is_empty());
    }
    let model = |locale| pump.texts[&locale].gaps[&GapId("cop".into())].model.clone().unwrap();
    assert_eq!(model(Locale::En).as_str(), "coefficient of performance");
    assert_eq!(model(Locale::Az).as_str(), "istilik əmsalı");
    let burns = &pump.texts[&Locale::Az].options[&OptionId("verb-burns".into())].text;
    assert_eq!(burns.as_str(), "yandırır");
}

#[test]
fn pools_and_draws_are_parts_of_a_quiz() {
    let course = course();
    let quiz = &quizzes(&course)[0];
    let ids = |ids: &[&str]| ids.iter().map(|id| ItemId((*id).into())).collect();
    let parts = &quiz.parts[quiz.parts.len() - 3..];
    assert_eq!(parts[0], QuizPart::One(ItemId("losses".into())));
    let pool = QuizPart::Some {
        id: "some".into(),
        pick: 2,
        from: ids(&["draft-product", "mould-payer", "power-unit"]),
        points: Some(Marks::whole(2)),
    };
    assert_eq!(parts[1], pool);
    let drawn = QuizPart::Some {
        id: "from-bank".into(),
        pick: 2,
        from: ids(&["heat-flow", "hour", "joule"]),
        points: None,
    };
    assert_eq!(parts[2], drawn);
    assert!(quiz.items.iter().all(|item| item.id.as_str() != "law"));
    assert_eq!(item(&course, "joule").texts.len(), 3);
}

#[test]
fn translations_of_every_kind_share_the_key() {
    for (class, source, translation, same) in [
        ("match", "- A {#a} → 1\n- B {#b} → 2", "- А → 1\n- Б → 2", true),
        ("match", "- A {#a} → 1\n- B {#b} → 2\n- → 3", "- А → 1\n- Б → 2", false),
        ("match", "- A {#a} → 1\n- B {#b} → 2", "- А {#b} → 1\n- Б {#a} → 2", false),
        ("match", "- A {#a} → 1\n- B {#b} → 2\n- C {#c} → 1", "- А → 1\n- Б → 2\n- В → 2", false),
        ("order", "1. A {#a}\n2. B {#b}", "1. А\n2. Б", true),
        ("order", "1. A {#a}\n2. B {#b}", "1. Б {#b}\n2. А {#a}", false),
        ("order", "1. A {#a}\n2. B {#b}", "1. А\n2. Б\n3. В", false),
        ("cloze", "`[a: x]` `[b: =1]`", "`[b: =1]` `[a: й | ц]`", true),
        ("cloze", "`[a: x]` `[b: =1]`", "`[b: =2]` `[a: й]`", false),
        ("cloze", "`[a: x]` `[b: =1]`", "`[c: =1]` `[a: й]`", false),
        ("cloze", "`[a: x | ~y]`", "`[a: й | ~ц]`", true),
        ("cloze", "`[a: x | ~y]`", "`[a: ~й | ц]`", false),
        ("cloze", "`[a: x | ~y]`", "`[a: й]`", false),
        ("survey", "- [ ] A {#a}\n- [ ] B {#b}", "- [ ] А\n- [ ] Б", true),
        ("survey", "- [ ] A {#a}\n- [ ] B {#b}", "", false),
        (
            "essay",
            "| C | 0 | 1 |\n|-|-|-|\n| A {#a} | x | y |",
            "| К | 0 | 1 |\n|-|-|-|\n| А | й | ц |",
            true,
        ),
        (
            "essay",
            "| C | 0 | 1 |\n|-|-|-|\n| A {#a} | x | y |",
            "| К | 0 | 2 |\n|-|-|-|\n| А | й | ц |",
            false,
        ),
    ] {
        let heading = format!("{{#why .{class}}}");
        let mut files = translated(source, translation);
        for path in ["1-m/1-a.en.md", "1-m/1-a.ru.md"] {
            let text = String::from_utf8(files[path].clone()).unwrap();
            let text = text.replace("{#why}", &heading).replace(" pass=70%", "");
            files.insert(path.into(), text.into_bytes());
        }
        let found = remarks(&files);
        let differ = found.iter().any(|remark| remark.starts_with("Q070"));
        assert_eq!(!differ, same, "{class} {translation}: {found:#?}");
    }
}

fn scoring_of(heading: &str, body: &str) -> String {
    let text = format!("## Q {{#quiz .quiz}}\n\n### Why? {{#why {heading}}}\n\n{body}");
    let (course, diagnostics) = compile(&lesson(&text));
    let items = &course.unwrap().modules[0].lessons[0].quizzes[0].items;
    items.first().unwrap_or_else(|| panic!("{diagnostics}")).scoring_hash.clone()
}

#[test]
fn wording_does_not_change_the_scoring_hash() {
    for (class, before, after, same) in [
        (".match", "- A {#a} → 1\n- B {#b} → 2", "- B {#b} → two\n- A {#a} → one", true),
        (".match", "- A {#a} → 1\n- B {#b} → 2", "- A {#a} → 1\n- B {#b} → 2\n- → 3", false),
        (".order", "1. A {#a}\n2. B {#b}", "1. Ay {#a}\n2. Be {#b}\n   > Yes.", true),
        (".order", "1. A {#a}\n2. B {#b}", "1. B {#b}\n2. A {#a}", false),
        (".cloze", "So `[a: x]` and `[b: y | ~z]`.", "Now `[b: ~z | y]`, `[a: x]`!", true),
        (".cloze", "So `[a: x]`.", "So `[a: x | y]`.", false),
        (".survey", "- [ ] A {#a}\n- [ ] B {#b}", "- [ ] Bee {#b}\n- [ ] Ay {#a}", true),
        (".essay", "Write.", "Write more.", true),
        (
            ".essay",
            "| C | 0 | 1 |\n|-|-|-|\n| A {#a} | x | y |",
            "| C | 0 | 1 |\n|-|-|-|\n| A {#a x2} | x | y |",
            false,
        ),
    ] {
        assert_eq!(scoring_of(class, before) == scoring_of(class, after), same, "{class} {after}");
    }
    let scoring = |attribute: &str| {
        scoring_of(&format!(".order scoring={attribute}"), "1. A {#a}\n2. B {#b}")
    };
    assert_ne!(scoring("all"), scoring("longest"));
}

/// What must hold of every question that compiles: in each language all that can be picked has a text, every gap a
/// place, and the key earns everything.
fn check_item(item: &Item) {
    if let Some(key) = item.key() {
        assert_eq!(item.grade(&key).fraction, Fraction::ONE, "{}", item.id);
    }
    let ids: Vec<OptionId> = match &item.kind {
        Kind::Choice(choice) => choice.options.iter().map(|option| option.id.clone()).collect(),
        Kind::Hotspot(hotspot) => hotspot.shapes.keys().cloned().collect(),
        Kind::Match(question) => {
            let rows = question.rows.iter().map(|row| row.id.clone());
            rows.chain(question.choices.iter().cloned()).collect()
        }
        Kind::Order(question) => question.steps.clone(),
        Kind::Survey(survey) => survey.options.clone(),
        Kind::Cloze(question) => {
            question.gaps.iter().flat_map(|gap| gap.key.options()).cloned().collect()
        }
        Kind::Number(_) | Kind::Text(_) | Kind::Essay(_) | Kind::Upload(_) => Vec::new(),
    };
    for text in item.texts.values() {
        assert!(ids.iter().all(|id| text.options.contains_key(id)), "{}", item.id);
        if let Kind::Cloze(question) = &item.kind {
            let placed = text.pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count();
            assert_eq!(placed, question.gaps.len(), "{}", item.id);
        }
    }
}

fn check_all(files: &BTreeMap<String, Vec<u8>>) {
    let (course, diagnostics) = compile(files);
    let _ = diagnostics.to_string();
    let Some(course) = course.filter(|_| !diagnostics.has_errors()) else { return };
    let lessons = course.modules.iter().flat_map(|module| &module.lessons);
    lessons.flat_map(|lesson| &lesson.quizzes).flat_map(|quiz| &quiz.items).for_each(check_item);
}

#[test]
fn floods_of_every_kind_are_taken() {
    for class in ["match", "order", "cloze", "hotspot", "essay", "upload", "survey", "pool", "draw"]
    {
        for part in [
            "- a → b\n",
            "1. a\n",
            "`[a: b]` ",
            "`[` ",
            "| a | 0 |\n|-|-|\n",
            "- [ ] a {rect=1,1,2,2}\n",
            "→ ",
            "#### x\n- = 1\n",
            "[a](../banks/b.md) ",
        ] {
            let flood = part.repeat(8_000 / part.len());
            let _ = compile(&lesson(&format!("## Q {{.quiz}}\n\n### W {{.{class}}}\n\n{flood}")));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn any_text_of_any_kind_is_taken(
        class in prop::sample::select(vec!["match", "order", "cloze", "hotspot", "essay", "upload accept=pdf", "survey scale", "pool pick=1", "draw pick=1"]),
        parts in prop::collection::vec(prop::sample::select(vec![
            "- ", "1. ", "\n", "\n\n", "→", "->", "`[", "]`", ":", "|", "~", "=", "a", "b ", " 3 ", "{#a}", "{x2}",
            "{rect=0,0,9,9}", "{circle=5,5,5}", "[ ] ", "[x] ", "  - ", "> ", "| a | 1 |\n|-|-|\n| b | c |\n",
            "![p](../media/f.svg)", "[l](../banks/e.md)", "#### ", "##### ", "*", "ə", "`", "&amp;", "\\", "[^1]", "\n[^1]: ",
        ]), 0..40),
    ) {
        let body = parts.concat();
        check_all(&lesson(&format!("## Q {{#q .quiz}}\n\n### Why? {{#why .{class}}}\n\n{body}")));
    }

    #[test]
    fn examples_with_lines_lost_or_doubled_are_taken(
        which in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let mut files = read_folder(FIXTURE);
        let names: Vec<String> =
            files.keys().filter(|name| name.ends_with(".md")).cloned().collect();
        let text = String::from_utf8(files[&names[which]].clone()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        for (at, double) in changes {
            let at = at.index(lines.len().max(1)).min(lines.len() - 1);
            if double {
                lines.insert(at, lines[at]);
            } else if lines.len() > 1 {
                lines.remove(at);
            }
        }
        files.insert(names[which].clone(), lines.join("\n").into_bytes());
        check_all(&files);
    }
}
