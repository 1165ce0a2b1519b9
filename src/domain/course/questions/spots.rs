//! Regions of a picture: options that say where they are, and the picture itself, taken out of the stem.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::item_line::ItemLine;
use super::options::read_option;
use super::parsed::ParsedOption;
use crate::diagnostic::{Diagnostics, Source};
use crate::markdown::tree::{bytes, inside, node_length, plain_text};
use crate::markdown::{Page, Spot};
use crate::quiz::item::Picture;
use crate::quiz::kinds::Shape;

/// Hundredths of a percent in the whole.
const WHOLE: u32 = 10_000;

/// Options with their regions; `None` if a region cannot be read.
pub(super) fn read_spots<'c>(
    items: &[&[Spot<'c>]],
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<(Vec<ParsedOption>, Vec<Shape>)> {
    let mut options = Vec::new();
    let mut shapes = Vec::new();
    for node in items {
        let mut line = ItemLine::read(node, page.source);
        let shape = read_shape(&mut line, page.source, out);
        options.push(read_option(line, node, page, out));
        shapes.push(shape);
    }
    Some((options, shapes.into_iter().collect::<Option<_>>()?))
}

fn read_shape(line: &mut ItemLine, source: &Source, out: &mut Diagnostics) -> Option<Shape> {
    let at = line.value.clone();
    let rect = line.attributes.pair("rect");
    let circle = line.attributes.pair("circle");
    let help =
        "write `{rect=left,top,right,bottom}` or `{circle=x,y,radius}` in percent of the picture";
    let (shape, at) = match (rect, circle) {
        (Some((text, at)), None) => (rectangle(&text), at),
        (None, Some((text, at))) => (round(&text), at),
        (Some(_), Some((_, at))) => {
            out.push(source.error("Q050", at, "a region has one place, not two").help(help));
            return None;
        }
        (None, None) => {
            out.push(source.error("Q050", at, "this region has no place").help(help));
            return None;
        }
    };
    if shape.is_none() {
        let message = "this is no region inside of the picture";
        out.push(source.error("Q050", at, message).help(help));
    }
    shape
}

fn rectangle(text: &str) -> Option<Shape> {
    let [left, top, right, bottom] = percentages(text)?;
    (left < right && top < bottom).then_some(Shape::Rect { left, top, right, bottom })
}

fn round(text: &str) -> Option<Shape> {
    let [x, y, radius] = percentages(text)?;
    (radius > 0).then_some(Shape::Circle { x, y, radius })
}

/// Numbers from 0 to 100 in hundredths.
fn percentages<const N: usize>(text: &str) -> Option<[u32; N]> {
    let hundredths = |part: &str| {
        let plain = part.chars().all(|c| c.is_ascii_digit() || c == '.');
        let value: Decimal = part.parse().ok().filter(|_| plain)?;
        value.checked_mul(Decimal::ONE_HUNDRED)?.round().to_u32().filter(|value| *value <= WHOLE)
    };
    text.split(',').map(hundredths).collect::<Option<Vec<u32>>>()?.try_into().ok()
}

/// Takes the first picture out of the stem.
pub(super) fn take_picture<'c>(
    stem: &mut Vec<Spot<'c>>,
    heading: Range<usize>,
    page: &mut Page<'c>,
    out: &mut Diagnostics,
) -> Option<Picture> {
    let start = stem.iter().position(|spot| matches!(spot.event, Event::Start(Tag::Image { .. })));
    let Some(start) = start else {
        let remark = page.source.error("Q050", heading, "there is no picture to point at");
        out.push(remark.help(
            "put it between the heading and the list: `![what it shows](../media/name.svg)`",
        ));
        return None;
    };
    let length = stem.get(start..).map_or(0, node_length);
    let alone = start > 0
        && matches!(
            stem.get(start - 1).map(|spot| &spot.event),
            Some(Event::Start(Tag::Paragraph))
        )
        && matches!(
            stem.get(start + length).map(|spot| &spot.event),
            Some(Event::End(TagEnd::Paragraph))
        );
    let around = usize::from(alone);
    let taken: Vec<Spot<'c>> = stem.drain(start - around..start + length + around).collect();
    read_picture(if alone { inside(&taken) } else { &taken }, page, out)
}

fn read_picture(node: &[Spot<'_>], page: &mut Page<'_>, out: &mut Diagnostics) -> Option<Picture> {
    let Event::Start(Tag::Image { dest_url, .. }) = &node.first()?.event else { return None };
    let source = page.source;
    let at = bytes(node);
    let alt = plain_text(inside(node));
    if alt.is_empty() {
        let remark = source.error("Q050", at.clone(), "this picture has no alternative text");
        out.push(remark.help("say what it shows, but not where the right place is"));
    }
    let Some(media) = page.picture(dest_url) else {
        let message = format!("picture `{dest_url}` is not in the course's `media/`");
        out.push(source.error("C022", at, message));
        return None;
    };
    let Some((width, height)) = media.size else {
        out.push(source.error("Q050", at, "the size of this picture is not known"));
        return None;
    };
    Some(Picture { src: media.address.clone(), alt, width, height })
}
