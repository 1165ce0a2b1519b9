//! Addresses that stand in the text as they are.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Where bare addresses stand in a text, without the punctuation behind them.
pub(super) fn bare_addresses(text: &str) -> Vec<Range<usize>> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"https?://[\p{L}\p{N}][^\s<>"“”«»]{0,2000}"#).expect("the pattern is fixed")
    });
    ADDRESS
        .find_iter(text)
        .map(|found| found.start()..found.start() + address_length(found.as_str()))
        .collect()
}

/// How much of an address is left without trailing punctuation and unpaired brackets.
fn address_length(found: &str) -> usize {
    let mut unpaired = found.matches(')').count().saturating_sub(found.matches('(').count());
    let mut length = found.len();
    for letter in found.chars().rev() {
        match letter {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' => {}
            ')' if unpaired > 0 => unpaired -= 1,
            _ => break,
        }
        length -= letter.len_utf8();
    }
    length
}
