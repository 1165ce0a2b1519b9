//! Help, the accessibility statement and the privacy notice: plain pages, one text per language.

use actix_web::get;
use actix_web::web::ServiceConfig;
use askama::Template;

use crate::accounts::Visitor;
use crate::web::{Answer, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(help).service(accessibility).service(privacy);
}

#[derive(Template)]
#[template(path = "lessons/pages/help.html")]
struct View {
    shell: Shell,
    topic: Topic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    Help,
    Accessibility,
    Privacy,
}

#[get("/{lang}/help")]
async fn help(visitor: Visitor) -> Answer {
    answer(visitor, Topic::Help)
}

#[get("/{lang}/help/accessibility")]
async fn accessibility(visitor: Visitor) -> Answer {
    answer(visitor, Topic::Accessibility)
}

#[get("/{lang}/help/privacy")]
async fn privacy(visitor: Visitor) -> Answer {
    answer(visitor, Topic::Privacy)
}

fn answer(visitor: Visitor, topic: Topic) -> Answer {
    Ok(Page::of(&View { shell: visitor.cx.shell.at("help"), topic })?.answer())
}
