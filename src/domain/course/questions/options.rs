//! Options of a choice question.

use std::ops::Range;

use super::item_line::{ItemLine, Sign, plain};
use super::named::{check_ids, check_twins};
use super::parsed::{ParsedChoice, ParsedOption};
use crate::course::attributes::add_word;
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::{Page, Spot};
use crate::quiz::grade::WHOLE;
use crate::quiz::item::{OptionText, Scoring};

/// Pairs that make a true/false question, in any of the languages, right or wrong first.
const TRUE_FALSE: [(&str, &str); 9] = [
    ("true", "false"),
    ("yes", "no"),
    ("doğru", "yanlış"),
    ("doğrudur", "yanlışdır"),
    ("bəli", "xeyr"),
    ("верно", "неверно"),
    ("правда", "ложь"),
    ("истина", "ложь"),
    ("да", "нет"),
];

/// Openings of options that speak of the other options.
const ALL_OR_NONE: [&str; 17] = [
    "all of the above",
    "none of the above",
    "all of these",
    "none of these",
    "all of them",
    "none of them",
    "yuxarıdakıların hamısı",
    "yuxarıdakıların heç biri",
    "bunların hamısı",
    "bunların heç biri",
    "hamısı",
    "heç biri",
    "все перечисленн",
    "всё перечисленн",
    "ничего из перечисленного",
    "ни один из перечисленных",
    "ничто из перечисленного",
];

