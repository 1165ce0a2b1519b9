//! The picture of a course.

use serde::{Deserialize, Serialize};

use crate::domain::course::media_address;
use crate::domain::course::model::{Course, Theme};

/// A picture that decorates a course; it says nothing that the words beside it do not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub address: String,
    /// In pixels, like the height.
    pub width: u32,
    pub height: u32,
}

impl Cover {
    /// The picture that the author chose, else the pattern that stands for the course.
    pub fn of(course: &Course) -> Cover {
        Cover::chosen(course).unwrap_or_else(|| Cover::drawn(&course.slug, course.theme))
    }

    /// The picture that the author chose.
    pub fn chosen(course: &Course) -> Option<Cover> {
        let path = course.cover.as_ref()?;
        let media = course.media.get(path)?;
        let (width, height) = media.size?;
        Some(Cover { address: media_address(path, media), width, height })
    }

    /// The pattern that is drawn from the address of a course.
    pub fn drawn(slug: &str, theme: Theme) -> Cover {
        let address = format!("/covers/{slug}.svg?theme={}", theme.code());
        Cover { address, width: 320, height: 140 }
    }
}
