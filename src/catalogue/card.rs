//! What the catalogue shows and searches of a course; stored with each version, so that a start reads no whole course.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cover::Cover;
use crate::domain::course::model::{Course, Level, TextState, Theme};
use crate::domain::locale::{Locale, Texts};
use crate::domain::progress::course::lessons;

/// A course in the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub id: Uuid,
    pub slug: String,
    pub source: Locale,
    pub languages: Vec<Locale>,
    pub draft: bool,
    pub title: Texts,
    pub summary: Texts,
    pub theme: Theme,
    pub level: Level,
    pub hours: u32,
    /// Lessons that learners see.
    pub n_lessons: usize,
    /// Minutes of these lessons.
    pub minutes: u32,
    /// Languages in which at least one lesson is missing or older than its source.
    pub behind: Vec<Locale>,
    /// Titles of lessons, for search.
    pub lesson_titles: Vec<String>,
    /// The picture that the author chose.
    #[serde(default)]
    pub cover: Option<Cover>,
}

impl Card {
    /// The card of a course.
    pub fn of(course: &Course) -> Card {
        Card {
            id: course.id,
            slug: course.slug.clone(),
            source: course.source,
            languages: course.languages.clone(),
            draft: course.draft,
            title: course.title.clone(),
            summary: course.summary.clone(),
            theme: course.theme,
            level: course.level,
            hours: course.hours,
            n_lessons: lessons(course).count(),
            minutes: lessons(course).map(|lesson| lesson.minutes).sum(),
            behind: course
                .languages
                .iter()
                .copied()
                .filter(|locale| is_behind(course, *locale))
                .collect(),
            lesson_titles: lessons(course)
                .flat_map(|lesson| lesson.texts.values().map(|text| text.title.clone()))
                .collect(),
            cover: Cover::chosen(course),
        }
    }

    /// The picture of the course.
    pub fn cover(&self) -> Cover {
        self.cover.clone().unwrap_or_else(|| Cover::drawn(&self.slug, self.theme))
    }

    /// The title in a language.
    pub fn title_in(&self, lang: Locale) -> &str {
        self.title.get(lang, self.source)
    }
}

fn is_behind(course: &Course, locale: Locale) -> bool {
    lessons(course)
        .any(|lesson| lesson.texts.get(&locale).is_none_or(|text| text.state == TextState::Stale))
}
