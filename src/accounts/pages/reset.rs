//! Setting a new password with a link that works once.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use serde::Deserialize;

use crate::accounts::visitor::{Cx, Sent, Visitor};
use crate::accounts::{actions, manage};
use crate::web::sign::unhex;
use crate::web::{Answer, Fault, FormView, Page, Posted, Problems, Shell, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(reset);
}

#[derive(Template)]
#[template(path = "accounts/pages/reset.html")]
struct View {
    shell: Shell,
    form: FormView,
    key: String,
}

#[derive(Deserialize)]
struct Asked {
    key: Option<String>,
}

#[get("/{lang}/reset")]
async fn show(query: Query<Asked>, mut visitor: Visitor) -> Answer {
    let key = query.into_inner().key.unwrap_or_default();
    let (token, now) = (unhex(&key).ok_or(Fault::NotFound)?, visitor.now);
    manage::person_of_link(visitor.conn().await?, &token, now).await?.ok_or(Fault::NotFound)?;
    let form = FormView::fresh(visitor.lang, Posted::default());
    Ok(draw(visitor, form, key)?.answer())
}

#[post("/{lang}/reset")]
async fn reset(sent: Sent<Visitor>) -> Answer {
    let Sent { who: mut visitor, form } = sent;
    let key = form.text("key").to_owned();
    let token = unhex(&key).ok_or(Fault::NotFound)?;
    let mut problems = Problems::default();
    actions::check_password_strength(form.text("password"), &[], &mut problems);
    if !problems.is_empty() {
        let view = FormView::again(visitor.lang, Posted::default(), problems);
        return Ok(draw(visitor, view, key)?.unprocessable().answer());
    }
    let password = form.text("password").to_owned();
    let done = manage::reset_with_link(&mut visitor.cx, &token, password)
        .await
        .map_err(|error| Fault::from(error).keeping(&form))?;
    if !done {
        return Err(Fault::NotFound);
    }
    let to = format!("/{}/sign-in", visitor.lang.code());
    Ok(see_other_saying(&visitor.site, &to, "ok:reset-done"))
}

/// Somebody who is signed in keeps the token of their session; others get one for this visit.
fn draw(visitor: Visitor, form: FormView, key: String) -> Result<Page, Fault> {
    let Visitor { mut cx, person } = visitor;
    let cookie = person.is_none().then(|| Cx::start_visit(&mut cx));
    let page = Page::of(&View { shell: cx.shell, form, key })?;
    Ok(match cookie {
        Some(cookie) => page.cookie(cookie),
        None => page,
    })
}
