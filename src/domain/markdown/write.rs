//! The writer: events to markup, node by node, then through the sanitiser.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd,
};

use super::bare::bare_addresses;
use super::page::{Page, Where};
use super::picture::lone_picture;
use super::tree::{Spot, bytes, inside, node_length, plain_text};
use crate::html::Html;

/// The markup of one fragment while it grows.
#[derive(Debug, Default)]
struct Fragment {
    out: String,
    links: Vec<&'static str>,
    headings: Vec<String>,
    alignments: Vec<Alignment>,
    column: usize,
    head_row: Option<()>,
    in_code: Option<()>,
}

impl<'c> Page<'c> {
    /// Nodes as safe markup.
    pub fn render(&mut self, spots: &[Spot<'c>]) -> Html {
        let mut fragment = Fragment::default();
        self.write(spots, &mut fragment);
        self.cleaner.clean(&fragment.out)
    }

    /// The footnotes that were cited so far, as a list; `None` if there are none.
    pub fn render_footnotes(&mut self) -> Option<Html> {
        let mut fragment = Fragment::default();
        let mut number = 0;
        while let Some(name) = self.cited.get(number).cloned() {
            number += 1;
            let id = self.cleaner.own("id", &format!("fn-{number}"));
            let _ = write!(fragment.out, "<li{id}>");
            let note = self.notes.get(&name).cloned().unwrap_or_default();
            self.write(&note, &mut fragment);
            let back = self.cleaner.own("aria-label", &format!("{} {number}", self.words.back));
            let _ = writeln!(fragment.out, " <a href=\"#fnref-{number}\"{back}>↩</a></li>");
        }
        let label = self.cleaner.own("aria-label", self.words.footnotes);
        let markup =
            format!("<section class=\"footnotes\"{label}><ol>{}</ol></section>", fragment.out);
        (number > 0).then(|| self.cleaner.clean(&markup))
    }

    fn write(&mut self, spots: &[Spot<'c>], fragment: &mut Fragment) {
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

    /// Writes a node that is not written event by event: pictures, and footnotes, which wait for the end of the text.
    fn write_whole(&mut self, node: &[Spot<'c>], fragment: &mut Fragment) -> Option<()> {
        let Spot { event: Event::Start(tag), range } = node.first()? else { return None };
        if matches!(tag, Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_)) {
            return Some(());
        }
        if matches!(tag, Tag::Paragraph) {
            let picture = lone_picture(inside(node))?;
            self.write_figure(picture, &mut fragment.out);
            return Some(());
        }
        let Tag::Image { dest_url, title, .. } = tag else { return None };
        self.write_picture(dest_url, &plain_text(inside(node)), title, range, &mut fragment.out);
        Some(())
    }

    fn write_event(&mut self, spot: &Spot<'c>, node: &[Spot<'c>], fragment: &mut Fragment) {
        match &spot.event {
            Event::Start(tag) => self.open(tag, spot, node, fragment),
            Event::End(tag) => close(*tag, fragment),
            Event::Text(text) => self.text(text, fragment),
            Event::Code(text) => {
                let _ = write!(fragment.out, "<code>{}</code>", Html::text(text));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                let _ = write!(fragment.out, "{}", Html::text(text));
            }
            Event::Html(markup) | Event::InlineHtml(markup) => {
                self.check_raw(markup, &spot.range);
                fragment.out.push_str(markup);
            }
            Event::FootnoteReference(name) => self.cite(name, fragment),
            Event::SoftBreak => fragment.out.push('\n'),
            Event::HardBreak => fragment.out.push_str("<br>\n"),
            Event::Rule => fragment.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                let (sign, name) =
                    if *done { ("☑", self.words.done) } else { ("☐", self.words.open) };
                let attributes =
                    self.cleaner.own("role", "img") + &self.cleaner.own("aria-label", name);
                let _ = write!(fragment.out, "<span class=\"task\"{attributes}>{sign}</span> ");
            }
        }
    }

    fn open(&mut self, tag: &Tag<'c>, spot: &Spot<'c>, node: &[Spot<'c>], fragment: &mut Fragment) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.open_heading(*level, id.as_deref(), spot, node, fragment)
            }
            Tag::BlockQuote(Some(kind)) => self.open_callout(*kind, fragment),
            Tag::CodeBlock(kind) => self.open_code(kind, fragment),
            Tag::Table(alignments) => {
                fragment.alignments = alignments.clone();
                let scroll = self.open_scroll(self.words.table);
                let _ = write!(fragment.out, "{scroll}<table>");
            }
            Tag::TableHead => {
                fragment.head_row = Some(());
                fragment.column = 0;
                fragment.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                fragment.column = 0;
                fragment.out.push_str("<tr>");
            }
            Tag::TableCell => open_cell(fragment),
            Tag::List(Some(start)) if *start != 1 => {
                let _ = writeln!(fragment.out, "<ol start=\"{start}\">");
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(*link_type, dest_url, title, &spot.range, fragment);
            }
            Tag::Paragraph
            | Tag::BlockQuote(None)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => {
                if let Some(name) = element(tag.to_end()) {
                    let _ = write!(fragment.out, "<{name}>");
                }
            }
        }
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        spot: &Spot<'c>,
        node: &[Spot<'c>],
        fragment: &mut Fragment,
    ) {
        if level == HeadingLevel::H1 {
            let remark = self.source.warning(
                "C024",
                spot.range.clone(),
                "a heading of level 1 stands in the text",
            );
            self.remarks.push(
                remark.help("the title comes from the front matter; begin the text with level 2"),
            );
        }
        let last_line =
            self.source.slice(bytes(node)).trim_end().lines().last().unwrap_or_default();
        if !last_line.is_empty() && last_line.chars().all(|c| c == '-') {
            let remark = self.source.warning(
                "C025",
                spot.range.clone(),
                "`---` under a line makes it a heading",
            );
            self.remarks.push(remark.help("put an empty line before `---`, or write `## …`"));
        }
        let text = plain_text(inside(node));
        let anchor = self.anchor(id, &text, &spot.range);
        let own = self.cleaner.own("id", &anchor);
        let label = self.cleaner.own("aria-label", &text);
        let level = heading_level(level);
        if level <= 3 {
            self.headings.push((level, anchor.clone(), text));
        }
        let _ = write!(fragment.out, "<h{level}{own}>");
        fragment
            .headings
            .push(format!("<a class=\"anchor\" href=\"#{anchor}\"{label}>#</a></h{level}>\n"));
    }

    fn open_callout(&mut self, kind: BlockQuoteKind, fragment: &mut Fragment) {
        let (classes, title) = match kind {
            BlockQuoteKind::Note => ("callout--note", self.words.note),
            BlockQuoteKind::Tip => ("callout--tip", self.words.tip),
            BlockQuoteKind::Important => ("callout--important", self.words.important),
            BlockQuoteKind::Warning => ("callout--warning callout--care", self.words.warning),
            BlockQuoteKind::Caution => ("callout--caution callout--care", self.words.caution),
        };
        let names = self.cleaner.own("role", "note") + &self.cleaner.own("aria-label", title);
        let head = format!("<p class=\"callout__t\">{title}</p>");
        let _ = writeln!(fragment.out, "<aside class=\"callout {classes}\"{names}>{head}");
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>, fragment: &mut Fragment) {
        fragment.in_code = Some(());
        let scroll = self.open_scroll(self.words.code);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let class = if language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", Html::text(language))
        };
        let _ = write!(fragment.out, "{scroll}<pre><code{class}>");
    }

