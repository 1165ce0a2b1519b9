//! Signing in and out. A form that was kept when a session ended comes along and is offered again.

use actix_web::cookie::Cookie;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{Query, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actions::{self, SignInRefusal};
use crate::accounts::store;
use crate::accounts::visitor::{Cx, Learner, SESSION_COOKIE, Sent, Visitor};
use crate::outcome::{Failed, Refusal};
use crate::web::lang::LANGUAGE_COOKIE;
use crate::web::{Answer, FormView, Page, Posted, Problems, Shell, inside, page, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(sign_in).service(keeping).service(sign_out);
}

#[derive(Template)]
#[template(path = "accounts/pages/sign_in.html")]
struct View {
    shell: Shell,
    form: FormView,
    to: String,
    kept: Vec<(String, String)>,
}

/// Signed in, with a form in hand that was not sent before.
#[derive(Template)]
#[template(path = "accounts/pages/send_kept.html")]
struct SendKept {
    shell: Shell,
    action: String,
    fields: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Onward {
    to: Option<String>,
}

#[get("/{lang}/sign-in")]
async fn show(query: Query<Onward>, visitor: Visitor) -> Answer {
    let to = onward(&visitor, query.to.as_deref().unwrap_or_default());
    if visitor.person.is_some() {
        return Ok(see_other(&to));
    }
    let form = FormView::fresh(visitor.lang, Posted::default());
    draw(visitor.cx, form, to, Vec::new()).map(Page::answer)
}

/// The sign-in page for somebody whose session ended while a form was on its way.
#[post("/{lang}/sign-in/keeping")]
async fn keeping(visitor: Visitor, form: Posted) -> Answer {
    let kept = kept_fields(&form);
    let fresh = FormView::fresh(visitor.lang, Posted::default());
    draw(visitor.cx, fresh, String::new(), kept).map(Page::answer)
}

#[post("/{lang}/sign-in")]
async fn sign_in(sent: Sent<Visitor>) -> Answer {
    let Sent { who: mut visitor, form } = sent;
    let to = onward(&visitor, form.text("to"));
    match actions::check_password(&mut visitor.cx, form.text("email"), form.text("password")).await
    {
        Ok((person, language)) => {
            let cookie = visitor.start_session(person).await?;
            let mut answer = welcome(visitor.cx, &form, &to)?;
            add(&mut answer, &cookie);
            add(&mut answer, &page::cookie_kept(LANGUAGE_COOKIE, language.code()));
            Ok(answer)
        }
        Err(Failed::Refused(refusal)) => {
            let status = if refusal == SignInRefusal::Wait { 429 } else { 422 };
            let mut problems = Problems::default();
            problems.add("email", refusal.words());
            let kept = kept_fields(&form);
            let again = FormView::again(visitor.lang, form, problems);
            let status = actix_web::http::StatusCode::from_u16(status).unwrap_or_default();
            Ok(draw(visitor.cx, again, to, kept)?.status(status).answer())
        }
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

#[post("/{lang}/sign-out")]
async fn sign_out(sent: Sent<Learner>) -> Answer {
    let mut learner = sent.who;
    let (person, session) = (learner.person.id, learner.person.session);
    store::end_session(learner.conn().await?, person, session).await?;
    let mut answer = see_other(&format!("/{}/", learner.lang.code()));
    add(&mut answer, &page::forget(&learner.site, SESSION_COOKIE));
    answer.headers_mut().insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

/// On to the page that was asked for, or to the form that was kept.
fn welcome(cx: Cx, form: &Posted, to: &str) -> Answer {
    let action = inside(form.text("kept-action"), "");
    if action.is_empty() {
        return Ok(see_other(to));
    }
    let fields = kept_fields(form)
        .into_iter()
        .filter_map(|(name, value)| name.strip_prefix("kept:").map(|name| (name.to_owned(), value)))
        .collect();
    Ok(Page::of(&SendKept { shell: cx.shell, action, fields })?.answer())
}

fn kept_fields(form: &Posted) -> Vec<(String, String)> {
    form.pairs()
        .filter(|(name, _)| *name == "kept-action" || name.starts_with("kept:"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn onward(visitor: &Visitor, to: &str) -> String {
    inside(to, &format!("/{}/me", visitor.lang.code()))
}

fn draw(
    mut cx: Cx,
    form: FormView,
    to: String,
    kept: Vec<(String, String)>,
) -> Result<Page, crate::web::Fault> {
    let cookie = cx.start_visit();
    Ok(Page::of(&View { shell: cx.shell, form, to, kept })?.cookie(cookie))
}

fn add(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    // A cookie that cannot be written as a header is no cookie of ours.
    let _ = answer.add_cookie(cookie);
}
