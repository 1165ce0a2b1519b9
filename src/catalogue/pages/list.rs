//! The front page and the catalogue: all courses, with a search that forgives slips, choices with counts, and an order.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use actix_web::http::header;
use actix_web::web::{Bytes, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;

use crate::accounts::Visitor;
use crate::catalogue::card::Card;
use crate::catalogue::cover::Cover;
use crate::catalogue::filter::{Asked, Group, Order};
use crate::catalogue::library::{Cards, Library};
use crate::domain::format;
use crate::domain::locale::Locale;
use crate::web::{Answer, Cache, Page, Posted, Shell, see_other};
use crate::words;

pub fn routes(app: &mut ServiceConfig) {
    app.service(home).service(list);
}

/// The front page; who is signed in goes to their courses.
#[get("/{lang}/")]
async fn home(req: HttpRequest, library: Data<Library>, visitor: Visitor) -> Answer {
    if visitor.person.is_some() {
        return Ok(see_other(&format!("/{}/me", visitor.lang.code())));
    }
    answer(&req, &library, visitor, Place::Home)
}

#[get("/{lang}/courses")]
async fn list(req: HttpRequest, library: Data<Library>, visitor: Visitor) -> Answer {
    answer(&req, &library, visitor, Place::List)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Home,
    List,
}

/// What a page for everybody depends on.
type Key = (Place, Locale, Option<&'static str>, i64);

/// Pages that look the same for all visitors, drawn once per publication.
static DRAWN: LazyLock<Mutex<BTreeMap<Key, Bytes>>> = LazyLock::new(Mutex::default);

fn answer(req: &HttpRequest, library: &Library, visitor: Visitor, place: Place) -> Answer {
    let cards = library.cards();
    let same_for_all = visitor.person.is_none()
        && req.query_string().is_empty()
        && visitor.shell.flash.is_none()
        && visitor.shell.csrf.is_empty();
    if !same_for_all {
        let asked = Asked::parse(&Posted::parse(req.query_string().as_bytes()));
        return Ok(Page::of(&view(visitor.cx.shell, asked, &cards, place))?.answer());
    }
    let key = (place, visitor.lang, visitor.shell.theme, cards.revision);
    let known = DRAWN.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let body = match known {
        Some(body) => body,
        None => {
            let view = view(visitor.cx.shell, Asked::default(), &cards, place);
            let body = Bytes::from(view.render()?);
            let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
            drawn.retain(|(_, _, _, revision), _| *revision == key.3);
            drawn.insert(key, body.clone());
            body
        }
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, Cache::Public.header()))
        .insert_header((header::VARY, "Cookie"))
        .body(body))
}

#[derive(Template)]
#[template(path = "catalogue/pages/list.html")]
struct View {
    shell: Shell,
    asked: Asked,
    themes: Vec<ThemeLine>,
    groups: Vec<Choices>,
    orders: Vec<OrderLine>,
    found: String,
    shown: Vec<Shown>,
    has_courses: bool,
    is_home: bool,
}

/// A theme with courses.
struct ThemeLine {
    code: &'static str,
    name: String,
    count: String,
}

/// A group of choices with a count each.
struct Choices {
    name: &'static str,
    title: String,
    choices: Vec<Choice>,
}

struct Choice {
    code: &'static str,
    label: String,
    /// The language of the label, where it is not the page's.
    spoken: &'static str,
    count: String,
    chosen: bool,
}

struct OrderLine {
    href: String,
    label: String,
    current: bool,
}

/// A card in the words of the page.
struct Shown {
    href: String,
    cover: Cover,
    theme: String,
    title: String,
    summary: String,
    time: String,
    lessons: String,
    level: String,
    languages: String,
}

fn view(shell: Shell, asked: Asked, cards: &Cards, place: Place) -> View {
    let found = asked.found(cards);
    let fitting = asked.chosen_of(&found, cards, shell.lang);
    View {
        themes: themes(&shell, cards),
        groups: Group::ALL
            .iter()
            .filter_map(|group| choices(&shell, &asked, &found, *group))
            .collect(),
        orders: orders(&shell, &asked, &fitting),
        found: counted(&shell, "catalogue-found", fitting.len()),
        shown: fitting.iter().map(|card| shown(&shell, card)).collect(),
        has_courses: cards.shown().next().is_some(),
        is_home: place == Place::Home,
        shell: shell.at("courses"),
        asked,
    }
}

