//! What gets a colour in each language, and that no letter is lost.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const SAMPLES: [(&str, &str); 16] = [
    (
        "rust",
        "#[derive(Debug)]\npub fn at<'a>(x: &'a str) -> Option<u8> {\n    // why\n    let c = 'q'; println!(\"{x}\\n\"); Some(0x1f)\n}\n",
    ),
    (
        "python",
        "@cache\ndef f(x: int = 3) -> None:\n    \"\"\"Two\n    lines\"\"\"\n    return x if True else 'a'  # why\n",
    ),
    ("js", "const a = async () => `x ${1}`; /* two\nlines */ call(null);\n"),
    ("ts", "interface A { readonly b: string }\n"),
    ("json", "{\"key\": [1.5, true, null, \"text\"]}\n"),
    ("yaml", "id: x\nlist:\n  - key: \"a: b\" # why\n  - true\n"),
    ("toml", "[dependencies]\nserde = { version = \"1\" } # why\n"),
    ("bash", "#!/bin/sh\nfor f in *.md; do echo \"$f\" ${HOME} $1; done\n"),
    ("sql", "SELECT count(*) FROM lessons WHERE title = 'it''s' -- why\n"),
    ("html", "<!-- why --><a href=\"x\" hidden>1 &amp; 2</a>\n"),
    ("xml", "<?xml version=\"1.0\"?><svg viewBox='0 0 1 1'/>\n"),
    ("css", "@media (width < 48rem) { .a:hover { color: #fff; inset: 0 2px } } /* why */\n"),
    ("markdown", "# Title\n\n- a `b` [c](d) {#e}\n> quote\n"),
    ("c", "#include <stdio.h>\nint main(void) { return 'a' + 1L; } // why\n"),
    ("java", "@Override public String name() { return \"x\"; }\n"),
    ("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n"),
];

/// Colours as letters in brackets, to be read.
fn shown(markup: &str) -> String {
    markup.replace("<span class=\"hl-", "⟨").replace("</span>", "⟩").replace("\">", ":")
}

fn read_back(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

#[test]
fn colours() {
    let mut seen = String::new();
    for (language, text) in SAMPLES {
        let markup = highlight(language, text);
        assert!(markup.contains("<span"), "{language}");
        assert_eq!(read_back(&markup), text, "{language}");
        let _ = writeln!(seen, "{language}\n{}", shown(&markup));
    }
    insta::assert_snapshot!(seen);
    assert_eq!(highlight("cobol", "a < b"), "a &lt; b");
}

proptest! {
    #[test]
    fn no_letter_is_lost(which in 0_usize..16, text in "(?s)[\\PC\n#<>/*'\"`@$\\\\{}\\[\\]:=!&;+-]{0,120}") {
        let (language, _) = SAMPLES[which];
        prop_assert_eq!(read_back(&highlight(language, &text)), text);
    }
}
