//! In place of a lesson that is not open yet: what to do first.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use askama::Template;

use super::needs::{Need, needs};
use super::said::Said;
use crate::accounts::Visitor;
use crate::catalogue::{Library, Published};
use crate::domain::course::condition::Condition;
use crate::domain::course::model::Lesson;
use crate::web::{Answer, Page, Shell};

#[derive(Template)]
#[template(path = "lessons/pages/locked.html")]
struct View<'a> {
    shell: Shell,
    title: Said<'a>,
    course: String,
    trail: [(String, Cow<'a, str>); 2],
    needs: Vec<Need>,
    is_stranger: bool,
}

/// The page; its status says that this may not be read yet.
pub fn answer(
    visitor: &Visitor,
    library: &Library,
    published: &Published,
    lesson: &Lesson,
    lock: &Condition,
) -> Answer {
    let (shell, lang) = (visitor.cx.shell.clone().at("courses"), visitor.lang);
    let source = published.course.source;
    let courses = format!("/{}/courses", lang.code());
    let course = format!("{courses}/{}", published.course.slug);
    let view = View {
        title: Said::title(lesson, lang, source),
        trail: [
            (courses, shell.t("layout-courses")),
            (course.clone(), Cow::Borrowed(published.course.title.get(lang, source))),
        ],
        course,
        needs: needs(lock, published, &library.cards(), lang),
        is_stranger: visitor.person.is_none(),
        shell,
    };
    Ok(Page::of(&view)?.status(StatusCode::FORBIDDEN).answer())
}
