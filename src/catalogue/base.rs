//! Which version a folder was made from. A small hidden file says so; it travels with the folder, may be kept in
//! version control, and is no part of the course.

use std::fs;
use std::io;
use std::path::Path;

use uuid::Uuid;

/// The file inside a course folder.
pub const FILE: &str = ".bilik";

/// The version that a folder was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    pub course: Uuid,
    pub version: i32,
    /// The hash of its text.
    pub content: String,
}

/// Reads what a folder says; `None` if it says nothing that can be understood.
pub fn read(folder: &Path) -> Option<Base> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    Some(Base {
        course: Uuid::parse_str(value("course:")?).ok()?,
        version: value("version:")?.parse().ok()?,
        content: value("content:")?.to_owned(),
    })
}

/// Makes a folder say which version it was made from.
pub fn write(folder: &Path, base: &Base) -> io::Result<()> {
    if read(folder).as_ref() == Some(base) {
        return Ok(());
    }
    let Base { course, version, content } = base;
    let text = format!(
        "# The published version that this folder was made from. `bilik import` and `bilik export` write it;\n\
         # keep it with the folder, so that nobody's work is replaced unseen.\n\
         course: {course}\nversion: {version}\ncontent: {content}\n"
    );
    fs::write(folder.join(FILE), text)
}

/// How a folder stands to what is shown of its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Nothing of the course is published yet.
    New,
    /// Both are the same.
    Same,
    /// Only the folder changed since it was made.
    FolderChanged,
    /// Only what is shown changed since.
    StoreChanged,
    /// Both changed since.
    BothChanged,
    /// They differ, and the folder does not say what it was made from.
    Unknown,
}

/// Compares the hash of a folder with that of the shown version.
pub fn stand(base: Option<&Base>, folder: &str, shown: Option<&str>) -> Stand {
    let (shown, base) = match (shown, base) {
        (None, _) => return Stand::New,
        (Some(shown), _) if shown == folder => return Stand::Same,
        (Some(_), None) => return Stand::Unknown,
        (Some(shown), Some(base)) => (shown, base.content.as_str()),
    };
    match (base == shown, base == folder) {
        (true, _) => Stand::FolderChanged,
        (false, true) => Stand::StoreChanged,
        (false, false) => Stand::BothChanged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changed_since_the_folder_was_made() {
        let base = |content: &str| {
            Some(Base { course: Uuid::nil(), version: 1, content: content.to_owned() })
        };
        for (made_from, folder, shown, expected) in [
            (None, "a", None, Stand::New),
            (base("a"), "b", None, Stand::New),
            (None, "a", Some("a"), Stand::Same),
            (base("z"), "a", Some("a"), Stand::Same),
            (None, "a", Some("b"), Stand::Unknown),
            (base("a"), "b", Some("a"), Stand::FolderChanged),
            (base("a"), "a", Some("b"), Stand::StoreChanged),
            (base("a"), "b", Some("c"), Stand::BothChanged),
        ] {
            assert_eq!(
                stand(made_from.as_ref(), folder, shown),
                expected,
                "{made_from:?} {folder} {shown:?}"
            );
        }
    }
}
