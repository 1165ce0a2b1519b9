//! What these pages share: figures and days in the reader's language, places in long lists.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::domain::format;
use crate::domain::locale::Locale;
use crate::domain::quiz::grade::Fraction;
use crate::web::Shell;

/// Lines of a table on one page.
pub const PER_PAGE: usize = 50;

/// A whole number.
pub fn number(lang: Locale, count: i64) -> String {
    format::integer(lang, count)
}

/// The whole percent of a part, rounded half up.
pub fn share(part: i64, of: i64) -> Option<i64> {
    (of > 0).then(|| (part * 200 + of) / (of * 2))
}

/// A day where the reader lives, or a dash.
pub fn day(lang: Locale, zone: Tz, at: Option<DateTime<Utc>>) -> String {
    at.map_or("–".to_owned(), |at| format::short_date(lang, at.with_timezone(&zone).date_naive()))
}

/// A day as files hold it.
pub fn iso_day(zone: Tz, at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.with_timezone(&zone).date_naive().to_string()).unwrap_or_default()
}

/// A mark in percent.
pub fn mark(lang: Locale, fraction: i64, pass: Option<Fraction>) -> String {
    format::percent(lang, Fraction(fraction).shown_percent(pass))
}

/// The line after which a page begins; anything else begins at the start. Addresses hold ids and never names, for they
/// stay in histories and logs.
pub fn read_place(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok()
}

/// The address of the next page: the same with another place.
pub fn next_page(path: &str, kept: &[(&str, &str)], after: Uuid) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in kept.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    query.append_pair("after", &after.to_string());
    format!("{path}?{}", query.finish())
}

/// The way to a page of a course that is taught.
pub fn teach_trail(shell: &Shell) -> Vec<(String, String)> {
    vec![(format!("/{}/teach", shell.code()), shell.t("teach-title").into_owned())]
}

/// What was typed, as the search of names folds it.
pub fn folded(typed: &str) -> String {
    use crate::domain::fold;
    fold::latin(&fold::search(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded() {
        for (part, of, percent) in
            [(1, 3, Some(33)), (2, 3, Some(67)), (1, 200, Some(1)), (0, 5, Some(0)), (0, 0, None)]
        {
            assert_eq!(share(part, of), percent, "{part} of {of}");
        }
    }

    #[test]
    fn typed_names_are_folded_to_latin_letters() {
        assert_eq!(folded(" Şəhla  ƏLİYEVA "), "sehla eliyeva");
        assert_eq!(folded("Алиев"), "aliev");
    }
}