pub(super) fn read_options<'c>(
    items: &[&[Spot<'c>]],
    scoring: Scoring,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> ParsedChoice {
    let read = |node: &&[Spot<'c>]| read_option(ItemLine::read(node, page.source), node, page, out);
    choice_of(items.iter().map(read).collect(), scoring)
}

/// A choice among options: of several, if several are ticked.
pub(super) fn choice_of(options: Vec<ParsedOption>, scoring: Scoring) -> ParsedChoice {
    let words: Vec<&str> = options.iter().map(|option| option.plain.as_str()).collect();
    let true_false = is_true_false(&words);
    let many = options.iter().filter(|option| option.right).count() > 1;
    ParsedChoice { options, many, true_false, keep_order: false, scoring }
}

pub(super) fn read_option<'c>(
    mut line: ItemLine,
    node: &[Spot<'c>],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> ParsedOption {
    let source = page.source;
    let text = OptionText { text: line.text(node, page), feedback: line.feedback(node, page) };
    let at = line.value.clone();
    let plain = plain(source, &at, node);
    if text.text.as_str().is_empty() {
        out.push(source.error("Q003", at.clone(), "an option has no text"));
    }
    let attributes = &mut line.attributes;
    let option = ParsedOption {
        id: attributes.id(source, out),
        at,
        plain,
        right: line.sign == Sign::Ticked,
        weight: attributes.percentage().map(|(weight, _)| weight),
        pinned: attributes.flag("pin").is_some(),
        only: attributes.flag("only").is_some(),
        text,
    };
    attributes.finish(source, out);
    option
}

/// What can be wrong with a set of options: nothing ticked, all ticked, twins, give-aways.
pub(super) fn check_options(
    choice: &ParsedChoice,
    list: Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let options = &choice.options;
    if !options.iter().any(|option| option.right) {
        let remark = source.error("Q010", list.clone(), "no option is ticked");
        out.push(remark.help("tick the right one: `- [x] …`"));
    } else if options.iter().all(|option| option.right) {
        let remark = source.error("Q011", list.clone(), "every option is ticked");
        out.push(remark.help("add an option that is not right"));
    }
    check_ids(options.iter().map(|option| (option.id.as_deref(), &option.at)), source, out);
    check_twins(options.iter().map(|option| (option.plain.as_str(), &option.at)), source, out);
    check_length(options, source, out);
    check_weights(choice, list, source, out);
    options.iter().for_each(|option| check_pin(option, source, out));
}

/// An option about the others loses its sense when it is shuffled among them.
fn check_pin(option: &ParsedOption, source: &Source, out: &mut Diagnostics) {
    let begins_with = |phrase: &str| {
        let mut letters = option.plain.chars().flat_map(char::to_lowercase);
        phrase.chars().all(|letter| letters.next() == Some(letter))
    };
    if option.pinned || !ALL_OR_NONE.iter().any(|phrase| begins_with(phrase)) {
        return;
    }
    let message = "this option speaks of the others but may be shuffled";
    let remark = source.warning("Q014", option.at.clone(), message);
    let remark = remark.help("write `pin` into the braces behind it");
    out.push(remark.fix(add_word(source, source.line_range(option.at.start), "pin")));
}

/// Marks that do not add up, and marks for ticking everything.
fn check_weights(
    choice: &ParsedChoice,
    list: Range<usize>,
    source: &Source,
    out: &mut Diagnostics,
) {
    let right: Vec<&ParsedOption> = choice.options.iter().filter(|option| option.right).collect();
    let written = right.iter().filter_map(|option| option.weight).map(|weight| weight.0);
    let sum: i64 = written.clone().sum();
    let all_written = !right.is_empty() && written.count() == right.len();
    if choice.scoring == Scoring::Weights && all_written && (sum - WHOLE).abs() > WHOLE / 200 {
        let message = format!("the weights of the right options add up to {} %", sum * 100 / WHOLE);
        let remark = source.error("Q016", list.clone(), message);
        out.push(remark.help("make it 100 %: who ticks all right options has full marks"));
    }
    if let Some(share) = free_mark(choice).filter(|share| *share * 2 >= WHOLE) {
        let message = format!("whoever ticks everything earns {} %", share * 100 / WHOLE);
        let remark = source.warning("Q015", list, message);
        out.push(remark.help("add wrong options, or write `scoring=all`"));
    }
}

/// What ticking everything earns, where several may be right and not all are.
fn free_mark(choice: &ParsedChoice) -> Option<i64> {
    let (right, wrong): (Vec<_>, Vec<_>) = choice.options.iter().partition(|option| option.right);
    let hits = i64::try_from(right.len()).ok().filter(|hits| *hits > 1)?;
    if wrong.is_empty() || choice.options.iter().any(|option| option.only) {
        return None;
    }
    let penalty =
        |option: &ParsedOption, plain: i64| option.weight.map_or(plain, |weight| weight.0);
    let costs = |plain: i64| wrong.iter().map(|option| penalty(option, plain)).sum::<i64>();
    match choice.scoring {
        Scoring::Net => Some(WHOLE + costs(-WHOLE / hits)),
        Scoring::Weights => Some(WHOLE + costs(0)),
        Scoring::All | Scoring::Each | Scoring::Cover | Scoring::Halves => None,
    }
}

/// One right option that is half as long again as all others gives itself away.
fn check_length(options: &[ParsedOption], source: &Source, out: &mut Diagnostics) {
    let mut right = options.iter().filter(|option| option.right);
    let (Some(option), None) = (right.next(), right.next()) else { return };
    let length = |option: &ParsedOption| option.plain.chars().count();
    let Some(longest) = options.iter().filter(|option| !option.right).map(length).max() else {
        return;
    };
    if length(option) > longest + 25 && length(option) * 2 > longest * 3 {
        let remark =
            source.warning("Q013", option.at.clone(), "the right option is by far the longest");
        out.push(
            remark.help("learners guess the longest; shorten it or make the others as precise"),
        );
    }
}

/// Do two options say true and false?
pub(crate) fn is_true_false(options: &[&str]) -> bool {
    let [first, second] = options else { return false };
    let word = |option: &str| option.trim_end_matches('.').trim().to_lowercase();
    let pair = (word(first), word(second));
    TRUE_FALSE
        .iter()
        .any(|(yes, no)| (pair.0 == *yes && pair.1 == *no) || (pair.0 == *no && pair.1 == *yes))
}

/// For a true/false option without an id: does it say yes?
pub(super) fn says_true(text: &str) -> bool {
    let word = text.trim_end_matches('.').trim().to_lowercase();
    TRUE_FALSE.iter().any(|(yes, _)| *yes == word)
}
