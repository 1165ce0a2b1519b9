//! Pictures: alternative text, size, lazy loading; alone in a paragraph they become figures.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::escape::href;
use super::page::{Dialect, Page};
use super::target::{Link, read_link};
use super::tree::{Spot, inside, node_length, plain_text};
use crate::html::Html;

impl<'c> Page<'c> {
    pub(super) fn write_figure(&mut self, node: &[Spot<'c>], out: &mut String) {
        let Some(Spot { event: Event::Start(Tag::Image { dest_url, title, .. }), range }) =
            node.first()
        else {
            return;
        };
        out.push_str("<figure>");
        self.write_picture(dest_url, &plain_text(inside(node)), "", range, out);
        if !title.is_empty() {
            let _ = write!(out, "<figcaption>{}</figcaption>", Html::text(title));
        }
        out.push_str("</figure>\n");
    }

    pub(super) fn write_picture(
        &mut self,
        address: &str,
        alt: &str,
        title: &str,
        range: &Range<usize>,
        out: &mut String,
    ) {
        if self.dialect == Dialect::Plain {
            self.write_plain_picture(address, alt, title, out);
            return;
        }
        if alt.is_empty() {
            let help =
                "say what the picture shows: ![Costs fall as volume grows](../media/costs.svg)";
            self.complain("C020", range, "picture without alternative text", help);
        }
        let media = match read_link(address, &self.source.file) {
            Link::File(path, _) => self.targets.media.get_key_value(&path),
            Link::Outside(_)
            | Link::Plain(_)
            | Link::Fragment(_)
            | Link::Course(..)
            | Link::Refused => None,
        };
        let Some((path, media)) = media else {
            let message = format!("picture `{address}` is not in the course's `media/`");
            self.refuse("C022", range, message);
            return;
        };
        self.media.insert(path.clone());
        let _ =
            write!(out, "<img src=\"{}\" alt=\"{}\"", Html::text(&media.address), Html::text(alt));
        if let Some((width, height)) = media.size {
            let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
        }
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", Html::text(title));
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    fn write_plain_picture(&self, address: &str, alt: &str, title: &str, out: &mut String) {
        let _ = write!(out, "<img src=\"{}\" alt=\"{}\"", href(address), Html::text(alt));
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", Html::text(title));
        }
        out.push('>');
    }
}

/// The picture of a paragraph that holds nothing else.
pub(super) fn lone_picture<'s, 'a>(content: &'s [Spot<'a>]) -> Option<&'s [Spot<'a>]> {
    let is_picture = matches!(content.first()?.event, Event::Start(Tag::Image { .. }));
    (is_picture && node_length(content) == content.len()).then_some(content)
}
