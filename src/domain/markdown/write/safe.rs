//! Attacks that others have thought of, and a look at each tag that comes out.

use proptest::prelude::*;

use super::tests::render;

const ELEMENTS: &str = "a abbr aside b bdi bdo blockquote br button caption cite code col colgroup dd del details dfn div dl dt \
    em figcaption figure h2 h3 h4 h5 h6 hr i img input ins kbd li mark math mfrac mi mn mo mover mpadded mphantom mroot mrow \
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover ol p pre q rt s samp section small source \
    span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr";
const ATTRIBUTES: &str = "accent alt alttext aria-hidden aria-label checked class colspan controls data-copy data-player \
    datetime decoding default dir disabled display displaystyle download height hidden href id kind label lang linethickness \
    loading lspace mathvariant maxsize minsize movablelimits open playsinline poster preload rel role rowspan rspace scope \
    scriptlevel src srclang start stretchy symmetric tabindex title type width fence form separator largeop accentunder depth \
    voffset columnspan";

/// Each tag of the markup with its attributes; quoted values are passed over as a browser does.
fn tags(markup: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        let mut name = String::new();
        let mut attributes = Vec::new();
        let (mut attribute, mut value, mut quote) = (String::new(), None::<String>, None::<char>);
        let mut length = 0;
        for letter in after.chars() {
            length += letter.len_utf8();
            match (letter, quote) {
                (letter, Some(open)) if letter == open => quote = None,
                (letter, Some(_)) => value.get_or_insert_default().push(letter),
                ('"' | '\'', None) if value.is_some() => quote = Some(letter),
                ('=', None) => value = Some(String::new()),
                (' ' | '\n' | '>', None) => {
                    if name.is_empty() {
                        name = std::mem::take(&mut attribute);
                    } else if !attribute.is_empty() {
                        attributes.push((
                            std::mem::take(&mut attribute),
                            value.take().unwrap_or_default(),
                        ));
                    }
                    if letter == '>' {
                        break;
                    }
                }
                (letter, None) if value.is_some() => value.get_or_insert_default().push(letter),
                (letter, None) => attribute.push(letter),
            }
        }
        tags.push((name.trim_start_matches('/').to_owned(), attributes));
        rest = after.get(length..).unwrap_or_default();
    }
    tags
}

fn assert_safe(written: &str, markup: &str) {
    let lists = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    for (name, attributes) in tags(markup) {
        assert!(lists(ELEMENTS, &name), "<{name}> for {written:?}: {markup}");
        for (attribute, value) in attributes {
            assert!(lists(ATTRIBUTES, &attribute), "{attribute} for {written:?}: {markup}");
            let starts: &[&str] = match attribute.as_str() {
                "href" => &["/", "#", "http://", "https://", "mailto:", "tel:"],
                "src" | "poster" => &["/media/"],
                "data-player" => {
                    &["https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"]
                }
                _ => &[""],
            };
            assert!(
                starts.iter().any(|start| value.starts_with(start)) && !value.starts_with("//"),
                "{attribute}={value}: {markup}"
            );
        }
    }
}

const ATTACKS: [&str; 44] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><mi href=\"javascript:alert(1)\">x</mi></math>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=alert(1)></annotation-xml></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<title><a title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<textarea><a title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object><embed src=\"javascript:alert(1)\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt&colon;alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"vbscript:x\" onclick=\"alert(1)\" target=_blank>x</a>",
    "<a href=\"//evil.example\">x</a><a href=\"/\\evil.example\">x</a>",
    "<base href=\"//evil.example/\"><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<style>@import '//evil.example/x.css'; p { background: url(x) }</style>",
    "<p style=\"background:url(javascript:alert(1))\" id=main class=\"quiz btn\">x</p>",
    "<form action=/az/sign-out method=post><button>x</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video src=x onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<body onload=alert(1)><marquee onstart=alert(1)>",
    "<div hx-get=/x hx-trigger=load data-player=\"javascript:alert(1)\" data-copy=x>x</div>",
    "[x](javascript:alert(1)) [x](<java\nscript:alert(1)>) [x](&#x6A;avascript:alert(1))",
    "[x](https://a.example \"\\\" onmouseover=alert(1) x=\\\"\")",
    "![\\\" onerror=alert(1) x=\\\"](../media/f.svg)",
    "<javascript:alert(1)> <https://a.example/\"onmouseover=alert(1)>",
    "https://a.example/\"onmouseover=alert(1)//",
    "```x\"><script>alert(1)</script>\n<script>alert(1)</script>\n```",
    "$\\operatorname{<img src=x onerror=alert(1)>}$ $\\text{<script>alert(1)</script>}$",
    "<p title=\"\n\n$ onmouseover=alert(1) x=$\n\n\">",
    "<a href=\"/x\n\n```\n\" onmouseover=alert(1) \"\n```\n\n- [x] \"onfocus=alert(1) autofocus\n\n\">y</a>",
    "## x\" onmouseover=\"alert(1) {#y\"onclick=alert(1)}\n\n`{<img/src=x>}` [^x\"><script>]\n\n[^x\"><script>]: y",
];

#[test]
fn attacks_fail() {
    for attack in ATTACKS {
        for around in [
            "{}",
            "text {} text",
            "## {}",
            "> {}",
            "- {}\n  {}",
            "| a |\n|-|\n| {} |",
            "[{}](https://a.example)",
            "![{}](../media/f.svg)",
            "**{}**\n\n{}\n\n$x$",
        ] {
            let text = around.replace("{}", attack);
            assert_safe(&text, &render(&text).0);
        }
    }
}

proptest! {
    #[test]
    fn mixed_attacks_fail(one in 0_usize..44, two in 0_usize..44, at in any::<prop::sample::Index>(), put in "[<>\"'= /a-z$`]{0,3}") {
        let mut text = format!("{}\n{}", ATTACKS[one], ATTACKS[two]);
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        text.insert_str(places[at.index(places.len())], &put);
        assert_safe(&text, &render(&text).0);
    }
}
