//! What opens a block or a link: headings, callouts, code, tables.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Tag,
};

use super::escape::href;
use super::fragment::{Fragment, element, rel};
use super::highlight::{highlight, is_known, names};
use super::page::{Dialect, Page};
use super::tree::{Spot, bytes, inside, plain_text};
use crate::diagnostic::nearest;
use crate::html::Html;
use crate::slug::is_id;

impl<'c> Page<'c> {
    pub(super) fn open(
        &mut self,
        tag: &Tag<'c>,
        spot: &Spot<'c>,
        node: &[Spot<'c>],
        fragment: &mut Fragment,
    ) {
        match tag {
            Tag::Heading { level, id, .. } if self.dialect == Dialect::House => {
                self.open_heading(*level, id.as_deref(), node, fragment);
            }
            Tag::Heading { level, .. } => {
                let _ = write!(fragment.out, "<{level}>");
                fragment.headings.push(format!("</{level}>\n"));
            }
            Tag::BlockQuote(Some(kind)) => self.open_callout(*kind, fragment),
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
            Tag::List(None) if is_task_list(node) => fragment.out.push_str("<ul class=\"tasks\">"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.check_words(dest_url, node, &spot.range);
                self.open_link(*link_type, dest_url, title, &spot.range, fragment);
            }
            Tag::BlockQuote(None) => {
                self.check_callout(node, &spot.range);
                fragment.out.push_str("<blockquote>\n");
            }
            Tag::Paragraph
            | Tag::HtmlBlock
            | Tag::CodeBlock(_)
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
                    fragment.out.extend(["<", name, ">"]);
                }
            }
        }
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        node: &[Spot<'c>],
        fragment: &mut Fragment,
    ) {
        let text = plain_text(inside(node));
        let range = bytes(node);
        self.check_heading(level, id, &text, &range);
        let shown = heading_level(level);
        let anchor = self.anchors.add(shown, id, &text, &range);
        if anchor.taken.is_some() {
            let message =
                format!("heading id `{}` is used twice in this text", id.unwrap_or_default());
            self.complain("C012", &range, message, "links find only the first one");
        }
        let place = anchor.place;
        let own = self.cleaner.own("id", &place);
        let label = self.cleaner.own("aria-label", &text);
        if shown <= 3 {
            self.headings.push((shown, place.clone(), text));
        }
        let _ = write!(fragment.out, "<h{shown}{own}>");
        fragment
            .headings
            .push(format!("<a class=\"anchor\" href=\"#{place}\"{label}>#</a></h{shown}>\n"));
    }

