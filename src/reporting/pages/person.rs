//! One person's account, and what an administrator may change of it.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use uuid::Uuid;

use super::parts::day;
use crate::accounts::actions::Standing;
use crate::accounts::{Admin, Sent};
use crate::catalogue::{Library, trainers};
use crate::outcome::Failed;
use crate::reporting::people::{self, Access, Change, PersonRefusal, PersonRow};
use crate::web::{Answer, Fault, Page, Shell, Site, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(set_admin).service(set_trainer).service(set_access).service(reset);
}

#[derive(Template)]
#[template(path = "reporting/pages/person.html")]
struct View {
    shell: Shell,
    trail: Vec<(String, String)>,
    base: String,
    person: PersonRow,
    since: String,
    teaches: Vec<(String, String)>,
    others: Vec<(String, String, bool)>,
    link: String,
}

#[get("/{lang}/admin/people/{person}")]
async fn show(path: Path<(String, String)>, library: Data<Library>, admin: Admin) -> Answer {
    let person = id(&path.1)?;
    Ok(draw(admin, &library, person, String::new()).await?.answer())
}

#[post("/{lang}/admin/people/{person}/admin")]
async fn set_admin(path: Path<(String, String)>, sent: Sent<Admin>) -> Answer {
    let (mut admin, person) = (sent.who, id(&path.1)?);
    let standing = match sent.form.text("change") {
        "give" => Standing::Administrator,
        _ => Standing::Ordinary,
    };
    let done = people::set_standing(&mut admin, person, standing).await;
    back(&admin.site, admin.lang.code(), person, done)
}

#[post("/{lang}/admin/people/{person}/trainer")]
async fn set_trainer(
    path: Path<(String, String)>,
    library: Data<Library>,
    sent: Sent<Admin>,
) -> Answer {
    let (mut admin, person) = (sent.who, id(&path.1)?);
    let change = match sent.form.text("change") {
        "give" => Change::Give,
        _ => Change::Take,
    };
    let course = sent.form.text("course");
    let done = people::set_trainer(&mut admin, &library, person, course, change).await;
    back(&admin.site, admin.lang.code(), person, done)
}

#[post("/{lang}/admin/people/{person}/access")]
async fn set_access(path: Path<(String, String)>, sent: Sent<Admin>) -> Answer {
    let (mut admin, person) = (sent.who, id(&path.1)?);
    let access = match sent.form.text("change") {
        "close" => Access::Closed,
        _ => Access::Open,
    };
    let done = people::set_access(&mut admin, person, access).await;
    back(&admin.site, admin.lang.code(), person, done)
}

/// The link is shown once, on this page, and stands nowhere else.
#[post("/{lang}/admin/people/{person}/reset")]
async fn reset(path: Path<(String, String)>, library: Data<Library>, sent: Sent<Admin>) -> Answer {
    let (mut admin, person) = (sent.who, id(&path.1)?);
    let link = people::reset_link(&mut admin, person).await?;
    Ok(draw(admin, &library, person, link).await?.answer())
}

fn id(text: &str) -> Result<Uuid, Fault> {
    Uuid::parse_str(text).map_err(|_bad_id| Fault::NotFound)
}

/// Back to the person, saying what was done or why it was not.
fn back(site: &Site, lang: &str, person: Uuid, done: Result<(), Failed<PersonRefusal>>) -> Answer {
    let to = format!("/{lang}/admin/people/{person}");
    match done {
        Ok(()) => Ok(see_other_saying(site, &to, "ok:person-saved")),
        Err(Failed::Refused(refusal)) => Err(Fault::refused(&refusal, to)),
        Err(Failed::Broken(error)) => Err(error.into()),
    }
}

async fn draw(
    mut admin: Admin,
    library: &Library,
    person: Uuid,
    link: String,
) -> Result<Page, Fault> {
    let (lang, zone) = (admin.lang, admin.person.time_zone);
    let conn = admin.conn().await?;
    let found = people::find(conn, person).await?.ok_or(Fault::NotFound)?;
    let taught = trainers::courses_of(conn, person).await?;
    let cards = library.cards();
    let named = |card: &crate::catalogue::Card| (card.slug.clone(), card.title_in(lang).to_owned());
    let trail = [("admin", "layout-administration"), ("admin/people", "people-title")]
        .map(|(path, key)| (format!("/{}/{path}", lang.code()), admin.shell.t(key).into_owned()));
    let view = View {
        trail: trail.into(),
        base: format!("/{}/admin/people/{person}", lang.code()),
        since: day(lang, zone, Some(found.registered_at)),
        person: found,
        teaches: cards
            .all()
            .filter(|card| taught.contains(&card.id))
            .map(|card| named(card))
            .collect(),
        others: cards
            .all()
            .filter(|card| !taught.contains(&card.id))
            .map(|card| named(card))
            .map(|(slug, title)| (slug, title, false))
            .collect(),
        link,
        shell: admin.cx.shell.at("admin"),
    };
    Page::of(&view)
}
