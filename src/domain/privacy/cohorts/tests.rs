//! No small count can be worked out, not even from all periods, all breakdowns and all courses together.

use proptest::prelude::*;

use super::*;

fn part<Key>(key: Key, months: &[&[u64]]) -> Part<Key> {
    Part { key, months: months.iter().map(|month| month.to_vec()).collect(), within: None }
}

/// Months of which the first begins a quarter.
fn of(months: Range<usize>) -> Period {
    Period { months, passed: 0 }
}

fn line(cells: &[Cell]) -> String {
    cells
        .iter()
        .map(|cell| cell.shown().map_or("·".to_owned(), |count| count.to_string()))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_period_that_would_betray_a_small_month_is_hidden() {
    let all = part((), &[&[20], &[3], &[15], &[30]]);
    let totals = |period: Range<usize>| line(&by_month(&all, &of(period), 10).totals);
    assert_eq!(totals(0..4), "68");
    assert_eq!(totals(0..1), "20");
    assert_eq!(totals(1..3), "18");
    assert_eq!(totals(1..4), "48");
    assert_eq!(totals(0..2), "·");
    assert_eq!(totals(2..4), "·");
    assert_eq!(totals(3..4), "30");
}

#[test]
fn months_that_hide_each_other() {
    let all = part((), &[&[20], &[3], &[15], &[30]]);
    let table = by_month(&all, &of(0..4), 10);
    let rows: Vec<String> = table.rows.iter().map(|(_, cells)| line(cells)).collect();
    assert_eq!(rows, ["20", "·", "·", "30"]);
}

#[test]
fn a_small_last_month_joins_the_one_before() {
    let of = |counts: &'static [u64]| {
        bounds(
            counts.len(),
            |end| end % 3 == 0,
            |part| is_fit(counts[part.clone()].iter().sum(), 10),
        )
    };
    assert_eq!(of(&[20, 15, 4]), [0, 1, 3]);
    assert_eq!(of(&[20, 4, 6, 20]), [0, 1, 3, 4]);
    assert_eq!(of(&[4, 20, 6, 4, 20]), [0, 3, 5]);
    assert_eq!(of(&[4, 5]), [0]);
    assert_eq!(of(&[]), [0]);
}

#[test]
fn a_course_that_nearly_everybody_takes_does_not_betray_the_rest() {
    let group = |within: u64| Part { within: Some(vec![vec![within]]), ..part("a", &[&[50]]) };
    let shown = |within| {
        let all = part((), &[&[50]]);
        line(&table(&[group(within)], &all, &of(0..1), 10).rows[0].1)
    };
    assert_eq!(shown(50), "50");
    assert_eq!(shown(53), "·");
    assert_eq!(shown(60), "50");
}

/// Everything that readers can ask for is a sum of unknown cells. Cells are solved for by elimination over the
/// rationals, in the whole numbers of fractions kept small by a prime.
struct Known {
    rows: Vec<Vec<u64>>,
}

const PRIME: u64 = 1_000_003;

impl Known {
    /// Adds a sum that is shown.
    fn add(&mut self, mut row: Vec<u64>) {
        for known in &self.rows {
            reduce(&mut row, known);
        }
        if let Some(lead) = row.iter().position(|value| *value != 0) {
            let inverse = power(row[lead], PRIME - 2);
            row.iter_mut().for_each(|value| *value = *value * inverse % PRIME);
            self.rows.iter_mut().for_each(|known| reduce(known, &row));
            self.rows.push(row);
        }
    }

    /// Can this sum be worked out?
    fn gives(&self, mut row: Vec<u64>) -> bool {
        for known in &self.rows {
            reduce(&mut row, known);
        }
        row.iter().all(|value| *value == 0)
    }
}

fn reduce(row: &mut [u64], by: &[u64]) {
    let Some(lead) = by.iter().position(|value| *value != 0) else { return };
    let factor = row[lead];
    if factor != 0 {
        row.iter_mut().zip(by).for_each(|(value, other)| {
            *value = (*value + (PRIME - factor) * other) % PRIME;
        });
    }
}

