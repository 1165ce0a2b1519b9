//! An attempt: its clock, and when it is open, over or refused. Time comes in as an argument.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::behaviour::Overdue;
use super::terms::{Terms, later};

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
    /// What happens when time is up.
    pub overdue: Overdue,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Answers are taken.
    Open {
        /// Time left; `None` when there is no limit.
        left: Option<TimeDelta>,
    },
    /// Time is up and the attempt waits to be handed in or settled.
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
    /// The last attempt ended a short time ago.
    TooSoon {
        /// From when on another may start.
        from: DateTime<Utc>,
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
    if let Some(allowed) = terms.attempts.filter(|allowed| used >= *allowed) {
        return Err(Refusal::NoAttemptsLeft { allowed });
    }
    match past.iter().max_by_key(|attempt| attempt.number).and_then(|last| ready(terms, last)) {
        Some(from) if now < from => Err(Refusal::TooSoon { from }),
        Some(_) | None => Ok(Opening::New(used.saturating_add(1))),
    }
}

/// From when on an attempt after this one may start. The pause begins with its real end, at the latest when its time
/// was over.
fn ready(terms: &Terms, last: &Attempt) -> Option<DateTime<Utc>> {
    let (first, further) = terms.wait?;
    let wait = if last.number <= 1 { first } else { further };
    let ended = [last.finished, terms.limit(last.started)].into_iter().flatten().min()?;
    Some(later(ended, TimeDelta::seconds(i64::from(wait))))
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

    /// What to do with a posted page of answers that arrives now. Where it may still be handed in after the deadline,
    /// that is left to the learner.
    pub fn arrival(&self, now: DateTime<Utc>) -> Arrival {
        let ends = self.deadline.filter(|_| self.overdue.grace() == 0);
        match (self.may_save(now), ends) {
            (Err(_), _) => Arrival::Ignore,
            (Ok(()), None) => Arrival::Take,
            (Ok(()), Some(deadline)) if deadline - now >= LAST_MOMENT => Arrival::Take,
            (Ok(()), Some(deadline)) => {
                Arrival::TakeAndFinish(Settled::finished(now.min(deadline)))
            }
        }
    }

    /// Until when the attempt may be handed in, without the slack.
    pub fn last_call(&self) -> Option<DateTime<Utc>> {
        let grace = TimeDelta::seconds(i64::from(self.overdue.grace()));
        self.deadline.map(|deadline| later(deadline, grace))
    }

    /// Ends an attempt whose time is over, slack included. Every request, every report and the sweeper call this
    /// first; whoever comes first, the outcome is the same, and calling it again changes nothing.
    pub fn settle(&self, now: DateTime<Utc>) -> Option<Settled> {
        let last = self.last_call().filter(|_| self.finished.is_none())?;
        let ending = match self.overdue {
            Overdue::Submit => Ending::Finished,
            Overdue::Grace(_) | Overdue::Abandon => Ending::Abandoned,
        };
        (now > later(last, SLACK)).then_some(Settled { finished_at: last, ending })
    }

    /// Ends the attempt because the learner says so. A finish within the slack counts as one at the last moment.
    pub fn finish(&self, now: DateTime<Utc>) -> Result<Settled, Refusal> {
        match (self.finished, self.last_call()) {
            (Some(_), _) => Err(Refusal::Finished),
            (None, Some(last)) if now > later(last, SLACK) => {
                Err(Refusal::TimeUp { deadline: last })
            }
            (None, last) => Ok(Settled::finished(last.map_or(now, |last| now.min(last)))),
        }
    }
}

/// An attempt's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The time that is written down as its end.
    pub finished_at: DateTime<Utc>,
    /// Does it count?
    pub ending: Ending,
}

/// How an attempt ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was handed in, by the learner or because its time was over.
    Finished,
    /// It does not count: nobody handed it in.
    Abandoned,
}

impl Settled {
    fn finished(finished_at: DateTime<Utc>) -> Settled {
        Settled { finished_at, ending: Ending::Finished }
    }
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

#[cfg(test)]
mod tests;
