//! The files of `media/`: what may be there, hashes, and sizes of pictures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::model::Media;
use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::digest::sha256;
use crate::markdown::MediaTarget;

const TYPES: [&str; 21] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "csv", "txt", "md", "vtt", "mp3",
    "mp4", "webm", "docx", "xlsx", "pptx", "odt", "ods", "zip",
];

/// Longer texts stay attachments.
const MAX_TRANSCRIPT: usize = 256 * 1024;

/// Hashes and measures the files under `media/`.
pub(super) fn read_media(
    files: &BTreeMap<String, Vec<u8>>,
    out: &mut Diagnostics,
) -> BTreeMap<String, Media> {
    let mut media = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("media/")) {
        let extension = path
            .rsplit_once('.')
            .map(|(_, extension)| extension.to_ascii_lowercase())
            .unwrap_or_default();
        if !TYPES.contains(&extension.as_str()) {
            let message = format!("a file of type `{extension}` cannot be served");
            out.push(
                Diagnostic::of_file("C040", Level::Error, path, message)
                    .help(format!("use one of {}", TYPES.join(", "))),
            );
            continue;
        }
        let size = measure(path, &extension, bytes, out);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        media.insert(path.clone(), Media { hash: sha256(bytes), bytes: length, size });
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

/// Where a media file is served.
pub(super) fn target(path: &str, media: &Media) -> MediaTarget {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut address = format!("/media/{}/", media.hash);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    MediaTarget { address, size: media.size, bytes: media.bytes }
}

fn measure(path: &str, extension: &str, bytes: &[u8], out: &mut Diagnostics) -> Option<(u32, u32)> {
    let size = match extension {
        "svg" => {
            check_svg(path, bytes, out);
            svg_size(bytes)
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

/// A picture that runs code or loads something is refused: it would do so when opened on its own.
fn check_svg(path: &str, bytes: &[u8], out: &mut Diagnostics) {
    static UNSAFE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<script|<foreignobject|<iframe|\son[a-z]+\s*=|javascript:|@import|<!entity|(href|src)\s*=\s*["']?\s*(https?:|//)|url\(\s*["']?(https?:|//)"#)
            .expect("the pattern is fixed")
    });
    let text = String::from_utf8_lossy(bytes);
    if let Some(found) = UNSAFE.find(&text) {
        let message = format!("this picture may not contain `{}`", found.as_str().trim());
        out.push(Diagnostic::of_file("C042", Level::Error, path, message));
    }
    if !text.contains("<title") {
        let remark = Diagnostic::of_file("C043", Level::Warning, path, "this SVG has no <title>");
        out.push(remark.help("say in <title> what the picture shows"));
    }
}

/// Width and height of the outermost element, else of its viewBox.
fn svg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(bytes);
    let start = text.find("<svg")?;
    let tag = text.get(start..)?.split('>').next()?;
    let pixels = |name: &str| whole(attribute(tag, name)?.trim_end_matches("px"));
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((width, height));
    }
    let view = attribute(tag, "viewBox")?;
    let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2).map(whole);
    Some((numbers.next()??, numbers.next()??))
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let rest =
        tag.split_once(&format!(" {name}=")).or_else(|| tag.split_once(&format!("\n{name}=")))?.1;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

/// A positive size, rounded to whole pixels.
fn whole(text: &str) -> Option<u32> {
    let (number, rest) = text.split_once('.').unwrap_or((text, ""));
    let pixels: u32 = number.trim().parse().ok()?;
    let pixels = pixels.checked_add(u32::from(rest.starts_with(['5', '6', '7', '8', '9'])))?;
    (pixels > 0).then_some(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_svg() {
        for (svg, size) in [
            ("<svg width=\"520\" height='300.5'>", Some((520, 301))),
            ("<?xml?><svg xmlns=\"x\" viewBox=\"0 0 560 420\">", Some((560, 420))),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"0,0,10,20\">", Some((10, 20))),
            ("<svg>", None),
            ("<svg width=\"0\" height=\"1\">", None),
        ] {
            assert_eq!(svg_size(svg.as_bytes()), size, "{svg}");
        }
    }
}
