//! Granting, and what holds for a learner after all that was granted.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::store::{self, TermsRow};
use crate::accounts::passwords;
use crate::catalogue::Published;
use crate::clock;
use crate::db::{self, Conn, Transact};
use crate::domain::quiz::event::EventKind;
use crate::domain::quiz::item::Quiz;
use crate::domain::quiz::response::QuizId;
use crate::domain::quiz::terms::{Grant, Grants, Terms};
use crate::quizzes::sitting::corrupt;
use crate::quizzes::store as attempts;

/// For whom something is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Everyone,
    Person(Uuid),
}

/// What a trainer grants.
#[derive(Clone, Debug)]
pub struct NewGrant {
    pub scope: Scope,
    pub grant: Grant,
    /// A new password for everyone; empty takes it away, `None` keeps it.
    pub password: Option<String>,
    pub reason: String,
    pub by: Uuid,
}

/// All that was granted to one learner in a course.
#[derive(Clone, Debug, Default)]
pub struct Granted(BTreeMap<QuizId, (Grants, Option<String>)>);

impl Granted {
    /// The rules of time and tries that hold for the learner.
    pub fn terms(&self, quiz: &Quiz) -> Terms {
        match self.0.get(&quiz.id) {
            Some((grants, _)) => Terms::of(&quiz.rules, grants),
            None => Terms::of(&quiz.rules, &Grants::default()),
        }
    }

    /// The hash of the password that is asked before an attempt.
    pub fn password(&self, quiz: &QuizId) -> Option<&str> {
        self.0.get(quiz).and_then(|(_, password)| password.as_deref())
    }
}

/// Reads what was granted; of each scope the last row holds as a whole.
pub async fn granted(conn: &mut Conn, course: Uuid, person: Uuid) -> Result<Granted, db::Error> {
    let mut granted = Granted::default();
    for row in store::of_person(conn, course, person).await? {
        let grant = grant_of(&row)?;
        let (grants, password) = granted.0.entry(QuizId(row.quiz)).or_default();
        if row.person_id.is_some() {
            grants.personal = grant;
        } else {
            (grants.everyone, *password) = (grant, row.password);
        }
    }
    Ok(granted)
}

/// The values of a row.
pub fn grant_of(row: &TermsRow) -> Result<Grant, db::Error> {
    let limit = |value: Option<i32>| value.map(u32::try_from).transpose().map_err(corrupt);
    Ok(Grant {
        open: row.open_at,
        close: row.close_at,
        time: limit(row.time)?,
        attempts: limit(row.attempts)?,
    })
}

/// Something that was granted, with the names of those it concerns.
#[derive(Clone, Debug)]
pub struct Noted {
    pub row: TermsRow,
    /// Name and address of the learner; `None` is everyone.
    pub to: Option<(String, String)>,
    pub by: Option<String>,
}

/// All that was ever granted for a quiz, last to first.
pub async fn history(
    conn: &mut Conn,
    course: Uuid,
    quiz: &QuizId,
) -> Result<Vec<Noted>, db::Error> {
    let rows = store::of_quiz(conn, course, quiz.as_str()).await?;
    let ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.person_id, row.by_id]).flatten().collect();
    let people: BTreeMap<Uuid, (String, String)> = store::people(conn, &ids)
        .await?
        .into_iter()
        .map(|(id, name, email)| (id, (name, email)))
        .collect();
    let noted = |row: TermsRow| {
        let to = row.person_id.and_then(|id| people.get(&id).cloned());
        let by = row.by_id.and_then(|id| people.get(&id)).map(|(name, _)| name.clone());
        Noted { row, to, by }
    };
    Ok(rows.into_iter().map(noted).collect())
}

/// Grants something. Attempts that are open get their new end at once.
pub async fn grant(
    conn: &mut Conn,
    published: &Published,
    quiz: &Quiz,
    new: NewGrant,
) -> Result<(), db::Error> {
    let kept = kept_password(conn, published.course.id, &quiz.id).await?;
    let password = match new.password.clone() {
        None => kept,
        Some(word) if word.is_empty() => None,
        Some(word) => Some(passwords::hash(word).await?),
    };
    conn.transaction(async |conn| {
        let now = attempts::now(conn).await?;
        let row = row(published.course.id, quiz, &new, password, now)?;
        store::insert(conn, &row).await?;
        move_deadlines(conn, published.course.id, quiz, row.person_id).await
    })
    .await
}

async fn kept_password(
    conn: &mut Conn,
    course: Uuid,
    quiz: &QuizId,
) -> Result<Option<String>, db::Error> {
    let rows = store::of_quiz(conn, course, quiz.as_str()).await?;
    let last = rows.into_iter().find(|row| row.person_id.is_none());
    Ok(last.and_then(|row| row.password))
}

fn row(
    course: Uuid,
    quiz: &Quiz,
    new: &NewGrant,
    password: Option<String>,
    now: DateTime<Utc>,
) -> Result<TermsRow, db::Error> {
    let limit = |value: Option<u32>| value.map(i32::try_from).transpose().map_err(corrupt);
    let (scope, person_id) = match new.scope {
        Scope::Everyone => ("everyone", None),
        Scope::Person(person) => ("person", Some(person)),
    };
    Ok(TermsRow {
        id: clock::new_id(),
        course_id: course,
        quiz: quiz.id.0.clone(),
        scope: scope.to_owned(),
        person_id,
        open_at: new.grant.open,
        close_at: new.grant.close,
        time: limit(new.grant.time)?,
        attempts: limit(new.grant.attempts)?,
        password: password.filter(|_| person_id.is_none()),
        reason: new.reason.clone(),
        by_id: Some(new.by),
        at: now,
    })
}

/// Works out the end of open attempts anew. What was given back because of an outage stays given.
async fn move_deadlines(
    conn: &mut Conn,
    course: Uuid,
    quiz: &Quiz,
    person: Option<Uuid>,
) -> Result<(), db::Error> {
    for row in store::open(conn, course, quiz.id.as_str(), person).await? {
        let terms = granted(conn, course, row.person_id).await?.terms(quiz);
        let back = TimeDelta::seconds(i64::from(row.given_back));
        let deadline = terms.deadline(row.started_at).map(|deadline| deadline + back);
        if deadline == row.deadline {
            continue;
        }
        store::move_deadline(conn, row.id, deadline).await?;
        if let Some(until) = deadline {
            let now = attempts::now(conn).await?;
            attempts::append_detail(conn, row.id, &EventKind::Extend(until), now).await?;
        }
    }
    Ok(())
}
