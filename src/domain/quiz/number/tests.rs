//! Numbers as people type them, and intervals with units.

use proptest::prelude::*;

use super::*;
use crate::quiz::grade::Verdict;
use crate::quiz::samples::interval;

fn read(typed: &str) -> String {
    match quantity(typed) {
        Some(Quantity { value, unit: Some(unit) }) => format!("{} {unit}", value.normalize()),
        Some(Quantity { value, unit: None }) => value.normalize().to_string(),
        None => "?".to_owned(),
    }
}

#[test]
fn numbers_as_people_type_them() {
    for (typed, expected) in [
        ("3,6", "3.6"),
        ("3.6", "3.6"),
        (" 42 ", "42"),
        ("1 000", "1000"),
        ("1\u{a0}000\u{202f}000,5", "1000000.5"),
        ("1.234", "1.234"),
        ("1,234", "1.234"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1,234.5", "1234.5"),
        ("1'000.5", "1000.5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("–0,5", "-0.5"),
        ("+7", "7"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1E-3", "0.001"),
        ("1e+2 kWh", "100 kWh"),
        ("3,6·10^3", "3600"),
        ("3.6 × 10^-3 MJ", "0.0036 MJ"),
        ("3.6*10^3", "3600"),
        ("2 x 10", "20"),
        ("2·10³ m", "2000 m"),
        ("2·10⁻¹", "0.2"),
        ("12 kWh", "12 kWh"),
        ("12kWh", "12 kWh"),
        ("5 eV", "5 eV"),
        ("5eV", "5 eV"),
        ("50 %", "50 %"),
        ("20 °C", "20 °C"),
        ("3 m/s", "3 m/s"),
        ("", "?"),
        ("-", "?"),
        (".", "?"),
        ("abc", "?"),
        ("3 5", "?"),
        ("1 00", "?"),
        ("12,34,5", "?"),
        ("1.2.3", "?"),
        ("1.234,5.6", "?"),
        ("12 or 13", "?"),
        ("5 6 kWh", "?"),
        ("1/2", "?"),
        ("1e99", "?"),
        ("1e99999999999", "?"),
        ("99999999999999999999999999999999999999999999", "?"),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
}

fn heater() -> Number {
    Number {
        answers: vec![
            interval("3.564", "3.636", Some("MJ"), 100),
            interval("0.99", "1.01", Some("MJ"), 50),
            NumberAnswer { range: None, unit: None, fraction: Fraction::ZERO },
        ],
        units: vec![("MJ".into(), Decimal::ONE), ("kWh".into(), Decimal::new(36, 1))],
        unit: UnitRule::Required,
    }
}

fn grade(number: &Number, typed: &str) -> i64 {
    number.grade(&Response::Number { typed: typed.into(), value: quantity(typed) }).fraction.0
        / 100_000
}

#[test]
fn units_are_converted_and_demanded() {
    for (typed, percent) in [
        ("3.6 MJ", 100),
        ("3,564 MJ", 100),
        ("3,636 MJ", 100),
        ("3.6361 MJ", 0),
        ("1 kWh", 100),
        ("1 kwh", 100),
        ("1 MJ", 50),
        ("3.6", 0),
        ("3.6 GJ", 0),
        ("three", 0),
    ] {
        assert_eq!(grade(&heater(), typed), percent, "{typed}");
    }
    let optional = Number { unit: UnitRule::Optional, ..heater() };
    assert_eq!(grade(&optional, "3.6"), 100);
    assert_eq!(grade(&optional, "1 kWh"), 100);
}

#[test]
fn both_ends_belong_to_the_interval() {
    let number = Number {
        answers: vec![interval("11.68", "11.72", None, 100)],
        units: vec![],
        unit: UnitRule::None,
    };
    for (typed, percent) in
        [("11.72", 100), ("11,68", 100), ("11.7201", 0), ("11.70 m", 100), ("-11.7", 0)]
    {
        assert_eq!(grade(&number, typed), percent, "{typed}");
    }
}

#[test]
fn capitals_of_units_count_where_they_decide() {
    let units = vec![("mW".into(), Decimal::ONE), ("MW".into(), Decimal::from(1_000_000_000))];
    let number = Number {
        answers: vec![interval("5", "5", Some("mW"), 100)],
        units,
        unit: UnitRule::Optional,
    };
    assert_eq!(grade(&number, "5 mW"), 100);
    assert_eq!(grade(&number, "5 MW"), 0);
    assert_eq!(grade(&number, "5 mw"), 0);
}

#[test]
fn what_is_not_a_number_is_wrong_and_nothing_is_unanswered() {
    let number = heater();
    let typed =
        |text: &str| number.grade(&Response::Number { typed: text.into(), value: None }).verdict;
    assert_eq!(typed("dunno"), Verdict::Wrong);
    assert_eq!(typed("  "), Verdict::Unanswered);
    assert_eq!(number.grade(&Response::Blank), Grade::UNANSWERED);
}

proptest! {
    #[test]
    fn no_text_panics(typed: String) {
        quantity(&typed);
    }

    #[test]
    fn number_like_text_never_panics(typed in "[-−+]?[0-9 .,'eE·×*^x10³⁻%a-c]{0,40}") {
        let number = heater();
        number.grade(&Response::Number { value: quantity(&typed), typed });
    }

    #[test]
    fn every_language_reads_its_own_numbers(number in -9_999_999_i64..9_999_999, places in 0_u32..4) {
        let value = Decimal::new(number, places);
        for locale in crate::locale::Locale::ALL {
            let written = crate::format::decimal(locale, value, places);
            let ambiguous = value.abs() >= Decimal::from(1000) && value.abs() < Decimal::from(1_000_000) && value.normalize().scale() == 0;
            if !ambiguous {
                prop_assert_eq!(quantity(&written).map(|read| read.value.normalize()), Some(value.normalize()), "{}", written);
            }
        }
    }
}
