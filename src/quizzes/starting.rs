//! Starting an attempt, or going on with the open one.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::finishing::settle_all;
use super::permitted::permitted;
use super::refusal::QuizRefusal;
use super::sitting::{attempt, corrupt};
use super::store::{self, NewAttempt, Whose};
use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::journal::verb::Verb;
use crate::domain::quiz::attempt::{Attempt, Opening, Personal, Terms, may_start};
use crate::domain::quiz::item::{Quiz, QuizPart};
use crate::domain::quiz::paper::{Paper, Seen};
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::seed::Seed;
use crate::enrolment::{self, Enrolment};
use crate::outcome::Failed;
use crate::progress_log;
use crate::web::sign::Key;

/// Gives the learner's open attempt at a graded quiz, or a new one. Any number of requests at once get the same.
pub async fn start(
    conn: &mut Conn,
    library: &Library,
    key: &Key,
    person: Uuid,
    slug: &str,
    quiz: &QuizId,
) -> Result<Uuid, Failed<QuizRefusal>> {
    let published = library.current(conn, slug).await?.ok_or(QuizRefusal::Unknown)?;
    let (lesson, quiz) = published.quiz(quiz).ok_or(QuizRefusal::Unknown)?;
    if quiz.rules.pass.is_none() {
        return Err(QuizRefusal::Unknown.into());
    }
    let enrolment = permitted(conn, &published, person, lesson, &quiz.id).await?;
    settle_all(conn, library, Whose::OfEnrolment(enrolment.id)).await?;
    conn.transaction(async |conn| open(conn, key, &published, &lesson.id, quiz, &enrolment).await)
        .await
}

/// The lock on the enrolment lets one request through at a time.
async fn open(
    conn: &mut Conn,
    key: &Key,
    published: &Published,
    lesson: &str,
    quiz: &Quiz,
    enrolment: &Enrolment,
) -> Result<Uuid, Failed<QuizRefusal>> {
    enrolment::lock(conn, enrolment.id).await?;
    let now = store::now(conn).await?;
    let past = store::past(conn, enrolment.id, quiz.id.as_str()).await?;
    let attempts: Vec<Attempt> = past.iter().map(attempt).collect::<Result<_, db::Error>>()?;
    let terms = Terms::of(&quiz.rules, &Personal::default());
    let number = match may_start(&attempts, &terms, now).map_err(QuizRefusal::from)? {
        Opening::New(number) => i32::try_from(number).map_err(corrupt)?,
        Opening::Resume(_) => {
            let open = past.iter().find(|row| row.finished_at.is_none()).map(|row| row.id);
            return Ok(open.ok_or_else(|| corrupt("an open attempt vanished"))?);
        }
    };
    let id = clock::new_id();
    let seed = Seed(key.sign("attempt", id.as_bytes()));
    let new = New { id, number, seed, deadline: terms.deadline(now), now };
    insert(conn, published, lesson, quiz, enrolment, &new).await?;
    let (person, course) = (Some(enrolment.person_id), Some(enrolment.course_id));
    progress_log::journal(conn, person, Verb::Attempted, course, quiz.id.as_str(), now).await?;
    Ok(id)
}

/// What is new about a new attempt.
pub struct New {
    pub id: Uuid,
    pub number: i32,
    pub seed: Seed,
    pub deadline: Option<DateTime<Utc>>,
    pub now: DateTime<Utc>,
}

/// Draws the paper and writes the attempt.
pub async fn insert(
    conn: &mut Conn,
    published: &Published,
    lesson: &str,
    quiz: &Quiz,
    enrolment: &Enrolment,
    new: &New,
) -> Result<(), db::Error> {
    let seen = seen(conn, quiz, enrolment.id).await?;
    let paper = serde_json::to_string(&Paper::draw(quiz, &new.seed, &seen)).map_err(corrupt)?;
    let row = NewAttempt {
        id: new.id,
        enrolment_id: enrolment.id,
        person_id: enrolment.person_id,
        course_id: enrolment.course_id,
        version_id: published.version,
        lesson,
        quiz: quiz.id.as_str(),
        number: new.number,
        practice: quiz.rules.pass.is_none(),
        seed: &new.seed.0,
        paper: &paper,
        state: "open",
        started_at: new.now,
        deadline: new.deadline,
    };
    Ok(store::insert(conn, &row).await?)
}

/// How often the learner has met questions in this course. Only pools ask for it.
async fn seen(conn: &mut Conn, quiz: &Quiz, enrolment: Uuid) -> Result<Seen, db::Error> {
    let mut seen = Seen::new();
    if quiz.parts.iter().all(|part| matches!(part, QuizPart::One(_))) {
        return Ok(seen);
    }
    for paper in store::papers(conn, enrolment).await? {
        let paper: Paper = serde_json::from_str(&paper).map_err(corrupt)?;
        for slot in paper.slots {
            *seen.entry(slot.item).or_default() += 1;
        }
    }
    Ok(seen)
}
