//! Texts of a course with the language they are in, since a course may lack some in the page's language.

use crate::domain::course::model::{Lesson, LessonText};
use crate::domain::locale::{Locale, Texts};

/// A text and, where it is not in the page's language, the code of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    pub text: &'a str,
    pub lang: Option<&'static str>,
}

impl<'a> Said<'a> {
    /// The text in the page's language, else in the course's, else in any.
    pub fn of(texts: &'a Texts, page: Locale, source: Locale) -> Said<'a> {
        let found = in_order(page, source)
            .find_map(|locale| texts.0.get(&locale).map(|text| (locale, text)));
        found.map_or(Said { text: "", lang: None }, |(locale, text)| Said {
            text,
            lang: foreign(locale, page),
        })
    }

    /// The title of a lesson, chosen in the same way.
    pub fn title(lesson: &'a Lesson, page: Locale, source: Locale) -> Said<'a> {
        let (locale, text) = match text_of(lesson, page, source) {
            Some((locale, text)) => (locale, text.title.as_str()),
            None => (page, lesson.id.as_str()),
        };
        Said { text, lang: foreign(locale, page) }
    }
}

/// The text of a lesson in the page's language, else in the course's, else in any.
pub fn text_of(lesson: &Lesson, page: Locale, source: Locale) -> Option<(Locale, &LessonText)> {
    in_order(page, source).find_map(|locale| lesson.texts.get(&locale).map(|text| (locale, text)))
}

/// The code of a language that is not the page's.
pub fn foreign(locale: Locale, page: Locale) -> Option<&'static str> {
    (locale != page).then(|| locale.code())
}

fn in_order(page: Locale, source: Locale) -> impl Iterator<Item = Locale> {
    [page, source].into_iter().chain(Locale::ALL)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_missing_text_is_said_in_the_language_of_the_course_and_says_so() {
        let texts = Texts(BTreeMap::from([
            (Locale::En, "Heat".to_owned()),
            (Locale::Az, "İstilik".to_owned()),
        ]));
        let said = |page, source| Said::of(&texts, page, source);
        assert_eq!(said(Locale::Az, Locale::En), Said { text: "İstilik", lang: None });
        assert_eq!(said(Locale::Ru, Locale::En), Said { text: "Heat", lang: Some("en") });
        assert_eq!(said(Locale::Ru, Locale::Ru), Said { text: "İstilik", lang: Some("az") });
        assert_eq!(
            Said::of(&Texts::default(), Locale::Ru, Locale::En),
            Said { text: "", lang: None }
        );
    }
}
