//! The catalogue: all courses, by theme, level and language, with a search that forgives slips.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use actix_web::http::header;
use actix_web::web::{Data, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use crate::accounts::Visitor;
use crate::catalogue::{Card, Cards, Library};
use crate::domain::course::model::{Level, Theme};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::web::{Answer, Cache, Page, Shell, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(home).service(list);
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    language: String,
}

impl Asked {
    fn is_empty(&self) -> bool {
        self.q.is_empty()
            && self.theme.is_empty()
            && self.level.is_empty()
            && self.language.is_empty()
    }
}

#[derive(Template)]
#[template(path = "catalogue/pages/list.html")]
struct View {
    shell: Shell,
    asked: Asked,
    themes: Vec<ThemeLine>,
    themes_choice: Vec<(String, String, bool)>,
    levels: Vec<(String, String, bool)>,
    languages: Vec<(String, String, bool)>,
    found: String,
    shown: Vec<Shown>,
    is_home: bool,
}

struct ThemeLine {
    code: &'static str,
    name: String,
    count: String,
    icon: &'static str,
}

/// A card in the words of the page.
struct Shown {
    href: String,
    cover: String,
    theme: String,
    title: String,
    summary: String,
    time: String,
    lessons: String,
    level: String,
    languages: String,
}

/// Themes with their codes and icons.
const THEMES: [(Theme, &str, &str); 6] = [
    (Theme::Innovation, "innovation", "lightbulb"),
    (Theme::Ecosystem, "ecosystem", "share-2"),
    (Theme::Industry, "industry", "sliders-horizontal"),
    (Theme::Environment, "environment", "refresh-cw"),
    (Theme::Energy, "energy", "sun"),
    (Theme::Teaching, "teaching", "graduation-cap"),
];

const LEVELS: [(Level, &str); 3] = [
    (Level::Beginner, "beginner"),
    (Level::Intermediate, "intermediate"),
    (Level::Advanced, "advanced"),
];

/// The code of a theme, as in addresses and words.
pub fn theme_code(theme: Theme) -> &'static str {
    THEMES.iter().find(|(known, _, _)| *known == theme).map_or("innovation", |(_, code, _)| code)
}

/// The front page; who is signed in goes to their courses.
#[get("/{lang}/")]
async fn home(req: HttpRequest, library: Data<Library>, visitor: Visitor) -> Answer {
    if visitor.person.is_some() {
        return Ok(see_other(&format!("/{}/me", visitor.lang.code())));
    }
    answer(&req, &library, visitor, Asked::default(), Place::Home)
}

#[get("/{lang}/courses")]
async fn list(
    req: HttpRequest,
    query: Query<Asked>,
    library: Data<Library>,
    visitor: Visitor,
) -> Answer {
    answer(&req, &library, visitor, query.into_inner(), Place::List)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Home,
    List,
}

/// What a page for everybody depends on.
type Key = (Place, Locale, Option<&'static str>, i64);

/// Pages that look the same for all visitors, drawn once per publication.
static DRAWN: LazyLock<Mutex<BTreeMap<Key, Arc<str>>>> = LazyLock::new(Mutex::default);

fn answer(
    req: &HttpRequest,
    library: &Library,
    visitor: Visitor,
    asked: Asked,
    place: Place,
) -> Answer {
    let cards = library.cards();
    let same_for_all = visitor.person.is_none()
        && asked.is_empty()
        && req.query_string().is_empty()
        && visitor.shell.flash.is_none()
        && visitor.shell.csrf.is_empty();
    if !same_for_all {
        let page = Page::of(&view(visitor.cx.shell, asked, &cards, place))?;
        return Ok(page.answer());
    }
    let key = (place, visitor.lang, visitor.shell.theme, cards.revision);
    let known = DRAWN.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let body = match known {
        Some(body) => body,
        None => {
            let body: Arc<str> = view(visitor.cx.shell, asked, &cards, place).render()?.into();
            let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
            drawn.retain(|(_, _, _, revision), _| *revision == key.3);
            drawn.insert(key, Arc::clone(&body));
            body
        }
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, Cache::Public.header()))
        .insert_header((header::VARY, "Cookie"))
        .body(body.to_string()))
}

