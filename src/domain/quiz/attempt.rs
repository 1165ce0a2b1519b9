//! An attempt: its clock, and when it is open, over or refused. Time comes in as an argument.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::item::QuizRules;

/// A post that was sent in time may arrive this much later.
pub const SLACK: TimeDelta = TimeDelta::seconds(60);

/// With less than this left, no other page is opened.
pub const LAST_MOMENT: TimeDelta = TimeDelta::seconds(2);

/// One attempt at a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// First, second, …: from 1.
    pub number: u32,
    /// When it was started.
    pub started: DateTime<Utc>,
    /// When time is up, worked out at the start; `None` is never.
    pub deadline: Option<DateTime<Utc>>,
    /// When it was finished.
    pub finished: Option<DateTime<Utc>>,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Answers are taken.
    Open {
        /// Time left; `None` when there is no limit.
        left: Option<TimeDelta>,
    },
    /// Time is up and the attempt waits to be settled.
    Overdue,
    /// Finished.
    Closed,
}

/// Why the rules say no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The quiz opens later.
    NotOpenYet {
        /// When.
        opens: DateTime<Utc>,
    },
    /// The quiz has closed.
    QuizClosed {
        /// When.
        closed: DateTime<Utc>,
    },
    /// All attempts are used.
    NoAttemptsLeft {
        /// How many there were.
        allowed: u32,
    },
    /// The attempt is finished.
    Finished,
    /// The time of the attempt is over.
    TimeUp {
        /// Since when.
        deadline: DateTime<Utc>,
    },
}

/// What asking for an attempt leads to. An open attempt is resumed, never doubled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A new attempt of this number.
    New(u32),
    /// The open attempt of this number.
    Resume(u32),
}

/// The rules of time and tries that hold for one learner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Not before.
    pub open: Option<DateTime<Utc>>,
    /// Not after.
    pub close: Option<DateTime<Utc>>,
    /// Seconds for one attempt.
    pub time: Option<u32>,
    /// How many attempts.
    pub attempts: Option<u32>,
}

/// What was granted to one learner; each value given replaces that of the quiz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Personal {
    /// Seconds for one attempt.
    pub time: Option<u32>,
    /// Not after.
    pub close: Option<DateTime<Utc>>,
    /// How many attempts.
    pub attempts: Option<u32>,
}

impl Terms {
    /// The quiz's own rules with what was granted to the learner.
    pub fn of(rules: &QuizRules, personal: &Personal) -> Terms {
        let utc = |at: chrono::DateTime<chrono::FixedOffset>| at.to_utc();
        Terms {
            open: rules.open.map(utc),
            close: personal.close.or(rules.close.map(utc)),
            time: personal.time.or(rules.time),
            attempts: personal.attempts.or(rules.attempts),
        }
    }

    /// When an attempt that starts now must end: after its time, or when the quiz closes, whichever is first.
    pub fn deadline(&self, started: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let limit = self.time.map(|seconds| later(started, TimeDelta::seconds(i64::from(seconds))));
        [limit, self.close].into_iter().flatten().min()
    }
}

/// May a learner with these attempts start or go on now? Attempts whose time is up are settled before asking.
pub fn may_start(past: &[Attempt], terms: &Terms, now: DateTime<Utc>) -> Result<Opening, Refusal> {
    if let Some(open) = past.iter().find(|attempt| attempt.finished.is_none()) {
        return Ok(Opening::Resume(open.number));
    }
    if let Some(opens) = terms.open.filter(|opens| now < *opens) {
        return Err(Refusal::NotOpenYet { opens });
    }
    if let Some(closed) = terms.close.filter(|closed| now >= *closed) {
        return Err(Refusal::QuizClosed { closed });
    }
    let used = past.iter().map(|attempt| attempt.number).max().unwrap_or(0);
    match terms.attempts {
        Some(allowed) if used >= allowed => Err(Refusal::NoAttemptsLeft { allowed }),
        Some(_) | None => Ok(Opening::New(used.saturating_add(1))),
    }
}

/// How many attempts are left after these; `None` is no limit.
pub fn attempts_left(past: &[Attempt], terms: &Terms) -> Option<u32> {
    let used = past.iter().map(|attempt| attempt.number).max().unwrap_or(0);
    terms.attempts.map(|allowed| allowed.saturating_sub(used))
}

impl Attempt {
    /// Where the attempt stands at a moment.
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        match (self.finished, self.deadline) {
            (Some(_), _) => Phase::Closed,
            (None, None) => Phase::Open { left: None },
            (None, Some(deadline)) if now < deadline => Phase::Open { left: Some(deadline - now) },
            (None, Some(_)) => Phase::Overdue,
        }
    }

    /// Is a saved answer taken at this moment? Until a minute after the deadline, because of slow networks.
    pub fn may_save(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match (self.finished, self.deadline) {
            (Some(_), _) => Err(Refusal::Finished),
            (None, Some(deadline)) if now > later(deadline, SLACK) => {
                Err(Refusal::TimeUp { deadline })
            }
            (None, Some(_) | None) => Ok(()),
        }
    }

    /// What to do with a posted page of answers that arrives now.
    pub fn arrival(&self, now: DateTime<Utc>) -> Arrival {
        match (self.may_save(now), self.deadline) {
            (Err(_), _) => Arrival::Ignore,
            (Ok(()), None) => Arrival::Take,
            (Ok(()), Some(deadline)) if deadline - now >= LAST_MOMENT => Arrival::Take,
            (Ok(()), Some(deadline)) => {
                Arrival::TakeAndFinish(Settled { finished_at: now.min(deadline) })
            }
        }
    }

    /// Ends an attempt whose time is over, slack included. Every request, every report and the sweeper call this
    /// first; whoever comes first, the outcome is the same, and calling it again changes nothing.
    pub fn settle(&self, now: DateTime<Utc>) -> Option<Settled> {
        let deadline = self.deadline.filter(|_| self.finished.is_none())?;
        (now > later(deadline, SLACK)).then_some(Settled { finished_at: deadline })
    }

    /// Ends the attempt because the learner says so. A finish within the slack counts as one at the deadline.
    pub fn finish(&self, now: DateTime<Utc>) -> Result<Settled, Refusal> {
        self.may_save(now)?;
        Ok(Settled { finished_at: self.deadline.map_or(now, |deadline| now.min(deadline)) })
    }
}

/// An attempt's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The time that is written down as its end.
    pub finished_at: DateTime<Utc>,
}

/// What to do with a posted page of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Keep the answers; the next page may open.
    Take,
    /// Keep the answers, then finish.
    TakeAndFinish(Settled),
    /// Too late: what was saved before counts.
    Ignore,
}

fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests;
