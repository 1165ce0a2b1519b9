//! Where links and pictures of a course lead.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::locale::{Locale, Texts};

/// What a lesson may link to and speak of, by path relative to the course folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Pictures and attachments.
    pub media: BTreeMap<String, MediaTarget>,
    /// What the text files of `media/` say: transcripts.
    pub texts: BTreeMap<String, String>,
    /// Addresses of lesson files.
    pub lessons: BTreeMap<String, String>,
    /// Ids of the quizzes in a lesson file.
    pub quizzes: BTreeMap<String, BTreeSet<String>>,
    /// Addresses of the lessons of other courses, by path relative to the folder of all courses; and of the courses
    /// themselves, by the names of their folders. `None` if they are not known: then links to them are not checked.
    pub courses: Option<BTreeMap<String, String>>,
    /// Facts that go stale, by name.
    pub facts: BTreeMap<String, Fact>,
}

impl Targets {
    /// The place of an id in a lesson file, as it stands in the markup.
    pub(super) fn place(&self, path: &str, id: &str) -> String {
        let is_quiz = self.quizzes.get(path).is_some_and(|quizzes| quizzes.contains(id));
        if is_quiz { id.to_owned() } else { format!("s-{id}") }
    }

    /// The address of a path that leads out of the course folder into another one.
    pub(super) fn beyond(&self, path: &str) -> Option<String> {
        let path = path.trim_end_matches("/course.yml").trim_end_matches('/');
        match &self.courses {
            Some(courses) => courses.get(path).cloned(),
            None => by_name(path),
        }
    }
}

/// The address that a lesson has if its course is called like its folder, and it like its file.
fn by_name(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [course, _, file] => {
            let (name, language) = file.strip_suffix(".md")?.rsplit_once('.')?;
            let (_, id) = name.split_once('-')?;
            let language = Locale::parse(language)?.code();
            Some(format!("/{language}/courses/{course}/{id}"))
        }
        _ => None,
    }
}

/// A file of `media/` as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaTarget {
    /// Its address.
    pub address: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
    /// Size of the file.
    pub bytes: u64,
}

/// A fact as `facts.yml` has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is said, by language.
    pub value: Texts,
    /// The day for which it holds.
    pub as_of: NaiveDate,
    /// Who says so, by language.
    pub source: Texts,
    /// Where one can read it.
    pub link: Option<String>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Another site.
    Outside(String),
    /// A mail address, a telephone number, or a path of this site.
    Plain(String),
    /// A place in the same text.
    Fragment(String),
    /// A file of the course, and a place in it.
    File(String, Option<String>),
    /// A file of another course, relative to the folder of all courses, and a place in it.
    Course(String, Option<String>),
    /// Nowhere that may be linked to.
    Refused,
}

/// Reads the address of a link in the file `from`.
pub fn read_link(address: &str, from: &str) -> Link {
    if let Some(fragment) = address.strip_prefix('#') {
        return Link::Fragment(fragment.to_owned());
    }
    let scheme = address.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    match scheme.as_ref().map(|(scheme, rest)| (scheme.as_str(), *rest)) {
        Some(("http" | "https", rest)) if rest.starts_with("//") => {
            return Link::Outside(address.to_owned());
        }
        Some(("mailto" | "tel", _)) => return Link::Plain(address.to_owned()),
        Some((word, _)) if !word.contains(['/', '?', '#', '.']) => return Link::Refused,
        Some(_) | None => {}
    }
    if address.starts_with("//") || address.contains('\\') {
        return Link::Refused;
    }
    if address.starts_with('/') {
        return Link::Plain(address.to_owned());
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (address, None),
    };
    match resolve(path, from) {
        Some((0, path)) => Link::File(path, fragment),
        Some((1, path)) => Link::Course(path, fragment),
        Some(_) | None => Link::Refused,
    }
}

/// How often a path relative to the file `from` leaves the course folder, and what is left of it.
fn resolve(path: &str, from: &str) -> Option<(u32, String)> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let mut left = 0;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_some() => {}
            ".." => left += 1,
            part => parts.push(part),
        }
    }
    let path = unescape(&parts.join("/"));
    (!path.split('/').any(|part| part == "..")).then_some((left, path))
}

/// Percent-escapes of a path read back; what is no valid text stays as it is.
fn unescape(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten().and_then(hex);
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        for (address, link) in [
            ("https://example.org/a", Link::Outside("https://example.org/a".into())),
            ("mailto:a@b.az", Link::Plain("mailto:a@b.az".into())),
            ("/az/courses", Link::Plain("/az/courses".into())),
            ("#two", Link::Fragment("two".into())),
            ("../media/f%20g.svg", Link::File("media/f g.svg".into(), None)),
            ("2-b.en.md#x", Link::File("1-m/2-b.en.md".into(), Some("x".into()))),
            (
                "../../other/1-x/2-y.en.md#z",
                Link::Course("other/1-x/2-y.en.md".into(), Some("z".into())),
            ),
            ("../../../secret", Link::Refused),
            ("%2e%2e/%2e%2e/secret", Link::Refused),
            ("//evil.example", Link::Refused),
            ("https:$//a.example", Link::Refused),
            ("javascript:alert(1)", Link::Refused),
            ("JaVaScRiPt:alert(1)", Link::Refused),
            ("data:text/html,x", Link::Refused),
            ("..\\secret", Link::Refused),
        ] {
            assert_eq!(read_link(address, "1-m/1-a.en.md"), link, "{address}");
        }
    }
}
