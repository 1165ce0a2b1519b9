//! `bilik check --explain CODE`: the page of a code, in the terminal.

use super::say::{Ending, line};
use crate::domain::diagnostic::codes::{Example, MARKS, all, find};
use crate::domain::diagnostic::nearest;
use crate::domain::locale::Locale;
use crate::words;

/// Prints what a code means, why it matters and how to mend it.
pub fn explain(name: &str, lang: Locale) -> Result<(), Ending> {
    let Some(code) = find(name) else {
        let known: Vec<&str> = all().iter().map(|code| code.name).collect();
        let near = nearest(&name.to_uppercase(), &known);
        let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        return Err(Ending::Usage(format!("there is no code {name}{hint}")));
    };
    let text = code.explanation(lang);
    line(format!("{}[{}]: {}\n\n{}", code.level.word(), code.name, text.title, text.why));
    line(format!("\n{}\n\n{}", words::t(lang, "codes-how"), text.how));
    for (title, examples) in [("codes-bad", &code.bad), ("codes-good", &code.good)] {
        for example in examples {
            line(format!("\n{}\n{}", words::t(lang, title), shown(example)));
        }
    }
    Ok(())
}

/// The blocks of an example, indented, each under the file it stands in.
fn shown(example: &Example) -> String {
    let mut text = String::new();
    for sample in example {
        text.push_str(&format!("\n  {}\n", sample.what));
        for line in sample.text.replace(MARKS, "").lines() {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        }
    }
    text.trim_end().to_owned()
}
