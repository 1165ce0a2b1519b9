//! What one code of the course compiler means, why it matters and how to mend it, with examples.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;

use super::codes::level;
use crate::accounts::Visitor;
use crate::domain::diagnostic::codes::{Example, Explanation, MARKS, Sample, find};
use crate::domain::diagnostic::{Code, Source};
use crate::domain::html::Html;
use crate::domain::locale::Locale;
use crate::domain::markdown::{self, Document, Targets};
use crate::web::{Answer, Fault, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "lessons/pages/code.html")]
struct View {
    shell: Shell,
    code: &'static Code,
    level: String,
    text: &'static Explanation,
    why: Html,
    how: Html,
    parts: Vec<Part>,
}

/// The wrong examples, or the right ones.
struct Part {
    title: String,
    examples: Vec<Vec<Block>>,
}

/// A file of an example, around the place that is meant.
struct Block {
    file: &'static str,
    before: String,
    marked: String,
    after: String,
    is_marked: bool,
}

#[get("/{lang}/help/codes/{code}")]
async fn show(path: Path<(String, String)>, visitor: Visitor) -> Answer {
    let code = find(&path.1).ok_or(Fault::NotFound)?;
    let text = code.explanation(visitor.lang);
    let shell = visitor.cx.shell.at("help");
    let part = |title: &str, examples: &[Example]| Part {
        title: shell.t(title).into_owned(),
        examples: examples.iter().map(|example| example.iter().map(block).collect()).collect(),
    };
    let view = View {
        level: level(code.level, shell.lang),
        parts: vec![part("codes-bad", &code.bad), part("codes-good", &code.good)],
        why: html(&text.why, shell.lang),
        how: html(&text.how, shell.lang),
        code,
        text,
        shell,
    };
    Ok(Page::of(&view)?.answer())
}

fn block(sample: &Sample) -> Block {
    let (before, rest) = sample.text.split_once(MARKS[0]).unwrap_or((&sample.text, ""));
    let (marked, after) = rest.split_once(MARKS[1]).unwrap_or_default();
    Block {
        file: sample.what,
        before: before.to_owned(),
        marked: marked.to_owned(),
        after: after.to_owned(),
        is_marked: !marked.is_empty(),
    }
}

/// Paragraphs as they are written in the explanations.
fn html(text: &str, lang: Locale) -> Html {
    let source = Source::new("", text.to_owned());
    let document = Document::parse(&source.text, 0);
    let targets = Targets::default();
    markdown::Page::new(&source, lang, &targets, &document).render(&document.spots)
}
