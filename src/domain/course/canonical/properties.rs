//! What must hold of every text: formatting twice is formatting once, and it says what it said.

use proptest::prelude::*;

use super::diff::diff;
use super::folder::format;
use super::reading::{Alike, reading};
use super::tests::{FRONT, Files, course, format_all, formatted, text};
use crate::course::compile::compile;
use crate::course::model::Course;
use crate::diagnostic::{Diagnostic, Level};

/// The course without what formatting may change: hashes of texts, written answers, and which ids nobody wrote.
fn meaning(files: &Files) -> Option<Course> {
    let mut course = compile(files).0?;
    course.unnamed = Default::default();
    for lesson in course.modules.iter_mut().flat_map(|module| &mut module.lessons) {
        for text in lesson.texts.values_mut() {
            text.source_hash.clear();
            let behind =
                text.translation.iter_mut().flat_map(|translation| &mut translation.behind);
            behind.for_each(|change| (change.source, change.translation) = Default::default());
        }
        for item in lesson.quizzes.iter_mut().flat_map(|quiz| &mut quiz.items) {
            item.wording_hash.clear();
            for text in item.texts.values_mut() {
                text.model = None;
                text.gaps.values_mut().for_each(|gap| gap.model = None);
            }
        }
    }
    Some(course)
}

/// In code that goes over the end of a line, the parser counts the two characters of other systems as two, and for
/// attributes a carriage return ends no line.
fn unix(files: &Files) -> Files {
    let text = |text: &Vec<u8>| line_ends(&String::from_utf8_lossy(text)).into_bytes();
    files.iter().map(|(path, bytes)| (path.clone(), text(bytes))).collect()
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// An error that does not go away with new ids.
fn refused(remark: &Diagnostic) -> bool {
    remark.level == Level::Error && remark.code != "Q001"
}

/// What must hold of every course: formatting twice is formatting once, and it says what it said.
fn check(files: &Files) {
    let after = format_all(files);
    if let Some((path, edits)) = format(&after).into_iter().next() {
        let before = text(&after, &path);
        panic!("not stable, first {:?}\n{}", text(files, &path), diff(&path, before, &edits));
    }
    let files = &unix(files);
    if compile(files).1.iter().any(refused) {
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
        "\r",
        "\r\r\n",
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
        "- a -> b",
        "- c {#c}->d {#d}",
        "- **e** →  f",
        "- -> g",
        "2) Step {#s}",
        "`[moves | ~burns]` it",
        "`[l: one|two]`, `[ = 3,5 ]`",
        "`[long]`",
        "\n- long\n  - = word",
        "![A](../media/a.svg)",
        "- [x] F {rect=40,0,70,25}",
        "- [ ] G {#g circle=50,90,8}",
        "| a | 0 | 2 |\n|-|-|-|\n| c | d | e |\n| d {x2} | | |",
        "Draw from [Heat](../banks/heat.md)",
        "#### Inner",
        "#### Inner {#inner}",
        "- Say",
    ]);
    let question = (
        prop::sample::select(vec![
            "### Why?",
            "### Why? {#why}",
            "###  How {points=2 #how} ",
            "#### Deep",
            "### ?",
            "### B {units=MJ:1}",
            "### C {type=multiple}",
            "### M {.match}",
            "### O {.order #o}",
            "### C {.cloze}",
            "### H {.hotspot}",
            "### E {.essay points=2}",
            "### U {.upload accept=pdf}",
            "### S {.survey scale}",
            "### P {.pool pick=1}",
            "### D {.draw pick=1 tags=a}",
            "### {#Şəki}",
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

/// Questions of every kind that compile, written without care and without most of their ids.
const SOUND: [&str; 18] = [
    "### Which?\n\n* [X] One\n* [ ] Two {pin}\n  > No.\n",
    "### Both? {type=multiple}\n\n- [x] True\n- [ ] False\n",
    "### So? {#so}\n\n- [x] True\n- [ ] False\n",
    "### Say \"a\"\n\n- [x] A\n- [ ] A! {#a}\n- [ ] B\n",
    "### How much? {unit=required units=MJ:1}\n\n- = 3,5 +- 1% MJ\n- ~ *\n",
    "### What?\n\n- = a, b\n- ~ c {50%}\n",
    "### Match. {.match}\n\n- a->b\n- *c* {#c}  -> d {#d}\n- → e\n",
    "### Match. {.match points=2}\n\n-  x &amp; y → b\n- d->`b -> c`\n  > Yes.\n",
    "### Sort.\n\n2) a\n3) b\n",
    "### Sort. {.order}\n\n1. a {#b}\n2. b\n",
    "### Fill. {.cloze}\n\n`[a | ~b]` and `[ = 3,5 +- 1 ]`, `[gap-1: c]`.\n",
    "### Fill. {.cloze}\n\nIt is `[long]`.\n\n- long\n  - [x] a\n  - [ ] b\n",
    "### Point. {.hotspot}\n\n![A](../media/a.svg)\n\n- [x] True {rect=1,1,9,9}\n- [ ] False {circle=50,50,8}\n",
    "### Write. {.essay points=2}\n\n|a|0|2|\n|-|-|-|\n|The *case*|no|yes|\n",
    "### Send. {.upload accept=pdf points=4}\n\n|a|0|2|\n|-|-|-|\n|Case {x2}|no|yes|\n",
    "### Say. {.survey scale}\n\n- Yes\n- No\n",
    "### Some. {.pool pick=1}\n\n#### One?\n\n- = 1,5\n\n#### Match? {.match}\n\n- a->b\n- c->d\n",
    "### More. {.draw pick=1}\n\nDraw from [Heat](../banks/heat.md)\n",
];

fn sound_questions() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(&SOUND[..]).prop_map(str::to_owned), 1..6)
}

/// A course with these questions in a lesson and, as far as they are single ones, in a bank.
fn shelf(questions: &[String], translation: &[String]) -> Files {
    let lesson = |questions: &[String]| format!("## Q {{.quiz draft}}\n\n{}", questions.join("\n"));
    let banked = |question: &&String| {
        !["{.pool", "{.draw", "{#so}"].iter().any(|word| question.contains(word))
    };
    let bank = questions.iter().filter(banked).map(|question| question.replacen("### ", "## ", 1));
    let bank: String = bank.collect::<Vec<_>>().join("\n");
    let mut files = course(&lesson(questions), &lesson(translation));
    let bank =
        format!("---\nkind: bank\ntitle: Heat\n---\n\n{bank}\n## Last? {{#last}}\n\n- = 7\n");
    files.insert("banks/heat.en.md".into(), bank.into_bytes());
    let picture =
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>A</title></svg>"#;
    files.insert("media/a.svg".into(), picture.into());
    files
}

#[test]
fn sound_questions_are_sound() {
    for question in SOUND {
        let files = shelf(&[question.to_owned()], &[question.to_owned()]);
        let out = compile(&files).1;
        assert!(!out.iter().any(refused), "{question}\n{out}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_as_before(text in scraps()) {
        let file = format!("{FRONT}{text}");
        let after = formatted(&file);
        let said = |text: &str| reading(text, FRONT.len(), Alike::ButForSigns);
        prop_assert_eq!(said(&after), said(&line_ends(&file)));
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_question_keeps_its_meaning(questions in sound_questions()) {
        check(&shelf(&questions, &questions));
    }
}
