//! Numbers, dates and times as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::locale::Locale;

const NO_BREAK_SPACE: &str = "\u{a0}";

const MONTHS_AZ: [&str; 12] = [
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr",
    "noyabr", "dekabr",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// In the genitive, as they follow the day.
const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// A whole number: az `1.234`, en `1,234`, ru `1 234`.
pub fn integer(locale: Locale, number: i64) -> String {
    if (0..1000).contains(&number) {
        return number.to_string();
    }
    let digits = grouped(&number.unsigned_abs().to_string(), group_mark(locale));
    format!("{}{digits}", minus(number < 0))
}

/// A decimal number with at most `places` decimals, halves away from zero, without trailing zeros.
pub fn decimal(locale: Locale, number: Decimal, places: u32) -> String {
    let rounded =
        number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize();
    let plain = rounded.abs().to_string();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = grouped(whole, group_mark(locale));
    let sign = minus(rounded.is_sign_negative() && !rounded.is_zero());
    match part.is_empty() {
        true => format!("{sign}{digits}"),
        false => format!("{sign}{digits}{}{part}", decimal_mark(locale)),
    }
}

/// A number of bytes in the largest unit that it fills, with at most one decimal.
pub fn bytes(locale: Locale, count: u64) -> String {
    let [small, middle, large] = match locale {
        Locale::Ru => ["КБ", "МБ", "ГБ"],
        Locale::Az | Locale::En => ["KB", "MB", "GB"],
    };
    let (step, unit) = match count {
        0..1_048_576 => (1024, small),
        1_048_576..1_073_741_824 => (1_048_576, middle),
        _ => (1_073_741_824, large),
    };
    let amount = Decimal::from(count) / Decimal::from(step);
    format!("{}{NO_BREAK_SPACE}{unit}", decimal(locale, amount, 1))
}

/// A whole number of percent: az and en `87%`, ru `87 %`.
pub fn percent(locale: Locale, percent: i64) -> String {
    let space = match locale {
        Locale::Az | Locale::En => "",
        Locale::Ru => NO_BREAK_SPACE,
    };
    format!("{}{space}%", integer(locale, percent))
}

/// A date in words: `23 noyabr 2026`, `23 November 2026`, `23 ноября 2026 г.`
pub fn date(locale: Locale, date: NaiveDate) -> String {
    let (day, month, year) = (date.day(), month(locale, date), date.year());
    match locale {
        Locale::Az | Locale::En => format!("{day} {month} {year}"),
        Locale::Ru => format!("{day} {month} {year}{NO_BREAK_SPACE}г."),
    }
}

/// A date in digits, `23.11.2026`; in English, where the order of digits is disputed, `23 Nov 2026`.
pub fn short_date(locale: Locale, date: NaiveDate) -> String {
    match locale {
        Locale::Az | Locale::Ru => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        Locale::En => {
            let month: String = month(locale, date).chars().take(3).collect();
            format!("{} {month} {}", date.day(), date.year())
        }
    }
}

/// A month of a year: `noyabr 2026`, `November 2026`, `ноябрь 2026 г.`
pub fn month_of_year(locale: Locale, date: NaiveDate) -> String {
    match locale {
        Locale::Az | Locale::En => format!("{} {}", month(locale, date), date.year()),
        Locale::Ru => {
            format!("{} {}{NO_BREAK_SPACE}г.", nominative(month(locale, date)), date.year())
        }
    }
}

/// A time of 24 hours: `14:03`.
pub fn time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A stretch of time as a clock counts it down: `2:05`.
pub fn minutes_and_seconds(seconds: i64) -> String {
    let seconds = seconds.max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A date in words with its time: `23 noyabr 2026, 14:03`.
pub fn date_time(locale: Locale, at: NaiveDateTime) -> String {
    format!("{}, {}", date(locale, at.date()), time(at.time()))
}

fn month(locale: Locale, date: NaiveDate) -> &'static str {
    let months = match locale {
        Locale::Az => &MONTHS_AZ,
        Locale::En => &MONTHS_EN,
        Locale::Ru => &MONTHS_RU,
    };
    let place = usize::try_from(date.month0()).unwrap_or_default();
    months.get(place).copied().unwrap_or_default()
}

/// марта and августа lose their last letter, the others end in ь or, for May, in й.
fn nominative(genitive: &str) -> String {
    match genitive {
        "марта" | "августа" => genitive.trim_end_matches('а').to_owned(),
        "мая" => "май".to_owned(),
        other => format!("{}ь", other.trim_end_matches('я')),
    }
}

fn grouped(digits: &str, mark: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

fn group_mark(locale: Locale) -> &'static str {
    match locale {
        Locale::Az => ".",
        Locale::En => ",",
        Locale::Ru => NO_BREAK_SPACE,
    }
}

fn decimal_mark(locale: Locale) -> char {
    match locale {
        Locale::Az | Locale::Ru => ',',
        Locale::En => '.',
    }
}

fn minus(negative: bool) -> &'static str {
    if negative { "−" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn numbers() {
        let number: Decimal = "1234567.895".parse().unwrap();
        for (locale, whole, part) in [
            (Locale::Az, "1.234", "1.234.567,9"),
            (Locale::En, "1,234", "1,234,567.9"),
            (Locale::Ru, "1\u{a0}234", "1\u{a0}234\u{a0}567,9"),
        ] {
            assert_eq!(integer(locale, 1234), whole);
            assert_eq!(integer(locale, 999), "999");
            assert_eq!(integer(locale, 0), "0");
            assert_eq!(decimal(locale, number, 1), part);
        }
        assert_eq!(integer(Locale::En, -7), "−7");
        assert_eq!(integer(Locale::En, i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(decimal(Locale::Az, "0.50".parse().unwrap(), 2), "0,5");
        assert_eq!(decimal(Locale::Az, "-0.04".parse().unwrap(), 1), "0");
        assert_eq!(decimal(Locale::En, "999.95".parse().unwrap(), 1), "1,000");
        assert_eq!(percent(Locale::Az, 87), "87%");
        assert_eq!(percent(Locale::Ru, 87), "87\u{a0}%");
    }

    #[test]
    fn dates() {
        let at = day(11, 23).and_hms_opt(9, 3, 59).unwrap();
        for (locale, long, short, month) in [
            (Locale::Az, "23 noyabr 2026, 09:03", "23.11.2026", "noyabr 2026"),
            (Locale::En, "23 November 2026, 09:03", "23 Nov 2026", "November 2026"),
            (Locale::Ru, "23 ноября 2026\u{a0}г., 09:03", "23.11.2026", "ноябрь 2026\u{a0}г."),
        ] {
            assert_eq!(date_time(locale, at), long);
            assert_eq!(short_date(locale, at.date()), short);
            assert_eq!(month_of_year(locale, at.date()), month);
        }
    }

    #[test]
    fn russian_months_stand_alone_in_the_nominative() {
        let names: Vec<String> =
            (1..=12).map(|month| month_of_year(Locale::Ru, day(month, 1))).collect();
        let first_words: Vec<&str> =
            names.iter().filter_map(|name| name.split(' ').next()).collect();
        let expected =
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь";
        assert_eq!(first_words.join(" "), expected);
    }
}
