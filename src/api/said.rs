//! A course as callers are told of it, in their language.

use serde::Serialize;
use utoipa::ToSchema;

use crate::catalogue::Card;
use crate::domain::locale::Locale;

/// A course in a list.
#[derive(Serialize, ToSchema)]
pub struct CourseCard {
    pub slug: String,
    pub title: String,
    pub summary: String,
    #[schema(example = "innovation")]
    pub theme: &'static str,
    #[schema(example = "beginner")]
    pub level: &'static str,
    pub hours: u32,
    /// Languages in which the course is offered.
    pub languages: Vec<String>,
    pub lessons: usize,
    pub minutes: u32,
}

impl CourseCard {
    /// The card in a language.
    pub fn of(card: &Card, lang: Locale) -> CourseCard {
        CourseCard {
            slug: card.slug.clone(),
            title: card.title.get(lang, card.source).to_owned(),
            summary: card.summary.get(lang, card.source).to_owned(),
            theme: card.theme.code(),
            level: card.level.code(),
            hours: card.hours,
            languages: card.languages.iter().map(|locale| locale.code().to_owned()).collect(),
            lessons: card.n_lessons,
            minutes: card.minutes,
        }
    }
}
