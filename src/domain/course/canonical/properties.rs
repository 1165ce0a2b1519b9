//! What must hold of every text: formatting twice is formatting once, and it says what it said.

use proptest::prelude::*;

use super::diff::diff;
use super::folder::format;
use super::reading::{Alike, reading};
use super::tests::{FRONT, Files, course, format_all, formatted, text};
use crate::course::compile::compile;
use crate::course::model::Course;

/// The course without what formatting may change: hashes of texts and written answers.
fn meaning(files: &Files) -> Option<Course> {
    let mut course = compile(files).0?;
    for lesson in course.modules.iter_mut().flat_map(|module| &mut module.lessons) {
        for text in lesson.texts.values_mut() {
            text.source_hash.clear();
            let behind =
                text.translation.iter_mut().flat_map(|translation| &mut translation.behind);
            behind.for_each(|change| (change.source, change.translation) = Default::default());
        }
        for item in lesson.quizzes.iter_mut().flat_map(|quiz| &mut quiz.items) {
            item.wording_hash.clear();
            item.texts.values_mut().for_each(|text| text.model = None);
        }
    }
    Some(course)
}

/// In code that goes over the end of a line, the parser counts the two characters of other systems as two.
fn unix(files: &Files) -> Files {
    let line_ends =
        |text: &Vec<u8>| String::from_utf8_lossy(text).replace("\r\n", "\n").into_bytes();
    files.iter().map(|(path, text)| (path.clone(), line_ends(text))).collect()
}

/// What must hold of every course: formatting twice is formatting once, and it says what it said.
fn check(files: &Files) {
    let after = format_all(files);
    if let Some((path, edits)) = format(&after).into_iter().next() {
        let before = text(&after, &path);
        panic!("not stable, first {:?}\n{}", text(files, &path), diff(&path, before, &edits));
    }
    let files = &unix(files);
    if compile(files).1.has_errors() {
        return;
    }
    assert!(!compile(&after).1.has_errors(), "{}", compile(&after).1);
    assert_eq!(meaning(&after), meaning(files));
}

/// Texts of the things that the formatter looks at, put together without a plan.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "a",
        "b ",
        "ə",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\n\n\n",
        "\r\n",
        "- ",
        "* ",
        "+ ",
        "-   ",
        "1. ",
        "2) ",
        "> ",
        ">",
        "## ",
        "###  ",
        " ##",
        "#",
        "===\n",
        "---\n",
        "***\n",
        "```\n",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "|",
        "a|b\n-|-\n",
        "| a | b |\n|:-|-:|\n| 1 |\n",
        "\\",
        "\\\n",
        "  \n",
        "[X] ",
        "[x] ",
        "[ ] ",
        "{#a}",
        "{.quiz}",
        " {.quiz #b}",
        "{a  b}",
        "= 3,5 +- 1",
        "= ",
        "~ ",
        "-> ",
        "<b>",
        "<div>\n",
        "</div>",
        "<!--",
        "-->",
        "[a](b)",
        "[a]: b\n",
        "[^1]",
        "[^1]: c\n",
        "~~",
        ": d\n",
        "> [!TIP]\n",
        "&amp;",
        "http://a.b/",
        "$",
        "![",
        "]",
        "!",
    ]);
    prop::collection::vec(scrap, 0..40).prop_map(|scraps| scraps.concat())
}

fn quizzes() -> impl Strategy<Value = String> {
    let answer = prop::sample::select(vec![
        "- [x] One",
        "* [X] Two {#two}",
        "- [ ] Three {pin}",
        "- [ ] True",
        "- [x] False",
        "-  [ ] `x`",
        "+ = 3,5",
        "- = 4 +- 1 MJ",
        "- ~ *",
        "- = word",
        "- ~ 2,5 {50%}",
        "  > Feedback",
        "    more",
        "1. Step",
        "",
        "> Note",
        "> [!TIP]\n> Hint",
        "| a | b |\n|-|-|\n| c | d |",
    ]);
    let question = (
        prop::sample::select(vec![
            "### Why?",
            "### Why? {#why}",
            "###  How {points=2 #how} ",
            "#### Deep",
            "### ?",
            "### B {units=MJ:1}",
        ]),
        prop::collection::vec(answer, 0..6),
    );
    let question =
        question.prop_map(|(heading, answers)| format!("{heading}\n\n{}\n\n", answers.join("\n")));
    let heading = prop::sample::select(vec![
        "## Q {.quiz}",
        "## Q {.quiz pass=60% #q}",
        "## Prose",
        "# Q {.quiz}",
    ]);
    let quiz = (heading, prop::collection::vec(question, 0..4))
        .prop_map(|(heading, questions)| format!("{heading}\n\n{}", questions.concat()));
    prop::collection::vec(quiz, 1..3).prop_map(|quizzes| quizzes.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_as_before(text in scraps()) {
        let file = format!("{FRONT}{text}");
        let after = formatted(&file);
        let said = |text: &str| reading(text, FRONT.len(), Alike::ButForSigns);
        prop_assert_eq!(said(&after), said(&file.replace("\r\n", "\n")));
        prop_assert_eq!(formatted(&after), after);
    }

    #[test]
    fn any_quiz_keeps_its_meaning(english in quizzes(), azerbaijani in quizzes()) {
        check(&course(&english, &azerbaijani));
    }

    #[test]
    fn any_prose_keeps_its_meaning(english in scraps(), azerbaijani in scraps()) {
        check(&course(&english, &azerbaijani));
    }
}
