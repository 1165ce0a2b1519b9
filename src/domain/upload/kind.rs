//! The kinds of file that may be handed in. What is not here is not taken, whatever a course asks for.

/// How the content of a kind is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It begins with these bytes.
    Head(&'static [u8]),
    /// It begins with the first and has the second at byte 8.
    Form(&'static [u8], &'static [u8]),
    /// It has these bytes at byte 4: a film or sound in boxes.
    Boxes(&'static [u8]),
    /// A packed folder that names this part.
    Packed(&'static [u8]),
    /// A packed folder.
    Folder,
    /// Words in UTF-8.
    Words,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// The ending of its names, without the dot.
    pub ending: &'static str,
    /// Further endings of the same kind.
    pub others: &'static [&'static str],
    /// As which it is sent out.
    pub media: &'static str,
    /// How its content is told; one of these is enough.
    pub signs: &'static [Sign],
}

const fn kind(
    ending: &'static str,
    others: &'static [&'static str],
    media: &'static str,
    signs: &'static [Sign],
) -> FileKind {
    FileKind { ending, others, media, signs }
}

/// All kinds.
pub const KINDS: [FileKind; 19] = [
    kind("pdf", &[], "application/pdf", &[Sign::Head(b"%PDF-")]),
    kind("png", &[], "image/png", &[Sign::Head(b"\x89PNG\r\n\x1a\n")]),
    kind("jpg", &["jpeg"], "image/jpeg", &[Sign::Head(b"\xff\xd8\xff")]),
    kind("gif", &[], "image/gif", &[Sign::Head(b"GIF87a"), Sign::Head(b"GIF89a")]),
    kind("webp", &[], "image/webp", &[Sign::Form(b"RIFF", b"WEBP")]),
    kind("wav", &[], "audio/wav", &[Sign::Form(b"RIFF", b"WAVE")]),
    kind(
        "mp3",
        &[],
        "audio/mpeg",
        &[Sign::Head(b"ID3"), Sign::Head(b"\xff\xfb"), Sign::Head(b"\xff\xf3")],
    ),
    kind("ogg", &[], "audio/ogg", &[Sign::Head(b"OggS")]),
    kind("mp4", &["m4a", "m4v", "mov"], "video/mp4", &[Sign::Boxes(b"ftyp")]),
    kind(
        "docx",
        &[],
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &[Sign::Packed(b"word/document.xml")],
    ),
    kind(
        "xlsx",
        &[],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &[Sign::Packed(b"xl/workbook.xml")],
    ),
    kind(
        "pptx",
        &[],
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &[Sign::Packed(b"ppt/presentation.xml")],
    ),
    kind(
        "odt",
        &[],
        "application/vnd.oasis.opendocument.text",
        &[Sign::Packed(b"mimetypeapplication/vnd.oasis.opendocument.text")],
    ),
    kind(
        "ods",
        &[],
        "application/vnd.oasis.opendocument.spreadsheet",
        &[Sign::Packed(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")],
    ),
    kind(
        "odp",
        &[],
        "application/vnd.oasis.opendocument.presentation",
        &[Sign::Packed(b"mimetypeapplication/vnd.oasis.opendocument.presentation")],
    ),
    kind("zip", &[], "application/zip", &[Sign::Folder]),
    kind("csv", &[], "text/csv; charset=utf-8", &[Sign::Words]),
    kind("md", &["markdown"], "text/markdown; charset=utf-8", &[Sign::Words]),
    kind("txt", &[], "text/plain; charset=utf-8", &[Sign::Words]),
];

/// The kind with this ending, however it is spelled.
pub fn of_ending(ending: &str) -> Option<&'static FileKind> {
    let ending = ending.to_ascii_lowercase();
    KINDS.iter().find(|kind| kind.ending == ending || kind.others.contains(&ending.as_str()))
}

/// The kind with this name.
pub fn named(name: &str) -> Option<&'static FileKind> {
    KINDS.iter().find(|kind| kind.ending == name)
}
