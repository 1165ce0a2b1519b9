//! Which tables of people by group and stage may be shown when readers can choose the period and the course, so that no
//! small group can be worked out by subtracting one table from another.

// People belong to the month in which they first enrolled. The months are joined to stretches in which every group is
// nobody or many, and so is what is hidden; a period is shown only if it begins and ends with stretches. Periods then
// differ by whole stretches, never by fewer people. A stretch is one month or ends with a quarter, so that quarters
// can mostly be shown. What is shown of one course must leave nobody or many elsewhere.

use std::ops::Range;

use super::suppress::{Cell, Group, Limited, Table, is_fit, open_stages, suppress_within};

/// People by month of first enrolment and by stage.
pub type Months = Vec<Vec<u64>>;

/// Some of the months, and where quarters end among all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The chosen months.
    pub months: Range<usize>,
    /// How many months of the first quarter had passed before the first month: 0, 1 or 2.
    pub passed: usize,
}

impl Period {
    fn begins_and_ends(&self, n_months: usize, is_open: impl Fn(&Range<usize>) -> bool) -> bool {
        let ends_quarter = |end: usize| (end + self.passed).is_multiple_of(3);
        let bounds = bounds(n_months, ends_quarter, is_open);
        bounds.contains(&self.months.start) && bounds.contains(&self.months.end)
    }
}

/// A group that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<Key> {
    /// Which group.
    pub key: Key,
    /// Its people.
    pub months: Months,
    /// The larger group that another table shows, if there is one.
    pub within: Option<Months>,
}

impl<Key: Clone> Part<Key> {
    /// The people of a period, and how many stages of them may be seen.
    fn limited(&self, period: &Range<usize>, least: u64) -> Limited<Key> {
        let counts = sum(&self.months, period);
        let open = self.open(period, least);
        Limited { group: Group { key: self.key.clone(), counts }, open }
    }

    /// How many stages of a period may be seen if no other period is.
    fn open(&self, period: &Range<usize>, least: u64) -> usize {
        let counts = sum(&self.months, period);
        let open = open_stages(&counts, least);
        match &self.within {
            Some(within) => open.min(open_rest(&counts, &sum(within, period), least)),
            None => open,
        }
    }

    /// How many stages of a period may be seen beside all other periods.
    fn open_beside_others(&self, period: &Period, least: u64) -> usize {
        let n_months = self.months.len();
        let is_open = |stage: &usize| {
            period.begins_and_ends(n_months, |part| self.open(part, least) > *stage)
        };
        (0..stages(&self.months)).take_while(is_open).count()
    }
}

/// The table of some groups in a period. `all` holds everybody once, also those who are in several groups.
pub fn table<Key: Clone>(
    groups: &[Part<Key>],
    all: &Part<()>,
    period: &Period,
    least: u64,
) -> Table<Key> {
    let whole = 0..all.months.len();
    let ever = suppress_within(
        groups.iter().map(|group| group.limited(&whole, least)).collect(),
        &all.limited(&whole, least),
        least,
    );
    let is_open = |stage: &usize| {
        let together = Together::of(groups, &ever, *stage);
        period.begins_and_ends(all.months.len(), |part| {
            all.open(part, least) > *stage && together.is_open(part, least)
        })
    };
    let open = (0..stages(&all.months)).take_while(is_open).count();
    let rows = groups.iter().zip(ever.rows).map(|(group, (key, ever))| {
        let seen = ever.iter().take_while(|cell| cell.shown().is_some()).count();
        (key, cells(&sum(&group.months, &period.months), open.min(seen)))
    });
    let totals_open = all.open_beside_others(period, least);
    Table { rows: rows.collect(), totals: cells(&sum(&all.months, &period.months), totals_open) }
}

