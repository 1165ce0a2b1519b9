//! The button that calls a lesson done, and where it leads.

use actix_web::http::StatusCode;
use actix_web::post;
use actix_web::web::{Data, Path, ServiceConfig};

use super::find::find;
use crate::accounts::{Cx, Learner, Sent};
use crate::catalogue::{Library, Published};
use crate::domain::progress::course::Progress;
use crate::lessons::actions::{self, LessonRefusal};
use crate::outcome::{Failed, Refusal};
use crate::web::{Answer, Fault, see_other, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(complete);
}

#[post("/{lang}/courses/{course}/{lesson}/complete")]
async fn complete(
    path: Path<(String, String, String)>,
    library: Data<Library>,
    sent: Sent<Learner>,
) -> Answer {
    let (_, slug, id) = path.into_inner();
    let Sent { who: mut learner, form } = sent;
    let published = find(&library, &mut learner, &slug).await?;
    let (person, now) = (learner.person.id, learner.now);
    let progress =
        match actions::complete(learner.conn().await?, person, &published, &id, now).await {
            Ok(progress) => progress,
            Err(Failed::Refused(LessonRefusal::Locked | LessonRefusal::TooEarly(_))) => {
                // The page of the lesson says what is left to do, or for how long it must stay open.
                let address = format!("{}/{id}", course_address(&learner, &slug));
                return Ok(see_other_saying(&learner.site, &address, "warn:lesson-not-complete"));
            }
            Err(Failed::Refused(refusal)) => return Err(refused(&learner, &slug, refusal)),
            Err(Failed::Broken(error)) => return Err(Fault::from(error).keeping(&form)),
        };
    Ok(onward(&learner, &published, &id, &progress))
}

/// To the next lesson; after the last one, or when the course is complete, to the course.
fn onward(
    cx: &Cx,
    published: &Published,
    id: &str,
    progress: &Progress,
) -> actix_web::HttpResponse {
    let course = course_address(cx, &published.course.slug);
    let next =
        published.lessons().map(|(_, lesson)| lesson).skip_while(|lesson| lesson.id != id).nth(1);
    match next {
        _ if progress.complete => see_other_saying(&cx.site, &course, "ok:course-complete"),
        Some(next) => see_other(&format!("{course}/{}", next.id)),
        None => see_other_saying(&cx.site, &course, "ok:lesson-last-done"),
    }
}

fn course_address(cx: &Cx, slug: &str) -> String {
    format!("/{}/courses/{slug}", cx.lang.code())
}

/// The course has no such lesson, perhaps not any more.
pub fn gone(cx: &Cx, slug: &str) -> Fault {
    refused(cx, slug, LessonRefusal::Gone)
}

/// A refusal with the course page as the way on.
fn refused(cx: &Cx, slug: &str, refusal: LessonRefusal) -> Fault {
    let status = match refusal {
        LessonRefusal::NotEnrolled => StatusCode::FORBIDDEN,
        LessonRefusal::Gone => StatusCode::NOT_FOUND,
        LessonRefusal::Locked | LessonRefusal::TooEarly(_) | LessonRefusal::NotYet => {
            StatusCode::CONFLICT
        }
    };
    Fault::Refused { status, words: refusal.words(), onward: Some(course_address(cx, slug)) }
}
