//! A question of a graded quiz, the first line its heading, and the same in a translation.
#![no_main]

mod course;

libfuzzer_sys::fuzz_target!(|question: &str| {
    let quiz = format!("## Q {{#quiz .quiz pass=70%}}\n\n### {question}\n");
    let source = format!("---\ntitle: A\nminutes: 5\n---\n\n{quiz}");
    let translation = format!("---\ntitle: B\n---\n\n{quiz}");
    course::try_out(&[("1-m/1-a.en.md", &source), ("1-m/1-a.az.md", &translation)]);
});
