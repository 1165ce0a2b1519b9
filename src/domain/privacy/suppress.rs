//! Hides small groups in a table of people by group and stage (registered ≥ started ≥ …), so that no count of 1 to
//! k − 1 people can be read or worked out: not from a cell, not from the difference between two stages of a group, and
//! not by subtracting what is shown from the totals.

// A row is shown up to a stage and hidden from there on. What is hidden in a column is a group too, the rest: it has
// to be empty or large, and so has its loss since the stage before. Where it is not, the smallest of the other rows
// is hidden with it. Totals follow the same rule as rows and do not depend on the grouping, so that tables by region
// and by sex do not betray each other's totals. Zero is not small and is shown.

/// The least number of people that may be shown.
pub const LEAST: u64 = 10;

/// One group before hiding: its people at each stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<Key> {
    /// Which group.
    pub key: Key,
    /// People at each stage; each stage holds people of the one before. What is not nested is hidden.
    pub counts: Vec<u64>,
}

/// A count as it may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The count.
    Shown(u64),
    /// Too few people, here or next to here.
    Hidden,
}

/// A table as it may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<Key> {
    /// Groups in the order in which they were given.
    pub rows: Vec<(Key, Vec<Cell>)>,
    /// Sums over all groups.
    pub totals: Vec<Cell>,
}

impl Cell {
    /// The count, if it may be seen.
    pub fn shown(self) -> Option<u64> {
        match self {
            Cell::Shown(count) => Some(count),
            Cell::Hidden => None,
        }
    }
}

/// A group of which other tables allow only the first stages to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limited<Key> {
    /// The group.
    pub group: Group<Key>,
    /// How many stages may be seen at most.
    pub open: usize,
}

/// Hides what must be hidden when groups of fewer than `least` people may not be seen.
pub fn suppress<Key>(groups: Vec<Group<Key>>, least: u64) -> Table<Key> {
    let stages = groups.iter().map(|group| group.counts.len()).max().unwrap_or(0);
    let sum = |stage| groups.iter().filter_map(|group| group.counts.get(stage)).sum();
    let totals = Group { key: (), counts: (0..stages).map(sum).collect() };
    let limited = groups.into_iter().map(|group| Limited { group, open: stages }).collect();
    suppress_within(limited, &Limited { group: totals, open: stages }, least)
}

/// The same for a table that stands beside others: limits come from them, and so do totals of people who may be in
/// several groups.
pub fn suppress_within<Key>(
    groups: Vec<Limited<Key>>,
    totals: &Limited<()>,
    least: u64,
) -> Table<Key> {
    let stages = totals.group.counts.len();
    let rows: Vec<Row> = groups
        .iter()
        .map(|limited| Row::within(padded(&limited.group.counts, stages), limited.open, least))
        .collect();
    let totals = Row::within(totals.group.counts.clone(), totals.open, least);
    let rows = covered(rows, totals.shown, least);
    let keys = groups.into_iter().map(|limited| limited.group.key);
    Table { rows: keys.zip(rows.iter().map(Row::cells)).collect(), totals: totals.cells() }
}

/// How many stages of a group may be seen if nothing stands beside it.
pub fn open_stages(counts: &[u64], least: u64) -> usize {
    Row::of(counts.to_vec(), least).shown
}

/// A row and how many of its stages are shown.
struct Row {
    counts: Vec<u64>,
    shown: usize,
}

impl Row {
    /// A row of which as many stages are shown as it may show for itself.
    fn of(counts: Vec<u64>, least: u64) -> Row {
        let may_show = |stage: usize| {
            let count = counts.get(stage).copied().unwrap_or(0);
            let before = stage.checked_sub(1).and_then(|before| counts.get(before)).copied();
            is_fit(count, least)
                && before.is_none_or(|before| {
                    before.checked_sub(count).is_some_and(|lost| is_fit(lost, least))
                })
        };
        let shown = (0..counts.len()).take_while(|stage| may_show(*stage)).count();
        Row { counts, shown }
    }

    fn within(counts: Vec<u64>, open: usize, least: u64) -> Row {
        let row = Row::of(counts, least);
        Row { shown: row.shown.min(open), ..row }
    }

    fn at(&self, stage: usize) -> u64 {
        self.counts.get(stage).copied().unwrap_or(0)
    }

    /// People at the stage before; at the first stage everybody is still there.
    fn before(&self, stage: usize) -> u64 {
        self.at(stage.saturating_sub(1))
    }

    fn is_hidden(&self, stage: usize) -> bool {
        self.shown <= stage
    }

    fn cells(&self) -> Vec<Cell> {
        let cell = |(stage, count): (usize, &u64)| {
            if self.is_hidden(stage) { Cell::Hidden } else { Cell::Shown(*count) }
        };
        self.counts.iter().enumerate().map(cell).collect()
    }
}

/// Neither small nor anything that gives the small away.
pub fn is_fit(count: u64, least: u64) -> bool {
    count == 0 || count >= least
}

fn padded(counts: &[u64], stages: usize) -> Vec<u64> {
    counts.iter().copied().chain(std::iter::repeat(0)).take(stages).collect()
}

/// Hides more rows until in every column with a total the hidden rows are safe as a group. Hiding a row at one stage
/// hides it at the later ones, which are looked at next, so one pass is enough.
fn covered(mut rows: Vec<Row>, stages_with_total: usize, least: u64) -> Vec<Row> {
    for stage in 0..stages_with_total {
        while !is_safe(&rows, stage, least) {
            let Some(next) = next_to_hide(&mut rows, stage) else { break };
            next.shown = stage;
        }
    }
    rows
}

/// Of the hidden rows of a column only their sum is known. It takes two to hide each other, and both what they hold
/// and what they have lost since the stage before must be nobody or many.
fn is_safe(rows: &[Row], stage: usize, least: u64) -> bool {
    let hidden = || rows.iter().filter(|row| row.is_hidden(stage));
    let people: u64 = hidden().map(|row| row.at(stage)).sum();
    let before: u64 = hidden().map(|row| row.before(stage)).sum();
    let lost = before.saturating_sub(people);
    hidden().count() != 1 && is_fit(people, least) && is_fit(lost, least)
}

/// The shown row with the fewest people that are still there or have just left. Rows that have been empty since the
/// stage before hide nothing.
fn next_to_hide(rows: &mut [Row], stage: usize) -> Option<&mut Row> {
    let candidates = rows.iter_mut().filter(|row| !row.is_hidden(stage) && row.before(stage) > 0);
    candidates.min_by_key(|row| (row.at(stage), row.before(stage)))
}

#[cfg(test)]
mod tests;
