//! Who sends a request, as handlers ask for it: `Visitor`, `Learner`, `Admin`; `Sent<…>` with a form.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::ops::{Deref, DerefMut};

use actix_web::cookie::{Cookie, time};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use futures_util::future::LocalBoxFuture;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::sessions::{self, Session, WEB_SESSION};
use super::store::{self, PersonRow};
use crate::clock;
use crate::db::{self, Conn, Pooled};
use crate::domain::locale::Locale;
use crate::web::shell::ShellVisitor;
use crate::web::sign::{hex, token_hash, unhex};
use crate::web::{Fault, Posted, Shell, Site, page};

/// Cookie of a signed-in device.
pub const SESSION_COOKIE: &str = "session";
/// Cookie that ties forms of visitors to their browser.
const VISIT_COOKIE: &str = "visit";
/// A session's last use is written down at most this often.
const TOUCH_AFTER: Duration = Duration::minutes(10);

/// The signed-in person.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub session: Uuid,
    pub name: String,
    pub language: Locale,
    pub time_zone: Tz,
    pub admin: bool,
    pub trains: bool,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Person {
            id: row.id,
            session: row.session,
            name: row.name,
            language: Locale::parse(&row.language).unwrap_or(Locale::Az),
            time_zone: row.time_zone.parse().unwrap_or(Tz::Asia__Baku),
            admin: row.admin,
            trains: row.trains,
        }
    }
}

/// One request: the program, its database, the time, the language, the frame of the page.
pub struct Cx {
    pub site: Site,
    pub now: DateTime<Utc>,
    pub lang: Locale,
    pub shell: Shell,
    pub device: String,
    /// The network of the visitor, if it can be told from that of a proxy in front of us.
    pub network: Option<String>,
    visit: Option<String>,
    conn: Option<Pooled>,
}

impl Cx {
    /// The database connection of this request, taken from the pool when first asked for.
    pub async fn conn(&mut self) -> Result<&mut Conn, db::Error> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.site.pool.get().await?,
        };
        Ok(self.conn.insert(conn))
    }

    /// Gives the connection back, for others to use while this page is drawn.
    pub fn release(&mut self) {
        self.conn = None;
    }

    /// The surroundings of a request.
    pub fn of(req: &HttpRequest) -> Result<Cx, Fault> {
        let site = req
            .app_data::<Data<Site>>()
            .ok_or_else(|| Fault::Broken("the site is not set up".to_owned()))?
            .get_ref()
            .clone();
        let lang = crate::web::lang::of_request(req, site.config.default_language());
        let shell = Shell::new(req, lang, &site.config.url);
        let now = site.clock.now();
        let network = req.peer_addr().and_then(|peer| network(peer.ip()));
        Ok(Cx { site, now, lang, shell, device: device(req), network, visit: None, conn: None })
    }

    /// The token that a form of this session, or of this visit, must carry.
    fn token(&self, of: &[u8]) -> String {
        hex(self.site.key.sign("form", of).get(..16).unwrap_or_default())
    }

    /// Does a form that was read by hand carry the token of this session?
    pub fn check_token(&self, req: &HttpRequest, sent: &str) -> Result<(), Fault> {
        let header = req.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
        let (expected, sent) = (self.shell.csrf.as_bytes(), header.unwrap_or(sent).as_bytes());
        match !expected.is_empty() && bool::from(expected.ct_eq(sent)) {
            true => Ok(()),
            false => Err(Fault::Forged),
        }
    }

    /// Starts a session of this device for a person; the cookie goes out with the answer.
    pub async fn start_session(&mut self, person: Uuid) -> Result<Cookie<'static>, db::Error> {
        let token = clock::random::<32>();
        let (now, device) = (self.now, self.device.clone());
        sessions::insert(
            self.conn().await?,
            person,
            "web",
            &token,
            &device,
            now,
            now + WEB_SESSION,
        )
        .await?;
        self.speak_for_session(&token_hash(&token));
        let mut cookie = page::cookie(&self.site, SESSION_COOKIE, hex(&token));
        cookie.set_max_age(time::Duration::days(WEB_SESSION.num_days()));
        Ok(cookie)
    }

    /// From now on forms carry the token of this session.
    pub fn speak_for_session(&mut self, token_hash: &[u8]) {
        self.shell.csrf = self.token(token_hash);
    }

    /// Ties the forms of an anonymous page to this browser; the cookie goes out with the page. A visit that has begun
    /// goes on, so that a form in another tab still works.
    pub fn start_visit(&mut self) -> Cookie<'static> {
        let value = self.visit.clone().unwrap_or_else(|| hex(&clock::random::<16>()));
        self.shell.csrf = self.token(value.as_bytes());
        page::cookie(&self.site, VISIT_COOKIE, value)
    }
}

