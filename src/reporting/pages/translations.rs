//! How the translations of a course stand: lesson by lesson, and inside a lesson block by block.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;

use super::parts::teach_trail;
use crate::accounts::Learner;
use crate::catalogue::{Card, Library, Published};
use crate::domain::course::model::{BlockState, Lesson, TextState, Translation};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::lessons::said::Said;
use crate::reporting::teaching;
use crate::web::{Answer, Fault, Page, Shell};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(list).service(show);
}

#[derive(Template)]
#[template(path = "reporting/pages/translations.html")]
struct ListView {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    base: String,
    languages: Vec<&'static str>,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    lang: Option<&'static str>,
    href: String,
    cells: Vec<Cell>,
}

/// A lesson in a language.
struct Cell {
    /// `ok`, `warn` or nothing, for the colour.
    kind: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "reporting/pages/translation.html")]
struct LessonView {
    shell: Shell,
    trail: Vec<(String, String)>,
    title: String,
    source: &'static str,
    languages: Vec<LanguageView>,
}

/// What is behind in a language.
struct LanguageView {
    code: &'static str,
    name: &'static str,
    told: String,
    is_missing: bool,
    changes: Vec<Change>,
}

struct Change {
    words: &'static str,
    source: String,
    translation: String,
}

#[get("/{lang}/teach/{course}/translations")]
async fn list(
    path: Path<(String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug) = path.into_inner();
    let card = teaching::course(&mut learner, &library, &slug).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let (lang, base) = (learner.lang, base(&learner, &card));
    let view = ListView {
        trail: teach_trail(&learner.shell),
        title: card.title_in(lang).to_owned(),
        languages: published.course.languages.iter().map(|locale| locale.native_name()).collect(),
        rows: published.lessons().map(|(_, lesson)| row(&published, lesson, &base, lang)).collect(),
        base,
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

#[get("/{lang}/teach/{course}/translations/{lesson}")]
async fn show(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    mut learner: Learner,
) -> Answer {
    let (_, slug, id) = path.into_inner();
    let card = teaching::course(&mut learner, &library, &slug).await?;
    let published = teaching::shown(&mut learner.cx, &library, &card).await?;
    let (_, lesson) = published.lesson(&id).ok_or(Fault::NotFound)?;
    let (lang, source) = (learner.lang, published.course.source);
    let base = base(&learner, &card);
    let mut trail = teach_trail(&learner.shell);
    trail.push((base.clone(), card.title_in(lang).to_owned()));
    trail
        .push((format!("{base}/translations"), learner.shell.t("translations-title").into_owned()));
    let others = published.course.languages.iter().filter(|locale| **locale != source);
    let view = LessonView {
        title: Said::title(lesson, lang, source).text.to_owned(),
        source: source.code(),
        languages: others.map(|locale| language(lesson, *locale, lang)).collect(),
        trail,
        shell: learner.cx.shell.at("teach"),
    };
    Ok(Page::of(&view)?.answer())
}

fn base(learner: &Learner, card: &Card) -> String {
    format!("/{}/teach/{}", learner.lang.code(), card.slug)
}

fn row(published: &Published, lesson: &Lesson, base: &str, lang: Locale) -> Row {
    let course = &published.course;
    let title = Said::title(lesson, lang, course.source);
    Row {
        title: title.text.to_owned(),
        lang: title.lang,
        href: format!("{base}/translations/{}", lesson.id),
        cells: course.languages.iter().map(|locale| cell(lesson, *locale, lang)).collect(),
    }
}

fn cell(lesson: &Lesson, locale: Locale, lang: Locale) -> Cell {
    let word = |kind, key: &str| Cell { kind, text: words::t(lang, key).into_owned() };
    match lesson.texts.get(&locale) {
        None => word("", "translations-none"),
        Some(text) => match (text.state, &text.translation) {
            (TextState::Source, _) => word("ok", "translations-source"),
            (TextState::Done, _) => word("ok", "translations-done"),
            (TextState::Stale, None) => word("warn", "translations-unknown"),
            (TextState::Stale, Some(translation)) => {
                Cell { kind: "warn", text: told(translation, lang) }
            }
        },
    }
}

fn count(translation: &Translation, state: BlockState) -> usize {
    translation.behind.iter().filter(|change| change.state == state).count()
}

/// For example `12 of 14 blocks: 1 changed, 1 missing`.
fn told(translation: &Translation, lang: Locale) -> String {
    let wide = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let count = |state| count(translation, state);
    let of = translation.done + count(BlockState::Stale) + count(BlockState::Missing);
    let number = |n: usize| format::integer(lang, wide(n));
    let counts = [("done", number(translation.done)), ("of", number(of))];
    let counts = counts.each_ref().map(|(name, value)| (*name, value.as_str()));
    let whole = words::ta(lang, "translations-count", &counts).into_owned();
    let parts = [
        (count(BlockState::Stale), "translations-n-stale"),
        (count(BlockState::Missing), "translations-n-missing"),
        (count(BlockState::Obsolete), "translations-n-obsolete"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, key)| words::tn(lang, key, wide(n)).into_owned())
        .collect();
    if parts.is_empty() { whole } else { format!("{whole}: {}", parts.join(", ")) }
}

fn language(lesson: &Lesson, locale: Locale, lang: Locale) -> LanguageView {
    let text = lesson.texts.get(&locale);
    let translation = text.and_then(|text| text.translation.as_ref());
    LanguageView {
        code: locale.code(),
        name: locale.native_name(),
        told: translation.map(|translation| told(translation, lang)).unwrap_or_default(),
        is_missing: text.is_none(),
        changes: translation.map(changes).unwrap_or_default(),
    }
}

fn changes(translation: &Translation) -> Vec<Change> {
    let change = |change: &crate::domain::course::model::BlockChange| {
        let words = match change.state {
            BlockState::Done => return None,
            BlockState::Stale => "translations-stale",
            BlockState::Missing => "translations-missing",
            BlockState::Obsolete => "translations-obsolete",
        };
        let (source, translation) = (change.source.clone(), change.translation.clone());
        Some(Change { words, source, translation })
    };
    translation.behind.iter().filter_map(change).collect()
}