fn counted(shell: &Shell, key: &str, n: usize) -> String {
    shell.tn(key, &i64::try_from(n).unwrap_or(i64::MAX)).into_owned()
}

/// Themes that have courses. One alone is no choice and is left out.
fn themes(shell: &Shell, cards: &Cards) -> Vec<ThemeLine> {
    let line = |code: &&'static str| {
        let n = cards.shown().filter(|card| card.theme.code() == *code).count();
        (n > 0).then(|| ThemeLine {
            code,
            name: shell.t(&format!("theme-{code}")).into_owned(),
            count: counted(shell, "catalogue-n-courses", n),
        })
    };
    let lines: Vec<ThemeLine> = Group::Theme.codes().iter().filter_map(line).collect();
    if lines.len() > 1 { lines } else { Vec::new() }
}

/// A group of choices, unless there is nothing to choose: each of them would show all that was found.
fn choices(shell: &Shell, asked: &Asked, found: &[Arc<Card>], group: Group) -> Option<Choices> {
    let mut narrows = false;
    let choice = |code: &&'static str| {
        let n = asked.n_for(found, group, code);
        let chosen = asked.is_chosen(group, code);
        narrows |= n > 0 && n < found.len();
        (n > 0 || chosen).then(|| Choice {
            code,
            label: label(shell, group, code),
            spoken: if group == Group::Language { code } else { "" },
            count: format::integer(shell.lang, i64::try_from(n).unwrap_or(i64::MAX)),
            chosen,
        })
    };
    let choices: Vec<Choice> = group.codes().iter().filter_map(choice).collect();
    let is_useful = narrows || choices.iter().any(|choice| choice.chosen);
    is_useful.then(|| Choices {
        name: group.name(),
        title: shell.t(&format!("catalogue-{}", group.name())).into_owned(),
        choices,
    })
}

fn label(shell: &Shell, group: Group, code: &str) -> String {
    match Locale::parse(code).filter(|_| group == Group::Language) {
        Some(locale) => locale.native_name().to_owned(),
        None => shell.t(&format!("{}-{code}", group.name())).into_owned(),
    }
}

/// Links to the same courses in other orders; one course has no order.
fn orders(shell: &Shell, asked: &Asked, fitting: &[Arc<Card>]) -> Vec<OrderLine> {
    if fitting.len() < 2 {
        return Vec::new();
    }
    let line = |order: Order| OrderLine {
        href: format!("/{}/courses?{}", shell.code(), asked.query_in(order)),
        label: shell.t(&format!("sort-{}", order.name())).into_owned(),
        current: order == asked.order,
    };
    Order::ALL.map(line).into()
}

fn shown(shell: &Shell, card: &Card) -> Shown {
    let spoken = Locale::ALL.iter().filter(|locale| card.languages.contains(locale));
    let codes = spoken.map(|locale| locale.code().to_uppercase());
    Shown {
        href: format!("/{}/courses/{}", shell.code(), card.slug),
        cover: card.cover(),
        theme: shell.t(&format!("theme-{}", card.theme.code())).into_owned(),
        title: card.title_in(shell.lang).to_owned(),
        summary: card.summary.get(shell.lang, card.source).to_owned(),
        time: duration(shell, card.minutes),
        lessons: counted(shell, "catalogue-n-lessons", card.n_lessons),
        level: shell.t(&format!("level-{}", card.level.code())).into_owned(),
        languages: codes.collect::<Vec<_>>().join(" · "),
    }
}

/// Hours and minutes in words.
pub fn duration(shell: &Shell, minutes: u32) -> String {
    let figure = |n: u32| format::integer(shell.lang, n.into());
    let (hours, minutes) = (figure(minutes / 60), figure(minutes % 60));
    let args = [("hours", hours.as_str()), ("minutes", minutes.as_str())];
    let key = match (hours.as_str(), minutes.as_str()) {
        ("0", _) => "catalogue-minutes",
        (_, "0") => "catalogue-hours",
        _ => "catalogue-hours-minutes",
    };
    words::ta(shell.lang, key, &args).into_owned()
}
