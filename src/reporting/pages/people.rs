//! Finding people.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use serde::Deserialize;

use super::parts::{PER_PAGE, day, folded, next_page, read_place};
use crate::accounts::Admin;
use crate::reporting::people::{self, PeopleAsked, PersonRow};
use crate::web::{Answer, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(list);
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

type Choices = Vec<(&'static str, String, bool)>;

#[derive(Template)]
#[template(path = "reporting/pages/people.html")]
struct View {
    shell: Shell,
    base: String,
    q: String,
    roles: Choices,
    states: Choices,
    rows: Vec<Row>,
    next: String,
    is_later: bool,
}

struct Row {
    href: String,
    person: PersonRow,
    since: String,
}

#[get("/{lang}/admin/people")]
async fn list(query: Query<Asked>, mut admin: Admin) -> Answer {
    let asked = query.into_inner();
    let (lang, zone) = (admin.lang, admin.person.time_zone);
    let after = read_place(&asked.after);
    let wanted = PeopleAsked {
        like: folded(&asked.q),
        role: asked.role.clone(),
        state: asked.state.clone(),
    };
    let limit = i64::try_from(PER_PAGE + 1).unwrap_or(i64::MAX);
    let mut found = people::list(admin.conn().await?, &wanted, after, limit).await?;
    let more = found.len() > PER_PAGE;
    found.truncate(PER_PAGE);
    let base = format!("/{}/admin/people", lang.code());
    let kept = [("q", asked.q.as_str()), ("role", &asked.role), ("state", &asked.state)];
    let next = found.last().filter(|_| more).map(|last| next_page(&base, &kept, last.id));
    let shell = admin.cx.shell.at("admin");
    let view = View {
        roles: choices(&shell, "people-role", &["admin", "trainer", "learner"], &asked.role),
        states: choices(&shell, "people-state", &["active", "disabled"], &asked.state),
        q: asked.q,
        rows: found
            .into_iter()
            .map(|person| Row {
                href: format!("{base}/{}", person.id),
                since: day(lang, zone, Some(person.registered_at)),
                person,
            })
            .collect(),
        next: next.unwrap_or_default(),
        is_later: after.is_some(),
        base,
        shell,
    };
    Ok(Page::of(&view)?.answer())
}

fn choices(shell: &Shell, kind: &str, codes: &[&'static str], chosen: &str) -> Choices {
    std::iter::once(("", shell.t("people-all").into_owned(), chosen.is_empty()))
        .chain(
            codes.iter().map(|code| {
                (*code, shell.t(&format!("{kind}-{code}")).into_owned(), *code == chosen)
            }),
        )
        .collect()
}
