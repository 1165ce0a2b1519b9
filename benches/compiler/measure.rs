//! Time, memory, and the rendering to compare with.

use std::fs;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser, html};

use crate::generate::Files;

/// How long something took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    /// By the clock.
    pub(crate) clock: Duration,
    /// How long the processor worked, on all threads together: what other programs do meanwhile does not count.
    pub(crate) work: Duration,
}

/// Does the work for every course on so many threads.
pub(crate) fn across(threads: usize, courses: &[Files], work: impl Fn(&Files) + Sync) -> Taken {
    let next = AtomicUsize::new(0);
    let run = || {
        let (start, before) = (Instant::now(), worked());
        while let Some(files) = courses.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(files);
        }
        worked().zip(before).map_or(start.elapsed(), |(after, before)| after - before)
    };
    let start = Instant::now();
    let work = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).sum()
    });
    Taken { clock: start.elapsed(), work }
}

/// How long this thread has worked, where the system tells it.
fn worked() -> Option<Duration> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// The most memory that was in use since the last call, in MB, where the system tells it.
pub(crate) fn peak() -> Option<u64> {
    let told = fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let peak: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    // 5 begins anew.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(peak / 1024)
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

/// The shortest times: what disturbs only ever adds.
pub(crate) fn best(times: &[Taken]) -> Taken {
    let clock = times.iter().map(|taken| taken.clock).min().unwrap_or_default();
    let work = times.iter().map(|taken| taken.work).min().unwrap_or_default();
    Taken { clock, work }
}

#[expect(clippy::print_stdout, reason = "a benchmark tells its figures here")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