    fn check_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        text: &str,
        range: &Range<usize>,
    ) {
        if level == HeadingLevel::H1 {
            let help = "the title comes from the front matter; begin the text with level 2";
            self.warn("C024", range, "a heading of level 1 stands in the text", help);
        }
        let last_line =
            self.source.slice(range.clone()).trim_end().lines().last().unwrap_or_default();
        if !last_line.is_empty() && last_line.chars().all(|c| c == '-') {
            let help = "put an empty line before `---`, or write `## …`";
            self.warn("C025", range, "`---` under a line makes it a heading", help);
        }
        let before = self.anchors.outline.last().map_or(1, |(level, _)| *level);
        let shown = heading_level(level);
        if shown > before + 1 && self.anchors.prefix.is_empty() {
            let message = format!("a heading of level {shown} stands under one of level {before}");
            let marks = "#".repeat(usize::from(before) + 1);
            self.warn(
                "M001",
                range,
                message,
                format!("write `{marks} …`: levels tell where one is"),
            );
        }
        if text.is_empty() {
            self.warn("M009", range, "this heading has no words", "write some, or take it out");
        }
        if let Some(id) = id.filter(|id| !is_id(id)) {
            let message = format!("id `{id}` may hold only a–z, 0–9 and `-`, at most 64 of them");
            self.refuse("Q004", range, message);
        }
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

    /// A quote that begins like a callout, of a kind that there is not.
    fn check_callout(&mut self, node: &[Spot<'c>], range: &Range<usize>) {
        let Some(Event::Text(text)) = node.get(2).map(|spot| &spot.event) else { return };
        let Some((word, _)) = text.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
            return;
        };
        if word.chars().all(char::is_alphabetic) && self.dialect == Dialect::House {
            let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
            let upper = word.to_uppercase();
            let help = match nearest(&upper, &known) {
                Some(known) => format!("did you mean `[!{known}]`? It stands alone on its line"),
                None => format!("there are {}", known.join(", ")),
            };
            self.warn("M013", range, format!("`[!{word}]` makes no callout here"), help);
        }
    }

    /// Code with its colours, in a region that scrolls, and a button for those who have scripts.
    pub(super) fn write_code(
        &mut self,
        kind: &CodeBlockKind<'_>,
        node: &[Spot<'c>],
        out: &mut String,
    ) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", Html::text(language)),
        };
        let text: String = inside(node)
            .iter()
            .filter_map(|spot| {
                if let Event::Text(text) = &spot.event { Some(text.as_ref()) } else { None }
            })
            .collect();
        if self.dialect == Dialect::Plain {
            let _ = writeln!(out, "<pre><code{class}>{}</code></pre>", Html::text(&text));
            return;
        }
        self.check_language(language, node);
        self.regions += 1;
        let name = format!("{} {}", self.words.code, self.regions);
        let (copy, copied) = (self.words.copy, self.words.copied);
        let colours = highlight(language, &text);
        let markup = format!(
            "<div class=\"code\"><div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\
             <pre><code{class}>{colours}</code></pre></div>\
             <button class=\"code__copy\" type=\"button\" data-copy=\"{copied}\" hidden>{copy}</button></div>"
        );
        let _ = writeln!(out, "{}", self.cleaner.keep(markup));
    }

    fn check_language(&mut self, language: &str, node: &[Spot<'c>]) {
        if !language.is_empty() && !is_known(language) {
            let line = self.source.line_range(bytes(node).start);
            let help = match nearest(&language.to_ascii_lowercase(), &names()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "write `text` for what needs no colours".to_owned(),
            };
            let message = format!("code in `{language}` has no colours");
            self.remarks.push(
                self.source
                    .diagnostic("M014", crate::diagnostic::Level::Info, line, message)
                    .help(help),
            );
        }
    }

    /// A region that scrolls sideways and can be reached by keyboard, with a name of its own.
    fn open_scroll(&mut self, name: &str) -> String {
        self.regions += 1;
        let names = self.cleaner.own("role", "region") + &self.cleaner.own("tabindex", "0");
        let label = self.cleaner.own("aria-label", &format!("{name} {}", self.regions));
        format!("<div class=\"scroll\"{names}{label}>")
    }

    /// A link without words cannot be read aloud.
    fn check_words(&mut self, address: &str, node: &[Spot<'c>], range: &Range<usize>) {
        let shows = |spot: &Spot<'c>| matches!(spot.event, Event::Start(Tag::Image { .. }));
        let silent = plain_text(inside(node)).is_empty() && !inside(node).iter().any(shows);
        if silent && self.dialect == Dialect::House {
            let message = format!("the link to `{address}` has no words");
            self.warn("M016", range, message, "say where it leads");
        }
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
        fragment.out.extend(["<a href=\"", &href(&address), "\"", rel(place)]);
        if !title.is_empty() {
            let _ = write!(fragment.out, " title=\"{}\"", Html::text(title));
        }
        fragment.out.push('>');
        fragment.links.push("</a>");
    }
}

/// Has each entry a box?
fn is_task_list(node: &[Spot<'_>]) -> bool {
    let is_box = |spot: &&Spot<'_>| matches!(spot.event, Event::TaskListMarker(_));
    node.iter().skip(2).take(2).any(|spot| is_box(&spot))
}

fn open_cell(fragment: &mut Fragment) {
    let class = match fragment.alignments.get(fragment.column) {
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"end\"",
        Some(Alignment::Left) => " class=\"start\"",
        Some(Alignment::None) | None => "",
    };
    let element = if fragment.head_row.is_some() { "th scope=\"col\"" } else { "td" };
    fragment.out.extend(["<", element, class, ">"]);
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
