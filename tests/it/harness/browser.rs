//! A browser without scripts: it keeps cookies, follows redirects and says where its forms come from.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use actix_web::cookie::Cookie;
use actix_web::http::header;
use actix_web::test::TestRequest;
use uuid::Uuid;

use super::app::{ADDRESS, Answer, App};
use super::page::Page;

/// Redirects that are followed at most.
const MOST_REDIRECTS: usize = 5;

/// One person's browser; clones are the same browser.
#[derive(Clone)]
pub struct Browser(Rc<Inner>);

struct Inner {
    app: App,
    cookies: RefCell<BTreeMap<String, String>>,
    headers: RefCell<Vec<(String, String)>>,
    person: Cell<Option<Uuid>>,
}

impl Browser {
    pub fn new(app: App) -> Browser {
        Browser(Rc::new(Inner {
            app,
            cookies: RefCell::default(),
            headers: RefCell::default(),
            person: Cell::default(),
        }))
    }

    /// Who was signed in by the harness.
    pub fn person(&self) -> Uuid {
        self.0.person.get().expect("somebody is signed in")
    }

    pub fn is_person(&self, person: Uuid) {
        self.0.person.set(Some(person));
    }

    /// Adds a header to every request from now on.
    pub fn with_header(self, name: &str, value: &str) -> Browser {
        self.0.headers.borrow_mut().push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a cookie, or nothing.
    pub fn cookie(&self, name: &str) -> String {
        self.0.cookies.borrow().get(name).cloned().unwrap_or_default()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.0.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page and follows where it leads.
    pub async fn get(&self, path: &str) -> Page {
        let answer = self.ask(TestRequest::get(), path).await;
        self.follow(path.to_owned(), answer).await
    }

    /// Opens an address and stays there, whatever the answer.
    pub async fn get_only(&self, path: &str) -> Page {
        let answer = self.ask(TestRequest::get(), path).await;
        Page::new(self.clone(), path.to_owned(), answer)
    }

    /// Sends a form with this session's token, and follows where it leads.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.send(path, &self.signed(fields).await).await;
        self.follow(path.to_owned(), answer).await
    }

    /// Sends a form with this session's token, and stays there.
    pub async fn post_only(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.send(path, &self.signed(fields).await).await;
        Page::new(self.clone(), path.to_owned(), answer)
    }

    /// Sends exactly these fields, from a page of the program, and follows where it leads.
    pub async fn post_bare(&self, path: &str, fields: &[(String, String)]) -> Page {
        let answer = self.send(path, fields).await;
        self.follow(path.to_owned(), answer).await
    }

    /// Any request, with this browser's cookies.
    pub async fn ask(&self, request: TestRequest, path: &str) -> Answer {
        let mut request = request.uri(path);
        for (name, value) in self.0.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        for (name, value) in self.0.headers.borrow().iter() {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        let answer = self.0.app.answer(request).await;
        self.keep_cookies(&answer);
        answer
    }

    /// The token that forms of this browser carry.
    pub async fn token(&self) -> String {
        let path = if self.cookie("session").is_empty() { "/en/sign-in" } else { "/en/me/profile" };
        self.get_only(path).await.attribute("input[name=csrf]", "value")
    }

    async fn signed(&self, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        own.chain([("csrf".to_owned(), self.token().await)]).collect()
    }

    async fn send(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let request = TestRequest::post().insert_header((header::ORIGIN, ADDRESS)).set_form(fields);
        self.ask(request, path).await
    }

    async fn follow(&self, mut path: String, mut answer: Answer) -> Page {
        for _ in 0..MOST_REDIRECTS {
            let Some(to) = redirect(&answer) else { break };
            answer = self.ask(TestRequest::get(), &to).await;
            path = to;
        }
        assert!(redirect(&answer).is_none(), "{path}: redirects have no end");
        Page::new(self.clone(), path, answer)
    }

    fn keep_cookies(&self, answer: &Answer) {
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(value.to_str().unwrap().to_owned()).unwrap();
            let mut kept = self.0.cookies.borrow_mut();
            if cookie.value().is_empty() {
                kept.remove(cookie.name());
            } else {
                kept.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }
}

fn redirect(answer: &Answer) -> Option<String> {
    let to = answer.headers.get(header::LOCATION)?.to_str().ok()?;
    (300..400).contains(&answer.status).then(|| to.split('#').next().unwrap_or_default().to_owned())
}
