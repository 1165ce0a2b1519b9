//! Texts made to keep a compiler busy, of 100,000 repetitions and up to 10 MB: by the reader of Markdown alone, without
//! the bounds that refuse them, and as a lesson of a course.

use std::time::Duration;

use bilik_domain::course::compile;
use bilik_domain::diagnostic::Source;
use bilik_domain::locale::Locale;
use bilik_domain::markdown::tree::MAX_DEPTH;
use bilik_domain::markdown::{Document, Page, Targets};

use crate::generate::Files;
use crate::measure::{across, peak, say};

/// Work that can be told from the ticks of the clock that counts it.
const TELLING: Duration = Duration::from_millis(60);

/// The most memory that any of them may take, in MB.
const MOST: u64 = 200;

/// Reads and compiles each text, and a quarter of it.
pub(crate) fn take(count: usize) {
    let mut most = peak().unwrap_or_default();
    for (name, flood) in FLOODS {
        let (quarter, text) = (flood(count / 4), flood(count));
        let (less, whole) = (timed(|| read(&quarter)), timed(|| read(&text)));
        let memory = peak().unwrap_or_default();
        let files = lesson(&text);
        let compiled = timed(|| {
            std::hint::black_box(compile(&files));
        });
        let again = peak().unwrap_or_default();
        most = most.max(memory).max(again);
        say(&format!(
            "{name}, {} KB: read in {:.1} ms, {:.1} times a quarter of it, {memory} MB; as a lesson {:.1} ms, {again} MB",
            text.len() / 1000,
            whole.as_secs_f64() * 1000.0,
            whole.as_secs_f64() / less.as_secs_f64(),
            compiled.as_secs_f64() * 1000.0,
        ));
    }
    say(&format!("at most {most} MB (aim: {MOST} MB)"));
}

/// How long a work takes, on average of as many times as can be told from one another: the system counts in ticks.
fn timed(work: impl Fn() + Sync) -> Duration {
    let mut times = 1;
    loop {
        let taken = across(1, &[Files::new()], |_| (0..times).for_each(|_| work())).work;
        if taken >= TELLING || times >= 1 << 20 {
            return taken / times;
        }
        times *= 2;
    }
}

/// What a lesson goes through, if it is not nested too deeply.
fn read(text: &str) {
    let source = Source::new("1-m/1-a.en.md", text.to_owned());
    let document = Document::parse(&source.text, 0);
    if document.depth <= MAX_DEPTH {
        let targets = Targets::default();
        let mut page = Page::new(&source, Locale::En, &targets, &document);
        std::hint::black_box(page.render(&document.spots));
        page.check_fragments();
    }
}

/// A name, and a text of so many repetitions.
type Flood = (&'static str, fn(usize) -> String);

const FLOODS: [Flood; 20] = [
    ("brackets", |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    ("open brackets", |n| "[".repeat(n)),
    ("pictures", |n| "![[]()".repeat(n)),
    ("links", |n| "[a](<b".repeat(n)),
    ("references", |n| "[a][b]".repeat(n)),
    ("quotes", |n| "> ".repeat(n) + "a"),
    ("lists", |n| "- ".repeat(n) + "a"),
    ("numbers", |n| "1. ".repeat(n) + "a"),
    ("emphasis", |n| "*a **a ".repeat(n) + "b" + &" b** b*".repeat(n)),
    ("mismatched emphasis", |n| "*a _ ".repeat(n)),
    ("code", |n| "`a``b```".repeat(n)),
    ("tags", |n| "<b>".repeat(n)),
    ("entities", |n| "&amp".repeat(n)),
    ("formulas", |n| "$a$$".repeat(n)),
    ("footnotes", |n| "[^1]".repeat(n)),
    ("rows", |n| "|a|\n|-|\n".to_owned() + &"|b|\n".repeat(n)),
    ("headings", |n| "## a\n".repeat(n)),
    ("one line of words", |n| "word ".repeat(20 * n)),
    ("one line without spaces", |n| "word.".repeat(20 * n)),
    ("lines", |n| "word\n".repeat(4 * n)),
];

fn lesson(text: &str) -> Files {
    let manifest = "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11\nslug: s\nsource: en\nlanguages: [en]\n\
        title: { en: S }\nsummary: { en: S }\ntheme: energy\nlevel: beginner\nhours: 1\nlicence: CC0-1.0\n";
    let lesson = format!("---\ntitle: A\nminutes: 5\n---\n\n{text}\n");
    [("course.yml", manifest), ("1-m/module.yml", "title: { en: M }\n"), ("1-m/1-a.en.md", &lesson)]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into()
}
