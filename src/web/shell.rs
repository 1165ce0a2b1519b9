//! What surrounds every page: language, visitor, form token, theme, message of the last action.

use std::borrow::Cow;

use actix_web::HttpRequest;

use super::{assets, lang};
use crate::domain::locale::Locale;
use crate::words;

/// Cookie that keeps the appearance somebody chose: `light` or `dark`.
pub const THEME_COOKIE: &str = "theme";
/// Cookie that carries one message to the next page.
pub const FLASH_COOKIE: &str = "flash";

/// The signed-in person as the page head shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellVisitor {
    pub name: String,
    pub admin: bool,
    pub trains: bool,
}

/// A message about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub kind: &'static str,
    pub text: String,
}

/// Who runs this installation.
#[derive(Clone, Copy, Debug)]
pub struct Brand {
    pub name: &'static str,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Shell {
    pub lang: Locale,
    pub visitor: Option<ShellVisitor>,
    pub csrf: String,
    pub theme: Option<&'static str>,
    pub here: &'static str,
    pub flash: Option<Flash>,
    pub brand: Brand,
    /// Public address without a slash at the end.
    pub base: String,
    path: String,
    query: String,
}

impl Shell {
    /// The frame for an anonymous visitor of this address.
    pub fn new(req: &HttpRequest, lang: Locale, base: &str) -> Shell {
        Shell {
            lang,
            visitor: None,
            csrf: String::new(),
            theme: theme(req),
            here: "",
            flash: flash(req, lang),
            brand: Brand { name: "Bilik" },
            base: base.to_owned(),
            path: req.path().to_owned(),
            query: req.query_string().to_owned(),
        }
    }

    /// The text of a key in the page's language.
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        words::t(self.lang, key)
    }

    /// The text of a key that depends on a number.
    pub fn tn(&self, key: &str, n: &i64) -> Cow<'static, str> {
        words::tn(self.lang, key, *n)
    }

    /// The text of a key that mentions one value.
    pub fn ta(&self, key: &str, name: &'static str, value: &str) -> Cow<'static, str> {
        words::ta(self.lang, key, &[(name, value)])
    }

    /// The address of a style sheet, script, font or icon file.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::href(name)
    }

    /// The code of the language, for addresses and `lang` attributes.
    pub fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// This page in another language.
    pub fn path_in(&self, locale: &Locale) -> String {
        let mut segments: Vec<&str> = self.path.split('/').collect();
        match segments.get_mut(1).filter(|first| Locale::parse(first).is_some()) {
            Some(first) => *first = locale.code(),
            None => return format!("/{}/", locale.code()),
        }
        let path = segments.join("/");
        if self.query.is_empty() { path } else { format!("{path}?{}", self.query) }
    }

    /// The address of this page, to come back to.
    pub fn here_path(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// Marks the place in the main navigation.
    pub fn at(mut self, here: &'static str) -> Shell {
        self.here = here;
        self
    }
}

fn theme(req: &HttpRequest) -> Option<&'static str> {
    let cookie = req.cookie(THEME_COOKIE)?;
    ["light", "dark"].into_iter().find(|known| *known == cookie.value())
}

/// `kind:key` of the flash cookie as a sentence; anything unknown is dropped.
fn flash(req: &HttpRequest, lang: Locale) -> Option<Flash> {
    let cookie = req.cookie(FLASH_COOKIE)?;
    let (kind, key) = cookie.value().split_once(':')?;
    let kind = ["ok", "info", "warn", "error"].into_iter().find(|known| *known == kind)?;
    let text = words::t(lang, key);
    (!text.starts_with('⟦')).then(|| Flash { kind, text: text.into_owned() })
}

/// The frame for a page that is drawn outside a handler, such as an error page.
pub fn outside(req: &HttpRequest, default: Locale, base: &str) -> Shell {
    Shell::new(req, lang::of_request(req, default), base)
}
