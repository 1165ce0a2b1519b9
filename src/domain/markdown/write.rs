//! The writer: events to markup, node by node, then through the sanitiser.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Tag};

use super::bare::bare_addresses;
use super::escape::href;
use super::fact::fact_name;
use super::fragment::{Fragment, close};
use super::math::{Stand, mathml};
use super::page::{Dialect, Page};
use super::picture::lone_picture;
use super::tree::{Spot, bytes, inside, node_length, plain_text};
use crate::html::{Html, push_text};

impl<'c> Page<'c> {
    /// Nodes as safe markup.
    pub fn render(&mut self, spots: &[Spot<'c>]) -> Html {
        // Markup is a little longer than what it is written as.
        let length = bytes(spots).len() * 5 / 4;
        let mut fragment = Fragment { out: String::with_capacity(length), ..Fragment::default() };
        self.write(spots, &mut fragment);
        self.finish(fragment)
    }

    /// Nodes as markup that nobody has looked at yet.
    #[cfg(test)]
    pub(super) fn unsanitised(&mut self, spots: &[Spot<'c>]) -> String {
        let mut fragment = Fragment::default();
        self.write(spots, &mut fragment);
        fragment.out
    }

    /// Only what authors write themselves needs the sanitiser: all else is escaped where it is written.
    pub(super) fn finish(&mut self, fragment: Fragment) -> Html {
        let html = match fragment.raw {
            Some(()) => self.cleaner.clean(&fragment.out),
            None => self.cleaner.finish(fragment.out),
        };
        self.cleaner.forget();
        html
    }

    pub(super) fn write(&mut self, spots: &[Spot<'c>], fragment: &mut Fragment) {
        let mut rest = spots;
        while let Some(spot) = rest.first() {
            let node = rest.get(..node_length(rest)).unwrap_or(rest);
            let whole = self.write_whole(node, fragment);
            let taken = if whole.is_some() { node.len() } else { 1 };
            if whole.is_none() {
                self.write_event(spot, node, fragment);
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
    }

    /// Writes a node that is not written event by event: pictures, videos, code, and footnotes, which wait for the end
    /// of the text.
    fn write_whole(&mut self, node: &[Spot<'c>], fragment: &mut Fragment) -> Option<()> {
        let Spot { event: Event::Start(tag), range } = node.first()? else { return None };
        if matches!(tag, Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_)) {
            return Some(());
        }
        if let Tag::CodeBlock(kind) = tag {
            self.write_code(kind, node, &mut fragment.out);
            return Some(());
        }
        if matches!(tag, Tag::Paragraph) && self.dialect == Dialect::House {
            if let Some(picture) = lone_picture(inside(node)) {
                self.write_figure(picture, &mut fragment.out);
                return Some(());
            }
            return self.write_video(inside(node), &mut fragment.out);
        }
        let Tag::Image { dest_url, title, .. } = tag else { return None };
        self.write_picture(dest_url, &plain_text(inside(node)), title, range, &mut fragment.out);
        Some(())
    }

    fn write_event(&mut self, spot: &Spot<'c>, node: &[Spot<'c>], fragment: &mut Fragment) {
        match &spot.event {
            Event::Start(tag) => self.open(tag, spot, node, fragment),
            Event::End(tag) => close(*tag, fragment),
            Event::Text(text) => self.write_text(text, spot, fragment),
            Event::Code(text) => match fact_name(text) {
                Some(name) => self.write_fact(name, &spot.range, &mut fragment.out),
                None => {
                    fragment.out.push_str("<code>");
                    push_text(&mut fragment.out, text);
                    fragment.out.push_str("</code>");
                }
            },
            Event::InlineMath(text) => self.write_formula(text, Stand::InLine, spot, fragment),
            Event::DisplayMath(text) => self.write_formula(text, Stand::Alone, spot, fragment),
            Event::Html(markup) | Event::InlineHtml(markup) => {
                fragment.raw = Some(());
                if self.check_raw(markup, &spot.range, &mut fragment.raw_open).is_some() {
                    fragment.out.push_str(markup);
                }
            }
            Event::FootnoteReference(name) => self.cite(name, &spot.range, fragment),
            Event::SoftBreak => fragment.out.push('\n'),
            Event::HardBreak => fragment.out.push_str("<br>\n"),
            Event::Rule => fragment.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.write_task(*done, fragment),
        }
    }

    fn write_text(&mut self, text: &str, spot: &Spot<'c>, fragment: &mut Fragment) {
        if self.dialect == Dialect::Plain || !fragment.links.is_empty() {
            push_text(&mut fragment.out, text);
            return;
        }
        self.check_marks(text, &spot.range);
        let mut written = 0;
        for bare in bare_addresses(text) {
            push_text(&mut fragment.out, text.get(written..bare.place.start).unwrap_or_default());
            let address = text.get(bare.place.clone()).unwrap_or_default();
            let _ = write!(
                fragment.out,
                "<a href=\"{}{}\" rel=\"noopener\">{}</a>",
                bare.scheme,
                href(address),
                Html::text(address)
            );
            written = bare.place.end;
        }
        push_text(&mut fragment.out, text.get(written..).unwrap_or_default());
    }

    fn write_formula(
        &mut self,
        text: &str,
        stand: Stand,
        spot: &Spot<'c>,
        fragment: &mut Fragment,
    ) {
        match mathml(text, stand) {
            Ok(markup) if stand == Stand::InLine => {
                fragment.out.push_str(&self.cleaner.keep(markup));
            }
            Ok(markup) => {
                self.regions += 1;
                let name = format!("{} {}", self.words.formula, self.regions);
                let markup = format!(
                    "<span class=\"formula\" role=\"group\" tabindex=\"0\" aria-label=\"{name}\">{markup}</span>"
                );
                fragment.out.push_str(&self.cleaner.keep(markup));
            }
            Err(wrong) => {
                let written = self.source.slice(spot.range.clone());
                let at = wrong.command.as_deref().and_then(|command| {
                    let start = spot.range.start + written.find(command)?;
                    Some(start..start + command.len())
                });
                let _ = write!(fragment.out, "<code>{}</code>", Html::text(written));
                let help =
                    "formulas are written in LaTeX: `$\\frac{a}{b}$`; words stand in `\\text{…}`";
                self.complain("M003", &at.unwrap_or(spot.range.clone()), wrong.message, help);
            }
        }
    }

    fn write_task(&mut self, done: bool, fragment: &mut Fragment) {
        let (tick, name) = if done { (" checked", self.words.done) } else { ("", self.words.open) };
        let markup = format!("<input type=\"checkbox\" disabled{tick} aria-label=\"{name}\">");
        let _ = write!(fragment.out, "{} ", self.cleaner.keep(markup));
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod safe;
