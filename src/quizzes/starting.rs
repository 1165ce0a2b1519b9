//! Starting an attempt, or going on with the open one.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::finishing::settle_all;
use super::granting::granted;
use super::permitted::permitted;
use super::refusal::QuizRefusal;
use super::sitting::{attempt, corrupt};
use super::store::{self, NewAttempt, Whose};
use crate::accounts::passwords;
use crate::catalogue::{Library, Published};
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::journal::verb::Verb;
use crate::domain::quiz::attempt::{Attempt, Opening, may_start};
use crate::domain::quiz::behaviour::Overdue;
use crate::domain::quiz::item::{Quiz, QuizPart};
use crate::domain::quiz::paper::{Paper, Seen};
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::seed::Seed;
use crate::domain::quiz::terms::Terms;
use crate::enrolment::{self, Enrolment};
use crate::outcome::Failed;
use crate::progress_log;
use crate::web::sign::Key;

/// Gives the learner's open attempt at a graded quiz, or a new one. Any number of requests at once get the same.
pub async fn start(
    conn: &mut Conn,
    library: &Library,
    key: &Key,
    wanted: &Wanted<'_>,
) -> Result<Uuid, Failed<QuizRefusal>> {
    let person = wanted.person;
    let published = library.current(conn, wanted.course).await?.ok_or(QuizRefusal::Unknown)?;
    let (lesson, quiz) = published.quiz(wanted.quiz).ok_or(QuizRefusal::Unknown)?;
    if quiz.rules.pass.is_none() {
        return Err(QuizRefusal::Unknown.into());
    }
    let enrolment = permitted(conn, &published, person, lesson, &quiz.id).await?;
    settle_all(conn, library, Whose::OfEnrolment(enrolment.id)).await?;
    let granted = granted(conn, published.course.id, person).await?;
    let terms = granted.terms(quiz);
    if let Some(hash) = granted.password(&quiz.id) {
        ask(conn, &enrolment, &quiz.id, hash, wanted.password).await?;
    }
    let place = Opened { published: &published, lesson: &lesson.id, quiz };
    conn.transaction(async |conn| open(conn, key, place, &enrolment, &terms).await).await
}

/// Which attempt is wanted, by whom.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub person: Uuid,
    /// The address of the course.
    pub course: &'a str,
    pub quiz: &'a QuizId,
    /// As it was typed; empty if none was.
    pub password: &'a str,
}

/// A password is asked before an attempt, not to go on with one. It is compared by its hash.
async fn ask(
    conn: &mut Conn,
    enrolment: &Enrolment,
    quiz: &QuizId,
    hash: &str,
    password: &str,
) -> Result<(), Failed<QuizRefusal>> {
    let past = store::past(conn, enrolment.id, quiz.as_str()).await?;
    let goes_on = past.iter().any(|row| row.finished_at.is_none());
    if goes_on || passwords::verify(password.to_owned(), Some(hash.to_owned())).await? {
        return Ok(());
    }
    Err(QuizRefusal::Password.into())
}

/// The quiz that is opened.
#[derive(Clone, Copy, Debug)]
struct Opened<'a> {
    published: &'a Published,
    lesson: &'a str,
    quiz: &'a Quiz,
}

/// The lock on the enrolment lets one request through at a time.
async fn open(
    conn: &mut Conn,
    key: &Key,
    opened: Opened<'_>,
    enrolment: &Enrolment,
    terms: &Terms,
) -> Result<Uuid, Failed<QuizRefusal>> {
    let Opened { published, lesson, quiz } = opened;
    enrolment::lock(conn, enrolment.id).await?;
    let now = store::now(conn).await?;
    let past = store::past(conn, enrolment.id, quiz.id.as_str()).await?;
    let attempts: Vec<Attempt> = past.iter().map(attempt).collect::<Result<_, db::Error>>()?;
    let number = match may_start(&attempts, terms, now).map_err(QuizRefusal::from)? {
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
        overdue: match quiz.rules.overdue {
            Overdue::Submit => "submit",
            Overdue::Grace(_) => "grace",
            Overdue::Abandon => "abandon",
        },
        grace: i32::try_from(quiz.rules.overdue.grace()).map_err(corrupt)?,
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
