//! All codes of the course compiler, to be searched by code and by word.

use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, get};
use askama::Template;

use crate::accounts::Visitor;
use crate::domain::diagnostic::{Code, Level, codes};
use crate::domain::fold;
use crate::domain::locale::Locale;
use crate::web::{Answer, Page, Posted, Shell};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(list);
}

#[derive(Template)]
#[template(path = "lessons/pages/codes.html")]
struct View {
    shell: Shell,
    words: String,
    count: i64,
    groups: Vec<Group>,
}

/// Codes that begin with the same letter.
struct Group {
    title: String,
    codes: Vec<Row>,
}

struct Row {
    name: &'static str,
    title: &'static str,
    level: String,
}

#[get("/{lang}/help/codes")]
async fn list(req: HttpRequest, visitor: Visitor) -> Answer {
    let asked = Posted::parse(req.query_string().as_bytes());
    let words = asked.trimmed("q").to_owned();
    let found: Vec<&'static Code> =
        codes::all().iter().filter(|code| is_asked_for(code, &words, visitor.lang)).collect();
    let view = View {
        count: i64::try_from(found.len()).unwrap_or(i64::MAX),
        groups: groups(&found, visitor.lang),
        words,
        shell: visitor.cx.shell.at("help"),
    };
    Ok(Page::of(&view)?.answer())
}

/// The word for how grave a remark is.
pub fn level(level: Level, lang: Locale) -> String {
    let word = match level {
        Level::Error => words::t(lang, "codes-error"),
        Level::Warning => words::t(lang, "codes-warning"),
        Level::Info => words::t(lang, "codes-info"),
    };
    word.into_owned()
}

/// Do all words stand in the code or in its explanation?
fn is_asked_for(code: &Code, words: &str, lang: Locale) -> bool {
    let text = code.explanation(lang);
    let text = fold::search(&format!("{} {} {}", code.name, text.title, text.why));
    fold::search(words).split_whitespace().all(|word| text.contains(word))
}

fn groups(found: &[&'static Code], lang: Locale) -> Vec<Group> {
    let letter = |code: &Code| code.name.chars().next();
    let groups = found.chunk_by(|a, b| letter(a) == letter(b));
    groups
        .filter_map(|codes| {
            let title = match letter(codes.first()?)? {
                'C' => words::t(lang, "codes-course"),
                'M' => words::t(lang, "codes-markdown"),
                'Q' => words::t(lang, "codes-question"),
                'F' => words::t(lang, "codes-form"),
                _ => words::t(lang, "codes-version"),
            };
            let codes = codes.iter().map(|code| row(code, lang)).collect();
            Some(Group { title: title.into_owned(), codes })
        })
        .collect()
}

fn row(code: &'static Code, lang: Locale) -> Row {
    let title = &code.explanation(lang).title;
    Row { name: code.name, title, level: level(code.level, lang) }
}
