//! How much one text may hold. No lesson comes near; a text made to keep the compiler busy is refused before it can.
//! What is compared with one another or shown beside a remark (options, answers, words of a line) is bounded by these.

use memchr::memchr_iter;
use pulldown_cmark::{Event, Tag};

use crate::markdown::Document;

/// Bytes of a text.
pub(super) const MAX_TEXT: usize = 256 * 1024;

/// Bytes of a line.
const MAX_LINE: usize = 16 * 1024;

/// Headings and list items of a text.
const MAX_ENTRIES: usize = 2000;

/// Why a text is too large to be read, if it is.
pub(super) fn too_large(text: &str) -> Option<String> {
    if text.len() > MAX_TEXT {
        return Some(format!("this text is longer than {} KiB", MAX_TEXT / 1024));
    }
    let long = first_long_line(text.as_bytes())?;
    Some(format!("line {} is longer than {} KiB", long + 1, MAX_LINE / 1024))
}

/// The place of the first line that is too long, among lines.
fn first_long_line(text: &[u8]) -> Option<usize> {
    let mut start = 0;
    for (line, end) in memchr_iter(b'\n', text).chain([text.len()]).enumerate() {
        if end - start > MAX_LINE {
            return Some(line);
        }
        start = end + 1;
    }
    None
}

/// Why a text that is read is too rich to be compiled, if it is.
pub(super) fn too_rich(document: &Document<'_>) -> Option<String> {
    let is_entry =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. } | Tag::Item));
    let entries = document.spots.iter().filter(|spot| is_entry(&spot.event)).count();
    (entries > MAX_ENTRIES)
        .then(|| format!("this text has more than {MAX_ENTRIES} headings and list items"))
}
