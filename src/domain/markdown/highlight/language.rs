//! The languages and their words.

/// How a language is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Code(&'static Rules),
    /// HTML and XML.
    Markup,
    /// CSS.
    Style,
    /// Markdown.
    Prose,
    /// What changed between two texts.
    Changes,
}

/// The words and signs of a language.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) comment: &'static [&'static str],
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Signs around texts; the longer ones first.
    pub(super) quotes: &'static [&'static str],
    pub(super) keywords: &'static str,
    pub(super) constants: &'static str,
    pub(super) habit: Habit,
}

/// What is special about a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    Plain,
    /// `'a` is a name, `#[…]` an attribute.
    Rust,
    /// `@name` stands above what it changes.
    Decorated,
    /// `$name` is a variable.
    Shell,
    /// Words may be written in capitals.
    AnyCase,
    /// A line begins with a key before a colon.
    Yaml,
    /// A line begins with a key before an equals sign, or is a name in brackets.
    Toml,
}

const C_COMMENT: Option<(&str, &str)> = Some(("/*", "*/"));

const RUST: Rules = Rules {
    comment: &["//"],
    block_comment: C_COMMENT,
    quotes: &["\""],
    keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move \
               mut pub ref return self static struct super trait type unsafe use where while",
    constants: "true false Some None Ok Err Self",
    habit: Habit::Rust,
};

const PYTHON: Rules = Rules {
    comment: &["#"],
    block_comment: None,
    quotes: &["\"\"\"", "'''", "\"", "'"],
    keywords: "and as assert async await break case class continue def del elif else except finally for from global if \
               import in is lambda match nonlocal not or pass raise return try while with yield",
    constants: "True False None self cls",
    habit: Habit::Decorated,
};

const SCRIPT: Rules = Rules {
    comment: &["//"],
    block_comment: C_COMMENT,
    quotes: &["`", "\"", "'"],
    keywords: "abstract any as async await boolean break case catch class const continue debugger declare default delete \
               do else enum export extends finally for from function if implements import in instanceof interface keyof \
               let namespace never new number of private protected public readonly return satisfies static string switch \
               throw try type typeof unknown var void while with yield",
    constants: "true false null undefined NaN Infinity this super",
    habit: Habit::Decorated,
};

const JSON: Rules = Rules {
    comment: &["//"],
    block_comment: C_COMMENT,
    quotes: &["\""],
    keywords: "",
    constants: "true false null",
    habit: Habit::Plain,
};

const YAML: Rules = Rules {
    comment: &["#"],
    block_comment: None,
    quotes: &["\"", "'"],
    keywords: "",
    constants: "true false null yes no on off ~",
    habit: Habit::Yaml,
};

const TOML: Rules = Rules {
    comment: &["#"],
    block_comment: None,
    quotes: &["\"\"\"", "'''", "\"", "'"],
    keywords: "",
    constants: "true false inf nan",
    habit: Habit::Toml,
};

const SHELL: Rules = Rules {
    comment: &["#"],
    block_comment: None,
    quotes: &["\"", "'"],
    keywords: "case do done elif else esac export fi for function if in local readonly return select set shift source \
               then trap unset until while",
    constants: "true false",
    habit: Habit::Shell,
};

const SQL: Rules = Rules {
    comment: &["--"],
    block_comment: C_COMMENT,
    quotes: &["'", "\""],
    keywords: "add all alter and as asc begin between bigint boolean by cascade case check column commit constraint create \
               cross date default delete desc distinct drop else end except exists foreign from full grant group having \
               if in index inner insert int integer intersect into is join key left like limit not numeric on or order \
               outer over partition primary references returning revoke right rollback select set smallint table text \
               then timestamp to transaction trigger union unique update using uuid values varchar view when where with",
    constants: "true false null",
    habit: Habit::AnyCase,
};

const C: Rules = Rules {
    comment: &["//"],
    block_comment: C_COMMENT,
    quotes: &["\"", "'"],
    keywords: "auto bool break case char class const constexpr continue default delete do double else enum extern float \
               for goto if inline int long namespace new private protected public register return short signed sizeof \
               static struct switch template this throw try typedef typename union unsigned using virtual void volatile \
               while #include #define #ifdef #ifndef #endif #if #else #pragma",
    constants: "true false NULL nullptr",
    habit: Habit::Plain,
};

const JAVA: Rules = Rules {
    comment: &["//"],
    block_comment: C_COMMENT,
    quotes: &["\"\"\"", "\"", "'"],
    keywords: "abstract assert boolean break byte case catch char class const continue default do double else enum extends \
               final finally float for goto if implements import instanceof int interface long native new package private \
               protected public record return sealed short static strictfp super switch synchronized this throw throws \
               transient try var void volatile while yield",
    constants: "true false null",
    habit: Habit::Decorated,
};

const LANGUAGES: [(&str, &[&str], Shape); 17] = [
    ("rust", &["rs"], Shape::Code(&RUST)),
    ("python", &["py"], Shape::Code(&PYTHON)),
    ("javascript", &["js", "mjs", "jsx"], Shape::Code(&SCRIPT)),
    ("typescript", &["ts", "tsx"], Shape::Code(&SCRIPT)),
    ("json", &["jsonc", "json5"], Shape::Code(&JSON)),
    ("yaml", &["yml"], Shape::Code(&YAML)),
    ("toml", &["ini"], Shape::Code(&TOML)),
    ("bash", &["sh", "shell", "zsh", "console"], Shape::Code(&SHELL)),
    ("sql", &["postgresql"], Shape::Code(&SQL)),
    ("html", &["htm"], Shape::Markup),
    ("xml", &["svg"], Shape::Markup),
    ("css", &["scss"], Shape::Style),
    ("markdown", &["md"], Shape::Prose),
    ("c", &["h"], Shape::Code(&C)),
    ("cpp", &["c++", "cc", "hpp"], Shape::Code(&C)),
    ("java", &["kotlin"], Shape::Code(&JAVA)),
    ("diff", &["patch"], Shape::Changes),
];

/// The language of a name, in any case.
pub(super) fn language(name: &str) -> Option<Shape> {
    let name = name.to_ascii_lowercase();
    LANGUAGES
        .iter()
        .find(|(known, also, _)| *known == name || also.contains(&name.as_str()))
        .map(|(_, _, shape)| *shape)
}

pub(super) fn names() -> Vec<&'static str> {
    let known = LANGUAGES
        .iter()
        .flat_map(|(name, also, _)| [*name].into_iter().chain(also.iter().copied()));
    known.collect()
}

/// Is the word among the words of a list?
pub(super) fn lists(words: &str, word: &str, habit: Habit) -> bool {
    words.split_ascii_whitespace().any(|known| match habit {
        Habit::AnyCase => known.eq_ignore_ascii_case(word),
        Habit::Plain
        | Habit::Rust
        | Habit::Decorated
        | Habit::Shell
        | Habit::Yaml
        | Habit::Toml => known == word,
    })
}
