//! What one person writes to another: a little Markdown, without headings, pictures or markup, and so without ids.

use std::collections::HashSet;

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use super::tree::MAX_DEPTH;
use crate::html::Html;

/// Elements that may appear.
const ELEMENTS: [&str; 14] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "sup",
    "ul",
];

/// The markup of a remark. Headings become bold lines, pictures their description, raw markup the text that it is.
pub fn remark(text: &str) -> Html {
    let parsed = || Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).map(tamed);
    if depth(parsed()) > MAX_DEPTH {
        return Html::sanitised(format!("<p>{}</p>", Html::text(text)));
    }
    let mut markup = String::new();
    html::push_html(&mut markup, parsed());
    let cleaned = Builder::empty()
        .tags(ELEMENTS.into_iter().collect())
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener nofollow"))
        .clean(&markup)
        .to_string();
    Html::sanitised(cleaned.trim().to_owned())
}

fn tamed(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(markup) | Event::InlineHtml(markup) => Event::Text(markup),
        Event::Start(Tag::Heading { .. }) => Event::Start(Tag::Strong),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Strong),
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(_)
        | Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::HardBreak
        | Event::Rule
        | Event::TaskListMarker(_) => event,
    }
}

fn depth<'a>(events: impl Iterator<Item = Event<'a>>) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for event in events {
        if matches!(event, Event::Start(_)) {
            now += 1;
            most = most.max(now);
        } else if matches!(event, Event::End(_)) {
            now = now.saturating_sub(1);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_little_markdown_is_kept_and_all_else_is_text() {
        for (text, markup) in [
            (
                "Yaxşı *fikir*, **amma** `x`",
                "<p>Yaxşı <em>fikir</em>, <strong>amma</strong> <code>x</code></p>",
            ),
            ("one\ntwo", "<p>one<br>\ntwo</p>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("# Big", "<strong>Big</strong>"),
            ("![map](https://evil.test/a.png)", "<p><em>map</em></p>"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
            ("[x](javascript:alert(1))", "<p><a rel=\"noopener nofollow\">x</a></p>"),
            ("[x](/en/sign-out)", "<p><a rel=\"noopener nofollow\">x</a></p>"),
            (
                "[x](https://a.test/?a=1&b=2)",
                "<p><a href=\"https://a.test/?a=1&amp;b=2\" rel=\"noopener nofollow\">x</a></p>",
            ),
            ("", ""),
        ] {
            assert_eq!(remark(text).as_str(), markup, "{text}");
        }
        let deep = "> ".repeat(MAX_DEPTH + 2);
        assert!(remark(&format!("{deep}x")).as_str().starts_with("<p>&gt;"));
    }

    proptest! {
        #[test]
        fn nothing_but_the_list_comes_through(text in "[<>a-z\"'=\\[\\](){}:/ #*_`\n!&;-]{0,80}") {
            let markup = remark(&text);
            for part in markup.as_str().split('<').skip(1) {
                let name: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(ELEMENTS.contains(&name.as_str()), "{}", markup.as_str());
            }
        }
    }
}
