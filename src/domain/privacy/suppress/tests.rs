//! Hidden cells stay hidden, also from somebody who tries every table that fits what is shown.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn table(groups: &[(&str, &[u64])], least: u64) -> String {
    let groups = groups
        .iter()
        .map(|(key, counts)| Group { key: (*key).to_owned(), counts: counts.to_vec() })
        .collect();
    let table = suppress(groups, least);
    let line = |cells: &[Cell]| {
        cells
            .iter()
            .map(|cell| cell.shown().map_or("·".to_owned(), |count| count.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let rows = table.rows.iter().map(|(key, cells)| format!("{key} {}", line(cells)));
    rows.chain([format!("= {}", line(&table.totals))]).collect::<Vec<_>>().join("\n")
}

#[test]
fn large_groups_are_shown() {
    let shown = table(&[("a", &[100, 60, 20]), ("b", &[40, 0, 0])], 10);
    assert_eq!(shown, "a 100 60 20\nb 40 0 0\n= 140 60 20");
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let shown = table(&[("a", &[100, 60]), ("b", &[40, 20]), ("c", &[5, 3])], 10);
    assert_eq!(shown, "a 100 60\nb · ·\nc · ·\n= 145 83");
}

#[test]
fn a_small_loss_is_hidden_from_its_stage_on() {
    let shown = table(&[("a", &[100, 97, 50]), ("b", &[40, 20, 0]), ("c", &[90, 60, 30])], 10);
    assert_eq!(shown, "a 100 · ·\nb 40 · ·\nc 90 60 30\n= 230 177 80");
}

#[test]
fn small_totals_are_hidden_with_what_they_sum() {
    let shown = table(&[("a", &[30, 4]), ("b", &[30, 0])], 10);
    assert_eq!(shown, "a 30 ·\nb 30 0\n= 60 ·");
}

#[test]
fn nothing_and_one_group() {
    assert_eq!(table(&[], 10), "= ");
    assert_eq!(table(&[("a", &[50, 20])], 10), "a 50 20\n= 50 20");
    assert_eq!(table(&[("a", &[5])], 10), "a ·\n= ·");
}

#[test]
fn what_is_not_nested_is_hidden() {
    let shown = table(&[("a", &[20, 30]), ("b", &[20, 20]), ("c", &[60, 20])], 10);
    assert!(shown.starts_with("a 20 ·"), "{shown}");
}

/// Somebody who knows the table as shown, that counts are nested and not negative, and what they add up to.
struct Attacker {
    stages: usize,
    shown: Vec<Vec<Option<u64>>>,
    totals: Vec<Option<u64>>,
    highest: u64,
    /// Values that every quantity of interest took in some table that fits: cells and losses, by row and stage.
    seen: BTreeMap<(usize, usize, &'static str), (u64, u64)>,
}

impl Attacker {
    fn of(table: &Table<usize>, highest: u64) -> Attacker {
        let plain = |cells: &[Cell]| cells.iter().map(|cell| cell.shown()).collect::<Vec<_>>();
        Attacker {
            stages: table.totals.len(),
            shown: table.rows.iter().map(|(_, cells)| plain(cells)).collect(),
            totals: plain(&table.totals),
            highest,
            seen: BTreeMap::new(),
        }
    }

    /// Every nested row that fits what is shown of it.
    fn candidates(&self, row: usize) -> Vec<Vec<u64>> {
        (0..self.stages).fold(vec![vec![]], |rows, stage| {
            let extend = |begun: Vec<u64>| {
                let most = begun.last().copied().unwrap_or(self.highest);
                let (low, high) =
                    self.shown[row][stage].map_or((0, most), |count| (count, count.min(most)));
                let values = low..=high;
                values.map(move |value| [begun.clone(), vec![value]].concat()).collect::<Vec<_>>()
            };
            rows.into_iter().flat_map(extend).collect()
        })
    }

    /// Which sums the rows from this one on can have.
    fn sums_from(&self, candidates: &[Vec<Vec<u64>>]) -> Vec<std::collections::BTreeSet<Vec<u64>>> {
        let mut sums = vec![std::collections::BTreeSet::from([vec![0; self.stages]])];
        for rows in candidates.iter().rev() {
            let last = sums.last().unwrap();
            let next = last
                .iter()
                .flat_map(|sum| rows.iter().map(|row| added(sum, row)))
                .filter(|sum| self.fits_below(sum))
                .collect();
            sums.push(next);
        }
        sums.reverse();
        sums
    }

    fn fits_below(&self, sum: &[u64]) -> bool {
        sum.iter().zip(&self.totals).all(|(sum, total)| total.is_none_or(|total| *sum <= total))
    }

    fn fits(&self, sum: &[u64]) -> bool {
        sum.iter().zip(&self.totals).all(|(sum, total)| total.is_none_or(|total| *sum == total))
    }

    /// Tries every table and notes the least and the most of every quantity.
    fn try_all(&mut self) {
        let candidates: Vec<Vec<Vec<u64>>> =
            (0..self.shown.len()).map(|row| self.candidates(row)).collect();
        for row in 0..candidates.len() {
            let others: Vec<Vec<Vec<u64>>> = candidates
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != row)
                .map(|(_, rows)| rows.clone())
                .collect();
            let sums = self.sums_from(&others).remove(0);
            for candidate in &candidates[row] {
                if sums.iter().any(|sum| self.fits(&added(sum, candidate))) {
                    self.note(row, candidate);
                }
            }
        }
        let all = self.sums_from(&candidates).remove(0);
        let fitting: Vec<Vec<u64>> = all.into_iter().filter(|sum| self.fits(sum)).collect();
        for sum in fitting {
            self.note(usize::MAX, &sum);
        }
    }

    fn note(&mut self, row: usize, counts: &[u64]) {
        for (stage, count) in counts.iter().enumerate() {
            self.widen((row, stage, "people"), *count);
            if stage > 0 {
                self.widen((row, stage, "lost"), counts[stage - 1] - count);
            }
        }
    }

    fn widen(&mut self, what: (usize, usize, &'static str), value: u64) {
        let range = self.seen.entry(what).or_insert((value, value));
        *range = (range.0.min(value), range.1.max(value));
    }
}

fn added(one: &[u64], other: &[u64]) -> Vec<u64> {
    one.iter().zip(other).map(|(one, other)| one + other).collect()
}

fn nested(stages: usize) -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(0_u64..=7, stages).prop_map(|mut counts| {
        counts.sort_unstable_by(|one, other| other.cmp(one));
        counts
    })
}

fn tables() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1_usize..=3).prop_flat_map(|stages| proptest::collection::vec(nested(stages), 1..=4))
}

