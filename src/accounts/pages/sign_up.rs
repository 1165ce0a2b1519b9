//! Joining, as a learner or, with the link of a new installation, as its first administrator.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use serde::Deserialize;

use crate::accounts::actions::{self, FirstAdminRefusal, Joining};
use crate::accounts::visitor::{Cx, Sent, Visitor};
use crate::outcome::{Failed, Refusal};
use crate::web::lang::LANGUAGE_COOKIE;
use crate::web::sign::unhex;
use crate::web::{Answer, Fault, FormView, Page, Posted, Problems, Shell, inside, page, see_other};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(join).service(show_first_admin).service(join_first_admin);
}

#[derive(Template)]
#[template(path = "accounts/pages/sign_up.html")]
struct View {
    shell: Shell,
    form: FormView,
    action: &'static str,
    title: &'static str,
    lead: &'static str,
    to: String,
    key: String,
}

#[derive(Deserialize)]
struct Asked {
    to: Option<String>,
    key: Option<String>,
}

#[get("/{lang}/sign-up")]
async fn show(query: Query<Asked>, visitor: Visitor) -> Answer {
    let to = inside(query.to.as_deref().unwrap_or_default(), "");
    if visitor.person.is_some() {
        return Ok(see_other(&format!("/{}/me", visitor.lang.code())));
    }
    let form = FormView::fresh(visitor.lang, Posted::default());
    draw(visitor.cx, form, to).map(Page::answer)
}

#[post("/{lang}/sign-up")]
async fn join(sent: Sent<Visitor>) -> Answer {
    let Sent { who: mut visitor, form } = sent;
    let to = inside(form.text("to"), "");
    let joining = match Joining::read(&form, visitor.lang) {
        Ok(joining) => joining,
        Err(problems) => return again(visitor.cx, form, problems, to),
    };
    match actions::join(&mut visitor.cx, &joining)
        .await
        .map_err(|error| Fault::from(error).keeping(&form))?
    {
        Some(person) => enter(visitor.cx, person, &joining, &to).await,
        None => {
            let mut problems = Problems::default();
            problems.add("email", "email-taken");
            again(visitor.cx, form, problems, to)
        }
    }
}

#[get("/{lang}/first-admin")]
async fn show_first_admin(query: Query<Asked>, mut visitor: Visitor) -> Answer {
    let key = query.key.clone().unwrap_or_default();
    let now = visitor.now;
    let token = unhex(&key).ok_or(Fault::NotFound)?;
    if !actions::first_admin_link_works(visitor.conn().await?, &token, now).await? {
        return Err(Fault::NotFound);
    }
    let form = FormView::fresh(visitor.lang, Posted::default());
    draw_first_admin(visitor.cx, form, key).map(Page::answer)
}

#[post("/{lang}/first-admin")]
async fn join_first_admin(sent: Sent<Visitor>) -> Answer {
    let Sent { who: mut visitor, form } = sent;
    let key = form.text("key").to_owned();
    let token = unhex(&key).ok_or(Fault::NotFound)?;
    let joining = match Joining::read(&form, visitor.lang) {
        Ok(joining) => joining,
        Err(problems) => {
            let view = FormView::again(visitor.lang, form, problems);
            return Ok(draw_first_admin(visitor.cx, view, key)?.unprocessable().answer());
        }
    };
    match actions::join_as_first_admin(&mut visitor.cx, &token, &joining).await {
        Ok(person) => enter(visitor.cx, person, &joining, "").await,
        Err(Failed::Refused(taken @ FirstAdminRefusal::Taken)) => {
            let mut problems = Problems::default();
            problems.add("email", taken.words());
            let view = FormView::again(visitor.lang, form, problems);
            Ok(draw_first_admin(visitor.cx, view, key)?.unprocessable().answer())
        }
        Err(failed) => Err(Fault::from(failed).keeping(&form)),
    }
}

/// Signs the new person in and leads on.
async fn enter(mut cx: Cx, person: uuid::Uuid, joining: &Joining, to: &str) -> Answer {
    let cookie = cx.start_session(person).await?;
    let home = format!("/{}/me", joining.language.code());
    let mut answer = see_other(if to.is_empty() { &home } else { to });
    // Cookies of ours can always be written as headers.
    let _ = answer.add_cookie(&cookie);
    let _ = answer.add_cookie(&page::cookie_kept(LANGUAGE_COOKIE, joining.language.code()));
    Ok(answer)
}

fn again(cx: Cx, form: Posted, problems: Problems, to: String) -> Answer {
    let view = FormView::again(cx.lang, form, problems);
    Ok(draw(cx, view, to)?.unprocessable().answer())
}

fn draw(mut cx: Cx, form: FormView, to: String) -> Result<Page, Fault> {
    let cookie = cx.start_visit();
    let shell = cx.shell.at("sign-up");
    let view = View {
        shell,
        form,
        action: "sign-up",
        title: "sign-up-title",
        lead: "sign-up-lead",
        to,
        key: String::new(),
    };
    Ok(Page::of(&view)?.cookie(cookie))
}

fn draw_first_admin(mut cx: Cx, form: FormView, key: String) -> Result<Page, Fault> {
    let cookie = cx.start_visit();
    let view = View {
        shell: cx.shell,
        form,
        action: "first-admin",
        title: "first-admin-title",
        lead: "first-admin-lead",
        to: String::new(),
        key,
    };
    Ok(Page::of(&view)?.cookie(cookie))
}
