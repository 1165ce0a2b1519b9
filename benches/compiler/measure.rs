//! Time, and the rendering to compare with.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser, html};

use crate::generate::Files;

/// Does the work for every course on so many threads; how long it took.
pub(crate) fn across(threads: usize, courses: &[Files], work: impl Fn(&Files) + Sync) -> Duration {
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(files) = courses.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(files);
                }
            });
        }
    });
    start.elapsed()
}

/// What the Markdown library alone does with the texts, with the same extensions.
pub(crate) fn plain(files: &Files) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST;
    for (_, bytes) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let mut page = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut page, Parser::new_ext(text, options));
        std::hint::black_box(page);
    }
}

/// The shortest time: what disturbs only ever adds.
pub(crate) fn best(times: &[Duration]) -> Duration {
    times.iter().copied().min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a benchmark tells its figures here")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
