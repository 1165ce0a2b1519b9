//! The sanitiser: an allow-list over everything that goes into a page. What only our own writer may set (ids, roles,
//! names for screen readers) carries a mark made from a hash of the text, which no author can write into that text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ammonia::Builder;

use crate::digest::sha256;
use crate::html::Html;

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
const CLASSES: [&str; 20] = [
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
    "footnote-ref",
    "footnotes",
    "lead",
    "muted",
    "scroll",
    "small",
    "task",
    "template",
    "frame",
];

const ADDRESSES: [&str; 6] = ["/", "#", "http://", "https://", "mailto:", "tel:"];

/// A sanitiser for the fragments of one text.
pub struct Cleaner {
    mark: String,
    builder: Builder<'static>,
}

impl std::fmt::Debug for Cleaner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cleaner").finish_non_exhaustive()
    }
}

impl Cleaner {
    /// A sanitiser for the fragments of `text`.
    pub fn new(text: &str) -> Cleaner {
        let mark = sha256(text.as_bytes());
        let builder = builder(mark.clone());
        Cleaner { mark, builder }
    }

    /// An attribute that authors cannot set themselves.
    pub fn own(&self, name: &str, value: &str) -> String {
        format!(" {name}=\"{}{}\"", self.mark, Html::text(value))
    }

    /// The fragment without anything that is not on the list.
    pub fn clean(&self, fragment: &str) -> Html {
        Html::sanitised(self.builder.clean(fragment).to_string().trim().to_owned())
    }
}

fn builder(mark: String) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().chain(RARE_ELEMENTS).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "svg", "math", "template", "iframe", "object", "noscript",
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
            value.strip_prefix(mark).map(Cow::Borrowed)
        }
        (_, "class") => {
            let known: Vec<&str> =
                value.split_whitespace().filter(|class| is_known_class(class)).collect();
            (!known.is_empty()).then(|| Cow::Owned(known.join(" ")))
        }
        ("a", "href") => (ADDRESSES.iter().any(|start| value.starts_with(start))
            && !value.starts_with("//"))
        .then_some(Cow::Borrowed(value)),
        ("img", "src") => value.starts_with("/media/").then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn is_known_class(class: &str) -> bool {
    let language = class.strip_prefix("language-").is_some_and(|name| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-'))
    });
    language || CLASSES.contains(&class)
}
