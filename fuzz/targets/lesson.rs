//! A lesson with any text under sound front matter.
#![no_main]

mod course;

libfuzzer_sys::fuzz_target!(|body: &str| {
    let text = format!("---\ntitle: A\nminutes: 5\noutcomes: [O1]\n---\n\n{body}");
    course::try_out(&[("1-m/1-a.en.md", &text)]);
});