fn view(shell: Shell, asked: Asked, cards: &Cards, place: Place) -> View {
    let found: Vec<&Arc<Card>> =
        if asked.q.trim().is_empty() { cards.shown().collect() } else { cards.search(&asked.q) };
    let fitting: Vec<&Arc<Card>> = found.into_iter().filter(|card| fits(card, &asked)).collect();
    let themes = THEMES
        .iter()
        .filter_map(|(theme, code, icon)| theme_line(&shell, cards, *theme, code, icon))
        .collect();
    let themes_choice =
        choices(&shell, "theme", THEMES.iter().map(|(_, code, _)| *code), &asked.theme);
    let levels = choices(&shell, "level", LEVELS.iter().map(|(_, code)| *code), &asked.level);
    let mut languages =
        vec![(String::new(), shell.t("catalogue-any").into_owned(), asked.language.is_empty())];
    languages.extend(Locale::ALL.map(|locale| {
        (locale.code().to_owned(), locale.native_name().to_owned(), asked.language == locale.code())
    }));
    let found =
        shell.tn("catalogue-found", &i64::try_from(fitting.len()).unwrap_or(i64::MAX)).into_owned();
    let shown = fitting.iter().map(|card| shown(&shell, card)).collect();
    View {
        shell: shell.at("courses"),
        asked,
        themes,
        themes_choice,
        levels,
        languages,
        found,
        shown,
        is_home: place == Place::Home,
    }
}

fn fits(card: &Card, asked: &Asked) -> bool {
    let level = LEVELS.iter().find(|(level, _)| *level == card.level).map_or("", |(_, code)| code);
    let same = |wanted: &str, has: &str| wanted.is_empty() || wanted == has;
    same(&asked.theme, theme_code(card.theme))
        && same(&asked.level, level)
        && (asked.language.is_empty()
            || card.languages.iter().any(|locale| locale.code() == asked.language))
}

fn theme_line(
    shell: &Shell,
    cards: &Cards,
    theme: Theme,
    code: &'static str,
    icon: &'static str,
) -> Option<ThemeLine> {
    let n_courses = cards.shown().filter(|card| card.theme == theme).count();
    let count =
        shell.tn("catalogue-n-courses", &i64::try_from(n_courses).unwrap_or(i64::MAX)).into_owned();
    (n_courses > 0).then(|| ThemeLine {
        code,
        name: shell.t(&format!("theme-{code}")).into_owned(),
        count,
        icon,
    })
}

fn choices(
    shell: &Shell,
    kind: &str,
    codes: impl Iterator<Item = &'static str>,
    chosen: &str,
) -> Vec<(String, String, bool)> {
    let any = (String::new(), shell.t("catalogue-any").into_owned(), chosen.is_empty());
    std::iter::once(any)
        .chain(codes.map(|code| {
            (code.to_owned(), shell.t(&format!("{kind}-{code}")).into_owned(), chosen == code)
        }))
        .collect()
}

fn shown(shell: &Shell, card: &Card) -> Shown {
    let theme = theme_code(card.theme);
    let level =
        LEVELS.iter().find(|(level, _)| *level == card.level).map_or("beginner", |(_, code)| code);
    Shown {
        href: format!("/{}/courses/{}", shell.code(), card.slug),
        cover: format!("/covers/{}.svg?theme={theme}", card.slug),
        theme: shell.t(&format!("theme-{theme}")).into_owned(),
        title: card.title_in(shell.lang).to_owned(),
        summary: card.summary.get(shell.lang, card.source).to_owned(),
        time: shell
            .ta("catalogue-hours", "hours", &format::integer(shell.lang, card.hours.into()))
            .into_owned(),
        lessons: shell
            .tn("catalogue-n-lessons", &i64::try_from(card.n_lessons).unwrap_or(i64::MAX))
            .into_owned(),
        level: shell.t(&format!("level-{level}")).into_owned(),
        languages: card
            .languages
            .iter()
            .map(|locale| locale.code().to_uppercase())
            .collect::<Vec<_>>()
            .join(" · "),
    }
}
