//! What a file is by its content, told while it passes by in pieces, in a bounded memory.

use super::kind::{FileKind, KINDS, Sign, of_ending};

/// So much of the beginning and of the end is looked at.
const WINDOW: usize = 64 * 1024;

/// A file that passes by.
#[derive(Clone, Debug, Default)]
pub struct Sniffer {
    head: Vec<u8>,
    tail: Vec<u8>,
    size: u64,
    text: Text,
}

/// Whether all bytes so far are words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Text {
    /// They are; a letter may be cut at the end.
    Words(Vec<u8>),
    /// They are not.
    #[default]
    Unknown,
    Bytes,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwanted {
    /// It is empty.
    Empty,
    /// It is none of the kinds asked for.
    Kind,
    /// It says that it is something else than it is.
    Disguised,
}

impl Sniffer {
    /// The next piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.size = self.size.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        let room = WINDOW.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(piece.get(..room).unwrap_or_default());
        self.tail.extend_from_slice(piece);
        let over = self.tail.len().saturating_sub(WINDOW);
        self.tail.drain(..over);
        self.text = std::mem::take(&mut self.text).after(piece);
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Which of the kinds that are asked for the file is. The ending of its name and its content have to agree.
    pub fn kind(&self, ending: &str, accept: &[String]) -> Result<&'static FileKind, Unwanted> {
        if self.size == 0 {
            return Err(Unwanted::Empty);
        }
        let kind = of_ending(ending).ok_or(Unwanted::Kind)?;
        let asked = |wanted: &String| of_ending(wanted).is_some_and(|wanted| wanted == kind);
        if !accept.iter().any(asked) {
            return Err(Unwanted::Kind);
        }
        match kind.signs.iter().any(|sign| self.has(sign)) {
            true => Ok(kind),
            false => Err(Unwanted::Disguised),
        }
    }

    fn has(&self, sign: &Sign) -> bool {
        let at = |place: usize, bytes: &[u8]| {
            self.head.get(place..).is_some_and(|rest| rest.starts_with(bytes))
        };
        let folder = || at(0, b"PK\x03\x04");
        match sign {
            Sign::Head(bytes) => at(0, bytes),
            Sign::Form(first, second) => at(0, first) && at(8, second),
            Sign::Boxes(bytes) => at(4, bytes),
            Sign::Packed(name) => folder() && (holds(&self.head, name) || holds(&self.tail, name)),
            Sign::Folder => folder() || at(0, b"PK\x05\x06"),
            Sign::Words => matches!(&self.text, Text::Words(cut) if cut.is_empty()),
        }
    }
}

impl Text {
    fn after(self, piece: &[u8]) -> Text {
        let mut bytes = match self {
            Text::Bytes => return Text::Bytes,
            Text::Unknown => Vec::new(),
            Text::Words(cut) => cut,
        };
        bytes.extend_from_slice(piece);
        match std::str::from_utf8(&bytes) {
            Ok(text) if is_plain(text) => Text::Words(Vec::new()),
            Ok(_) => Text::Bytes,
            Err(why) if why.error_len().is_none() => {
                let (whole, cut) = bytes.split_at(why.valid_up_to());
                match std::str::from_utf8(whole).is_ok_and(is_plain) {
                    true => Text::Words(cut.to_vec()),
                    false => Text::Bytes,
                }
            }
            Err(_) => Text::Bytes,
        }
    }
}

/// Words hold no control characters but those of lines.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The endings of all kinds, for those who want to know.
pub fn endings() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| std::iter::once(kind.ending).chain(kind.others.iter().copied()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sniffed(bytes: &[u8], ending: &str, accept: &str) -> Result<&'static str, Unwanted> {
        let mut sniffer = Sniffer::default();
        sniffer.push(bytes);
        let accept: Vec<String> = accept.split(',').map(str::to_owned).collect();
        sniffer.kind(ending, &accept).map(|kind| kind.ending)
    }

    #[test]
    fn a_file_is_what_it_holds_and_is_called_so() {
        let docx = b"PK\x03\x04....[Content_Types].xml....word/document.xml....";
        let odt = b"PK\x03\x04......mimetypeapplication/vnd.oasis.opendocument.text...";
        for (bytes, ending, accept, found) in [
            (&b"%PDF-1.7 ..."[..], "pdf", "pdf,docx", Ok("pdf")),
            (b"%PDF-1.7 ...", "PDF", "pdf", Ok("pdf")),
            (b"%PDF-1.7 ...", "docx", "pdf,docx", Err(Unwanted::Disguised)),
            (b"%PDF-1.7 ...", "pdf", "docx", Err(Unwanted::Kind)),
            (b"<html><script>", "pdf", "pdf", Err(Unwanted::Disguised)),
            (b"MZ\x90\x00", "exe", "exe", Err(Unwanted::Kind)),
            (b"<svg onload=alert(1)>", "svg", "svg", Err(Unwanted::Kind)),
            (b"<html>", "html", "html,pdf", Err(Unwanted::Kind)),
            (docx, "docx", "docx", Ok("docx")),
            (docx, "xlsx", "xlsx", Err(Unwanted::Disguised)),
            (docx, "zip", "zip", Ok("zip")),
            (b"PK\x03\x04nothing", "docx", "docx", Err(Unwanted::Disguised)),
            (odt, "odt", "odt", Ok("odt")),
            (b"\x89PNG\r\n\x1a\n...", "png", "png", Ok("png")),
            (b"\xff\xd8\xff\xe0", "jpeg", "jpg", Ok("jpg")),
            (b"RIFF....WEBP", "webp", "webp", Ok("webp")),
            (b"RIFF....WAVE", "webp", "webp", Err(Unwanted::Disguised)),
            (b"....ftypisom", "mov", "mp4", Ok("mp4")),
            ("Salam, dünya\n".as_bytes(), "txt", "txt", Ok("txt")),
            (b"a\x00b", "txt", "txt", Err(Unwanted::Disguised)),
            (b"caf\xe9", "txt", "txt", Err(Unwanted::Disguised)),
            (b"", "txt", "txt", Err(Unwanted::Empty)),
        ] {
            assert_eq!(sniffed(bytes, ending, accept), found, "{ending} {accept}");
        }
    }

    #[test]
    fn a_name_at_the_far_end_of_a_packed_folder_is_found() {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.extend(vec![b'.'; 3 * WINDOW]);
        bytes.extend(b"word/document.xml....PK\x05\x06");
        assert_eq!(sniffed(&bytes, "docx", "docx"), Ok("docx"));
    }

    proptest! {
        #[test]
        fn how_a_file_is_cut_does_not_matter(bytes in proptest::collection::vec(any::<u8>(), 1..400), cuts in proptest::collection::vec(1_usize..50, 1..20), text: String) {
            for whole in [&bytes[..], text.as_bytes()] {
                let (mut cut, mut rest) = (Sniffer::default(), whole);
                for length in cuts.iter().cycle().take(2000) {
                    let (piece, later) = rest.split_at(rest.len().min(*length));
                    cut.push(piece);
                    rest = later;
                }
                cut.push(rest);
                let mut once = Sniffer::default();
                once.push(whole);
                for ending in endings() {
                    let accept = [ending.to_owned()];
                    prop_assert_eq!(cut.kind(ending, &accept), once.kind(ending, &accept));
                }
                prop_assert_eq!(cut.size(), once.size());
            }
        }
    }
}
