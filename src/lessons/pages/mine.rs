//! My courses: on with the lesson where one stopped, and the other courses with what they still ask for.

use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::course::{lessons_done, unread_words};
use super::missing::{Reason, reasons};
use super::said::Said;
use crate::accounts::Learner;
use crate::catalogue::{Cover, Library, Published};
use crate::domain::format;
use crate::domain::progress::course::course_progress;
use crate::lessons::actions;
use crate::progress_log::{self, Gate, Standing};
use crate::web::{Answer, Cache, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show);
}

#[derive(Template)]
#[template(path = "lessons/pages/mine.html")]
struct View<'a> {
    shell: Shell,
    name: &'a str,
    catalogue: String,
    resume: Option<Mine<'a>>,
    others: Vec<Mine<'a>>,
    completed: Vec<Mine<'a>>,
}

/// A course that one takes.
struct Mine<'a> {
    cover: Cover,
    title: Said<'a>,
    href: String,
    /// The lesson to go on with.
    lesson: Option<(String, Said<'a>)>,
    label: String,
    shown: String,
    percent: u8,
    progress_id: String,
    reasons: Vec<Reason>,
    when: String,
    is_begun: bool,
    /// How many lessons are new or different since the person passed, in words.
    unread: Option<String>,
}

#[get("/{lang}/me")]
async fn show(library: Data<Library>, mut learner: Learner) -> Answer {
    let person = learner.person.id;
    let conn = learner.conn().await?;
    let mut taken: Vec<(Arc<Published>, Standing, usize)> = Vec::new();
    for standing in progress_log::standings(conn, person).await? {
        let published = library.current_of(conn, standing.enrolment.course_id).await?;
        if let Some(published) = published.filter(|published| !published.course.draft) {
            let unread = progress_log::unread(conn, &library, &published, &standing).await?.len();
            taken.push((published, standing, unread));
        }
    }
    let (zone, now) = (learner.person.time_zone, learner.now);
    let shell = learner.cx.shell.at("me");
    let (completed, mut open): (Vec<Mine<'_>>, Vec<Mine<'_>>) = taken
        .iter()
        .map(|(published, standing, unread)| Mine {
            unread: unread_words(&shell, *unread),
            ..mine(&shell, published, standing, (zone, now))
        })
        .partition(|mine| mine.percent == 100);
    let resume = (!open.is_empty()).then(|| open.remove(0));
    let view = View {
        name: &learner.person.name,
        catalogue: format!("/{}/courses", shell.code()),
        resume,
        others: open,
        completed,
        shell,
    };
    Ok(Page::of(&view)?.cache(Cache::Offline).answer())
}

fn mine<'a>(
    shell: &Shell,
    published: &'a Published,
    standing: &Standing,
    (zone, now): (Tz, DateTime<Utc>),
) -> Mine<'a> {
    let (course, lang) = (&published.course, shell.lang);
    let progress = course_progress(course, &standing.facts);
    let href = format!("/{}/courses/{}", shell.code(), course.slug);
    let lesson = actions::resume(published, Some(standing), &Gate::of(&standing.facts, now));
    let date = |at: DateTime<Utc>| format::date(lang, at.with_timezone(&zone).date_naive());
    let enrolment = &standing.enrolment;
    let when = match (enrolment.completed_at, enrolment.last_at) {
        (Some(at), _) if progress.complete => shell.ta("mine-completed-at", "at", &date(at)),
        (_, Some(at)) => shell.ta("mine-last-at", "at", &date(at)),
        (_, None) => shell.t("mine-not-started"),
    };
    Mine {
        title: Said::of(&course.title, lang, course.source),
        lesson: lesson.map(|(_, lesson)| {
            (format!("{href}/{}", lesson.id), Said::title(lesson, lang, course.source))
        }),
        href,
        label: lessons_done(shell, progress.lessons_done, progress.lessons_total),
        shown: format::percent(lang, progress.percent.into()),
        percent: progress.percent,
        progress_id: format!("progress-{}", course.slug),
        reasons: reasons(published, &progress, lang),
        when: when.into_owned(),
        is_begun: enrolment.started_at.is_some(),
        unread: None,
        cover: Cover::of(course),
    }
}
