//! Texts made to keep a compiler busy: four times the text takes about four times as long, not sixteen times.

use std::collections::BTreeMap;
use std::time::Duration;

use super::canonical::format;
use super::compile::compile;

/// The smaller size in bytes; each text is also tried four times as long.
const SIZE: usize = 3 * 1024;

/// Times as long that four times the text may take: 4 is linear, 16 is quadratic.
const MOST: u32 = 9;

/// Work that can be told from the ticks of the clock that counts it.
const TELLING: Duration = Duration::from_millis(60);

/// Repetitions of what stands inside a paragraph before its line ends.
const ON_A_LINE: usize = 32;

/// What is repeated, and what stands before and behind all of it.
const TEXTS: [(&str, &str, &str); 48] = [
    // What CommonMark's own collection tries.
    ("", "*a **a ", "b"),
    ("", "a**b", "c* "),
    ("", "*a_ ", ""),
    ("", "a *_ ", ""),
    ("", "*x [a*b**c*](d) ", ""),
    ("", "[", ""),
    ("", "]", ""),
    ("", "[a](", ""),
    ("", "![[]()", ""),
    ("", "[ (](", ""),
    ("", "[a](<b", ""),
    ("", "[a](b 'c ", ""),
    ("", "<", ""),
    ("", "<a ", ""),
    ("", "</", ""),
    ("", "<!--", ""),
    ("", "<?", ""),
    ("", "<![CDATA[", ""),
    ("", "<!A ", ""),
    ("", "&", ""),
    ("", "&#9", ""),
    ("", "&amp;", ""),
    ("", "\\", ""),
    ("", "\\*", ""),
    ("", "~~a ", ""),
    ("", "$a", ""),
    ("", "$$", ""),
    ("", "``a`", ""),
    ("", "<x>", ""),
    ("", "https://a.b/((", ""),
    // Blocks.
    ("", ">", ""),
    ("", "- ", ""),
    ("", "a\n\n", ""),
    ("", "a\n: b\n\n", ""),
    ("", "[a]: b\n", ""),
    ("", "[a]\n", "\n[a]: b\n"),
    ("", "[^a] ", "\n\n[^a]: b\n"),
    ("", "```\n", ""),
    ("| a |\n| - |\n", "| b |\n", ""),
    ("", "a|", "\n-|-\n"),
    ("", "<div>\n\n", ""),
    // Attributes, options and answers; more of them than a text may hold are refused.
    ("## Q {.quiz}\n\n### A {", ".b ", "}\n\n- [x] c\n- [ ] d\n"),
    ("## Q {.quiz}\n\n### A {", "b=c ", "}\n\n- [x] c\n- [ ] d\n"),
    ("## Q {.quiz}\n\n### A\n\n- [x] a ", "{b} ", "\n- [ ] c\n"),
    ("## Q {.quiz}\n\n### A\n\n", "- [x] a {b}\n", ""),
    ("## Q {.quiz}\n\n", "### A\n\n", ""),
    ("## Q {.quiz}\n\n### A\n\n", "- = 3,5 +- 1\n", ""),
    ("## Q {.quiz}\n\n### A {.cloze}\n\n", "`[a|b]` ", ""),
];

fn lesson(text: (&str, &str, &str), size: usize) -> BTreeMap<String, Vec<u8>> {
    let (before, part, after) = text;
    let is_inline =
        before.is_empty() && !part.ends_with('\n') && !matches!(part, ">" | "- " | "a|");
    // Lines are bounded; a remark costs as much as its line.
    let part = if is_inline { part.repeat(ON_A_LINE) + "\n" } else { part.to_owned() };
    let body = format!("{before}{}{after}", part.repeat(size / part.len()));
    let manifest = "id: 3f0e1f1c-6f0e-4c52-9f5b-0d6c3f0a7b11\nslug: s\nsource: en\nlanguages: [en]\n\
        title: { en: S }\nsummary: { en: S }\ntheme: energy\nlevel: beginner\nhours: 1\nlicence: CC0-1.0\n";
    let lesson = format!("---\ntitle: A\nminutes: 5\n---\n\n{body}\n");
    [("course.yml", manifest), ("1-m/module.yml", "title: { en: M }\n"), ("1-m/1-a.en.md", &lesson)]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into()
}

/// How long this thread has worked: what other programs do meanwhile does not count.
fn worked() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let spent = told.split_whitespace().next().unwrap();
    Duration::from_nanos(spent.parse().unwrap())
}

/// How long a work takes, on average of as many times as can be told from one another.
fn average(work: impl Fn()) -> Duration {
    let start = worked();
    let mut times = 0;
    loop {
        work();
        times += 1;
        let taken = worked() - start;
        if taken >= TELLING {
            return taken / times;
        }
    }
}

fn grows_with_the_text(name: &str, work: fn(&BTreeMap<String, Vec<u8>>)) {
    for text in TEXTS {
        let (small, large) = (lesson(text, SIZE), lesson(text, 4 * SIZE));
        let (least, most) = (average(|| work(&small)), average(|| work(&large)));
        assert!(
            most < least * MOST,
            "{name} of {text:?}: {least:?}, and {most:?} for four times the text"
        );
    }
}

#[test]
fn compiling_takes_time_in_proportion_to_the_text() {
    grows_with_the_text("compiling", |files| {
        let _ = compile(files);
    });
}

#[test]
fn formatting_takes_time_in_proportion_to_the_text() {
    grows_with_the_text("formatting", |files| {
        let _ = format(files);
    });
}

#[test]
fn texts_that_are_too_large_are_refused_at_once() {
    for text in [("a", "a ", ""), ("", "a\n", ""), ("", "- a\n", "")] {
        let files = lesson(text, 250 * 1024);
        let is_refused = compile(&files).1.iter().any(|remark| remark.code == "C009");
        assert_eq!(is_refused, text.1 != "a\n", "{text:?}");
        assert!(!format(&files).contains_key("1-m/1-a.en.md") || text.1 == "a\n");
    }
}

/// A few lines of YAML that stand for a billion.
#[test]
fn yaml_that_unfolds_without_end_is_refused() {
    let mut yaml = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (this, last) in ('b'..='k').zip('a'..) {
        yaml.push_str(&format!("{this}: &{this} [{}]\n", vec![format!("*{last}"); 9].join(", ")));
    }
    let mut files = lesson(("", "a", ""), 1);
    files.insert("1-m/1-a.en.md".into(), format!("---\n{yaml}---\n").into_bytes());
    assert!(compile(&files).1.has_errors());
    let _ = format(&files);
}
