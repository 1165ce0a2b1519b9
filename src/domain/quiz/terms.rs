//! The rules of time and tries that hold for one learner: those of the quiz, and what was granted.

use chrono::{DateTime, TimeDelta, Utc};

use super::behaviour::Overdue;
use super::item::QuizRules;

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
    /// Seconds between attempts: after the first, and after later ones.
    pub wait: Option<(u32, u32)>,
    /// What happens when time is up.
    pub overdue: Overdue,
}

/// What was granted; each value given replaces that of the quiz.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Not before.
    pub open: Option<DateTime<Utc>>,
    /// Not after.
    pub close: Option<DateTime<Utc>>,
    /// Seconds for one attempt, 0 for no limit.
    pub time: Option<u32>,
    /// How many attempts, 0 for no limit.
    pub attempts: Option<u32>,
}

/// All that was granted to one learner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// To everyone.
    pub everyone: Grant,
    /// To groups that the learner is in.
    pub groups: Vec<Grant>,
    /// To the learner alone: stands above all others.
    pub personal: Grant,
}

impl Terms {
    /// The quiz's own rules with what was granted.
    pub fn of(rules: &QuizRules, grants: &Grants) -> Terms {
        let utc = |at: chrono::DateTime<chrono::FixedOffset>| at.to_utc();
        let own = Terms {
            open: rules.open.map(utc),
            close: rules.close.map(utc),
            time: rules.time,
            attempts: rules.attempts,
            wait: rules.wait,
            overdue: rules.overdue,
        };
        let groups = grants.groups.iter().copied().reduce(Grant::kinder).unwrap_or_default();
        own.with(&grants.everyone).with(&groups).with(&grants.personal)
    }

    /// The same with what was granted.
    fn with(self, grant: &Grant) -> Terms {
        let limit = |granted: Option<u32>, own: Option<u32>| match granted {
            Some(0) => None,
            Some(limit) => Some(limit),
            None => own,
        };
        Terms {
            open: grant.open.or(self.open),
            close: grant.close.or(self.close),
            time: limit(grant.time, self.time),
            attempts: limit(grant.attempts, self.attempts),
            ..self
        }
    }

    /// When an attempt that starts now must end: after its time, or when the quiz closes, whichever is first.
    pub fn deadline(&self, started: DateTime<Utc>) -> Option<DateTime<Utc>> {
        [self.limit(started), self.close].into_iter().flatten().min()
    }

    /// The seconds that an attempt started now would have, where the closing leaves less than its time.
    pub fn cut_short(&self, now: DateTime<Utc>) -> Option<i64> {
        let left = self.close?.signed_duration_since(now).num_seconds();
        self.time.filter(|time| left < i64::from(*time)).map(|_| left.max(0))
    }

    /// When an attempt that started then has used up its time.
    pub(super) fn limit(&self, started: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.time.map(|seconds| later(started, TimeDelta::seconds(i64::from(seconds))))
    }
}

impl Grant {
    /// Of each value the kinder one: who is in several groups gets the best of all. No limit is the kindest.
    fn kinder(self, other: Grant) -> Grant {
        let more = |one: Option<u32>, two: Option<u32>| match (one, two) {
            (Some(0), _) | (_, Some(0)) => Some(0),
            (one, two) => one.max(two),
        };
        Grant {
            open: [self.open, other.open].into_iter().flatten().min(),
            close: self.close.max(other.close),
            time: more(self.time, other.time),
            attempts: more(self.attempts, other.attempts),
        }
    }
}

pub(super) fn later(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    #[test]
    fn what_is_granted_replaces_value_by_value() {
        let rules = QuizRules { time: Some(600), attempts: Some(2), ..QuizRules::default() };
        let early =
            Grant { open: Some(at(10)), close: Some(at(100)), time: Some(700), attempts: Some(3) };
        let late =
            Grant { open: Some(at(20)), close: Some(at(200)), time: Some(0), attempts: None };
        let personal = Grant { time: Some(900), ..Grant::default() };
        for (grants, open, close, time, attempts) in [
            (Grants::default(), None, None, Some(600), Some(2)),
            (
                Grants { groups: vec![early, late], ..Grants::default() },
                Some(10),
                Some(200),
                None,
                Some(3),
            ),
            (
                Grants { groups: vec![late, early], personal, ..Grants::default() },
                Some(10),
                Some(200),
                Some(900),
                Some(3),
            ),
            (
                Grants { everyone: early, ..Grants::default() },
                Some(10),
                Some(100),
                Some(700),
                Some(3),
            ),
            (
                Grants { everyone: early, personal: late, ..Grants::default() },
                Some(20),
                Some(200),
                None,
                Some(3),
            ),
        ] {
            let expected = Terms {
                open: open.map(at),
                close: close.map(at),
                time,
                attempts,
                ..Terms::default()
            };
            assert_eq!(Terms::of(&rules, &grants), expected, "{grants:?}");
        }
    }

    #[test]
    fn who_starts_late_is_told_how_much_time_is_left() {
        let terms = Terms { time: Some(1200), close: Some(at(2000)), ..Terms::default() };
        assert_eq!(terms.cut_short(at(800)), None);
        assert_eq!(terms.cut_short(at(1280)), Some(720));
        assert_eq!(Terms { time: None, ..terms }.cut_short(at(1280)), None);
    }
}
