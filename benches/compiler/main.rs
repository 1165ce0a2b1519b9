//! How fast courses are compiled and checked, beside plain rendering of the same texts in the same run.
//! A set of 1,000 lessons in three languages, about 3 million words, is made up anew each time from the same seed.
//! Before that, texts made to keep a compiler busy: their time must grow as they do, and their memory is bounded.
//! With `--corpus FOLDER …` it tries out the Markdown files below these folders instead.

mod generate;
mod measure;
mod corpus;
mod floods;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use bilik_domain::course::{Kept, compile, compile_again};
use bilik_domain::fact::Facts;
use generate::{Files, Set, generate};
use measure::{across, best, plain, say};

/// Rounds of which the best counts.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let mut arguments = std::env::args()
        .skip_while(|argument| argument != "--corpus")
        .skip(1)
        .filter(|argument| argument != "--bench");
    if let Some(first) = arguments.next() {
        let folders: Vec<PathBuf> =
            std::iter::once(first).chain(arguments).map(PathBuf::from).collect();
        return if corpus::try_out(&folders) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    // Cargo calls every benchmark with `--bench`, and with `--test` to see whether it runs at all.
    let is_trial = std::env::args().any(|argument| argument == "--test");
    floods::take(if is_trial { 2_000 } else { 100_000 });
    let set = generate(if is_trial { 2 } else { 50 });
    say(&format!("{} courses, {} texts, {} words", set.courses.len(), set.texts, set.words));
    let sound = set.courses.iter().all(is_sound);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, threads] {
        compare(&set, threads);
    }
    recheck(&set);
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A benchmark of courses with errors would measure how fast they are refused.
fn is_sound(files: &Files) -> bool {
    let (_, diagnostics) = compile(files);
    if diagnostics.has_errors() {
        say(&diagnostics.to_string());
    }
    !diagnostics.has_errors()
}

fn compare(set: &Set, threads: usize) {
    let (mut rendering, mut compiling) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        rendering.push(across(threads, &set.courses, plain));
        compiling.push(across(threads, &set.courses, |files| {
            std::hint::black_box(compile(files));
        }));
    }
    let (rendering, compiling) = (best(&rendering), best(&compiling));
    say(&format!(
        "{threads} threads: plain rendering {:.2} s of work, compile and check {:.2} s, ratio {:.2} (aim: 3); {:.2} s by the clock (aim: 4 s on 2 cores)",
        rendering.work.as_secs_f64(),
        compiling.work.as_secs_f64(),
        compiling.work.as_secs_f64() / rendering.work.as_secs_f64(),
        compiling.clock.as_secs_f64()
    ));
}

/// One paragraph of one lesson is edited, and its course is checked again.
fn recheck(set: &Set) {
    let Some(course) = set.courses.first() else { return };
    let Some(path) = course.keys().find(|path| path.ends_with(".en.md")) else { return };
    let kept = Mutex::new(Kept::default());
    let again = |files: &Files| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        std::hint::black_box(compile_again(files, &Facts::new(), None, &mut kept));
    };
    again(course);
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let mut edited = course.clone();
        if let Some(text) = edited.get_mut(path) {
            text.extend(format!("\nOne more paragraph, number {round}.\n").bytes());
        }
        times.push(across(1, &[edited], again));
    }
    say(&format!(
        "one text of a course of {} files edited, checked again: {:.1} ms of work, {:.1} ms by the clock (aim: 50 ms)",
        course.len(),
        best(&times).work.as_secs_f64() * 1000.0,
        best(&times).clock.as_secs_f64() * 1000.0
    ));
}