fn power(base: u64, exponent: u64) -> u64 {
    let half = if exponent < 2 { 1 } else { power(base * base % PRIME, exponent / 2) };
    if exponent % 2 == 1 { half * base % PRIME } else { half }
}

const N_MONTHS: usize = 5;

/// People by two traits and month: 3 regions, 2 sexes, 5 months.
fn people() -> impl Strategy<Value = Vec<u64>> {
    proptest::collection::vec(prop_oneof![Just(0_u64), 1_u64..12, 10_u64..60], 3 * 2 * N_MONTHS)
}

fn cell(region: usize, sex: usize, month: usize) -> usize {
    (region * 2 + sex) * N_MONTHS + month
}

fn months_of(people: &[u64], includes: impl Fn(usize, usize) -> bool) -> Months {
    (0..N_MONTHS)
        .map(|month| {
            let cells = (0..3).flat_map(|region| (0..2).map(move |sex| (region, sex)));
            vec![
                cells
                    .filter(|(region, sex)| includes(*region, *sex))
                    .map(|(region, sex)| people[cell(region, sex, month)])
                    .sum(),
            ]
        })
        .collect()
}

fn equation(includes: impl Fn(usize, usize) -> bool, period: &Range<usize>) -> Vec<u64> {
    let mut row = vec![0; 3 * 2 * N_MONTHS];
    for region in 0..3 {
        for sex in (0..2).filter(|sex| includes(region, *sex)) {
            for month in period.clone() {
                row[cell(region, sex, month)] = 1;
            }
        }
    }
    row
}

fn all_periods() -> impl Iterator<Item = Range<usize>> {
    (0..N_MONTHS).flat_map(|from| (from + 1..=N_MONTHS).map(move |to| from..to))
}

/// Every table by region, sex and month over every period.
fn all_that_is_shown(people: &[u64], least: u64) -> Known {
    let mut known = Known { rows: Vec::new() };
    let all = Part { key: (), months: months_of(people, |_, _| true), within: None };
    let regions: Vec<Part<usize>> = (0..3)
        .map(|wanted| Part {
            key: wanted,
            months: months_of(people, |region, _| region == wanted),
            within: None,
        })
        .collect();
    let sexes: Vec<Part<usize>> = (0..2)
        .map(|wanted| Part {
            key: wanted,
            months: months_of(people, |_, sex| sex == wanted),
            within: None,
        })
        .collect();
    for period in all_periods() {
        let is_shown = |cells: &[Cell]| cells.iter().all(|cell| cell.shown().is_some());
        let by_region = table(&regions, &all, &of(period.clone()), least);
        for (key, _) in by_region.rows.iter().filter(|(_, cells)| is_shown(cells)) {
            known.add(equation(|region, _| region == *key, &period));
        }
        let by_sex = table(&sexes, &all, &of(period.clone()), least);
        for (key, _) in by_sex.rows.iter().filter(|(_, cells)| is_shown(cells)) {
            known.add(equation(|_, sex| sex == *key, &period));
        }
        if is_shown(&by_region.totals) {
            known.add(equation(|_, _| true, &period));
        }
        for (month, _) in by_month(&all, &of(period.clone()), least)
            .rows
            .iter()
            .filter(|(_, cells)| is_shown(cells))
        {
            known.add(equation(|_, _| true, &(*month..month + 1)));
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Of every group in every period: if all tables together give its count, it is nobody or many.
    #[test]
    fn nothing_small_can_be_solved_for(people in people()) {
        let least = 10;
        let known = all_that_is_shown(&people, least);
        for period in all_periods() {
            for wanted in 0..3 {
                let months = months_of(&people, |region, _| region == wanted);
                let count = sum(&months, &period)[0];
                let solved = known.gives(equation(|region, _| region == wanted, &period));
                prop_assert!(!solved || is_fit(count, least), "region {wanted} in {period:?}: {count}");
            }
            for wanted in 0..2 {
                let months = months_of(&people, |_, sex| sex == wanted);
                let count = sum(&months, &period)[0];
                let solved = known.gives(equation(|_, sex| sex == wanted, &period));
                prop_assert!(!solved || is_fit(count, least), "sex {wanted} in {period:?}: {count}");
            }
        }
    }
}
