//! The files of `media/`: what may be there, hashes, sizes, and whether they are used in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memmem;

use super::model::Media;
use super::svg::{check_svg, drawing_size};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Source};
use crate::digest::sha256;
use crate::locale::Locale;
use crate::markdown::MediaTarget;

const TYPES: [&str; 21] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "csv", "txt", "md", "vtt", "mp3",
    "mp4", "webm", "docx", "xlsx", "pptx", "odt", "ods", "zip",
];

/// Longer texts stay attachments.
const MAX_TRANSCRIPT: usize = 256 * 1024;

/// Types that stand in the page, so that everybody who reads it loads them.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// A larger picture is slow on a phone: 300 KB.
const LARGE: usize = 300_000;

/// A larger one is a mistake: 2 MB.
const TOO_LARGE: usize = 2_000_000;

/// More than this in one course is more than a phone plan should pay for: 25 MB.
const MUCH: usize = 25_000_000;

/// Does a path stay inside of the folder, on every system?
pub(super) fn can_be_kept(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(plain) && !path.contains(['\\', '\0', ':'])
}

/// Hashes and measures the files under `media/`.
pub(super) fn read_media(
    files: &BTreeMap<String, Vec<u8>>,
    out: &mut Diagnostics,
) -> BTreeMap<String, Media> {
    let mut media = BTreeMap::new();
    let mut total = 0;
    let is_media = |path: &str| path.starts_with("media/") && can_be_kept(path);
    for (path, bytes) in files.iter().filter(|(path, _)| is_media(path)) {
        let extension = extension(path);
        if !TYPES.contains(&extension.as_str()) {
            let message = format!("a file of type `{extension}` cannot be served");
            out.push(
                Diagnostic::of_file("C040", Level::Error, path, message)
                    .help(format!("use one of {}", TYPES.join(", "))),
            );
            continue;
        }
        let size = measure(path, &extension, bytes, out);
        check_weight(path, &extension, bytes.len(), out);
        total += bytes.len();
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        media.insert(path.clone(), Media { hash: sha256(bytes), bytes: length, size });
    }
    if total > MUCH {
        let message = format!("the files of `media/` are {} MB together", total / 1_000_000);
        let remark = Diagnostic::of_file("C083", Level::Warning, "course.yml", message);
        out.push(
            remark
                .help(format!("more than {} MB is slow to publish and to copy", MUCH / 1_000_000)),
        );
    }
    media
}

/// What the text files of `media/` say: they may be transcripts.
pub(super) fn media_texts(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let is_text = |path: &str| {
        path.starts_with("media/") && (path.ends_with(".md") || path.ends_with(".txt"))
    };
    files
        .iter()
        .filter(|(path, bytes)| is_text(path) && bytes.len() <= MAX_TRANSCRIPT)
        .filter_map(|(path, bytes)| {
            Some((path.clone(), std::str::from_utf8(bytes).ok()?.to_owned()))
        })
        .collect()
}

/// Where a media file is served, with its size.
pub(super) fn target(path: &str, media: &Media) -> MediaTarget {
    MediaTarget { address: media_address(path, media), size: media.size, bytes: media.bytes }
}

/// The address of a media file.
pub fn media_address(path: &str, media: &Media) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut address = format!("/media/{}/", media.hash);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// Files that no text names, and pictures with words that exist in some languages only.
pub(super) fn check_use<'s>(
    media: &BTreeMap<String, Media>,
    languages: &[Locale],
    texts: impl Iterator<Item = &'s Source>,
    out: &mut Diagnostics,
) {
    let texts: Vec<&Source> = texts.collect();
    let named = named_files(texts.iter().copied());
    let beside: BTreeSet<&str> = named.iter().map(|name| stem(name)).collect();
    for path in media.keys() {
        let name = path.strip_prefix("media/").unwrap_or(path);
        let is_beside = || {
            let stem = stem(name);
            beside.contains(stem)
                || (is_words_of_video(name)
                    && texts.iter().any(|source| source.text.contains(stem)))
        };
        if !named.contains(name) && !is_beside() {
            let remark = Diagnostic::of_file("C080", Level::Info, path, "no text names this file");
            out.push(remark.help("use it or take it out of the folder"));
        }
        check_languages(path, media, languages, out);
    }
}

