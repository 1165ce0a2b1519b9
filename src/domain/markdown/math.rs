//! Formulas: `LaTeX` in, `MathML` out, checked against a list of elements as everything that goes into a page.

use std::panic::catch_unwind;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};

use crate::html::Html;

/// Longer or deeper formulas are refused: the reader of formulas calls itself for each brace.
const MAX_LENGTH: usize = 2000;
const MAX_BRACES: usize = 40;

const ELEMENTS: [&str; 28] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
    "semantics",
    "merror",
];

const ATTRIBUTES: [&str; 27] = [
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "form",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "style",
    "symmetric",
    "voffset",
    "width",
];

/// Does a formula stand in its line or on one of its own?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    InLine,
    Alone,
}

/// What is wrong with a formula: a sentence, and the command that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) command: Option<String>,
}

impl From<&str> for Wrong {
    fn from(message: &str) -> Wrong {
        Wrong { message: message.to_owned(), command: None }
    }
}

/// A formula as `MathML`, with its source for those who cannot see it.
pub(super) fn mathml(formula: &str, stand: Stand) -> Result<String, Wrong> {
    let braces = formula.matches(['{', '\\', '^', '_']).count();
    if formula.len() > MAX_LENGTH || depth(formula) > MAX_BRACES || braces > MAX_LENGTH / 4 {
        return Err("this formula is too long".into());
    }
    // A fault of the library must not take the whole course with it.
    let drawn = catch_unwind(|| draw(formula, stand))
        .unwrap_or_else(|_| Err("this formula cannot be read".into()))?;
    let checked = checked(&drawn).ok_or(Wrong::from("this formula cannot be shown"))?;
    let source = Html::text(formula.trim());
    Ok(checked.replacen("<math ", &format!("<math alttext=\"{source}\" "), 1))
}

fn draw(formula: &str, stand: Stand) -> Result<String, Wrong> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(formula, &storage) {
        events.push(event.map_err(|error| wrong(&error, formula))?);
    }
    let display_mode = match stand {
        Stand::InLine => DisplayMode::Inline,
        Stand::Alone => DisplayMode::Block,
    };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut drawn = String::new();
    let events = events.into_iter().map(Ok::<_, ParserError>);
    push_mathml(&mut drawn, events, config)
        .map_err(|error| Wrong::from(format!("this formula cannot be shown: {error}").as_str()))?;
    Ok(drawn)
}

fn depth(formula: &str) -> usize {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for letter in formula.chars() {
        match letter {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The library's complaint; where it does not know a command, we find out which.
fn wrong(error: &ParserError, formula: &str) -> Wrong {
    let told = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match unknown_command(formula) {
        Some(command) => Wrong {
            message: format!("`{command}` is no command that formulas know"),
            command: Some(command),
        },
        None => Wrong { message: format!("this formula cannot be read: {told}"), command: None },
    }
}

fn unknown_command(formula: &str) -> Option<String> {
    let commands = formula
        .split('\\')
        .skip(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>());
    commands.filter(|name| !name.is_empty()).map(|name| format!("\\{name}")).find(|command| {
        let storage = Storage::new();
        let unknown = |error: ParserError| {
            std::error::Error::source(&error)
                .is_some_and(|told| told.to_string().starts_with("unknown primitive"))
        };
        Parser::new(command, &storage).next().and_then(Result::err).is_some_and(unknown)
    })
}

/// The markup again, if it is nothing but balanced elements of the list. Styles are left out: pages have none in place.
fn checked(markup: &str) -> Option<String> {
    let markup = mended(markup);
    let mut out = String::with_capacity(markup.len());
    let mut open: Vec<&str> = Vec::new();
    let mut pieces = markup.split('<');
    out.push_str(pieces.next()?);
    for piece in pieces {
        let (tag, text) = piece.split_once('>')?;
        if let Some(name) = tag.strip_prefix('/') {
            open.pop().filter(|opened| *opened == name)?;
            out.extend(["</", name, ">"]);
        } else {
            let (tag, alone) = match tag.strip_suffix('/') {
                Some(tag) => (tag.trim_end(), Some(())),
                None => (tag, None),
            };
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            ELEMENTS.contains(&name).then_some(())?;
            out.extend(["<", name]);
            checked_attributes(attributes, &mut out)?;
            out.push('>');
            match alone {
                Some(()) => out.extend(["</", name, ">"]),
                None => open.push(name),
            }
        }
        out.push_str(text);
    }
    open.is_empty().then_some(out)
}

/// The library leaves a lone sign as it is, escapes a space twice, and puts the space before a function into its scripts.
fn mended(markup: &str) -> String {
    let mut markup = markup.replace("><</", ">&lt;</").replace("&amp;nbsp;", "\u{a0}");
    let space = "<mspace width=\"0.1667em\" />";
    if !markup.contains(space) {
        return markup;
    }
    for scripts in ["msub", "msup", "msubsup", "munder", "mover", "munderover"] {
        let inside = format!("<{scripts}>{space}");
        if markup.contains(&inside) {
            markup = markup.replace(&inside, &format!("{space}<{scripts}>"));
        }
    }
    markup
}

/// ` name="value"` for each attribute of the list.
fn checked_attributes(attributes: &str, out: &mut String) -> Option<()> {
    let mut rest = attributes.trim_start();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"')?;
        ATTRIBUTES.contains(&name).then_some(())?;
        if name != "style" {
            out.extend([" ", name, "=\"", value, "\""]);
        }
        rest = after.trim_start();
    }
    rest.is_empty().then_some(())
}

#[cfg(test)]
mod tests;
