//! An answer that is a page: markup, status, cache policy, cookies.

use actix_web::HttpResponse;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::fault::Fault;
use super::shell::FLASH_COOKIE;
use super::site::Site;

/// Most pages fit into so many bytes, so that drawing one does not move it about.
const ROOM: usize = 32 * 1024;

/// Who may keep a copy of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// This person only, asking again each time.
    Private,
    /// This person only; the browser may keep it for reading offline.
    Offline,
    /// Anybody, for a minute.
    Public,
}

impl Cache {
    /// The value of the `Cache-Control` header.
    pub fn header(self) -> &'static str {
        match self {
            Cache::Private | Cache::Offline => "private, no-cache",
            Cache::Public => "public, max-age=60",
        }
    }
}

/// A page in the making.
pub struct Page {
    body: String,
    status: StatusCode,
    cache: Cache,
    cookies: Vec<Cookie<'static>>,
}

impl Page {
    /// Draws a template; the page is private until said otherwise.
    pub fn of(view: &impl Template) -> Result<Page, Fault> {
        let mut body = String::with_capacity(ROOM);
        view.render_into(&mut body)?;
        Ok(Page::of_markup(body))
    }

    /// A page, or a part of one, that was drawn already.
    pub fn of_markup(body: String) -> Page {
        Page { body, status: StatusCode::OK, cache: Cache::Private, cookies: Vec::new() }
    }

    /// A page with its fields marked: what was sent cannot be used.
    pub fn unprocessable(self) -> Page {
        self.status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Sets the status.
    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// Sets who may keep a copy.
    pub fn cache(mut self, cache: Cache) -> Page {
        self.cache = cache;
        self
    }

    /// Adds a cookie.
    pub fn cookie(mut self, cookie: Cookie<'static>) -> Page {
        self.cookies.push(cookie);
        self
    }

    /// The response.
    pub fn answer(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"));
        response.insert_header((header::VARY, "Cookie"));
        response.insert_header((header::CACHE_CONTROL, self.cache.header()));
        if self.cache == Cache::Offline {
            response.insert_header(("x-offline", "keep"));
        }
        for cookie in self.cookies {
            response.cookie(cookie);
        }
        response.body(self.body)
    }
}

/// A redirect after a form, so that reloading does not send it again.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .finish()
}

/// A redirect with a message for the next page. `message` is `kind:key`, for example `ok:profile-saved`.
pub fn see_other_saying(site: &Site, to: &str, message: &str) -> HttpResponse {
    let mut flash = cookie(site, FLASH_COOKIE, message.to_owned());
    flash.set_max_age(time::Duration::seconds(30));
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .cookie(flash)
        .finish()
}

/// A cookie that scripts cannot read and other sites cannot send.
pub fn cookie(site: &Site, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

/// The cookie that removes another.
pub fn forget(site: &Site, name: &'static str) -> Cookie<'static> {
    let mut gone = cookie(site, name, String::new());
    gone.make_removal();
    gone
}

/// An address inside this site to go on to, or `otherwise`: never another site.
pub fn inside(to: &str, otherwise: &str) -> String {
    let plain = to.starts_with('/')
        && !to.starts_with("//")
        && !to.contains('\\')
        && !to.chars().any(char::is_control);
    if plain { to.to_owned() } else { otherwise.to_owned() }
}

/// A cookie that stays: a choice, not a secret.
pub fn cookie_kept(name: &'static str, value: &'static str) -> Cookie<'static> {
    Cookie::build(name, value).path("/").same_site(SameSite::Lax).permanent().finish()
}
