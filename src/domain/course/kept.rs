//! What was read of the lessons of a course, kept for the next time: after an edit only the changed file is read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::facts::Shelf;
use super::front::Around;
use super::lesson::{LessonFile, read_lesson};
use super::reading::check_reading;
use crate::diagnostic::{Diagnostic, Diagnostics, Source};
use crate::fact::Facts;
use crate::markdown::Targets;

/// Lessons as they were read last, for as long as neither their texts nor what surrounds them change.
#[derive(Debug, Default)]
pub struct Kept {
    manifest: String,
    targets: Targets,
    facts: Facts,
    today: Option<NaiveDate>,
    lessons: BTreeMap<String, KeptLesson>,
}

/// What all lessons of a course are read with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'c> {
    pub(super) manifest: &'c Source,
    pub(super) targets: &'c Targets,
    pub(super) shelf: Shelf<'c>,
}

/// A lesson file, what it was read with, and what there was to say about it.
#[derive(Debug)]
struct KeptLesson {
    text: String,
    id: String,
    outline: Vec<(u8, String)>,
    file: Arc<LessonFile>,
    remarks: Vec<Diagnostic>,
}

impl Kept {
    /// Forgets everything if what surrounds the lessons has changed, and files that are gone.
    pub(super) fn surround(
        &mut self,
        around: Surroundings<'_>,
        sources: &BTreeMap<String, Source>,
    ) {
        let Surroundings { manifest, targets, shelf } = around;
        let same_shelf = self.facts == *shelf.facts && self.today == shelf.today;
        if self.manifest != manifest.text || self.targets != *targets || !same_shelf {
            self.lessons.clear();
            self.manifest.clone_from(&manifest.text);
            self.targets = targets.clone();
            self.facts = shelf.facts.clone();
            self.today = shelf.today;
        }
        self.lessons.retain(|path, _| sources.contains_key(path));
    }

    /// Reads a lesson file, unless it was read already as it is.
    pub(super) fn read(
        &mut self,
        source: &Source,
        around: Around<'_>,
        out: &mut Diagnostics,
    ) -> Arc<LessonFile> {
        let known = self.lessons.get(&source.file).filter(|kept| kept.holds(source, around));
        if let Some(kept) = known {
            out.extend(kept.remarks.iter().cloned());
            return Arc::clone(&kept.file);
        }
        let mut said = Diagnostics::default();
        let file = Arc::new(read_lesson(source, around, &mut said));
        let reading = file.reading(around.locale);
        check_reading(&source.file, reading, around.manifest.level, &mut said);
        out.extend(said.iter().cloned());
        let kept = KeptLesson {
            text: source.text.clone(),
            id: around.id.to_owned(),
            outline: around.outline.to_vec(),
            file: Arc::clone(&file),
            remarks: said.iter().cloned().collect(),
        };
        self.lessons.insert(source.file.clone(), kept);
        file
    }
}

impl KeptLesson {
    fn holds(&self, source: &Source, around: Around<'_>) -> bool {
        self.text == source.text && self.id == around.id && self.outline == around.outline
    }
}
