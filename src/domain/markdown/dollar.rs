//! Dollar signs: money or a formula?

/// Is what stands between two dollar signs an amount and the words behind it? `rest` is the text after the second one.
pub(super) fn is_money(formula: &str, rest: Option<&str>) -> bool {
    let before_digit = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_amount = formula.starts_with(|c: char| c.is_ascii_digit());
    let is_tex = formula.contains(['\\', '^', '_', '=', '{', '<', '>']);
    before_digit || (is_amount && !is_tex && formula.split_whitespace().any(is_word))
}

/// Three letters side by side: factors are written as single letters.
fn is_word(part: &str) -> bool {
    part.split(|c: char| !c.is_alphabetic()).any(|letters| letters.chars().count() >= 3)
}
