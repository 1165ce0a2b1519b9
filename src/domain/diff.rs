//! What differs between two texts, line by line, as people compare them.

/// Texts whose changed parts are longer than this (in pairs of lines) are shown as replaced.
const MOST_PAIRS: usize = 4_000_000;

/// Lines shown around a change.
const AROUND: usize = 2;

/// A line of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// In both.
    Same(&'t str),
    /// Only in the old text.
    Gone(&'t str),
    /// Only in the new text.
    Come(&'t str),
}

/// All lines of both texts in order; what is in both stands once.
pub fn lines<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = |list: &[&'t str]| list.get(head..).unwrap_or_default().to_vec();
    let (mut left, mut right) = (rest(&old), rest(&new));
    let tail = left.iter().rev().zip(right.iter().rev()).take_while(|(a, b)| a == b).count();
    left.truncate(left.len() - tail);
    right.truncate(right.len() - tail);
    let before = old.iter().take(head).map(|line| Line::Same(line));
    let after = old.iter().skip(old.len() - tail).map(|line| Line::Same(line));
    before.chain(between(&left, &right)).chain(after).collect()
}

/// The comparison of what is left when equal heads and tails are cut off.
fn between<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        let gone = old.iter().map(|line| Line::Gone(line));
        return gone.chain(new.iter().map(|line| Line::Come(line))).collect();
    }
    let common = Common::of(old, new);
    let (mut left, mut right, mut out) = (0, 0, Vec::new());
    loop {
        match (old.get(left), new.get(right)) {
            (Some(a), Some(b)) if a == b => {
                out.push(Line::Same(a));
                (left, right) = (left + 1, right + 1);
            }
            (Some(a), b)
                if b.is_none() || common.at(left + 1, right) >= common.at(left, right + 1) =>
            {
                out.push(Line::Gone(a));
                left += 1;
            }
            (_, Some(b)) => {
                out.push(Line::Come(b));
                right += 1;
            }
            (_, None) => return out,
        }
    }
}

/// How many lines the rests of two texts have in common, for every pair of places.
struct Common {
    width: usize,
    counts: Vec<u32>,
}

impl Common {
    fn of(old: &[&str], new: &[&str]) -> Common {
        let width = new.len() + 1;
        let mut common = Common { width, counts: vec![0; width * (old.len() + 1)] };
        for (left, a) in old.iter().enumerate().rev() {
            for (right, b) in new.iter().enumerate().rev() {
                let count = match a == b {
                    true => common.at(left + 1, right + 1) + 1,
                    false => common.at(left + 1, right).max(common.at(left, right + 1)),
                };
                if let Some(cell) = common.counts.get_mut(left * width + right) {
                    *cell = count;
                }
            }
        }
        common
    }

    fn at(&self, left: usize, right: usize) -> u32 {
        self.counts.get(left * self.width + right).copied().unwrap_or(0)
    }
}

/// The changes with two lines around each, as `-` and `+` lines under the place where they begin; at most `most`
/// lines.
pub fn unified(old: &str, new: &str, most: usize) -> String {
    let all = lines(old, new);
    let near = |at: usize| {
        let around = all.iter().skip(at.saturating_sub(AROUND)).take(AROUND + 1 + at.min(AROUND));
        around.into_iter().any(|line| !matches!(line, Line::Same(_)))
    };
    let (mut out, mut n_shown, mut open) = (String::new(), 0, false);
    let (mut old_at, mut new_at) = (1_usize, 1_usize);
    for (at, line) in all.iter().enumerate() {
        if near(at) && n_shown < most {
            if !open {
                out.push_str(&format!("@@ line {old_at} → {new_at}\n"));
            }
            let (sign, text) = match line {
                Line::Same(text) => (' ', text),
                Line::Gone(text) => ('-', text),
                Line::Come(text) => ('+', text),
            };
            out.push_str(&format!("{sign}{text}\n"));
            n_shown += 1;
            open = true;
        } else {
            open = false;
        }
        match line {
            Line::Same(_) => (old_at, new_at) = (old_at + 1, new_at + 1),
            Line::Gone(_) => old_at += 1,
            Line::Come(_) => new_at += 1,
        }
    }
    if n_shown == most {
        out.push_str("…\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_like_a_comparison() {
        let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
        let new = "one\ntwo\n3\nfour\nfive\nsix\nseven\neight\n";
        insta::assert_snapshot!(unified(old, new, 40), @r"
        @@ line 1 → 1
         one
         two
        -three
        +3
         four
         five
         six
         seven
        +eight
        ");
        assert_eq!(unified(old, old, 40), "");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_comparison(old in "[ab\n]{0,24}", new in "[ab\n]{0,24}") {
            let found = lines(&old, &new);
            let left: Vec<&str> = found.iter().filter_map(|line| match line {
                Line::Same(text) | Line::Gone(text) => Some(*text),
                Line::Come(_) => None,
            }).collect();
            let right: Vec<&str> = found.iter().filter_map(|line| match line {
                Line::Same(text) | Line::Come(text) => Some(*text),
                Line::Gone(_) => None,
            }).collect();
            prop_assert_eq!(left, old.lines().collect::<Vec<_>>());
            prop_assert_eq!(right, new.lines().collect::<Vec<_>>());
        }
    }
}
