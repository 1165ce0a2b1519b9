//! What comes out for what is written, and that nothing dangerous does.

use proptest::prelude::*;

use crate::diagnostic::Source;
use crate::locale::Locale;
use crate::markdown::page::Page;
use crate::markdown::target::{MediaTarget, Targets};
use crate::markdown::tree::Document;

fn targets() -> Targets {
    let mut targets = Targets::default();
    let media =
        MediaTarget { address: "/media/abc/f.svg".to_owned(), size: Some((520, 300)), bytes: 900 };
    targets.media.insert("media/f.svg".to_owned(), media);
    targets.lessons.insert("1-m/2-b.en.md".to_owned(), "/en/courses/c/b".to_owned());
    targets
}

pub(super) fn render(text: &str) -> (String, Vec<String>) {
    let source = Source::new("1-m/1-a.en.md", text.to_owned());
    let document = Document::parse(&source.text, 0);
    let targets = targets();
    let mut page = Page::new(&source, Locale::En, &targets, &document);
    let mut html = page.render(&document.spots).to_string();
    if let Some(notes) = page.render_footnotes() {
        html.push('\n');
        html.push_str(notes.as_str());
    }
    page.check_fragments();
    let remarks =
        page.remarks.iter().map(|remark| format!("{} {}", remark.code, remark.message)).collect();
    (html, remarks)
}

#[test]
fn renders() {
    let text = "\
## Two *words* & more

See <https://a.org>, http://b.org/x_y_z (or https://c.org/d). [Next](2-b.en.md#x), [up](#two-words-more).[^n]

![A curve](../media/f.svg \"Figure 1. Costs\")

> [!WARNING]
> Mind this.

| a | b |
|:-:|--:|
| 1 | 2 |

- [x] done
- [ ] not

Term
: Meaning

```rust
let x = \"<b>\";
```

~~old~~ H<sub>2</sub>O

[^n]: The note.
";
    insta::assert_snapshot!(render(text).0);
    assert_eq!(render(text).1, Vec::<String>::new());
}

#[test]
fn anchors() {
    let (html, remarks) = render(
        "## Şərt {#one}\n\n## Шаг\n\n## Шаг\n\n## ?!\n\n## x {#one}\n\n## y {#şəkil}\n\n# z",
    );
    assert_eq!(remarks.len(), 3, "{remarks:?}");
    for id in ["s-one", "s-shag", "s-shag-2", "s-part", "s-one-2", "s-y"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}: {html}");
    }
}

#[test]
fn remarks() {
    for (text, remark) in [
        ("![](../media/f.svg)", "C020 picture without alternative text"),
        ("![a](../media/g.svg)", "C022 picture `../media/g.svg` is not in the course's `media/`"),
        (
            "![a](https://x.org/g.svg)",
            "C022 picture `https://x.org/g.svg` is not in the course's `media/`",
        ),
        ("a <img src=x>", "C022 a picture is written as raw HTML"),
        ("[a](../x.pdf)", "C021 the course has no file `x.pdf`"),
        ("[a](javascript:alert)", "C021 `javascript:alert` may not be linked to"),
        ("[a](#no)", "C021 no heading has the id `no`"),
        ("<form>x</form>", "C023 raw HTML: `<form>` is not shown"),
        ("a line\n---\n", "C025 `---` under a line makes it a heading"),
    ] {
        assert!(render(text).1.iter().any(|given| given == remark), "{text}: {:?}", render(text).1);
    }
}

const CANARIES: &str = "\
<script>alert(1)</script><p id=\"main\" class=\"btn lead\" style=\"color:red\" onclick=\"x()\" hx-get=\"/x\" data-x=\"1\">a</p>
<form action=\"/x\"><input name=\"csrf\"><button>b</button></form>
<svg onload=\"x()\"><a href=\"javascript:x()\">c</a></svg><math><mi>d</mi></math>
<a href=\"javascript:x()\" target=\"_blank\">e</a> <a href=\"//evil.example\">f</a> <img src=\"https://evil.example/g\">
<iframe src=\"/x\"></iframe><object data=\"/x\"></object><base href=\"/\"><meta http-equiv=\"refresh\"><link rel=\"x\">
<div role=\"alert\" tabindex=\"1\" aria-label=\"z\" class=\"scroll nav\">h</div></div></main></body>

[i](data:text/html,x) [j](vbscript:x)
";

#[test]
fn nothing_dangerous_comes_out() {
    let html = render(CANARIES).0;
    for canary in [
        "script",
        "style",
        "onclick",
        "onload",
        "hx-",
        "data-",
        "form",
        "input",
        "button",
        "svg",
        "math",
        "target",
        "evil",
        "iframe",
        "object",
        "base",
        "meta",
        "link",
        "role=",
        "tabindex",
        "aria-label",
        "id=",
        "btn",
        "nav",
        "main",
        "body",
        "data:",
        "vbscript",
    ] {
        assert!(!html.contains(canary), "{canary}: {html}");
    }
    assert!(html.contains("class=\"lead\""), "{html}");
}

proptest! {
    #[test]
    fn any_text_renders(text in "(?s)[\\PC\n#>*_`|\\[\\](){}<!=~:/-]{0,200}") {
        let (html, _) = render(&text);
        prop_assert!(!html.contains("<script") && !html.contains("javascript:x"));
    }
}
