//! Which passwords are taken: long enough, and not what everybody tries first.

/// The shortest password, in characters.
pub const LEAST: usize = 10;
/// The longest password, in bytes: more would only cost time.
pub const MOST: usize = 256;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer characters than `LEAST`.
    Short,
    /// More bytes than `MOST`.
    Long,
    /// One letter repeated, a run of the keyboard, one's own name or address, or a usual word with some digits.
    Common,
}

/// Runs of neighbouring keys.
const RUNS: [&str; 4] = [
    "01234567890123456789",
    "98765432109876543210",
    "qwertyuiopasdfghjklzxcvbnm",
    "йцукенгшщзхъфывапролджэячсмитьбю",
];

/// Words that people put digits behind.
const USUAL: [&str; 16] = [
    "password",
    "parol",
    "sifre",
    "şifrə",
    "пароль",
    "qwerty",
    "azerbaijan",
    "azerbaycan",
    "azərbaycan",
    "bilik",
    "innovation",
    "innovasiya",
    "welcome",
    "salam",
    "admin",
    "letmein",
];

/// What is wrong with a password; `about` holds the name and the address of the person.
pub fn weakness(password: &str, about: &[&str]) -> Option<Weakness> {
    match () {
        () if password.chars().count() < LEAST => Some(Weakness::Short),
        () if password.len() > MOST => Some(Weakness::Long),
        () if is_common(password, about) => Some(Weakness::Common),
        () => None,
    }
}

fn is_common(password: &str, about: &[&str]) -> bool {
    let plain = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = plain.chars().collect();
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    let own = about.iter().any(|text| !text.is_empty() && plain == text.to_lowercase());
    different.len() < 4
        || own
        || RUNS.iter().any(|run| run.contains(plain.as_str()))
        || USUAL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_everybody_tries_are_refused() {
        for (password, found) in [
            ("short", Some(Weakness::Short)),
            ("dokuzhrf9", Some(Weakness::Short)),
            ("aaaaaaaaaaaa", Some(Weakness::Common)),
            ("1234567890", Some(Weakness::Common)),
            ("Azərbaycan2026", Some(Weakness::Common)),
            ("Innovasiya!!!", Some(Weakness::Common)),
            ("qwertyuiop", Some(Weakness::Common)),
            ("leyla@example.az", Some(Weakness::Common)),
            ("yaşıl çay içirəm", None),
        ] {
            assert_eq!(weakness(password, &["Leyla@Example.az"]), found, "{password}");
        }
        assert_eq!(weakness(&"ab1!".repeat(65), &[]), Some(Weakness::Long));
    }
}