/// A name without its language and its ending: captions, transcript and poster of a video have the name of the video.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Captions or a transcript, perhaps of a video that is elsewhere and is named by its id.
fn is_words_of_video(name: &str) -> bool {
    [".vtt", ".txt", ".md"].iter().any(|ending| name.ends_with(ending))
}

/// What stands behind `media/` in the texts, up to where an address may end. Spaces may be written as they are or as
/// `%20`, so that both readings are kept.
fn named_files<'s>(texts: impl Iterator<Item = &'s Source>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for source in texts {
        for at in memmem::find_iter(source.text.as_bytes(), "media/") {
            let rest = source.text.get(at + "media/".len()..).unwrap_or_default();
            let line = rest.lines().next().unwrap_or_default();
            let line = line.split([')', '>', '"', '\'', '#', '|', ']']).next().unwrap_or_default();
            let word = line.split(char::is_whitespace).next().unwrap_or_default();
            named.insert(line.trim_end().replace("%20", " "));
            named.insert(word.replace("%20", " "));
        }
    }
    named
}

/// `fig-1.en.svg` without `fig-1.az.svg` in a course that is also in Azerbaijani. Said once, at the first of them.
fn check_languages(
    path: &str,
    media: &BTreeMap<String, Media>,
    languages: &[Locale],
    out: &mut Diagnostics,
) {
    let Some((name, extension)) = path.rsplit_once('.') else { return };
    let Some((name, code)) = name.rsplit_once('.') else { return };
    if Locale::parse(code).is_none() {
        return;
    }
    let of = |locale: &Locale| format!("{name}.{}.{extension}", locale.code());
    let (there, missing): (Vec<&Locale>, Vec<&Locale>) =
        languages.iter().partition(|locale| media.contains_key(&of(locale)));
    let is_first = there.iter().map(|locale| of(locale)).min().as_deref() == Some(path);
    if is_first && !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().map(of).collect();
        let (what, help) = match extension {
            "md" | "txt" => ("transcript", "write it in that language"),
            "vtt" => ("list of captions", "write them in that language"),
            _ => ("picture", "draw it with the words of that language"),
        };
        let message = format!("this {what} has no `{}`", missing.join("`, `"));
        out.push(Diagnostic::of_file("C086", Level::Warning, path, message).help(help));
    }
}

fn extension(path: &str) -> String {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.unwrap_or_default()
}

fn check_weight(path: &str, extension: &str, bytes: usize, out: &mut Diagnostics) {
    if !PICTURES.contains(&extension) {
        return;
    }
    let help = "save it smaller: a photograph as WebP or JPEG not wider than 1600 pixels, a drawing as SVG";
    if bytes > TOO_LARGE {
        let message = format!(
            "this picture has {} KB, at most {} KB are allowed",
            bytes / 1000,
            TOO_LARGE / 1000
        );
        out.push(Diagnostic::of_file("C082", Level::Error, path, message).help(help));
    } else if bytes > LARGE {
        let message = format!(
            "this picture has {} KB; above {} KB it is slow on a phone",
            bytes / 1000,
            LARGE / 1000
        );
        out.push(Diagnostic::of_file("C081", Level::Warning, path, message).help(help));
    }
}

fn measure(path: &str, extension: &str, bytes: &[u8], out: &mut Diagnostics) -> Option<(u32, u32)> {
    let size = match extension {
        "svg" => {
            let source = Source::new(path, String::from_utf8_lossy(bytes).into_owned());
            check_svg(&source, out);
            let size = drawing_size(&source.text);
            out.know(Arc::new(source));
            size
        }
        "png" | "jpg" | "jpeg" | "gif" | "webp" => {
            imagesize::blob_size(bytes).ok().and_then(|size| {
                Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
            })
        }
        _ => return None,
    };
    if size.is_none() {
        let message = "the size of this picture cannot be read";
        let remark = Diagnostic::of_file("C041", Level::Error, path, message);
        out.push(if extension == "svg" {
            remark.help("give <svg> a viewBox, or width and height")
        } else {
            remark
        });
    }
    size
}
