//! What somebody may have meant.

/// The known word nearest to a mistyped one, if one is near.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let limit = word.chars().count().div_ceil(3).max(1);
    known
        .iter()
        .map(|candidate| (edits(word, candidate), *candidate))
        .filter(|(edits, _)| *edits <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Insertions, deletions and substitutions between two words.
fn edits(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut last = i + 1;
        let mut next = vec![last];
        for (b, pair) in right.chars().zip(row.windows(2)) {
            let (above_left, above) =
                (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            last = (above_left + usize::from(a != b)).min(above + 1).min(last + 1);
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word() {
        assert_eq!(nearest("shufle", &["pass", "shuffle", "grade"]), Some("shuffle"));
        assert_eq!(nearest("xyz", &["pass", "shuffle", "grade"]), None);
    }
}
