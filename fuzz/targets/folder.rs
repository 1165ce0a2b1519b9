//! Any files under any names: a line `@ name` begins a file.
#![no_main]

mod course;

libfuzzer_sys::fuzz_target!(|folder: &str| {
    let files: Vec<(&str, &str)> = folder
        .split("@ ")
        .skip(1)
        .map(|file| file.split_once('\n').unwrap_or((file, "")))
        .collect();
    course::try_out(&files);
});
