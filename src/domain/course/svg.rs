//! Drawings in `media/`: their size, and what makes them unsafe or hard to read.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostics, Source};

/// Width in pixels that a drawing has on a narrow phone.
const NARROW: f64 = 288.0;

/// Letters that come out smaller there cannot be read.
const SMALLEST: f64 = 9.0;

/// With fewer words a drawing is a picture, with more it is a diagram that wants to be told.
const DIAGRAM: usize = 4;

/// So many different colours without a word are a code that only colours tell.
const COLOURS: usize = 3;

/// What is wrong with a drawing.
pub(super) fn check_svg(source: &Source, out: &mut Diagnostics) {
    check_safety(source, out);
    check_names(source, out);
    check_letters(source, out);
    check_colours(source, out);
}

/// A picture that runs code or loads something is refused: it would do so when opened on its own.
fn check_safety(source: &Source, out: &mut Diagnostics) {
    static UNSAFE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<script|<foreignobject|<iframe|\son[a-z]+\s*=|javascript:|@import|<!entity|(href|src)\s*=\s*["']?\s*(https?:|//)|url\(\s*["']?(https?:|//)"#)
            .expect("the pattern is fixed")
    });
    if let Some(found) = UNSAFE.find(&source.text) {
        let start = found.start() + found.len() - found.as_str().trim_start().len();
        let message = format!("this picture may not contain `{}`", found.as_str().trim());
        out.push(source.error("C042", start..found.end(), message));
    }
}

fn check_names(source: &Source, out: &mut Diagnostics) {
    let tag = outermost(&source.text).unwrap_or(0..0);
    if !source.text.contains("<title") {
        let remark = source.warning("C043", tag.clone(), "this SVG has no <title>");
        out.push(remark.help("say in <title> what the picture shows"));
    }
    if !source.text.contains("<desc") && source.text.matches("<text").count() >= DIAGRAM {
        let remark = source.warning("C090", tag, "this diagram has no <desc>");
        out.push(remark.help("tell in <desc> what its parts are and how they belong together"));
    }
}

/// The smallest letters, as large as they are on a phone.
fn check_letters(source: &Source, out: &mut Diagnostics) {
    static SIZE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"font-size\s*[=:]\s*["']?\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*["';}]"#)
            .expect("the pattern is fixed")
    });
    let Some((width, _)) = drawing_size(&source.text) else { return };
    let scale = (NARROW / f64::from(width)).min(1.0);
    let sizes = SIZE.captures_iter(&source.text).filter_map(|found| {
        let number: f64 = found.get(1)?.as_str().parse().ok()?;
        Some((number * scale, found.get(0)?.range()))
    });
    let smallest = sizes.filter(|(size, _)| *size < SMALLEST).min_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((size, range)) = smallest {
        let message = format!("on a phone these letters are {size:.0} pixels high");
        let needed = SMALLEST / scale;
        let remark = source.warning("C084", range, message);
        out.push(remark.help(format!(
            "make them {needed:.0} or larger, or the drawing narrower: a phone shows it {NARROW} pixels wide"
        )));
    }
}

/// Whoever cannot tell the colours apart needs words.
fn check_colours(source: &Source, out: &mut Diagnostics) {
    static COLOUR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:fill|stroke)\s*[=:]\s*["']?\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b"#)
            .expect("the pattern is fixed")
    });
    if source.text.contains("<text") {
        return;
    }
    let mut colours = BTreeSet::new();
    for found in COLOUR.captures_iter(&source.text) {
        let (Some(digits), Some(whole)) = (found.get(1), found.get(0)) else { continue };
        if is_colourful(digits.as_str()) && colours.insert(digits.as_str().to_lowercase()) {
            if colours.len() < COLOURS {
                continue;
            }
            let message =
                format!("{COLOURS} colours and not a word: only colours tell the parts apart");
            let remark = source.warning("C085", whole.range(), message);
            out.push(remark.help("write beside each part what it is"));
            return;
        }
    }
}

/// Not a grey: the largest and the smallest of red, green and blue are far apart.
fn is_colourful(digits: &str) -> bool {
    let step = digits.len() / 3;
    let part = |index: usize| {
        let digits = digits.get(index * step..(index + 1) * step)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        Some(if step == 1 { value * 17 } else { value })
    };
    let parts: Vec<u32> = (0..3).filter_map(part).collect();
    let (Some(most), Some(least)) = (parts.iter().max(), parts.iter().min()) else { return false };
    most - least > 60
}

/// Width and height of the outermost element, else of its viewBox.
pub(super) fn drawing_size(text: &str) -> Option<(u32, u32)> {
    let tag = text.get(outermost(text)?)?;
    let pixels = |name: &str| whole(attribute(tag, name)?.trim_end_matches("px"));
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some((width, height));
    }
    let view = attribute(tag, "viewBox")?;
    let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2).map(whole);
    Some((numbers.next()??, numbers.next()??))
}

/// The bytes of `<svg …>`.
fn outermost(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find("<svg")?;
    let length = text.get(start..)?.find('>')?;
    Some(start..start + length + 1)
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
    fn sizes_of_drawings() {
        for (svg, size) in [
            ("<svg width=\"520\" height='300.5'>", Some((520, 301))),
            ("<?xml?><svg xmlns=\"x\" viewBox=\"0 0 560 420\">", Some((560, 420))),
            ("<svg width=\"100%\" height=\"100%\" viewBox=\"0,0,10,20\">", Some((10, 20))),
            ("<svg>", None),
            ("<svg", None),
            ("<svg width=\"0\" height=\"1\">", None),
        ] {
            assert_eq!(drawing_size(svg), size, "{svg}");
        }
    }

    #[test]
    fn greys_are_no_colours() {
        for (digits, colourful) in
            [("fff", false), ("80796a", false), ("f00", true), ("86cdd6", true), ("152022", false)]
        {
            assert_eq!(is_colourful(digits), colourful, "{digits}");
        }
    }
}