/// The table of the months of a period.
pub fn by_month(all: &Part<()>, period: &Period, least: u64) -> Table<usize> {
    let line = |months: Range<usize>| {
        let counts = sum(&all.months, &months);
        cells(&counts, all.open_beside_others(&Period { months, ..*period }, least))
    };
    Table {
        rows: period.months.clone().map(|month| (month, line(month..month + 1))).collect(),
        totals: line(period.months.clone()),
    }
}

/// One count in a period.
pub fn count(all: &Part<()>, period: &Period, least: u64) -> Cell {
    by_month(all, period, least).totals.first().copied().unwrap_or(Cell::Hidden)
}

fn cells(counts: &[u64], open: usize) -> Vec<Cell> {
    let cell = |(stage, count): (usize, &u64)| match stage < open {
        true => Cell::Shown(*count),
        false => Cell::Hidden,
    };
    counts.iter().enumerate().map(cell).collect()
}

/// The groups of a table at one stage: those that are seen, and the others as one.
struct Together<'a, Key> {
    seen: Vec<&'a Part<Key>>,
    others: Months,
    stage: usize,
}

impl<'a, Key: Clone> Together<'a, Key> {
    fn of(groups: &'a [Part<Key>], ever: &Table<Key>, stage: usize) -> Together<'a, Key> {
        let is_seen = |cells: &[Cell]| cells.get(stage).is_some_and(|cell| cell.shown().is_some());
        let mut seen = Vec::new();
        let mut others = Months::new();
        for (group, (_, cells)) in groups.iter().zip(&ever.rows) {
            if is_seen(cells) {
                seen.push(group);
            } else {
                add(&mut others, &group.months);
            }
        }
        Together { seen, others, stage }
    }

    /// May a stretch be seen of every group, and of the others what is left?
    fn is_open(&self, part: &Range<usize>, least: u64) -> bool {
        let others = sum(&self.others, part);
        let at = |stage: usize| others.get(stage).copied().unwrap_or(0);
        let lost = at(self.stage.saturating_sub(1)).saturating_sub(at(self.stage));
        is_fit(at(self.stage), least)
            && is_fit(lost, least)
            && self.seen.iter().all(|group| group.open(part, least) > self.stage)
    }
}

fn add(sum: &mut Months, months: &Months) {
    if sum.len() < months.len() {
        sum.resize(months.len(), Vec::new());
    }
    for (sum, month) in sum.iter_mut().zip(months) {
        sum.resize(sum.len().max(month.len()), 0);
        sum.iter_mut().zip(month).for_each(|(sum, count)| *sum += count);
    }
}

/// Where stretches begin and end, each as short as it may be.
fn bounds(
    n_months: usize,
    ends_quarter: impl Fn(usize) -> bool,
    is_open: impl Fn(&Range<usize>) -> bool,
) -> Vec<usize> {
    let mut bounds = vec![0];
    for end in 1..=n_months {
        let fits = |start: &usize| {
            (*start + 1 == end || end == n_months || ends_quarter(end)) && is_open(&(*start..end))
        };
        if bounds.last().is_some_and(fits) {
            bounds.push(end);
        }
    }
    // What is left over joins the stretch before it.
    while let Some(last) = bounds.last().copied().filter(|last| *last < n_months) {
        if is_open(&(last..n_months)) {
            bounds.push(n_months);
        } else if bounds.len() > 1 {
            bounds.pop();
        } else {
            break;
        }
    }
    bounds
}

/// How many stages leave nobody or many in the larger group.
fn open_rest(counts: &[u64], within: &[u64], least: u64) -> usize {
    counts
        .iter()
        .zip(within)
        .take_while(|(count, all)| is_fit(all.saturating_sub(**count), least))
        .count()
}

fn stages(months: &Months) -> usize {
    months.iter().map(Vec::len).max().unwrap_or(0)
}

fn sum(months: &Months, period: &Range<usize>) -> Vec<u64> {
    let chosen = || months.iter().skip(period.start).take(period.len());
    let of = |stage| chosen().filter_map(|month| month.get(stage)).sum();
    (0..stages(months)).map(of).collect()
}

#[cfg(test)]
mod tests;
