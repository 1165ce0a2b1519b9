//! What every code means: read from the files of `codes/`, one for each; `codes/README.md` tells their form.

use std::sync::LazyLock;

use super::level::Level;
use crate::locale::Locale;

/// What a code means.
#[derive(Clone, Debug)]
pub struct Code {
    /// For example `Q010`.
    pub name: &'static str,
    /// How grave it usually is.
    pub level: Level,
    /// Who says it: `course`, the compiler of a course; else a command such as `plan`.
    pub by: &'static str,
    /// Examples that yield it.
    pub bad: Vec<Example>,
    /// Examples that do not.
    pub good: Vec<Example>,
    texts: Vec<(Locale, Explanation)>,
}

/// What a code means, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// In a few words.
    pub title: String,
    /// Why it matters, in Markdown.
    pub why: String,
    /// How to mend it, in Markdown.
    pub how: String,
}

/// One or more files.
pub type Example = Vec<Sample>;

/// A file of an example, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Which file it is: `lesson`, `question`, `manifest` or a path, and how it is written.
    pub what: &'static str,
    /// The text, with `⟦` and `⟧` around the place that is meant.
    pub text: String,
}

/// What opens and closes the place that an example means.
pub const MARKS: [char; 2] = ['⟦', '⟧'];

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/codes.rs"));

static CODES: LazyLock<Vec<Code>> =
    LazyLock::new(|| FILES.iter().filter_map(|(name, text)| read(name, text)).collect());

/// All codes, in order.
pub fn all() -> &'static [Code] {
    &CODES
}

/// The code of this name, in any case.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name.eq_ignore_ascii_case(name))
}

impl Code {
    /// What it means, in a language.
    pub fn explanation(&self, locale: Locale) -> &Explanation {
        static NOTHING: Explanation =
            Explanation { title: String::new(), why: String::new(), how: String::new() };
        self.texts.iter().find(|(known, _)| *known == locale).map_or(&NOTHING, |(_, text)| text)
    }
}

/// Reads one file; `None` if it is not in the form.
fn read(name: &'static str, text: &'static str) -> Option<Code> {
    let mut sections = sections(text).into_iter();
    let head = sections.next()?;
    let (written, level) = head.first()?.strip_prefix("# ")?.split_once(' ')?;
    let level = [Level::Error, Level::Warning, Level::Info]
        .into_iter()
        .find(|known| known.word() == level && written == name)?;
    let by = head.iter().find_map(|line| line.strip_prefix("by: ")).unwrap_or("course");
    let mut code = Code { name, level, by, bad: Vec::new(), good: Vec::new(), texts: Vec::new() };
    for section in sections {
        let (title, body) = section.split_first()?;
        match title.trim_start_matches("## ").split_once(": ") {
            None if title.ends_with(" bad") => code.bad.push(example(body)),
            None if title.ends_with(" good") => code.good.push(example(body)),
            Some((locale, title)) => {
                code.texts.push((Locale::parse(locale)?, explanation(title, body)));
            }
            None => return None,
        }
    }
    Some(code)
}

/// The lines from each `## ` to the next; headings inside of examples are none.
fn sections(text: &'static str) -> Vec<Vec<&'static str>> {
    let mut sections = vec![Vec::new()];
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("~~~");
        if !fenced && line.starts_with("## ") {
            sections.push(Vec::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push(line);
        }
    }
    sections
}

/// Paragraphs that begin with an arrow say how, the others why.
fn explanation(title: &str, body: &[&str]) -> Explanation {
    let text = body.join("\n");
    let (how, why): (Vec<&str>, Vec<&str>) =
        text.trim().split("\n\n").partition(|paragraph| paragraph.starts_with("→ "));
    let how: Vec<&str> = how.iter().map(|text| text.trim_start_matches("→ ")).collect();
    Explanation { title: title.to_owned(), why: why.join("\n\n"), how: how.join("\n\n") }
}

/// The blocks between `~~~` and `~~~`.
fn example(body: &[&'static str]) -> Example {
    let mut example = Vec::new();
    let mut open: Option<Sample> = None;
    for line in body {
        match (&mut open, line.strip_prefix("~~~")) {
            (None, Some(what)) => {
                open = Some(Sample { what: what.trim(), text: String::new() });
            }
            (Some(sample), None) => {
                sample.text.push_str(line);
                sample.text.push('\n');
            }
            (Some(_), Some(_)) => example.extend(open.take()),
            (None, None) => {}
        }
    }
    example
}

#[cfg(test)]
mod tests;
