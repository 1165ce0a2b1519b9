//! The markup of one fragment, and what closes its elements.

use pulldown_cmark::{Alignment, TagEnd};

use super::page::Where;

/// The markup of one fragment while it grows.
#[derive(Debug, Default)]
pub(super) struct Fragment {
    pub(super) out: String,
    pub(super) links: Vec<&'static str>,
    pub(super) headings: Vec<String>,
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) head_row: Option<()>,
    /// The author wrote markup.
    pub(super) raw: Option<()>,
    /// How many of the author's elements are open.
    pub(super) raw_open: usize,
}

pub(super) fn close(tag: TagEnd, fragment: &mut Fragment) {
    match tag {
        TagEnd::Heading(_) => fragment.out.push_str(&fragment.headings.pop().unwrap_or_default()),
        TagEnd::Link => fragment.out.push_str(fragment.links.pop().unwrap_or_default()),
        TagEnd::BlockQuote(Some(_)) => fragment.out.push_str("</aside>\n"),
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
        | TagEnd::CodeBlock
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
                fragment.out.extend(["</", name, ">", newline]);
            }
        }
    }
}

/// The element of a node that is nothing but an element.
pub(super) fn element(tag: TagEnd) -> Option<&'static str> {
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

/// The attribute of a link that leads away.
pub(super) fn rel(place: Where) -> &'static str {
    match place {
        Where::Outside => " rel=\"noopener\"",
        Where::Here => "",
    }
}
