//! A plausible year before now: growth, campaigns, a quiet summer, feasts, weekends, and hours at which people learn.

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday,
};
use chrono_tz::Tz;

use super::chance::Chance;

/// How many days the demo looks back.
pub const DAYS: u16 = 365;

/// Month and day on which a campaign begins.
const CAMPAIGNS: [(u32, u32); 4] = [(1, 19), (3, 30), (5, 11), (9, 14)];

/// Days until a campaign is forgotten.
const CAMPAIGN_DAYS: i64 = 24;

/// Hours of the day and how much is done in them.
const HOURS: [(u32, u32); 17] = [
    (7, 2),
    (8, 4),
    (9, 9),
    (10, 13),
    (11, 13),
    (12, 8),
    (13, 6),
    (14, 10),
    (15, 12),
    (16, 11),
    (17, 8),
    (18, 5),
    (19, 6),
    (20, 10),
    (21, 12),
    (22, 8),
    (23, 2),
];

/// The year until now.
#[derive(Clone, Debug)]
pub struct Year {
    /// Nothing happens after this.
    pub until: DateTime<Utc>,
    zone: Tz,
    days: Vec<(NaiveDate, u32)>,
}

impl Year {
    /// The year before a moment, lived in a time zone.
    pub fn before(until: DateTime<Utc>, zone: Tz) -> Year {
        let today = until.with_timezone(&zone).date_naive();
        let ago = |days: u16| today.checked_sub_days(Days::new(days.into())).unwrap_or(today);
        let days = (0..=DAYS).rev().map(|days| (ago(days), eagerness(ago(days), DAYS - days)));
        Year { until, zone, days: days.collect() }
    }

    /// When everything began.
    pub fn start(&self) -> DateTime<Utc> {
        self.until - TimeDelta::days(i64::from(DAYS) + 1)
    }

    /// A moment at which somebody joins.
    pub fn joining(&self, chance: &mut Chance) -> DateTime<Utc> {
        let day = chance.weighted(&self.days);
        self.moment(day, chance).min(self.until - TimeDelta::minutes(chance.between(3, 240)))
    }

    /// A moment at which somebody comes back, so many days after another moment and later than it.
    pub fn back(&self, after: DateTime<Utc>, days: u64, chance: &mut Chance) -> DateTime<Utc> {
        let date = after.with_timezone(&self.zone).date_naive();
        let date = date.checked_add_days(Days::new(days)).unwrap_or(date);
        let late = if is_quiet(date) && chance.happens(0.6) { 2 } else { 0 };
        let moment = self.moment(date + TimeDelta::days(late), chance);
        if moment > after { moment } else { after + TimeDelta::minutes(chance.between(4, 45)) }
    }

    /// Is it too late in the evening to begin another lesson?
    pub fn is_night(&self, at: DateTime<Utc>) -> bool {
        !(7..=22).contains(&at.with_timezone(&self.zone).hour())
    }

    fn moment(&self, day: NaiveDate, chance: &mut Chance) -> DateTime<Utc> {
        let hour = chance.weighted(&HOURS);
        let mut minute = || u32::try_from(chance.between(0, 59)).unwrap_or(0);
        let time = NaiveTime::from_hms_opt(hour, minute(), minute()).unwrap_or_default();
        let local = self.zone.from_local_datetime(&day.and_time(time)).earliest();
        local.map_or_else(|| day.and_time(time).and_utc(), |local| local.to_utc())
    }
}

/// How many join on a day, against other days: more each month, most in campaigns, few in summer and on feasts.
fn eagerness(day: NaiveDate, n_past: u16) -> u32 {
    let grown = 40 + u32::from(n_past) / 5;
    let called = CAMPAIGNS.iter().map(|start| campaign(day, *start)).max().unwrap_or(0);
    let spirited = grown * (100 + called) / 100;
    let rested = if is_quiet(day) { 40 } else { 100 };
    let season = if matches!((day.month(), day.day()), (7, _) | (8, 1..=25)) { 45 } else { 100 };
    let feast = matches!((day.month(), day.day()), (3, 20..=25) | (12, 30..=31) | (1, 1..=3));
    spirited * rested * season / if feast { 40_000 } else { 10_000 }
}

/// What a campaign adds in percent: much on its first days, less each day.
fn campaign(day: NaiveDate, (month, first): (u32, u32)) -> u32 {
    let start = NaiveDate::from_ymd_opt(day.year(), month, first);
    let past = start.map_or(-1, |start| day.signed_duration_since(start).num_days());
    let left = if past < 0 { 0 } else { (CAMPAIGN_DAYS - past).max(0) };
    u32::try_from(left * 11).unwrap_or(0)
}

fn is_quiet(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year() -> Year {
        Year::before("2026-11-23T12:00:00Z".parse().unwrap(), chrono_tz::Asia::Baku)
    }

    #[test]
    fn people_join_before_now_by_day_and_mostly_in_campaigns() {
        let (year, mut chance) = (year(), Chance::of("s", "joining"));
        let joined: Vec<DateTime<Utc>> = (0..4_000).map(|_| year.joining(&mut chance)).collect();
        assert!(joined.iter().all(|at| *at < year.until && *at > year.start()));
        assert!(joined.iter().all(|at| at.with_timezone(&year.zone).hour() >= 7));
        let month = |wanted| joined.iter().filter(|at| at.month() == wanted).count();
        assert!(month(9) > month(7) * 3, "{} in September, {} in July", month(9), month(7));
    }

    #[test]
    fn coming_back_is_later() {
        let (year, mut chance) = (year(), Chance::of("s", "back"));
        let mut at = year.start();
        for days in 0..50 {
            let later = year.back(at, days % 4, &mut chance);
            assert!(later > at);
            at = later;
        }
    }
}
