//! The sanitiser: an allow-list over everything that goes into a page. What only our own writer may set (ids, roles,
//! names for screen readers, formulas) carries a mark made from a hash of the text, which no author can write into that
//! text. Where the author wrote no raw HTML, every byte is our writer's: then there is nothing to tell apart, and no mark.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use ammonia::Builder;

use crate::digest::sha256;
use crate::html::{Html, push_text};

/// Elements that may appear.
pub const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Further elements that may appear, kept apart only because they are rare.
pub const RARE_ELEMENTS: [&str; 5] = ["u", "var", "wbr", "time", "rt"];

/// Classes that may appear, besides `language-…` of code.
const CLASSES: [&str; 24] = [
    "anchor",
    "callout",
    "callout--care",
    "callout--caution",
    "callout--important",
    "callout--note",
    "callout--tip",
    "callout--warning",
    "callout__t",
    "center",
    "end",
    "fact",
    "footnote-back",
    "footnote-ref",
    "footnotes",
    "frame",
    "lead",
    "muted",
    "scroll",
    "small",
    "start",
    "task",
    "tasks",
    "template",
];

const ADDRESSES: [&str; 6] = ["/", "#", "http://", "https://", "mailto:", "tel:"];

/// Behind a mark: an attribute follows.
const OWN: char = '=';
/// Behind a mark: the number of a piece of markup follows.
const KEPT: char = '#';

/// A sanitiser for the fragments of one text.
pub struct Cleaner {
    /// `None` for a text without raw HTML.
    mark: Option<String>,
    kept: Vec<String>,
    builder: OnceCell<Builder<'static>>,
}

impl std::fmt::Debug for Cleaner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cleaner").finish_non_exhaustive()
    }
}

impl Cleaner {
    /// A sanitiser for the fragments of `text`, in which the author wrote markup.
    pub fn new(text: &str) -> Cleaner {
        Cleaner { mark: Some(sha256(text.as_bytes())), ..Cleaner::idle() }
    }

    /// One for the fragments of a text without raw HTML, which has nothing to do.
    pub fn idle() -> Cleaner {
        Cleaner { mark: None, kept: Vec::new(), builder: OnceCell::new() }
    }

    /// An attribute that authors cannot set themselves.
    pub fn own(&self, name: &str, value: &str) -> String {
        let mut out = String::with_capacity(name.len() + value.len() + 80);
        out.extend([" ", name, "=\""]);
        if let Some(mark) = &self.mark {
            out.push_str(mark);
            out.push(OWN);
        }
        push_text(&mut out, value);
        out.push('"');
        out
    }

    /// A place for markup of our own that the list does not allow to authors. It must be balanced.
    pub fn keep(&mut self, markup: String) -> String {
        let Some(mark) = &self.mark else { return markup };
        self.kept.push(markup);
        format!("{mark}{KEPT}{};", self.kept.len() - 1)
    }

    /// A fragment in which the author wrote markup, without anything that is not on the list.
    pub fn clean(&self, fragment: &str) -> Html {
        // A text without raw HTML has no such fragment. Should that ever be wrong, all of it is shown and none of it works.
        let Some(mark) = &self.mark else { return Html::text(fragment) };
        let builder = self.builder.get_or_init(|| builder(mark.clone()));
        self.finish(builder.clean(fragment).to_string())
    }

    /// A fragment that is all ours, or sanitised: without marks, and with what was kept in its place.
    pub fn finish(&self, fragment: String) -> Html {
        let Some(mark) = &self.mark else { return Html::sanitised(trimmed(fragment)) };
        let mut out = String::with_capacity(fragment.len());
        let mut pieces = fragment.split(mark.as_str());
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let number = piece.strip_prefix(KEPT).and_then(|rest| rest.split_once(';'));
            match number {
                Some((number, rest)) => {
                    let kept = number.parse().ok().and_then(|number: usize| self.kept.get(number));
                    out.push_str(kept.map_or("", String::as_str));
                    out.push_str(rest);
                }
                None => out.push_str(piece.strip_prefix(OWN).unwrap_or(piece)),
            }
        }
        Html::sanitised(trimmed(out))
    }

    /// Lets go of what was kept, once a fragment is finished.
    pub fn forget(&mut self) {
        self.kept.clear();
    }
}

/// Without white space around it, in place.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    let before = text.len() - text.trim_start().len();
    text.drain(..before);
    text.shrink_to_fit();
    text
}

fn builder(mark: String) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(RARE_ELEMENTS).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "svg", "math", "template", "iframe", "object", "noscript", "title",
        ]))
        .generic_attributes(HashSet::from([
            "lang",
            "dir",
            "title",
            "class",
            "id",
            "role",
            "tabindex",
            "aria-label",
        ]))
        .tag_attributes(attributes())
        .tag_attribute_values(fixed_values())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(None)
        .attribute_filter(move |element, name, value| filter(&mark, element, name, value));
    builder
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    HashMap::from([
        ("a", HashSet::from(["href"])),
        ("img", HashSet::from(["src", "alt", "width", "height"])),
        ("ol", HashSet::from(["start"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan"])),
        ("time", HashSet::from(["datetime"])),
        ("details", HashSet::from(["open"])),
    ])
}

fn fixed_values() -> HashMap<&'static str, HashMap<&'static str, HashSet<&'static str>>> {
    HashMap::from([
        ("a", HashMap::from([("rel", HashSet::from(["noopener"]))])),
        (
            "img",
            HashMap::from([
                ("loading", HashSet::from(["lazy"])),
                ("decoding", HashSet::from(["async"])),
            ]),
        ),
        ("th", HashMap::from([("scope", HashSet::from(["col", "row"]))])),
    ])
}

fn filter<'v>(mark: &str, element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (element, name) {
        (_, "id" | "role" | "tabindex" | "aria-label") => {
            value.strip_prefix(mark).and_then(|value| value.strip_prefix(OWN)).map(Cow::Borrowed)
        }
        // An author's tag that was never closed has swallowed something of ours: that must not come back to life in it.
        _ if value.contains(mark) => None,
        (_, "class") => {
            let known: Vec<&str> =
                value.split_whitespace().filter(|class| is_known_class(class)).collect();
            (!known.is_empty()).then(|| Cow::Owned(known.join(" ")))
        }
        ("a", "href") => is_address(value).then_some(Cow::Borrowed(value)),
        ("img", "src") => value.starts_with("/media/").then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Does an attribute that an author wrote stay?
pub(super) fn is_allowed(element: &str, name: &str, value: &str) -> bool {
    match name {
        "lang" | "dir" | "title" => true,
        "class" => value.split_whitespace().all(is_known_class),
        "href" => element == "a" && is_address(value),
        "rel" => element == "a" && value == "noopener",
        _ => attributes().get(element).is_some_and(|known| known.contains(name)),
    }
}

/// May a link lead there?
fn is_address(value: &str) -> bool {
    ADDRESSES.iter().any(|start| value.starts_with(start)) && !value.starts_with("//")
}

fn is_known_class(class: &str) -> bool {
    let language = class.strip_prefix("language-").is_some_and(|name| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-'))
    });
    language || CLASSES.contains(&class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_mark_nothing_is_taken_for_ours() {
        let mut idle = Cleaner::idle();
        assert_eq!(idle.own("id", "a\"b"), " id=\"a&quot;b\"");
        assert_eq!(idle.keep("<math></math>".to_owned()), "<math></math>");
        assert_eq!(idle.finish(" <p>a</p>\n".to_owned()).as_str(), "<p>a</p>");
        assert_eq!(idle.clean("<script>").as_str(), "&lt;script&gt;");
    }
}
