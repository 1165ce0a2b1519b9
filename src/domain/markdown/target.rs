//! Where links and pictures of a course lead.

use std::collections::BTreeMap;

/// What a lesson may link to, by path relative to the course folder.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Pictures and attachments.
    pub media: BTreeMap<String, MediaTarget>,
    /// Addresses of lesson files.
    pub lessons: BTreeMap<String, String>,
}

/// A file of `media/` as it is served.
#[derive(Clone, Debug)]
pub struct MediaTarget {
    /// Its address.
    pub address: String,
    /// Width and height in pixels.
    pub size: Option<(u32, u32)>,
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
    /// Nowhere that may be linked to.
    Refused,
}

/// Reads the address of a link in the file `from`.
pub fn read_link(address: &str, from: &str) -> Link {
    if let Some(fragment) = address.strip_prefix('#') {
        return Link::Fragment(fragment.to_owned());
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => return Link::Outside(address.to_owned()),
        Some("mailto" | "tel") => return Link::Plain(address.to_owned()),
        Some(word) if !word.contains(['/', '?', '#', '.']) => return Link::Refused,
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
    resolve(path, from).map_or(Link::Refused, |path| Link::File(path, fragment))
}

/// A path relative to the file `from` as a path relative to the course folder; `None` if it leaves the folder.
fn resolve(path: &str, from: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(unescape(&parts.join("/")))
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
            ("../../secret", Link::Refused),
            ("//evil.example", Link::Refused),
            ("javascript:alert(1)", Link::Refused),
            ("JaVaScRiPt:alert(1)", Link::Refused),
            ("data:text/html,x", Link::Refused),
            ("..\\secret", Link::Refused),
        ] {
            assert_eq!(read_link(address, "1-m/1-a.en.md"), link, "{address}");
        }
    }
}
