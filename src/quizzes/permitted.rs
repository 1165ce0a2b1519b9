//! Whether a quiz is open to a learner at all: its module is, and of a test it is the learner's form.

use uuid::Uuid;

use super::refusal::QuizRefusal;
use super::store;
use crate::catalogue::Published;
use crate::db::Conn;
use crate::domain::course::model::Lesson;
use crate::domain::progress::form::is_for;
use crate::domain::quiz::response::QuizId;
use crate::enrolment::Enrolment;
use crate::outcome::Failed;
use crate::progress_log::{self, Gate};

/// The enrolment of a learner to whom the quiz is open; courses without conditions cost no more than finding it.
pub async fn permitted(
    conn: &mut Conn,
    published: &Published,
    person: Uuid,
    lesson: &Lesson,
    quiz: &QuizId,
) -> Result<Enrolment, Failed<QuizRefusal>> {
    let course = &published.course;
    let standing = progress_log::standing(conn, person, course.id).await?;
    let standing = standing.ok_or(QuizRefusal::NotEnrolled)?;
    if !is_for(course, quiz, Some(person)) {
        return Err(QuizRefusal::OtherForm.into());
    }
    let Some((module, _)) = published.lesson(&lesson.id) else {
        return Err(QuizRefusal::Unknown.into());
    };
    if module.unlock.is_some() {
        let now = store::now(conn).await?;
        let gate = Gate::read(conn, published, (person, false), Some(&standing.facts), now).await?;
        if gate.lesson(published, module, lesson).is_some() {
            return Err(QuizRefusal::Locked.into());
        }
    }
    Ok(standing.enrolment)
}