/// Where a request comes from, for throttling: a public IPv4 address or the /64 of an IPv6 one. Behind a proxy all
/// visitors share its address, and one who guesses passwords must not lock out the rest.
fn network(address: IpAddr) -> Option<String> {
    match address {
        IpAddr::V4(ip) if ip.is_loopback() || ip.is_private() || ip.is_link_local() => None,
        IpAddr::V6(ip)
            if ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() =>
        {
            None
        }
        IpAddr::V4(ip) => Some(ip.to_string()),
        IpAddr::V6(ip) => ip.segments().get(..4).map(|prefix| format!("{prefix:x?}")),
    }
}

/// "Firefox, Linux": enough to recognise a device in a list, no more.
fn device(req: &HttpRequest) -> String {
    let agent =
        req.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map_or("?", |(_, name)| name)
    };
    let browser = first(&[
        ("Firefox", "Firefox"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser}, {system}")
}

/// Anybody, signed in or not.
pub struct Visitor {
    pub cx: Cx,
    pub person: Option<Person>,
}

/// Somebody who is signed in.
pub struct Learner {
    pub cx: Cx,
    pub person: Person,
}

/// Somebody who is signed in and an administrator.
pub struct Admin {
    pub cx: Cx,
    pub person: Person,
}

/// Who sent a form, and the form. Its token is checked before the handler runs.
pub struct Sent<Who> {
    pub who: Who,
    pub form: Posted,
}

macro_rules! cx_inside {
    ($($name:ident),*) => {
        $(impl Deref for $name {
            type Target = Cx;

            fn deref(&self) -> &Cx {
                &self.cx
            }
        }

        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut Cx {
                &mut self.cx
            }
        })*
    };
}

cx_inside!(Visitor, Learner, Admin);

/// Somebody who is not looked up yet, so that a page can ask the database for more in the same statement.
pub struct Arriving(HttpRequest);

impl Arriving {
    /// The visitor, and what the page wants to know of them: `look` finds both for a session that lives.
    pub async fn found_by<T>(
        self,
        look: impl AsyncFnOnce(
            &mut Conn,
            Session<'_>,
        ) -> Result<Option<(PersonRow, Option<T>)>, db::Error>,
    ) -> Result<(Visitor, Option<T>), Fault> {
        in_known_language(&self.0)?;
        arrive(&self.0, look).await
    }
}

impl FromRequest for Arriving {
    type Error = Fault;
    type Future = Ready<Result<Arriving, Fault>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Arriving(req.clone())))
    }
}

async fn visitor(req: &HttpRequest) -> Result<Visitor, Fault> {
    let look = async |conn: &mut Conn, session: Session<'_>| {
        Ok(session.person(conn).await?.map(|person| (person, None::<()>)))
    };
    Ok(arrive(req, look).await?.0)
}