    /// A region that scrolls sideways and can be reached by keyboard, with a name of its own.
    fn open_scroll(&mut self, name: &str) -> String {
        self.regions += 1;
        let names = self.cleaner.own("role", "region") + &self.cleaner.own("tabindex", "0");
        let label = self.cleaner.own("aria-label", &format!("{name} {}", self.regions));
        format!("<div class=\"scroll\"{names}{label}>")
    }

    fn open_link(
        &mut self,
        kind: LinkType,
        address: &str,
        title: &str,
        range: &Range<usize>,
        fragment: &mut Fragment,
    ) {
        let address =
            if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
        let Some((address, place)) = self.link(&address, range) else {
            fragment.links.push("");
            return;
        };
        let rel = if place == Where::Outside { " rel=\"noopener\"" } else { "" };
        let _ = write!(fragment.out, "<a href=\"{}\"{rel}", Html::text(&address));
        if !title.is_empty() {
            let _ = write!(fragment.out, " title=\"{}\"", Html::text(title));
        }
        fragment.out.push('>');
        fragment.links.push("</a>");
    }

    fn text(&mut self, text: &str, fragment: &mut Fragment) {
        if fragment.in_code.is_some() || !fragment.links.is_empty() {
            fragment.out.push_str(Html::text(text).as_str());
            return;
        }
        let mut written = 0;
        for place in bare_addresses(text) {
            let before = Html::text(text.get(written..place.start).unwrap_or_default());
            let href = Html::text(text.get(place.clone()).unwrap_or_default());
            let _ = write!(fragment.out, "{before}<a href=\"{href}\" rel=\"noopener\">{href}</a>");
            written = place.end;
        }
        fragment.out.push_str(Html::text(text.get(written..).unwrap_or_default()).as_str());
    }