fn suppressed(rows: &[Vec<u64>], least: u64) -> Table<usize> {
    suppress(
        rows.iter()
            .enumerate()
            .map(|(key, counts)| Group { key, counts: counts.clone() })
            .collect(),
        least,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Nothing that can be worked out exactly is small, and what stays open stays as open as a small group is secret.
    #[test]
    fn an_attacker_learns_no_small_count(rows in tables(), least in 2_u64..=4) {
        let table = suppressed(&rows, least);
        let mut attacker = Attacker::of(&table, 12);
        attacker.try_all();
        for (what, (low, high)) in &attacker.seen {
            let wide = high - low + 1 >= least;
            let harmless = low == high && (*low == 0 || *low >= least);
            prop_assert!(wide || harmless, "{:?} is within {}..={} in {:?} of {:?}", what, low, high, table, rows);
        }
    }

    #[test]
    fn what_is_shown_is_true_and_adds_up(rows in tables(), least in 1_u64..=4) {
        let table = suppressed(&rows, least);
        for ((_, cells), counts) in table.rows.iter().zip(&rows) {
            prop_assert!(cells.iter().zip(counts).all(|(cell, count)| cell.shown().is_none_or(|shown| shown == *count)));
        }
        for (stage, total) in table.totals.iter().enumerate() {
            let sum: u64 = rows.iter().map(|counts| counts[stage]).sum();
            prop_assert!(total.shown().is_none_or(|shown| shown == sum));
            prop_assert!(least > 1 || total.shown().is_some());
        }
    }
}