async fn arrive<T>(
    req: &HttpRequest,
    look: impl AsyncFnOnce(&mut Conn, Session<'_>) -> Result<Option<(PersonRow, Option<T>)>, db::Error>,
) -> Result<(Visitor, Option<T>), Fault> {
    let mut cx = Cx::of(req)?;
    if let Some((person, more)) = signed_in(req, &mut cx, look).await? {
        return Ok((Visitor { cx, person: Some(person) }, more));
    }
    cx.visit = req.cookie(VISIT_COOKIE).map(|cookie| cookie.value().to_owned());
    cx.shell.csrf = cx.visit.as_ref().map(|visit| cx.token(visit.as_bytes())).unwrap_or_default();
    Ok((Visitor { cx, person: None }, None))
}

/// The person of the session cookie. A session that ended leaves a visitor, who can sign in again.
async fn signed_in<T>(
    req: &HttpRequest,
    cx: &mut Cx,
    look: impl AsyncFnOnce(&mut Conn, Session<'_>) -> Result<Option<(PersonRow, Option<T>)>, db::Error>,
) -> Result<Option<(Person, Option<T>)>, Fault> {
    let Some(token) = req.cookie(SESSION_COOKIE).and_then(|cookie| unhex(cookie.value())) else {
        return Ok(None);
    };
    let now = cx.now;
    let hash = token_hash(&token);
    let session = Session { token_hash: &hash, at: now };
    let Some((row, more)) = look(cx.conn().await?, session).await? else {
        return Ok(None);
    };
    if row.seen_at < now - TOUCH_AFTER {
        store::touch_session(cx.conn().await?, row.session, now).await?;
    }
    let person = Person::from(row);
    cx.speak_for_session(&hash);
    let shown =
        ShellVisitor { name: person.name.clone(), admin: person.admin, trains: person.trains };
    req.extensions_mut().insert((shown.clone(), cx.shell.csrf.clone()));
    cx.shell.visitor = Some(shown);
    Ok(Some((person, more)))
}

/// What a handler asks of the person behind a request.
pub trait Who: Sized {
    /// Takes the visitor if they are who is asked for.
    fn of(visitor: Visitor) -> Result<Self, Fault>;
}

impl Who for Visitor {
    fn of(visitor: Visitor) -> Result<Self, Fault> {
        Ok(visitor)
    }
}

impl Who for Learner {
    fn of(visitor: Visitor) -> Result<Self, Fault> {
        let Visitor { cx, person } = visitor;
        person.map(|person| Learner { cx, person }).ok_or(Fault::SignIn(None))
    }
}

impl Who for Admin {
    fn of(visitor: Visitor) -> Result<Self, Fault> {
        let Learner { cx, person } = Learner::of(visitor)?;
        if person.admin { Ok(Admin { cx, person }) } else { Err(Fault::Forbidden) }
    }
}

macro_rules! from_request {
    ($($name:ident),*) => {
        $(impl FromRequest for $name {
            type Error = Fault;
            type Future = LocalBoxFuture<'static, Result<$name, Fault>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                let req = req.clone();
                Box::pin(async move {
                    in_known_language(&req)?;
                    $name::of(visitor(&req).await?)
                })
            }
        })*
    };
}

from_request!(Visitor, Learner, Admin);

/// Pages live under `/az`, `/en` and `/ru`; any other first segment is no page of ours.
fn in_known_language(req: &HttpRequest) -> Result<(), Fault> {
    match req.match_info().get("lang") {
        Some(code) if Locale::parse(code).is_none() => Err(Fault::NotFound),
        _ => Ok(()),
    }
}

impl<W: Who + 'static> FromRequest for Sent<W> {
    type Error = Fault;
    type Future = LocalBoxFuture<'static, Result<Sent<W>, Fault>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Posted::from_request(req, payload);
        let req = req.clone();
        Box::pin(async move {
            in_known_language(&req)?;
            let form = form.await?;
            let visitor = visitor(&req).await.map_err(|fault| fault.keeping(&form))?;
            let (expected, sent) = (visitor.shell.csrf.clone(), token_of(&req, &form));
            let who = W::of(visitor).map_err(|fault| fault.keeping(&form))?;
            let same =
                !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(sent.as_bytes()));
            if same { Ok(Sent { who, form: form.without_token() }) } else { Err(Fault::Forged) }
        })
    }
}

/// The token of a form, in a field or, from scripts, in a header.
fn token_of(req: &HttpRequest, form: &Posted) -> String {
    let header = req.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
    header.map_or_else(|| form.text("csrf").to_owned(), ToOwned::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_outside_the_three_are_no_pages() {
        let req = actix_web::test::TestRequest::with_uri("/de/courses")
            .param("lang", "de")
            .to_http_request();
        assert!(matches!(in_known_language(&req), Err(Fault::NotFound)));
    }
}
