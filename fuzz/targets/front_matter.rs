//! Any YAML as front matter, as the manifest of a course and as that of a module.
#![no_main]

mod course;

libfuzzer_sys::fuzz_target!(|yaml: &str| {
    course::try_out(&[("1-m/1-a.en.md", &format!("---\n{yaml}\n---\n\nText.\n"))]);
    course::try_out(&[("course.yml", yaml)]);
    course::try_out(&[("1-m/module.yml", yaml)]);
});
