//! The text files, one per capability and language.

use crate::domain::locale::Locale;

macro_rules! sources {
    ($($folder:literal),* $(,)?) => {
        /// All texts of a language, in the order of the module list.
        pub fn of(locale: Locale) -> Vec<&'static str> {
            match locale {
                Locale::Az => vec![$(include_str!(concat!("../", $folder, "/words/az.ftl"))),*],
                Locale::En => vec![$(include_str!(concat!("../", $folder, "/words/en.ftl"))),*],
                Locale::Ru => vec![$(include_str!(concat!("../", $folder, "/words/ru.ftl"))),*],
            }
        }
    };
}

sources![
    "words",
    "web",
    "accounts",
    "catalogue",
    "quizzes",
    "marking",
    "lessons",
    "reporting",
    "grades",
    "api"
];