    fn cite(&mut self, name: &str, fragment: &mut Fragment) {
        let known = self.cited.iter().position(|cited| cited == name);
        let number = known.unwrap_or(self.cited.len()) + 1;
        let mut id = String::new();
        if known.is_none() {
            self.cited.push(name.to_owned());
            id = self.cleaner.own("id", &format!("fnref-{number}"));
        }
        let label = self.cleaner.own("aria-label", &format!("{} {number}", self.words.footnote));
        let _ = write!(
            fragment.out,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\"{id}{label}>{number}</a></sup>"
        );
    }
}

fn close(tag: TagEnd, fragment: &mut Fragment) {
    match tag {
        TagEnd::Heading(_) => fragment.out.push_str(&fragment.headings.pop().unwrap_or_default()),
        TagEnd::Link => fragment.out.push_str(fragment.links.pop().unwrap_or_default()),
        TagEnd::BlockQuote(Some(_)) => fragment.out.push_str("</aside>\n"),
        TagEnd::CodeBlock => {
            fragment.in_code = None;
            fragment.out.push_str("</code></pre></div>\n");
        }
        TagEnd::Table => fragment.out.push_str("</tbody></table></div>\n"),
        TagEnd::TableHead => {
            fragment.head_row = None;
            fragment.out.push_str("</tr></thead>\n<tbody>\n");
        }
        TagEnd::TableRow => fragment.out.push_str("</tr>\n"),
        TagEnd::TableCell => {
            fragment.out.push_str(if fragment.head_row.is_some() { "</th>" } else { "</td>" })
        }
        TagEnd::Paragraph
        | TagEnd::BlockQuote(None)
        | TagEnd::HtmlBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Emphasis
        | TagEnd::Strong
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::Image
        | TagEnd::MetadataBlock(_) => {
            if let Some(name) = element(tag) {
                let newline =
                    if matches!(name, "em" | "strong" | "del" | "sup" | "sub") { "" } else { "\n" };
                let _ = write!(fragment.out, "</{name}>{newline}");
            }
        }
    }
}

/// The element of a node that is nothing but an element.
fn element(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::BlockQuote(None) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::DefinitionList => "dl",
        TagEnd::DefinitionListTitle => "dt",
        TagEnd::DefinitionListDefinition => "dd",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "del",
        TagEnd::Superscript => "sup",
        TagEnd::Subscript => "sub",
        TagEnd::Heading(_)
        | TagEnd::BlockQuote(Some(_))
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::FootnoteDefinition
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::Link
        | TagEnd::Image
        | TagEnd::MetadataBlock(_) => return None,
    })
}

fn open_cell(fragment: &mut Fragment) {
    let class = match fragment.alignments.get(fragment.column) {
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"end\"",
        Some(Alignment::Left | Alignment::None) | None => "",
    };
    let element = if fragment.head_row.is_some() { "th scope=\"col\"" } else { "td" };
    let _ = write!(fragment.out, "<{element}{class}>");
    fragment.column += 1;
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
